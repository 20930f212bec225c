package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// owed stores a folder with that webhook, ends its group and gives both.
func (w *world) owed(t *testing.T, endpoint string) (*bonafide.Folder, *store.Order) {
	t.Helper()
	f, m := w.folder(), []bonafide.Media{newMedia()}
	f.ResolutionEndpoint = endpoint
	o := newOrder(m[0].ID)
	ok(t, w.CreateFolder(t.Context(), f, m, o))
	ok(t, w.FinishGroup(t.Context(), o.GroupID, results(o, bonafide.Success)))
	return f, o
}

func (w *world) deliveriesOf(t *testing.T, folder bonafide.ID) []bonafide.Delivery {
	t.Helper()
	page, err := w.Deliveries(t.Context(), bonafide.Scope{}, bonafide.Query{
		Filters: []bonafide.Filter{filter("folder_id", bonafide.OpIn, string(folder))}, Limit: -1,
		Sorting: []bonafide.Sort{{Field: "time_created"}}})
	ok(t, err)
	return page.Items
}

// claimed claims and gives the folders whose deliveries were claimed, sorted.
func (w *world) claimed(t *testing.T, lease time.Duration, perTarget, limit int) []bonafide.Delivery {
	t.Helper()
	ds, err := w.ClaimDeliveries(t.Context(), lease, store.DeliveryLimits{Target: perTarget, Company: 100, All: limit})
	ok(t, err)
	return ds
}

func outbox(t *testing.T, w *world) {
	ctx := t.Context()
	const endpoint = "https://bank.example:8443/hook?x=1"
	t.Run("a group that ends owes one delivery", func(t *testing.T) {
		f, o := w.owed(t, endpoint)
		<-w.DeliveryBell()
		ds := w.deliveriesOf(t, f.ID)
		if len(ds) != 1 {
			t.Fatalf("there are %d deliveries", len(ds))
		}
		d := ds[0]
		if d.FolderID != f.ID || d.CompanyID != w.company || d.GroupID != o.GroupID || d.Endpoint != endpoint || d.Target != "bank.example:8443" ||
			d.State != bonafide.DeliveryPending || d.Attempts != 0 || d.NextAttempt.IsZero() || !d.RetrySince.Equal(d.TimeCreated) {
			t.Errorf("the delivery is %+v", d)
		}
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		if n := len(w.deliveriesOf(t, f.ID)); n != 1 {
			t.Errorf("a second end makes it %d deliveries", n)
		}
	})
	t.Run("a group that ends in parts owes its delivery at the last", func(t *testing.T) {
		f, m := w.folder(), []bonafide.Media{newMedia()}
		o := newOrder(m[0].ID)
		f.ResolutionEndpoint = endpoint
		ok(t, w.CreateFolder(ctx, f, m, o))
		rs := results(o, bonafide.Success)
		ok(t, w.FinishGroup(ctx, o.GroupID, rs[:1]))
		if n := len(w.deliveriesOf(t, f.ID)); n != 0 {
			t.Errorf("half of the group owes %d deliveries", n)
		}
		ok(t, w.FinishGroup(ctx, o.GroupID, rs[1:]))
		if n := len(w.deliveriesOf(t, f.ID)); n != 1 {
			t.Errorf("the group owes %d deliveries", n)
		}
	})
	t.Run("without an endpoint nothing is owed", func(t *testing.T) {
		f, _, o := w.stored(t)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		if n := len(w.deliveriesOf(t, f.ID)); n != 0 {
			t.Errorf("%d deliveries", n)
		}
	})
	t.Run("companies do not see each other's deliveries", func(t *testing.T) {
		f, _ := w.owed(t, endpoint)
		d := w.deliveriesOf(t, f.ID)[0]
		for scope, want := range map[bonafide.Scope]bool{
			{CompanyID: w.company}: true, {CompanyID: w.company, UserID: w.user}: true,
			{CompanyID: w.company, UserID: w.colleague}: false, {CompanyID: w.other}: false, {Nothing: true}: false,
		} {
			_, err := w.Delivery(ctx, scope, d.ID)
			_, again := w.ReplayDelivery(ctx, scope, d.ID)
			page, listed := w.Deliveries(ctx, scope, bonafide.Query{Limit: -1})
			ok(t, listed)
			seen := slices.ContainsFunc(page.Items, func(x bonafide.Delivery) bool { return x.ID == d.ID })
			if (err == nil) != want || (again == nil) != want || seen != want {
				t.Errorf("%+v: read %v, replay %v, listed %v", scope, err, again, seen)
			}
		}
	})
}

