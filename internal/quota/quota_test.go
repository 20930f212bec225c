package quota

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bonafide-id/bonafide"
)

// join makes a caller that waits for its place and then names itself.
func join(t *testing.T, s *Share, key string, served chan<- string) {
	t.Helper()
	go func() {
		release, err := s.Take(t.Context(), key)
		if err != nil {
			t.Error(err)
			return
		}
		served <- key
		release()
	}()
	synctest.Wait()
}

func TestKeysGetPlacesInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Limits{Places: 1, PerKey: 1, Waiting: 100})
		release, err := s.Take(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		served := make(chan string, 100)
		for range 50 {
			join(t, s, "a", served)
		}
		join(t, s, "b", served)
		release()
		synctest.Wait()
		first, second := <-served, <-served
		if first != "a" || second != "b" {
			t.Errorf("b came behind 50 callers of a and was not served second: %s, %s", first, second)
		}
	})
}

func TestOneKeyHasAllPlacesUntilAnotherComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(ForCores(2))
		first, err := s.Take(t.Context(), "a")
		second, err2 := s.Take(t.Context(), "a")
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		other, err := s.Take(t.Context(), "b")
		if err != nil {
			t.Fatal("both cores are a's, and b has to wait:", err)
		}
		other()
		served := make(chan string, 1)
		join(t, s, "a", served)
		if first(); len(served) != 0 {
			t.Error("a has two places although b came just now")
		}
		second()
		synctest.Wait()
		if len(served) != 1 {
			t.Fatal("a has none of the places that are free")
		}
		<-served
		time.Sleep(lately)
		for range 2 {
			if _, err := s.Take(t.Context(), "a"); err != nil {
				t.Error("b has not come for a minute:", err)
			}
		}
		if s.Notice(""); s.most("a") != 2 {
			t.Error("the server itself counts as somebody else")
		}
		if s.Notice("c"); s.most("a") != 1 || s.most("b") != 1 || s.most("c") != 1 {
			t.Errorf("%d of a, %d of b, %d of c", s.most("a"), s.most("b"), s.most("c"))
		}
	})
}

func TestIdlePlacesAreThoseNobodyHas(t *testing.T) {
	s := New(Limits{Places: 3, PerKey: 3})
	release, err := s.Take(t.Context(), "a")
	if err != nil || s.Idle() != 2 {
		t.Errorf("%d are idle, %v", s.Idle(), err)
	}
	if release(); s.Idle() != 3 {
		t.Errorf("%d are idle after one was given back", s.Idle())
	}
}

func TestWithoutAPayerTheServerPays(t *testing.T) {
	if PayerOf(t.Context()) != "" || PayerOf(WithPayer(t.Context(), "a")) != "a" {
		t.Error("the payer is another")
	}
}

func TestOneKeyLeavesPlacesToOthers(t *testing.T) {
	s := New(Limits{Places: 3, PerKey: 2, Waiting: 0})
	for range 2 {
		if _, err := s.Take(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Take(t.Context(), "a")
	var e *bonafide.Error
	if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled || e.RetryAfter <= 0 {
		t.Errorf("a third place for one key: %v", err)
	}
	if _, err := s.Take(t.Context(), "b"); err != nil {
		t.Error("another key has no place:", err)
	}
}

func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Limits{Places: 1, PerKey: 1, Waiting: 1, Patience: 10 * time.Second})
		release, _ := s.Take(t.Context(), "a")
		start := time.Now()
		_, err := s.Take(t.Context(), "b")
		if bonafide.CodeOf(err) != bonafide.CodeBusy || time.Since(start) != 10*time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		release()
		release() // twice is no error
		if _, err := s.Take(t.Context(), "b"); err != nil {
			t.Error("the place was lost:", err)
		}
	})
}

func TestAPlaceHandedToACallerWhoHasGoneIsNotLost(t *testing.T) {
	s := New(Limits{Places: 2, PerKey: 2, Waiting: 10})
	var running, most atomic.Int64
	var all sync.WaitGroup
	for i := range 2000 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(300))*time.Microsecond)
			defer cancel()
			release, err := s.Take(ctx, fmt.Sprint(i%7))
			if err != nil {
				return
			}
			if now := running.Add(1); now > most.Load() {
				most.Store(now)
			}
			time.Sleep(time.Duration(rand.IntN(50)) * time.Microsecond)
			running.Add(-1)
			release()
		})
	}
	all.Wait()
	if most.Load() > 2 {
		t.Errorf("%d places were taken at once", most.Load())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken != 0 || len(s.keys) != 0 || len(s.turn) != 0 {
		t.Errorf("left behind: %d places, %d keys, %d turns", s.taken, len(s.keys), len(s.turn))
	}
}

func BenchmarkTake(b *testing.B) {
	s := New(Limits{Places: 4, PerKey: 4, Waiting: 4})
	for b.Loop() {
		release, err := s.Take(b.Context(), "a")
		if err != nil {
			b.Fatal(err)
		}
		release()
	}
}
