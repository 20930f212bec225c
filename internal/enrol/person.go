package enrol

import (
	"context"
	"fmt"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// Enrolled is what an upload has added to a collection.
type Enrolled struct {
	Person *bonafide.Person // nil where it was there already
	Images []bonafide.PersonImage
	// Near is, image by image, the other person who is most like the one on it, nil
	// where nobody reaches the threshold or not every reference could be compared.
	Near []*Near
}

// AddPerson enrols a person in a collection inside the scope, with at least one
// photo. The files are used up when it succeeds. A photo without exactly one usable
// face is CodeValue, and then nothing is stored. Somebody who is like another person of
// the collection is enrolled and told of or, where the payload refuses that, CodeExists.
func (e *Enroller) AddPerson(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, up intake.Upload) (*Enrolled, error) {
	c, err := e.Store.Collection(ctx, scope, collection)
	if err != nil {
		return nil, fmt.Errorf("collection: %w", err)
	}
	made, err := e.compared(ctx, c, "", up)
	if err != nil {
		return nil, err
	}
	meta, err := e.MaxMeta.Merge(nil, up.Payload.PersonMeta)
	if err != nil {
		return nil, err
	}
	made.Person = &bonafide.Person{
		ID:            bonafide.NewID(),
		CollectionID:  collection,
		Meta:          meta,
		TechnicalMeta: bonafide.Meta{},
	}
	return made, e.enrol(ctx, up, func() error { return e.Store.CreatePerson(ctx, made.Person, made.Images) })
}

// AddPersonImages adds photos to a person of a collection inside the scope. It is
// like AddPerson otherwise.
func (e *Enroller) AddPersonImages(ctx context.Context, scope bonafide.Scope, collection, person bonafide.ID, up intake.Upload) (*Enrolled, error) {
	p, err := e.person(ctx, scope, collection, person)
	if err != nil {
		return nil, err
	}
	made, err := e.compared(ctx, &bonafide.PersonCollection{ID: collection, CompanyID: p.CompanyID}, person, up)
	if err != nil {
		return nil, err
	}
	return made, e.enrol(ctx, up, func() error { return e.Store.AddPersonImages(ctx, person, made.Images) })
}

// compared makes images of the files of an upload and looks for others than the person
// in the collection who are like the one on them.
func (e *Enroller) compared(ctx context.Context, c *bonafide.PersonCollection, person bonafide.ID, up intake.Upload) (*Enrolled, error) {
	images, err := e.photos(ctx, up)
	if err != nil {
		return nil, err
	}
	made := &Enrolled{Images: images, Near: make([]*Near, len(images))}
	for i := range images {
		near, err := e.other(ctx, c, person, images[i].Template)
		switch {
		case bonafide.CodeOf(err) == bonafide.CodeModel && !up.Payload.RefuseDuplicates: // enrolment must go on while templates are made anew
		case err != nil:
			return nil, fmt.Errorf("enrol: %w", err)
		case near != nil && up.Payload.RefuseDuplicates:
			return nil, bonafide.Errorf(bonafide.CodeExists, "The person on %s is like person %s of the collection, with similarity %.4f of %.4f",
				bonafide.Quote(up.Files[i].Key), near.PersonID, near.Similarity, near.Threshold)
		}
		made.Near[i] = near
	}
	return made, nil
}

// other gives the person of a collection, but for the one named, who is most like a
// template, nil where nobody reaches the threshold.
func (e *Enroller) other(ctx context.Context, c *bonafide.PersonCollection, person bonafide.ID, probe bonafide.Template) (*Near, error) {
	threshold, err := e.threshold(ctx, c.CompanyID)
	if err != nil {
		return nil, err
	}
	nearest, _, err := e.nearest(ctx, c.ID, probe, 2)
	if err != nil {
		return nil, err
	}
	for i := range nearest {
		if n := &nearest[i]; n.PersonID != person {
			n.Threshold = threshold
			if n.Reached() {
				return n, nil
			}
			break
		}
	}
	return nil, nil
}

// person finds a person of a collection inside the scope.
func (e *Enroller) person(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) (*bonafide.Person, error) {
	p, err := e.Store.Person(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("person: %w", err)
	}
	if p.CollectionID != collection {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
	}
	return p, nil
}

// photos checks the files of an upload and makes their templates.
func (e *Enroller) photos(ctx context.Context, up intake.Upload) ([]bonafide.PersonImage, error) {
	if len(up.Files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request: a photo is needed, as a part with a file name of multipart/form-data")
	}
	images := make([]bonafide.PersonImage, len(up.Files))
	for i := range up.Files {
		m, err := up.Files[i].Media(up.Payload, e.MaxMeta)
		if err != nil {
			return nil, err
		}
		if m.Kind != bonafide.Image {
			return nil, bonafide.Errorf(bonafide.CodeValue, "A person is enrolled by photos only; the part %s is something else", bonafide.Quote(up.Files[i].Key))
		}
		template, err := e.Faces.Template(ctx, up.Files[i].Path(), m.Original.Digest)
		if err != nil {
			return nil, fmt.Errorf("enrol: %w", err)
		}
		images[i] = imageOf(&m, template)
		if up.From != nil {
			images[i].TechnicalMeta = up.From
		}
	}
	return images, nil
}

func imageOf(m *bonafide.Media, template bonafide.Template) bonafide.PersonImage {
	return bonafide.PersonImage{
		ID: m.ID, OriginalName: m.OriginalName, Tags: m.Tags, Original: m.Original, Thumb: m.Thumb,
		MD5: m.MD5, Info: m.Info, Template: template, Meta: m.Meta, TechnicalMeta: m.TechnicalMeta,
	}
}

// enrol stores images. Who searches from now on finds them.
func (e *Enroller) enrol(ctx context.Context, up intake.Upload, store func() error) error {
	if err := up.Keep(ctx, e.Blobs); err != nil {
		return err
	}
	if err := store(); err != nil {
		return fmt.Errorf("enrol: %w", err)
	}
	return nil
}

// ChangePerson merges metadata into a person's and returns the person.
func (e *Enroller) ChangePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID, meta bonafide.Meta) (*bonafide.Person, error) {
	p, err := e.Store.ChangePerson(ctx, scope, id, func(p *bonafide.Person) error {
		if p.CollectionID != collection {
			return bonafide.Errorf(bonafide.CodeNotFound, "Person not found")
		}
		var err error
		p.Meta, err = e.MaxMeta.Merge(p.Meta, meta)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("change person: %w", err)
	}
	return p, nil
}

// DeletePerson deletes a person with all images. It is never found again.
func (e *Enroller) DeletePerson(ctx context.Context, scope bonafide.Scope, collection, id bonafide.ID) error {
	if _, err := e.person(ctx, scope, collection, id); err != nil {
		return err
	}
	if err := e.Store.DeletePerson(ctx, id); err != nil {
		return fmt.Errorf("delete person: %w", err)
	}
	return nil
}

// DeletePersonImage deletes one image of a person.
func (e *Enroller) DeletePersonImage(ctx context.Context, scope bonafide.Scope, collection, person, id bonafide.ID) error {
	if _, err := e.person(ctx, scope, collection, person); err != nil {
		return err
	}
	images, err := e.Store.ImagesOf(ctx, person)
	if err != nil {
		return fmt.Errorf("delete image: %w", err)
	}
	if !slices.ContainsFunc(images[person], func(im bonafide.PersonImage) bool { return im.ID == id }) {
		return bonafide.Errorf(bonafide.CodeNotFound, "Image not found")
	}
	if err := e.Store.DeletePersonImage(ctx, id); err != nil {
		return fmt.Errorf("delete image: %w", err)
	}
	return nil
}