func claims(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("one target cannot take all", func(t *testing.T) {
		for range 5 {
			w.owed(t, "https://slow.example/hook")
		}
		w.owed(t, "https://other.example/hook")
		first := w.claimed(t, time.Hour, 2, 10)
		if got := names(first, func(d bonafide.Delivery) string { return d.Target }); got != "slow.example slow.example other.example" {
			t.Errorf("claimed %s", got)
		}
		if n := len(w.claimed(t, time.Hour, 2, 10)); n != 0 {
			t.Errorf("%d more were claimed while two are under way", n)
		}
		d := first[0]
		d.State = bonafide.DeliveryDelivered
		ok(t, w.EndAttempt(ctx, &d, bonafide.DeliveryAttempt{Number: 1, Status: 200, Took: 3 * time.Millisecond}))
		if n := len(w.claimed(t, time.Hour, 2, 10)); n != 1 {
			t.Errorf("%d were claimed after one has ended", n)
		}
		got, err := w.Delivery(ctx, bonafide.Scope{}, d.ID)
		ok(t, err)
		if got.State != bonafide.DeliveryDelivered || len(got.History) != 1 || got.History[0].Status != 200 ||
			got.History[0].Took != 3*time.Millisecond || got.History[0].Failure != "" || got.History[0].Started.IsZero() {
			t.Errorf("the delivery is %+v", got)
		}
		if n := len(w.claimed(t, time.Hour, 100, 1)); n != 1 {
			t.Errorf("%d were claimed, limit 1", n)
		}
		w.drain(t)
	})
	t.Run("a company with many receivers leaves room to others", func(t *testing.T) {
		for i := range 5 {
			w.owed(t, fmt.Sprintf("https://hanging-%d.example/hook", i))
		}
		f, m := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: w.other, UserID: w.stranger, Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{},
			ResolutionEndpoint: "https://prompt.example/hook"}, []bonafide.Media{newMedia()}
		o := newOrder(m[0].ID)
		ok(t, w.CreateFolder(ctx, f, m, o))
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		ds, err := w.ClaimDeliveries(ctx, time.Hour, store.DeliveryLimits{Target: 2, Company: 3, All: 2})
		ok(t, err)
		if !slices.ContainsFunc(ds, func(d bonafide.Delivery) bool { return d.CompanyID == w.other }) || len(ds) != 2 {
			t.Errorf("of two places the company that came last has none: %+v", ds)
		}
		ds, err = w.ClaimDeliveries(ctx, time.Hour, store.DeliveryLimits{Target: 2, Company: 3, All: 10})
		ok(t, err)
		if len(ds) != 2 {
			t.Errorf("a company with one attempt under way, and three at most, was given %d more", len(ds))
		}
		w.drain(t)
	})
	t.Run("a failed attempt comes again when its time has come", func(t *testing.T) {
		f, _ := w.owed(t, "https://bank.example/hook")
		d := w.claimed(t, time.Hour, 1, 1)[0]
		d.NextAttempt = now().Add(time.Hour)
		ok(t, w.EndAttempt(ctx, &d, bonafide.DeliveryAttempt{Number: 1, Failure: "timeout"}))
		if n := len(w.claimed(t, time.Hour, 1, 1)); n != 0 {
			t.Error("it comes before its time")
		}
		d.NextAttempt = now().Add(-time.Second)
		ok(t, w.EndAttempt(ctx, &d, bonafide.DeliveryAttempt{Number: 1, Failure: "timeout"}))
		again := w.claimed(t, time.Hour, 1, 1)
		if len(again) != 1 || again[0].FolderID != f.ID || again[0].Attempts != 2 {
			t.Fatalf("claimed %+v", again)
		}
		w.drain(t)
	})
	t.Run("a lease that runs out gives the delivery to the next", func(t *testing.T) {
		f, _ := w.owed(t, "https://bank.example/hook")
		cut := w.claimed(t, 0, 1, 1)[0]
		second := w.claimed(t, time.Hour, 1, 1)
		if len(second) != 1 || second[0].FolderID != f.ID || second[0].Attempts != 2 {
			t.Fatalf("claimed %+v", second)
		}
		cut.State = bonafide.DeliveryGivenUp
		ok(t, w.EndAttempt(ctx, &cut, bonafide.DeliveryAttempt{Number: 1, Status: 500, Failure: "status"}))
		got, err := w.Delivery(ctx, bonafide.Scope{}, cut.ID)
		ok(t, err)
		if got.State != bonafide.DeliveryPending || names(got.History, func(a bonafide.DeliveryAttempt) string { return a.Failure }) != "status pending" {
			t.Errorf("the late end of an attempt leaves %+v", got)
		}
		if len(w.claimed(t, 0, 1, 1)) != 0 {
			t.Error("the second lease is gone")
		}
		w.drain(t)
	})
	t.Run("an attempt that never ended is told", func(t *testing.T) {
		w.owed(t, "https://bank.example/hook")
		w.claimed(t, 0, 1, 1)
		w.reopen(t)
		d := w.claimed(t, time.Hour, 1, 1)[0]
		got, err := w.Delivery(ctx, bonafide.Scope{}, d.ID)
		ok(t, err)
		if names(got.History, func(a bonafide.DeliveryAttempt) string { return a.Failure }) != "interrupted pending" {
			t.Errorf("the history is %+v", got.History)
		}
		w.drain(t)
	})
	t.Run("a replay is due at once, to where the folder's webhook is now", func(t *testing.T) {
		f, _ := w.owed(t, "https://old.example/hook")
		d := w.claimed(t, time.Hour, 1, 1)[0]
		d.State, d.NextAttempt = bonafide.DeliveryGivenUp, time.Time{}
		ok(t, w.EndAttempt(ctx, &d, bonafide.DeliveryAttempt{Number: 1, Failure: "name"}))
		if len(w.claimed(t, time.Hour, 1, 1)) != 0 {
			t.Error("a delivery that was given up is claimed")
		}
		f.ResolutionEndpoint = "https://new.example/hook"
		ok(t, PutFolder(ctx, w, f))
		replayed, err := w.ReplayDelivery(ctx, bonafide.Scope{}, d.ID)
		ok(t, err)
		if replayed.State != bonafide.DeliveryPending || replayed.Endpoint != f.ResolutionEndpoint || !replayed.RetrySince.After(d.RetrySince) {
			t.Errorf("replayed as %+v", replayed)
		}
		again := w.claimed(t, time.Hour, 1, 1)
		if len(again) != 1 || again[0].ID != d.ID || again[0].Target != "new.example" || again[0].Attempts != 2 {
			t.Errorf("claimed %+v", again)
		}
		_, err = w.ReplayDelivery(ctx, bonafide.Scope{}, bonafide.NewID())
		wantCode(t, "unknown delivery", err, bonafide.CodeNotFound)
	})
}

