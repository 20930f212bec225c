package storetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

func newReferenceModel() bonafide.ModelRef { return bonafide.ModelRef{Name: "embedder", Version: "1"} }

func newImage() bonafide.PersonImage {
	m := newMedia()
	return bonafide.PersonImage{
		ID: m.ID, OriginalName: m.OriginalName, Tags: m.Tags, Original: m.Original, Thumb: m.Thumb, MD5: m.MD5, Info: m.Info,
		Template: bonafide.NewTemplate(newReferenceModel(), []float32{0.6, -0.8}), Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{},
	}
}

// enrolled stores a person with images in a collection.
func (w *world) enrolled(t *testing.T, collection bonafide.ID, images ...bonafide.PersonImage) *bonafide.Person {
	t.Helper()
	p := &bonafide.Person{ID: bonafide.NewID(), CollectionID: collection, Meta: bonafide.Meta{"name": "Ada"}, TechnicalMeta: bonafide.Meta{}}
	ok(t, w.CreatePerson(t.Context(), p, images))
	return p
}

func (w *world) collection(t *testing.T, company bonafide.ID) *bonafide.PersonCollection {
	t.Helper()
	c := bonafide.NewBlacklist(company)
	c.Alias = "Список"
	ok(t, w.CreateCollection(t.Context(), c))
	return c
}

func collections(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("every company has a blacklist, and so have the administrators", func(t *testing.T) {
		page, err := w.Collections(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1})
		ok(t, err)
		owners := map[bonafide.ID]int{}
		for _, c := range page.Items {
			if c.Alias != bonafide.Blacklist || c.TimeCreated.IsZero() {
				t.Errorf("%+v", c)
			}
			if _, err := bonafide.ParseID(string(c.ID)); err != nil {
				t.Errorf("id %q: %v", c.ID, err)
			}
			owners[c.CompanyID]++
		}
		if page.Total != 3 || owners[""] != 1 || owners[w.company] != 1 || owners[w.other] != 1 {
			t.Errorf("%d collections, of %v", page.Total, owners)
		}
	})
	t.Run("a collection comes back and changes", func(t *testing.T) {
		c := w.collection(t, w.company)
		c.Alias, c.Meta = "Wanted", bonafide.Meta{"k": "v"}
		ok(t, PutCollection(ctx, w, c))
		got, err := w.Collection(ctx, bonafide.Scope{CompanyID: w.company}, c.ID)
		ok(t, err)
		same(t, "collection", got, c)
	})
	t.Run("other companies see nothing", func(t *testing.T) {
		c := w.collection(t, w.company)
		p := w.enrolled(t, c.ID, newImage())
		for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {Nothing: true}, {CompanyID: w.company, UserID: w.user}} {
			_, err := w.Collection(ctx, scope, c.ID)
			wantCode(t, "collection", err, bonafide.CodeNotFound)
			_, err = w.Person(ctx, scope, p.ID)
			wantCode(t, "person", err, bonafide.CodeNotFound)
			persons, err := w.Persons(ctx, scope, bonafide.Query{Limit: -1})
			ok(t, err)
			images, err := w.PersonImages(ctx, scope, bonafide.Query{Limit: -1})
			ok(t, err)
			if persons.Total != 0 || images.Total != 0 || len(images.Items) != 0 {
				t.Errorf("scope %+v sees %d persons and %d images", scope, persons.Total, images.Total)
			}
		}
	})
	t.Run("unknown ones are not found", func(t *testing.T) {
		id := bonafide.NewID()
		for what, err := range map[string]error{
			"change collection": PutCollection(ctx, w, &bonafide.PersonCollection{ID: id}),
			"delete collection": w.DeleteCollection(ctx, id),
			"create person":     w.CreatePerson(ctx, &bonafide.Person{ID: id, CollectionID: id}, nil),
			"change person":     PutPerson(ctx, w, &bonafide.Person{ID: id}),
			"delete person":     w.DeletePerson(ctx, id),
			"add images":        w.AddPersonImages(ctx, id, []bonafide.PersonImage{newImage()}),
			"new template":      w.ReplaceTemplate(ctx, id, newImage().Template),
			"delete image":      w.DeletePersonImage(ctx, id),
		} {
			wantCode(t, what, err, bonafide.CodeNotFound)
		}
	})
}

