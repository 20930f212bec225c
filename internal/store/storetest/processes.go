package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Silence is how long a process that works the queue may not be heard of before its
// jobs are another's, in a store that Processes tests.
const Silence = 2 * time.Second

// Processes is the suite of what several processes on the same data rely on. open
// must let them work the queue together, with that Silence.
func Processes(t *testing.T, open Opener) {
	for name, test := range map[string]func(t *testing.T, here, there *world){
		"changes of a folder":     folderChanges,
		"changes of a media":      mediaChanges,
		"media added at once":     additions,
		"administrators":          lastAdmins,
		"failed sign-ins":         failures,
		"known sources":           sources,
		"requests":                requests,
		"one secret":              secret,
		"changes of references":   referenceChanges,
		"many changes":            manyChanges,
		"jobs of the living":      livingWorkers,
		"an order from elsewhere": foreignOrder,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			here := newWorld(t, open)
			there := *here
			there.Subject = nil
			there.reopen(t)
			t.Cleanup(func() { there.Close() })
			test(t, here, &there)
		})
	}
}

// both runs do n times in each of two processes at once.
func both(n int, here, there *world, do func(w *world, i int)) {
	var all sync.WaitGroup
	for side, w := range []*world{here, there} {
		all.Go(func() {
			for i := range n {
				do(w, side*n+i)
			}
		})
	}
	all.Wait()
}

const tries = 25

