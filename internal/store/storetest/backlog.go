package storetest

import (
	"context"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// backlog follows two orders and a webhook from their beginning to their end.
func backlog(t *testing.T, w *world) {
	told := func() store.Backlog {
		b, err := w.Backlog(t.Context())
		ok(t, err)
		if (b.OldestOrder > 0) != (b.Orders > 0) || (b.OldestWebhook > 0) != (b.Webhooks > 0) {
			t.Errorf("what waits, and for how long, disagree: %+v", b)
		}
		b.OldestOrder, b.OldestWebhook = 0, 0
		return b
	}
	same(t, "at first", told(), store.Backlog{})
	_, _, first := w.stored(t)
	w.stored(t)
	same(t, "two orders", told(), store.Backlog{Orders: 2, Analyses: 4})

	entered, leave := make(chan struct{}), make(chan struct{})
	stop := working(t, w, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		if group == first.GroupID {
			entered <- struct{}{}
			<-leave
		}
		return finish(ctx, w, group, bonafide.Success)
	})
	<-entered
	same(t, "one of them under way", told(), store.Backlog{Orders: 1, Running: 1, Analyses: 4})
	close(leave)
	eventually(func() bool { return told() == store.Backlog{} })
	stop()

	w.owed(t, "https://bank.example/hook")
	if b := told(); b.Webhooks != 1 || b.Analyses != 0 {
		t.Errorf("with a webhook: %+v", b)
	}
}