func persons(t *testing.T, w *world) {
	ctx, model := t.Context(), newReferenceModel()
	c := w.collection(t, w.company)
	byCollection := bonafide.Query{Limit: -1, Filters: []bonafide.Filter{{Field: "collection_id", Op: bonafide.OpIn, Values: []any{string(c.ID)}}}}
	references := func(t *testing.T) map[bonafide.ID]bonafide.Reference {
		t.Helper()
		all := map[bonafide.ID]bonafide.Reference{}
		ok(t, w.References(ctx, model, func(r bonafide.Reference) error { all[r.ImageID] = r; return nil }))
		return all
	}
	t.Run("a person comes back with images and templates", func(t *testing.T) {
		images := []bonafide.PersonImage{newImage(), newImage()}
		p := w.enrolled(t, c.ID, images...)
		got, err := w.Person(ctx, bonafide.Scope{CompanyID: w.company}, p.ID)
		ok(t, err)
		same(t, "person", got, p)
		if p.CompanyID != w.company {
			t.Errorf("company %q", p.CompanyID)
		}
		more := []bonafide.PersonImage{newImage()}
		ok(t, w.AddPersonImages(ctx, p.ID, more))
		byPerson, err := w.ImagesOf(ctx, p.ID)
		ok(t, err)
		want := append(images, more...)
		if len(byPerson[p.ID]) != 3 {
			t.Fatalf("%d images", len(byPerson[p.ID]))
		}
		for i, im := range byPerson[p.ID] {
			same(t, "image", im, want[i])
			same(t, "template", im.Template.Vector(), want[i].Template.Vector())
			same(t, "reference", references(t)[im.ID], want[i].Reference())
			f, err := w.FileByKey(ctx, im.Original.Key)
			ok(t, err)
			same(t, "file", f, &want[i].Original)
		}
		page, err := w.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Limit: 2, Offset: 1,
			Filters: []bonafide.Filter{{Field: "person_id", Op: bonafide.OpIn, Values: []any{string(p.ID)}}}})
		ok(t, err)
		if page.Total != 3 || len(page.Items) != 2 || page.Items[0].ID != want[1].ID || page.Items[1].ID != want[2].ID {
			t.Errorf("%d images, page of %d", page.Total, len(page.Items))
		}
		owners, err := w.PersonsOf(ctx, want[0].ID, bonafide.NewID())
		ok(t, err)
		same(t, "owners", owners, map[bonafide.ID]bonafide.ID{want[0].ID: p.ID})
	})
	t.Run("a person changes", func(t *testing.T) {
		p := w.enrolled(t, c.ID, newImage())
		p.Meta = bonafide.Meta{"name": "Grace"}
		ok(t, PutPerson(ctx, w, p))
		page, err := w.Persons(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: append(byCollection.Filters,
			bonafide.Filter{Field: "meta_data", Path: []string{"name"}, Op: bonafide.OpEqual, Values: []any{"Grace"}})})
		ok(t, err)
		same(t, "persons", page.Items, []bonafide.Person{*p})
	})
	t.Run("templates of another model are counted, and replaced", func(t *testing.T) {
		im := newImage()
		im.Template = bonafide.NewTemplate(bonafide.ModelRef{Name: "embedder", Version: "0"}, []float32{1})
		w.enrolled(t, c.ID, im)
		before, err := w.ReferenceChanges(ctx, model, -1, c.ID)
		ok(t, err)
		if _, there := references(t)[im.ID]; before.Outdated != 1 || there {
			t.Errorf("%+v, given out: %t", before, there)
		}
		ok(t, w.ReplaceTemplate(ctx, im.ID, newImage().Template))
		after, err := w.ReferenceChanges(ctx, model, before.Last, c.ID)
		if err != nil || after.Outdated != 0 || after.Held != before.Held+1 || len(after.Changed) != 1 || references(t)[im.ID].PersonID == "" {
			t.Errorf("%+v after %+v, %v", after, before, err)
		}
		other, err := w.ReferenceChanges(ctx, bonafide.ModelRef{Name: "embedder", Version: "0"}, before.Last, c.ID)
		if err != nil || other.Held != 0 || other.Outdated != after.Held || len(other.Foreign) != 1 {
			t.Errorf("for another model: %+v, %v", other, err)
		}
	})
	t.Run("an image has templates of two models", func(t *testing.T) { w.twoModels(t, c.ID) })
	t.Run("the reading of references ends where its reader does", func(t *testing.T) {
		enough := errors.New("enough")
		if err := w.References(ctx, model, func(bonafide.Reference) error { return enough }); !errors.Is(err, enough) {
			t.Error(err)
		}
	})
	t.Run("deletion takes along what lies below", func(t *testing.T) {
		images := []bonafide.PersonImage{newImage(), newImage()}
		p := w.enrolled(t, c.ID, images...)
		gone := func(t *testing.T, im bonafide.PersonImage) {
			t.Helper()
			for _, f := range []bonafide.File{im.Original, *im.Thumb} {
				_, err := w.FileByKey(ctx, f.Key)
				wantCode(t, "file of a deleted image", err, bonafide.CodeNotFound)
			}
			if _, there := references(t)[im.ID]; there {
				t.Error("the reference is still there")
			}
		}
		ok(t, w.DeletePersonImage(ctx, images[0].ID))
		gone(t, images[0])
		ok(t, w.DeletePerson(ctx, p.ID))
		gone(t, images[1])
		_, err := w.Person(ctx, bonafide.Scope{}, p.ID)
		wantCode(t, "a deleted person", err, bonafide.CodeNotFound)

		last := newImage()
		w.enrolled(t, c.ID, last)
		kept := newImage()
		w.enrolled(t, w.collection(t, w.company).ID, kept)
		ok(t, w.DeleteCollection(ctx, c.ID))
		gone(t, last)
		page, err := w.Persons(ctx, bonafide.Scope{}, byCollection)
		ok(t, err)
		if page.Total != 0 {
			t.Errorf("%d persons of a deleted collection", page.Total)
		}
		w.reopen(t)
		if all := references(t); len(all) != 1 || all[kept.ID].ImageID != kept.ID {
			t.Errorf("%d references are left", len(all))
		}
	})
}

