package quota

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bonafide-id/bonafide"
)

func TestAKeyComesSoOftenAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRate(6)
		for range 6 {
			if err := r.Count("a"); err != nil {
				t.Fatal(err)
			}
		}
		err := r.Count("a")
		var e *bonafide.Error
		if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled || e.RetryAfter != 10*time.Second {
			t.Errorf("a seventh time: %v, to come again after %v", err, e.RetryAfter)
		}
		if err := r.Count("b"); err != nil {
			t.Error("another key pays for it:", err)
		}
		time.Sleep(e.RetryAfter)
		if err := r.Count("a"); err != nil {
			t.Error("at the time that was told:", err)
		}
		if err := r.Count("a"); err == nil {
			t.Error("once more at the same time")
		}
		time.Sleep(2 * time.Minute)
		if err := r.Count("c"); err != nil || len(r.keys) != 1 {
			t.Errorf("%v, %d keys are remembered", err, len(r.keys))
		}
		for range 1000 {
			if err := NewRate(0).Count("a"); err != nil {
				t.Fatal("without a limit:", err)
			}
		}
	})
}
