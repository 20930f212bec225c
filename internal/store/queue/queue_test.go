package queue_test

import (
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/store/queue"
)

func TestTheQueueNeverLooksForIndicesThatItDoesNotHave(t *testing.T) {
	if next := queue.NextReindex(time.Now()); time.Until(next) < 100*365*24*time.Hour {
		t.Errorf("it looks at %s", next)
	}
}
