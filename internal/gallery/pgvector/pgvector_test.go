package pgvector_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/gallerytest"
	"github.com/bonafide-id/bonafide/internal/gallery/pgvector"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// open connects to a database.
func open(t *testing.T, url string) *pgvector.Database {
	t.Helper()
	d, err := pgvector.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func TestTheDatabaseIsAnIndex(t *testing.T) {
	d := open(t, pgtest.Vector(t))
	n := 0
	gallerytest.Index(t, func(testing.TB) gallery.Index {
		n++
		return d.Index(bonafide.ModelRef{Name: "embedder", Version: fmt.Sprint(n)})
	}, 160)
}

// enrolled makes a person of one image in a list.
func enrolled(t *testing.T, s storetest.Subject, list bonafide.ID, v ...float32) (person, image bonafide.ID) {
	t.Helper()
	p := &bonafide.Person{ID: bonafide.NewID(), CollectionID: list}
	im := bonafide.PersonImage{ID: bonafide.NewID(), Original: bonafide.File{Key: bonafide.NewSecret(16), Digest: bonafide.NewSecret(32)},
		Template: bonafide.NewTemplate(gallerytest.Model(), v)}
	if err := s.CreatePerson(t.Context(), p, []bonafide.PersonImage{im}); err != nil {
		t.Fatal(err)
	}
	return p.ID, im.ID
}

// TestServersShareOneDatabase lets two processes search while persons come and go, and a
// third begin with what is there.
func TestServersShareOneDatabase(t *testing.T) {
	url, s := pgtest.Vector(t), storetest.Open(t)
	list := &bonafide.PersonCollection{ID: bonafide.NewID(), Alias: "wanted"}
	if err := s.CreateCollection(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	ada, _ := enrolled(t, s, list.ID, 1, 0)
	server := func() (*pgvector.Database, *gallery.Gallery) {
		d := open(t, url)
		g, err := gallery.Open(t.Context(), s, gallerytest.Model(), d.Index(gallerytest.Model()))
		if err != nil {
			t.Fatal(err)
		}
		return d, g
	}
	probe := bonafide.NewTemplate(gallerytest.Model(), []float32{1, 0})
	want := func(what string, g *gallery.Gallery, persons ...bonafide.ID) {
		t.Helper()
		hits, _, err := g.Search(t.Context(), probe, list.ID, 10)
		var got []bonafide.ID
		for _, h := range hits {
			got = append(got, h.PersonID)
		}
		if err != nil || !slices.Equal(got, persons) {
			t.Errorf("%s: found %v, %v, want %v", what, got, err, persons)
		}
	}
	gone, one := server()
	_, two := server()
	want("from the start", one, ada)
	want("from the start, elsewhere", two, ada)
	bob, image := enrolled(t, s, list.ID, 0.8, 0.6)
	want("an enrolment", two, ada, bob)
	want("an enrolment that another took over", one, ada, bob)
	eve, _ := enrolled(t, s, list.ID, 0.6, 0.8)
	if err := s.DeletePerson(t.Context(), ada); err != nil {
		t.Fatal(err)
	}
	want("a deletion", one, bob, eve)
	want("a deletion that another took over", two, bob, eve)
	_, three := server()
	if three.Size() != 2 {
		t.Errorf("a third finds %d references", three.Size())
	}
	want("a third", three, bob, eve)
	former := open(t, url).Index(bonafide.ModelRef{Name: "embedder", Version: "0"})
	c := store.ReferenceChanges{Last: 1, Changed: []bonafide.Reference{{ImageID: image, PersonID: bob, CollectionID: list.ID, Template: probe}}}
	if m, err := former.Apply(t.Context(), -1, c, list.ID); err != nil || m.Size != 1 {
		t.Fatal(m, err)
	}
	if err := s.DeletePersonImage(t.Context(), image); err != nil {
		t.Fatal(err)
	}
	want("a deletion", three, eve)
	if m, err := former.At(t.Context(), list.ID); err != nil || m.Size != 0 {
		t.Errorf("of a model that nobody searches %+v is left, %v", m, err)
	}
	gone.Close()
	if hits, _, err := one.Search(t.Context(), probe, list.ID, 10); err == nil {
		t.Errorf("without the database: found %v", hits)
	}
	// Of models that are no longer in use nothing is kept.
	d := open(t, url)
	if err := d.Keep(t.Context(), bonafide.ModelRef{Name: "embedder", Version: "2"}); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Index(gallerytest.Model()).Total(t.Context()); err != nil || n != 0 {
		t.Errorf("%d references of a model that is not in use, %v", n, err)
	}
	want("after they are gone", two, eve)
}
