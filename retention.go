package bonafide

import (
	"context"
	"time"
)

// Aged is a folder with something in it that its company no longer keeps.
type Aged struct {
	FolderID ID
	// MediaBefore is the time before which media are too old; zero means that the
	// whole folder is.
	MediaBefore time.Time
}

// Retention is the part of Store that knows what has reached the age up to which
// companies keep things.
type Retention interface {
	// Aged gives at most limit folders of which something is too old at the given
	// time, without those under legal hold and those being analysed.
	Aged(ctx context.Context, at time.Time, limit int) ([]Aged, error)
	// ClearFolder deletes the media of a folder that were made before the given time,
	// as DeleteMedia does, and marks the folder as cleared.
	ClearFolder(ctx context.Context, id ID, before time.Time) error
}
