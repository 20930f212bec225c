package httpd

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// deadlines is a writer that remembers until when the body was waited for.
type deadlines struct {
	*httptest.ResponseRecorder
	last time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.last = at
	return nil
}

func TestABodyThatHardlyArrivesIsNotWaitedForAsLongAsOneThatDoes(t *testing.T) {
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	r := httptest.NewRequest("POST", "/", strings.NewReader(strings.Repeat("x", 90*minRate)))
	body := LimitBody(w, r, 1<<30, time.Minute)
	left := func(n int) time.Duration {
		if _, err := io.ReadFull(body, make([]byte, n)); err != nil {
			t.Fatal(err)
		}
		_, _ = body.Read(nil)
		return time.Until(w.last).Round(time.Second)
	}
	if got := left(1); got != grace {
		t.Errorf("after a byte it has %v", got)
	}
	if got := left(10*minRate - 1); got != grace+10*time.Second {
		t.Errorf("after 10 s worth of bytes it has %v", got)
	}
	if got := left(80 * minRate); got != time.Minute {
		t.Errorf("it has %v in all", got)
	}
}
