package gallery_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// enrolled makes a person of one image in a list.
func enrolled(t *testing.T, s storetest.Subject, list bonafide.ID, radians float64) (person, image bonafide.ID) {
	t.Helper()
	p := &bonafide.Person{ID: bonafide.NewID(), CollectionID: list}
	im := bonafide.PersonImage{ID: bonafide.NewID(), Original: bonafide.File{Key: bonafide.NewSecret(16), Digest: bonafide.NewSecret(32)},
		Template: at("", "", "", radians).Template}
	if err := s.CreatePerson(t.Context(), p, []bonafide.PersonImage{im}); err != nil {
		t.Fatal(err)
	}
	return p.ID, im.ID
}

func TestChangesOfAnotherProcessAreFoundAtOnce(t *testing.T) {
	dir := t.TempDir()
	here, there := storetest.OpenIn(t, dir), storetest.OpenIn(t, dir)
	list := &bonafide.PersonCollection{ID: bonafide.NewID(), Alias: "wanted"}
	if err := here.CreateCollection(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	ada, _ := enrolled(t, here, list.ID, 0)
	g, err := gallery.Open(t.Context(), there, model, scan.New())
	if err != nil {
		t.Fatal(err)
	}
	want := func(what string, persons ...bonafide.ID) {
		t.Helper()
		if got := found(t, g, list.ID, 10); !slices.Equal(got, persons) {
			t.Errorf("%s: found %v, want %v", what, got, persons)
		}
	}
	want("before it was opened", ada)
	bob, photo := enrolled(t, here, list.ID, 0.5)
	want("an enrolment", ada, bob)
	if err := here.DeletePerson(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	want("a deletion", bob)
	if err := here.ReplaceTemplate(t.Context(), photo, bonafide.NewTemplate(bonafide.ModelRef{Name: "embedder", Version: "0"}, []float32{1, 0})); err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.Search(t.Context(), at("", "", "", 0).Template, list.ID, 10); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a template of another model: %v", err)
	}
	if err := here.ReplaceTemplate(t.Context(), photo, at("", "", "", 0.5).Template); err != nil {
		t.Fatal(err)
	}
	want("a template that was made anew", bob)
	if err := here.DeleteCollection(t.Context(), list.ID); err != nil {
		t.Fatal(err)
	}
	want("a collection that is gone")
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	if hits, _, err := g.Search(t.Context(), at("", "", "", 0).Template, list.ID, 10); err == nil {
		t.Errorf("a search that cannot know what has changed gives %v", hits)
	}
}

// TestTemplatesOfTheDeletedDoNotWaitForASearch watches how many references a
// gallery holds that nobody searches.
func TestTemplatesOfTheDeletedDoNotWaitForASearch(t *testing.T) {
	s := storetest.Open(t)
	list := &bonafide.PersonCollection{ID: bonafide.NewID(), Alias: "wanted"}
	if err := s.CreateCollection(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	person, _ := enrolled(t, s, list.ID, 0)
	g, err := gallery.Open(t.Context(), s, model, scan.New())
	if err != nil {
		t.Fatal(err)
	}
	if n := g.Held(list.ID); n != 1 {
		t.Fatalf("%d references are held", n)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.Follow(ctx, slog.New(slog.DiscardHandler))
	}()
	if err := s.DeletePerson(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	for g.Held(list.ID) != 0 {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	<-done
}

// TestForgottenChangesAreMadeUpFor lets changes grow so old that they are no longer
// known.
func TestForgottenChangesAreMadeUpFor(t *testing.T) {
	s := storetest.Open(t).(*sqlite.Store)
	list := &bonafide.PersonCollection{ID: bonafide.NewID(), Alias: "wanted"}
	if err := s.CreateCollection(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	ada, _ := enrolled(t, s, list.ID, 0)
	g, err := gallery.Open(t.Context(), s, model, scan.New())
	if err != nil {
		t.Fatal(err)
	}
	bob, _ := enrolled(t, s, list.ID, 0.5)
	if err := s.DeletePerson(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	err = s.Write(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE reference_changes SET time_created = 0")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	eve, _ := enrolled(t, s, list.ID, 1)
	if got := found(t, g, list.ID, 10); !slices.Equal(got, []bonafide.ID{bob, eve}) {
		t.Errorf("found %v, want %v and %v", got, bob, eve)
	}
	if n := g.Held(list.ID); n != 2 {
		t.Errorf("%d references are held", n)
	}
}