func folderChanges(t *testing.T, here, there *world) {
	f, _, _ := here.stored(t)
	both(tries, here, there, func(w *world, i int) {
		_, err := w.ChangeFolder(t.Context(), bonafide.Scope{}, f.ID, func(f *bonafide.Folder) error {
			f.Meta[fmt.Sprint("key ", i)] = json.Number("1")
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	got, err := there.Folder(t.Context(), bonafide.Scope{}, f.ID)
	ok(t, err)
	if len(got.Meta) != len(f.Meta)+2*tries {
		t.Errorf("%d of %d changes are there", len(got.Meta)-len(f.Meta), 2*tries)
	}
}

func mediaChanges(t *testing.T, here, there *world) {
	_, m, _ := here.stored(t)
	both(tries, here, there, func(w *world, i int) {
		_, err := w.ChangeMedia(t.Context(), bonafide.Scope{}, m[0].ID, func(m *bonafide.Media) error {
			m.Tags = append(m.Tags, fmt.Sprint(i))
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	got, err := there.Media(t.Context(), bonafide.Scope{}, m[0].ID)
	ok(t, err)
	if len(got.Tags) != len(m[0].Tags)+2*tries {
		t.Errorf("%d of %d changes are there", len(got.Tags)-len(m[0].Tags), 2*tries)
	}
}

func additions(t *testing.T, here, there *world) {
	f, _, _ := here.stored(t)
	const most = 10
	both(most, here, there, func(w *world, _ int) {
		err := w.AddToFolder(t.Context(), f.ID, store.Addition{Media: []bonafide.Media{newMedia()}, MaxMedia: most})
		if err != nil && bonafide.CodeOf(err) != bonafide.CodeTooLarge {
			t.Error(err)
		}
	})
	media, err := there.MediaOf(t.Context(), f.ID)
	ok(t, err)
	if len(media[f.ID]) != most {
		t.Errorf("%d media in a folder of at most %d", len(media[f.ID]), most)
	}
}

// lastAdmins lets two administrators take the role from each other at once.
func lastAdmins(t *testing.T, here, there *world) {
	refused := bonafide.Errorf(bonafide.CodeForbidden, "the last one")
	for range tries {
		admins := make([]bonafide.ID, 2)
		for i := range admins {
			admins[i] = bonafide.NewID()
			ok(t, here.CreateUser(t.Context(), &bonafide.User{ID: admins[i], Type: bonafide.Admin, Active: true, Email: string(admins[i])}))
		}
		both(1, here, there, func(w *world, i int) {
			keepOne := func(e *store.UserEdit) error {
				if e.OtherAdmins == 0 {
					return refused
				}
				e.Active = false
				return nil
			}
			var err error
			if i == 0 {
				_, err = w.ChangeUser(t.Context(), bonafide.Scope{}, admins[i], keepOne)
			} else {
				err = w.DeleteUser(t.Context(), bonafide.Scope{}, admins[i], keepOne)
			}
			if err != nil && bonafide.CodeOf(err) != bonafide.CodeForbidden {
				t.Error(err)
			}
		})
		left, err := here.Users(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{
			{Field: "user_type", Op: bonafide.OpIn, Values: []any{string(bonafide.Admin)}},
			{Field: "is_active", Op: bonafide.OpIn, Values: []any{true}}}})
		ok(t, err)
		if left.Total != 1 {
			t.Fatalf("%d administrators are left", left.Total)
		}
		ok(t, here.DeleteUser(t.Context(), bonafide.Scope{}, left.Items[0].ID, anyUser))
	}
}

func failures(t *testing.T, here, there *world) {
	ctx, at := t.Context(), time.Now().UTC().Truncate(time.Microsecond)
	of := func(keys ...string) []store.Failure {
		all := make([]store.Failure, len(keys))
		for i, key := range keys {
			all[i] = store.Failure{Key: key, Forget: time.Minute, Most: 1000}
		}
		return all
	}
	both(tries, here, there, func(w *world, _ int) {
		if err := w.FailSignIn(ctx, at, of("account ada", "source 10.0.0.1")...); err != nil {
			t.Error(err)
		}
	})
	want := store.FailureRow{Failures: 2 * tries, Last: at}
	got, err := there.SignInFailures(ctx, "account ada", "source 10.0.0.1", "account bob")
	ok(t, err)
	same(t, "failures", got, map[string]store.FailureRow{"account ada": want, "source 10.0.0.1": want})
	ok(t, here.PassSignIn(ctx, "account ada"))
	got, err = there.SignInFailures(ctx, "account ada", "source 10.0.0.1")
	ok(t, err)
	same(t, "failures after a success", got, map[string]store.FailureRow{"source 10.0.0.1": want})
	ok(t, here.FailSignIn(ctx, at.Add(3*time.Minute), of("source 10.0.0.1")...))
	got, err = there.SignInFailures(ctx, "source 10.0.0.1")
	ok(t, err)
	if n := got["source 10.0.0.1"].Failures; n != 2*tries-2 {
		t.Errorf("after 3 minutes there are %d failures, want %d", n, 2*tries-2)
	}
	ok(t, here.FailSignIn(ctx, at, store.Failure{Key: "source 10.0.0.1", Forget: time.Minute, Most: 3}))
	ok(t, here.FailSignIn(ctx, at.Add(48*time.Hour), of("account eve")...))
	got, err = there.SignInFailures(ctx, "source 10.0.0.1", "account eve")
	ok(t, err)
	if len(got) != 1 || got["account eve"].Failures != 1 {
		t.Errorf("old failures are not forgotten: %v", got)
	}
	const batch, most = 1000, 1 << 14
	flood := make([]string, batch)
	for n := 0; n < most+2*batch; n += batch {
		for i := range flood {
			flood[i] = fmt.Sprint(n + i)
		}
		ok(t, here.FailSignIn(ctx, at.Add(48*time.Hour+time.Duration(n)*time.Second), of(flood...)...))
	}
	if got, err = there.SignInFailures(ctx, "account eve", "0", flood[0]); err != nil || len(got) != 1 {
		t.Errorf("a flood leaves %v, %v", got, err)
	}
}

// requests are spent in two processes, of which each sees what is left to both.
func requests(t *testing.T, here, there *world) {
	const aMinute = 1000
	both(tries, here, there, func(w *world, _ int) {
		if _, err := w.SpendOf(t.Context(), "ada", 3, aMinute); err != nil {
			t.Error(err)
		}
	})
	begun := time.Now()
	left, err := there.SpendOf(t.Context(), "ada", 0, aMinute)
	ok(t, err)
	if want := float64(aMinute - 2*tries*3); left < want || left > want+aMinute/2 {
		t.Errorf("%v are left, want %v and what a moment brings back", left, want)
	}
	for range 3 {
		left, err = here.SpendOf(t.Context(), "ada", aMinute, aMinute)
		ok(t, err)
	}
	if again := float64(aMinute)*time.Since(begun).Minutes() + 1; left < -aMinute || left > -aMinute+again {
		t.Errorf("after far too many, %v are left", left)
	}
	if left, err = there.SpendOf(t.Context(), "bob", 1, aMinute); err != nil || left != aMinute-1 {
		t.Errorf("another has %v left, %v", left, err)
	}
}

func sources(t *testing.T, here, there *world) {
	ctx, at := t.Context(), time.Now().UTC().Truncate(time.Microsecond)
	knows := func(account, source string, since time.Time) bool {
		known, err := there.KnownSource(ctx, account, source, since)
		ok(t, err)
		return known
	}
	for range 2 {
		ok(t, here.KnowSource(ctx, "ada", "10.0.0.1", at, time.Hour))
	}
	if !knows("ada", "10.0.0.1", at.Add(-time.Second)) || knows("ada", "10.0.0.2", time.Time{}) || knows("eve", "10.0.0.1", time.Time{}) || knows("ada", "10.0.0.1", at) {
		t.Error("an account is not known from where it signed in, or from elsewhere")
	}
	for i := range 60 {
		ok(t, here.KnowSource(ctx, "ada", fmt.Sprint("10.0.1.", i), at.Add(time.Duration(i+1)*time.Second), time.Hour))
	}
	if knows("ada", "10.0.0.1", time.Time{}) || !knows("ada", "10.0.1.59", at) || !knows("ada", "10.0.1.10", at) {
		t.Error("the newest sources are not those that are kept")
	}
}

func secret(t *testing.T, here, there *world) {
	var mu sync.Mutex
	seen := map[string]bool{}
	both(1, here, there, func(w *world, i int) {
		got, err := w.Secret(t.Context(), "key", func() ([]byte, error) { return []byte(fmt.Sprint("made by ", i)), nil })
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		seen[string(got)] = true
	})
	if len(seen) != 1 || seen[""] {
		t.Errorf("secrets %v", seen)
	}
	got, err := there.Secret(t.Context(), "key", func() ([]byte, error) { return nil, fmt.Errorf("made again") })
	if err != nil || !seen[string(got)] {
		t.Errorf("%q, %v", got, err)
	}
	ok(t, here.ForgetSecrets(t.Context(), "ke", "key"))
	if got, err = there.Secret(t.Context(), "key", nil); err != nil || !seen[string(got)] {
		t.Errorf("a key that was kept: %q, %v", got, err)
	}
	ok(t, here.ForgetSecrets(t.Context(), "key"))
	if got, err = there.Secret(t.Context(), "key", func() ([]byte, error) { return []byte("new"), nil }); err != nil || string(got) != "new" {
		t.Errorf("a key that was forgotten: %q, %v", got, err)
	}
	broken := fmt.Errorf("no randomness")
	if _, err := there.Secret(t.Context(), "other", func() ([]byte, error) { return nil, broken }); err != broken {
		t.Errorf("a key that cannot be made: %v", err)
	}
}

func referenceChanges(t *testing.T, here, there *world) {
	ctx, model := t.Context(), newReferenceModel()
	since := func(after int64) store.ReferenceChanges {
		t.Helper()
		c, err := there.ReferenceChanges(ctx, model, after, "")
		ok(t, err)
		return c
	}
	start := since(-1)
	if !start.Forgotten {
		t.Errorf("before the first change: %+v", start)
	}
	list := here.collection(t, here.company)
	images := []bonafide.PersonImage{newImage(), newImage()}
	p := here.enrolled(t, list.ID, images...)
	c := since(start.Last)
	if len(c.Changed) != 2 || len(c.Gone)+len(c.Dropped) != 0 || c.Forgotten || c.More || c.Last <= start.Last {
		t.Fatalf("an enrolment: %+v", c)
	}
	for _, ref := range c.Changed {
		if ref.PersonID != p.ID || ref.CollectionID != list.ID || ref.Template.Empty() {
			t.Errorf("%+v", ref)
		}
	}
	if again := since(c.Last); again.Last != c.Last || len(again.Changed) != 0 || again.Forgotten {
		t.Errorf("nothing has changed: %+v", again)
	}
	ok(t, here.ReplaceTemplate(ctx, images[0].ID, bonafide.NewTemplate(bonafide.ModelRef{Name: "embedder", Version: "0"}, []float32{1})))
	other := since(c.Last)
	same(t, "of another model", other.Foreign, []bonafide.ID{images[0].ID})
	ok(t, here.DeletePersonImage(ctx, images[1].ID))
	gone := since(other.Last)
	same(t, "a deletion", gone.Gone, []bonafide.ID{images[1].ID})
	ok(t, here.DeleteCollection(ctx, list.ID))
	dropped := since(gone.Last)
	same(t, "a collection", dropped.Dropped, []bonafide.ID{list.ID})
	if all := since(start.Last); len(all.Changed) != 0 || len(all.Gone) != 2 || len(all.Dropped) != 1 || all.Last != dropped.Last {
		t.Errorf("all in all: %+v", all)
	}
}

// manyChanges asks for changes in more than one run.
func manyChanges(t *testing.T, here, there *world) {
	ctx, model := t.Context(), newReferenceModel()
	list := here.collection(t, here.company)
	start, err := there.ReferenceChanges(ctx, model, -1, "")
	ok(t, err)
	const persons, each = 3, 400
	for range persons {
		images := make([]bonafide.PersonImage, each)
		for i := range images {
			images[i] = newImage()
		}
		here.enrolled(t, list.ID, images...)
	}
	n, after, runs := 0, start.Last, 0
	for more := true; more; runs++ {
		c, err := there.ReferenceChanges(ctx, model, after, "")
		ok(t, err)
		if c.Forgotten {
			t.Fatal("changes of a moment ago are forgotten")
		}
		n, after, more = n+len(c.Changed), c.Last, c.More
	}
	if n != persons*each || runs < 2 {
		t.Errorf("%d of %d changes in %d runs", n, persons*each, runs)
	}
}

// livingWorkers lets one process run a job while another works the queue, too.
func livingWorkers(t *testing.T, here, there *world) {
	_, _, o := here.stored(t)
	begun, end := make(chan struct{}), make(chan struct{})
	stopHere := working(t, here, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		close(begun)
		<-end
		return finish(ctx, here, group, bonafide.Success)
	})
	<-begun
	taken := make(chan bonafide.ID, 10)
	stopThere := working(t, there, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		taken <- group
		return finish(ctx, there, group, bonafide.Success)
	})
	time.Sleep(2 * Silence)
	// An order that is made now is run there, while the first one is still run here.
	_, _, second := there.stored(t)
	if got := <-taken; got != second.GroupID {
		t.Errorf("group %s was run, want %s", got, second.GroupID)
	}
	close(end)
	eventually(func() bool { return ended(t, there, o.GroupID) })
	stopHere()
	stopThere()
	if len(taken) != 0 {
		t.Errorf("a job of the living was taken over")
	}
}

func foreignOrder(t *testing.T, here, there *world) {
	run := make(chan bonafide.ID, 1)
	working(t, here, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
		run <- group
		return finish(ctx, here, group, bonafide.Success)
	})
	_, _, o := there.stored(t)
	if got := <-run; got != o.GroupID {
		t.Errorf("group %s was run, want %s", got, o.GroupID)
	}
	eventually(func() bool { return ended(t, there, o.GroupID) })
}