// drain ends whatever is owed.
func (w *world) drain(t *testing.T) {
	t.Helper()
	w.claimed(t, 0, 1000, 1000)
	page, err := w.Deliveries(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	ok(t, err)
	for _, d := range page.Items {
		d.State = bonafide.DeliveryDelivered
		ok(t, w.EndAttempt(t.Context(), &d, bonafide.DeliveryAttempt{Number: d.Attempts, Status: 200}))
	}
}

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func secrets(t *testing.T, w *world) {
	ctx := t.Context()
	var made []bonafide.ID
	for range store.MaxWebhookSecrets {
		s := bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: w.company, Secret: "whsec_" + string(bonafide.NewID())}
		ok(t, w.CreateWebhookSecret(ctx, &s))
		got, err := w.WebhookSecrets(ctx, w.company)
		ok(t, err)
		same(t, "newest secret", got[0], s)
		made = append(made, s.ID)
	}
	wantCode(t, "one secret too many", w.CreateWebhookSecret(ctx, &bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: w.company}), bonafide.CodeFull)
	nobodys := bonafide.WebhookSecret{ID: bonafide.NewID(), Secret: "whsec_" + string(bonafide.NewID())}
	ok(t, w.CreateWebhookSecret(ctx, &nobodys))
	got, err := w.WebhookSecrets(ctx, "")
	ok(t, err)
	same(t, "secrets without a company", got, []bonafide.WebhookSecret{nobodys})
	wantCode(t, "another's secret", w.DeleteWebhookSecret(ctx, bonafide.Scope{CompanyID: w.other}, made[0]), bonafide.CodeNotFound)
	wantCode(t, "nobody", w.DeleteWebhookSecret(ctx, bonafide.Scope{Nothing: true}, made[0]), bonafide.CodeNotFound)
	ok(t, w.DeleteWebhookSecret(ctx, bonafide.Scope{CompanyID: w.company}, made[0]))
	if got, err = w.WebhookSecrets(ctx, w.company); err != nil || len(got) != store.MaxWebhookSecrets-1 {
		t.Errorf("%d secrets are left, %v", len(got), err)
	}
}
