package bench

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/client"
)

// crowded refuses requests while as many as it has places for are under way.
type crowded struct {
	server
	places, under, refused atomic.Int64
	retryAfter             string
}

func (s *crowded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.under.Add(-1)
	if s.under.Add(1) > s.places.Load() {
		s.refused.Add(1)
		if s.retryAfter != "" {
			w.Header().Set("Retry-After", s.retryAfter)
		}
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	time.Sleep(20 * time.Millisecond) // so that clients meet
	s.server.ServeHTTP(w, r)
}

func TestACurveCountsWhatIsAnsweredApartFromWhatIsRefused(t *testing.T) {
	s := &crowded{server: server{answer: passed, seen: map[string]int{}}, retryAfter: "1"}
	s.places.Store(2)
	srv := httptest.NewServer(s)
	defer srv.Close()
	b := &Bench{API: client.New(srv.URL, nil), Photo: picture(t), Reference: picture(t), Resident: func() (int64, error) { return 3 << 20, nil }}
	curve, err := b.Curve(t.Context(), []int{1, 8}, 200*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if one := curve[0]; one.Clients != 1 || one.Refused != 0 || one.Rate <= 0 || one.P50 > one.P99 || one.Bytes != 3<<20 {
		t.Errorf("one client: %+v", one)
	}
	if eight := curve[1]; eight.Clients != 8 || int64(eight.Refused) != s.refused.Load() || eight.Refused == 0 || eight.Rate <= 0 {
		t.Errorf("eight clients, %d refused: %+v", s.refused.Load(), eight)
	}
	var table strings.Builder
	if err := CurveTable(curve, time.Second).WriteText(&table); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf(" %d ", curve[1].Refused); !strings.Contains(table.String(), want) || !strings.Contains(table.String(), "3") {
		t.Errorf("%q is missing in\n%s", want, table.String())
	}
}

func TestACurveEndsWhereARefusalDoesNotSayHowLong(t *testing.T) {
	s := &crowded{server: server{answer: passed, seen: map[string]int{}}}
	srv := httptest.NewServer(s)
	defer srv.Close()
	s.places.Store(1)
	b := &Bench{API: client.New(srv.URL, nil), Photo: picture(t), Reference: picture(t)}
	if _, err := b.Curve(t.Context(), []int{64}, 200*time.Millisecond); err == nil || !strings.Contains(err.Error(), "Retry-After") {
		t.Errorf("the run ends with %v", err)
	}
}
