package intake

import (
	"context"
	"fmt"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// Enroller makes the template of a person's photo. digest is the file's SHA-256 in
// hexadecimal. A photo without exactly one usable face is CodeValue with advice.
type Enroller interface {
	Template(ctx context.Context, path, digest string) (bonafide.Template, error)
}

// Gallery is told of references once the store has them, or no longer has them.
type Gallery interface {
	Add(refs ...bonafide.Reference) error
	Remove(images ...bonafide.ID)
	Drop(collection bonafide.ID)
}

// AddPerson enrols a person in a collection inside the scope, with at least one
// photo. The files are used up when it succeeds. A photo without exactly one usable
// face is CodeValue, and then nothing is stored.
func (d *Desk) AddPerson(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up Upload) (*bonafide.Person, []bonafide.PersonImage, error) {
	if _, err := d.Store.Collection(ctx, scope, collection); err != nil {
		return nil, nil, fmt.Errorf("collection: %w", err)
	}
	images, err := d.photos(ctx, up)
	if err != nil {
		return nil, nil, err
	}
	p := &bonafide.Person{
		ID:            bonafide.NewID(),
		CollectionID:  collection,
		Meta:          object(up.Payload.PersonMeta),
		TechnicalMeta: bonafide.Meta{},
	}
	return p, images, d.enrol(ctx, collection, up.Files, images, func() error { return d.Store.CreatePerson(ctx, p, images) })
}

// AddPersonImages adds photos to a person of a collection inside the scope. It is
// like AddPerson otherwise.
func (d *Desk) AddPersonImages(ctx context.Context, scope bonafide.Scope, collection, person bonafide.ID, up Upload) ([]bonafide.PersonImage, error) {
	if _, err := d.person(ctx, scope, collection, person); err != nil {
		return nil, err
	}
	images, err := d.photos(ctx, up)
	if err != nil {
		return nil, err
	}
	return images, d.enrol(ctx, collection, up.Files, images, func() error { return d.Store.AddPersonImages(ctx, person, images) })
}

// person finds a person of a collection inside the scope.
func (d *Desk) person(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) (*bonafide.Person, error) {
	p, err := d.Store.Person(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("person: %w", err)
	}
	if p.CollectionID != collection {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
	}
	return p, nil
}

// photos checks the files of an upload and makes their templates.
func (d *Desk) photos(ctx context.Context, up Upload) ([]bonafide.PersonImage, error) {
	if len(up.Files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request")
	}
	images := make([]bonafide.PersonImage, len(up.Files))
	for i := range up.Files {
		f := &up.Files[i]
		if f.kind != bonafide.Image {
			return nil, bonafide.Errorf(bonafide.CodeValue, "A person is enrolled by photos only")
		}
		m, err := f.media(&bonafide.Folder{}, up.Payload)
		if err != nil {
			return nil, err
		}
		template, err := d.Enroller.Template(ctx, f.original.Path(), f.original.Blob().Digest)
		if err != nil {
			return nil, fmt.Errorf("enrol: %w", err)
		}
		images[i] = bonafide.PersonImage{
			ID: m.ID, OriginalName: m.OriginalName, Tags: m.Tags, Original: m.Original, Thumb: m.Thumb,
			MD5: m.MD5, Info: m.Info, Template: template, Meta: m.Meta, TechnicalMeta: m.TechnicalMeta,
		}
	}
	return images, nil
}

// enrol stores images and makes them findable.
func (d *Desk) enrol(ctx context.Context, collection bonafide.ID, files []File, images []bonafide.PersonImage, store func() error) error {
	if err := d.keep(ctx, files); err != nil {
		return fmt.Errorf("keep files: %w", err)
	}
	defer d.lock(collection)()
	if err := store(); err != nil {
		return fmt.Errorf("enrol: %w", err)
	}
	refs := make([]bonafide.Reference, len(images))
	for i := range images {
		refs[i] = images[i].Reference()
	}
	return d.Gallery.Add(refs...)
}

// ChangePerson merges metadata into a person's and returns the person.
func (d *Desk) ChangePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID, meta bonafide.Meta) (*bonafide.Person, error) {
	defer d.lock(collection)()
	p, err := d.person(ctx, scope, collection, id)
	if err != nil {
		return nil, err
	}
	p.Meta = merge(p.Meta, meta)
	if err := d.Store.UpdatePerson(ctx, p); err != nil {
		return nil, fmt.Errorf("change person: %w", err)
	}
	return p, nil
}

// DeletePerson deletes a person with all images. It is never found again.
func (d *Desk) DeletePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) error {
	defer d.lock(collection)()
	if _, err := d.person(ctx, scope, collection, id); err != nil {
		return err
	}
	images, err := d.Store.ImagesOf(ctx, id)
	if err != nil {
		return fmt.Errorf("delete person: %w", err)
	}
	if err := d.Store.DeletePerson(ctx, id); err != nil {
		return fmt.Errorf("delete person: %w", err)
	}
	for _, im := range images[id] {
		d.Gallery.Remove(im.ID)
	}
	return nil
}

// DeletePersonImage deletes one image of a person.
func (d *Desk) DeletePersonImage(ctx context.Context, scope bonafide.Scope, collection, person, id bonafide.ID) error {
	defer d.lock(collection)()
	if _, err := d.person(ctx, scope, collection, person); err != nil {
		return err
	}
	images, err := d.Store.ImagesOf(ctx, person)
	if err != nil {
		return fmt.Errorf("delete image: %w", err)
	}
	if !slices.ContainsFunc(images[person], func(im bonafide.PersonImage) bool { return im.ID == id }) {
		return bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
	}
	if err := d.Store.DeletePersonImage(ctx, id); err != nil {
		return fmt.Errorf("delete image: %w", err)
	}
	d.Gallery.Remove(id)
	return nil
}
