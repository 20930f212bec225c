package quota

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bonafide-id/bonafide"
)

func TestAKeyComesSoOftenAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRate(6, nil)
		for range 6 {
			if err := r.Count(t.Context(), "a"); err != nil {
				t.Fatal(err)
			}
		}
		err := r.Count(t.Context(), "a")
		var e *bonafide.Error
		if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled || e.RetryAfter != 10*time.Second {
			t.Errorf("a seventh time: %v, to come again after %v", err, e.RetryAfter)
		}
		if err := r.Count(t.Context(), "b"); err != nil {
			t.Error("another key pays for it:", err)
		}
		time.Sleep(e.RetryAfter)
		if err := r.Count(t.Context(), "a"); err != nil {
			t.Error("at the time that was told:", err)
		}
		if err := r.Count(t.Context(), "a"); err == nil {
			t.Error("once more at the same time")
		}
		time.Sleep(2 * time.Minute)
		if err := r.Count(t.Context(), "c"); err != nil || len(r.keys) != 1 {
			t.Errorf("%v, %d keys are remembered", err, len(r.keys))
		}
		for range 1000 {
			if err := NewRate(0, nil).Count(t.Context(), "a"); err != nil {
				t.Fatal("without a limit:", err)
			}
		}
	})
}

// shared is a ledger that can be away.
type shared struct {
	left float64
	away bool
	told int // times
}

func (l *shared) SpendOf(_ context.Context, _ string, n, _ int) (float64, error) {
	if l.told++; l.away {
		return 0, errors.New("the database cannot be reached")
	}
	l.left -= float64(n)
	return l.left, nil
}

func TestProcessesCountTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const aMinute = 100
		l := &shared{left: aMinute}
		here, there := NewRate(aMinute, l), NewRate(aMinute, l)
		passed := 0
		for range aMinute {
			for _, r := range []*Rate{here, there} {
				if r.Count(t.Context(), "a") == nil {
					passed++
				}
			}
		}
		if passed < aMinute || passed > aMinute+2*aMinute/tellPart {
			t.Errorf("%d have passed", passed)
		}
		if most := 2*(aMinute/(aMinute/tellPart)) + 10; l.told > most {
			t.Errorf("the ledger was asked %d times, want %d at most", l.told, most)
		}
		// What others have spent is heard of within a second, and what waits is told then.
		l.left = aMinute
		time.Sleep(tellEvery)
		if err := here.Count(t.Context(), "a"); err != nil {
			t.Error(err)
		}
		l.left = -aMinute
		time.Sleep(tellEvery)
		if err := here.Count(t.Context(), "a"); err == nil {
			t.Error("others have spent more than there is")
		}
	})
}

func TestWhileTheLedgerIsAwayAProcessCountsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const aMinute = 100
		l := &shared{left: aMinute, away: true}
		r, passed := NewRate(aMinute, l), 0
		for range 2 * aMinute {
			if r.Count(t.Context(), "a") == nil {
				passed++
			}
		}
		if passed != aMinute {
			t.Errorf("%d have passed", passed)
		}
		l.away = false
		time.Sleep(tellEvery)
		if _ = r.Count(t.Context(), "a"); l.left != 0 {
			t.Errorf("the ledger was told of %v, want %d", aMinute-l.left, aMinute)
		}
	})
}
