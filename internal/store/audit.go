package store

import (
	"context"

	"github.com/bonafide-id/bonafide"
)

// Audit keeps the audit log. The store appends to it by itself: each change of an
// object, in the transaction of the change, in the name of the context's actor.
// Nobody can change or remove an entry.
type Audit interface {
	// RefuseSignIn notes a failed sign-in to the account of that user, empty where
	// there is no such account.
	RefuseSignIn(ctx context.Context, user bonafide.ID) error
	// NoteRead notes, in the name of the context's actor, that the file of that key is
	// read, where the company whose it is wants that. What it has noted outlives the end
	// of the process, and may be lost when the machine loses power.
	NoteRead(ctx context.Context, key string) error
	// NoteSearch notes, likewise but in any case, that a collection was searched by a
	// photo of which nothing is kept, and how many persons were found.
	NoteSearch(ctx context.Context, c *bonafide.PersonCollection, found int) error
	AuditEntries(ctx context.Context, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error)
	// RestoreAudit puts back what notes changes where somebody has taken it away or
	// altered it, notes that in the log, and gives the names of all that was put back
	// since the last call, when the store was opened included.
	RestoreAudit(ctx context.Context) ([]string, error)
	// Differences calls each for all that rows tell otherwise than the log, at one
	// moment. An error of each ends it.
	Differences(ctx context.Context, each func(Difference) error) error
}

// Difference is something about an object that the log tells otherwise.
type Difference struct {
	Object   string // kind, as in entries
	ObjectID string
	What     string // for people
}

// String is a line about it.
func (d Difference) String() string { return d.Object + " " + d.ObjectID + ": " + d.What }
