package store

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
)

// KeepMerges is how long it is known who was merged into whom.
const KeepMerges = 30 * 24 * time.Hour

// Merges puts persons together and elsewhere. Searches see each as a whole: nobody is
// missing from the gallery meanwhile.
type Merges interface {
	// MergePersons gives all photos of one person to another of the same collection, who
	// keeps their metadata, and deletes the first. CodeValue where they are one, or of
	// two collections.
	MergePersons(ctx context.Context, scope bonafide.Scope, into, from bonafide.ID) error
	// SplitPerson undoes that: the person is there again, with metadata and with those of
	// their photos that the other has still. CodeNotFound where no such merge is known.
	SplitPerson(ctx context.Context, scope bonafide.Scope, into, from bonafide.ID) error
	// MovePerson puts a person with their photos into another collection of the same
	// company. CodeValue where it is of another.
	MovePerson(ctx context.Context, scope bonafide.Scope, id, collection bonafide.ID) error
}