// twoModels goes from one model to another while galleries of both follow.
func (w *world) twoModels(t *testing.T, list bonafide.ID) {
	ctx, first := t.Context(), newReferenceModel()
	second := bonafide.ModelRef{Name: first.Name, Version: "next"}
	im, late := newImage(), newImage()
	p := w.enrolled(t, list, im)
	counts := func(model bonafide.ModelRef) store.ReferenceChanges {
		t.Helper()
		c, err := w.ReferenceChanges(ctx, model, -1, list)
		ok(t, err)
		return c
	}
	had := counts(first)
	if c := counts(second); c.Held != 0 || c.Outdated != had.Held+had.Outdated {
		t.Fatalf("%+v before, %+v", c, had)
	}
	other := bonafide.NewTemplate(second, []float32{0.6, 0.8})
	ok(t, w.AddTemplate(ctx, im.ID, bonafide.NewTemplate(second, []float32{1, 0})))
	ok(t, w.AddTemplate(ctx, im.ID, other)) // in place of the last
	wantCode(t, "a template of no image", w.AddTemplate(ctx, bonafide.NewID(), other), bonafide.CodeNotFound)
	for model, vector := range map[bonafide.ModelRef][]float32{first: im.Template.Vector(), second: other.Vector()} {
		found := map[bonafide.ID]bonafide.Reference{}
		ok(t, w.References(ctx, model, func(r bonafide.Reference) error { found[r.ImageID] = r; return nil }))
		c, err := w.ReferenceChanges(ctx, model, had.Last, list)
		ok(t, err)
		if len(c.Changed) != 1 || c.Changed[0].ImageID != im.ID || c.Changed[0].Template.Model != model || c.Changed[0].CollectionID != list {
			t.Errorf("changes for %v: %+v", model, c)
		}
		same(t, "template", found[im.ID].Template.Vector(), vector)
	}
	if c := counts(first); c.Held != had.Held || c.Outdated != had.Outdated {
		t.Errorf("%+v, the first model had %+v", c, had)
	}
	if c := counts(second); c.Held != 1 || c.Outdated != had.Held+had.Outdated-1 {
		t.Errorf("the second model has %+v", c)
	}
	lacking := func(model bonafide.ModelRef) (all []bonafide.ID) {
		t.Helper()
		for after := bonafide.ID(""); ; after = all[len(all)-1] {
			some, err := w.WithoutTemplate(ctx, model, after, 1)
			ok(t, err)
			if len(some) == 0 {
				return all
			}
			all = append(all, some...)
		}
	}
	without := lacking(second)
	late.Template = other
	ok(t, w.AddPersonImages(ctx, p.ID, []bonafide.PersonImage{late}))
	if slices.Contains(without, im.ID) || !slices.Contains(lacking(first), late.ID) || slices.Contains(lacking(first), im.ID) {
		t.Errorf("%v lack a template of the second model, %v of the first", without, lacking(first))
	}
	before := counts(first)
	for n := 1; n > 0; {
		var err error
		n, err = w.KeepTemplates(ctx, second, 1)
		ok(t, err)
	}
	c, err := w.ReferenceChanges(ctx, first, before.Last, list)
	ok(t, err)
	if !slices.Equal(c.Foreign, []bonafide.ID{im.ID}) || c.Held != had.Held-1 {
		t.Errorf("the first model: %+v", c)
	}
	if c := counts(second); c.Held != 2 {
		t.Errorf("the second model: %+v", c)
	}
	images, err := w.ImagesOf(ctx, p.ID)
	ok(t, err)
	same(t, "template that is kept", images[p.ID][0].Template.Vector(), other.Vector())
	// The other way round, the templates of the model that is kept stand in the rows.
	ok(t, w.AddTemplate(ctx, im.ID, bonafide.NewTemplate(first, []float32{1, 0})))
	if n, err := w.KeepTemplates(ctx, second, 100); err != nil || n != 1 || counts(first).Held != had.Held-1 {
		t.Errorf("%d images, %v", n, err)
	}
	ok(t, w.AddTemplate(ctx, im.ID, bonafide.NewTemplate(first, []float32{1, 0})))
	ok(t, w.DeletePerson(ctx, p.ID)) // with all templates
	if c := counts(second); c.Held != 0 || counts(first).Held != had.Held-1 {
		t.Errorf("after the person is deleted: %+v", c)
	}
}
