// Package enrol keeps the people whom searches find: photos become templates, and
// templates go to the store, whose changes galleries follow. It also changes the
// collections that people are enrolled in.
package enrol

import (
	"context"
	"io"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Store is the part of store.Store that enrolment needs.
type Store interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	store.Collections
	store.Persons
	store.PersonImages
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	NoteRead(ctx context.Context, key string) error
	NoteSearch(ctx context.Context, c *bonafide.PersonCollection, found int) error
}

// Faces makes the template of a person's photo. digest is the file's SHA-256 in
// hexadecimal. A photo without exactly one usable face is CodeValue with advice.
type Faces interface {
	Template(ctx context.Context, path, digest string) (bonafide.Template, error)
	// Photo is Template with the code of the reason for which there is none in the place
	// of advice.
	Photo(ctx context.Context, path, digest string) (t bonafide.Template, reason string, err error)
	// Found gives the similarity of a cosine that was found among so many references.
	Found(cosine float64, size int) float64
	// FalseAlarms tells which part of the searches for people who are not among so many
	// references name somebody; false where that is not known.
	FalseAlarms(threshold float64, size int) (rate float64, ok bool)
}

// Blobs keeps the photos.
type Blobs interface {
	intake.Keeper
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}

// Reception takes in files of imports. *intake.Reception satisfies it.
type Reception interface {
	Stage(ctx context.Context, key, name string, content io.Reader) (*intake.File, error)
	Examine(ctx context.Context, payer string, files []intake.File) error
	Discard(ctx context.Context, files []intake.File)
}

// Config is what an enroller works with.
type Config struct {
	Store   Store
	Imports store.Imports
	Blobs   Blobs // of the photos
	Faces   Faces
	// Gallery is searched before somebody is enrolled, and by photos.
	Gallery analysis.Gallery
	Bounds  *bound.Keeper // has the threshold from which a person is found
	// Reception takes in the files of imports, each of at most MaxFile bytes.
	Reception Reception
	MaxFile   int64
	// MaxMeta bounds the metadata of each collection, person and photo.
	MaxMeta intake.MetaLimit
}

// Enroller changes collections, persons and their images. It is safe for concurrent
// use.
type Enroller struct {
	Config
	came chan struct{} // holds one ring: files of an import have come
}

// New makes an enroller.
func New(c Config) *Enroller { return &Enroller{Config: c, came: make(chan struct{}, 1)} }
