// Package enrol keeps the people whom searches find: photos become templates,
// templates go to the store, and what the store has is told to the gallery. It also
// changes the collections that people are enrolled in.
package enrol

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Store is the part of store.Store that enrolment needs.
type Store interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	store.Collections
	store.Persons
	store.PersonImages
}

// Faces makes the template of a person's photo. digest is the file's SHA-256 in
// hexadecimal. A photo without exactly one usable face is CodeValue with advice.
type Faces interface {
	Template(ctx context.Context, path, digest string) (bonafide.Template, error)
}

// Gallery is told of references once the store has them, or no longer has them.
type Gallery interface {
	Add(refs ...bonafide.Reference) error
	Remove(images ...bonafide.ID)
	Drop(collection bonafide.ID)
}

// Config is what an enroller works with.
type Config struct {
	Store   Store
	Blobs   intake.Keeper // of the photos
	Faces   Faces
	Gallery Gallery
	Locks   *intake.Locks // shared with whoever else changes the same objects
}

// Enroller changes collections, persons and their images, in the store first and
// then in the gallery. It is safe for concurrent use.
type Enroller struct{ Config }

// New makes an enroller.
func New(c Config) *Enroller { return &Enroller{c} }
