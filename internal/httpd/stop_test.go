package httpd

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestARequestGoesOnForAWhileOnceItsServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		life, end := context.WithCancel(t.Context())
		request, gone := context.WithCancel(withLife(life))
		defer gone()
		at, cancelAt := UntilStop(request, 0)
		defer cancelAt()
		later, cancelLater := UntilStop(request, LastCall)
		defer cancelLater()
		if Stopping(request) || at.Err() != nil || later.Err() != nil {
			t.Error("it ends before it is told to")
		}
		end()
		synctest.Wait()
		if !Stopping(request) || request.Err() != nil || at.Err() == nil || later.Err() != nil {
			t.Errorf("stopping: %t, request %v, at once %v, later %v", Stopping(request), request.Err(), at.Err(), later.Err())
		}
		time.Sleep(LastCall)
		synctest.Wait()
		if later.Err() == nil {
			t.Error("it goes on for ever")
		}
	})
}

func TestAServerThatKnowsNoEndIsNeverStopping(t *testing.T) {
	ctx, cancel := UntilStop(t.Context(), 0)
	if Stopping(ctx) || ctx.Err() != nil {
		t.Error("it stops")
	}
	cancel()
	if ctx.Err() == nil {
		t.Error("it does not end")
	}
}
