package bonafide

import (
	"context"
	"time"
)

// Deletions is the part of Store that removes objects. What is deleted is gone
// with all that hangs on it: rows, queue entries, files and so their links. Its
// blobs follow with the next SweepBlobs. A worker that is busy with it meanwhile
// brings nothing back.
type Deletions interface {
	// DeleteFolder deletes a folder with media and analyses. A folder under legal
	// hold is CodeForbidden, here and below.
	DeleteFolder(ctx context.Context, scope Scope, id ID) error
	// DeleteMedia deletes a media and the best shots that were cut out of it.
	// Analyses of it stay with their results; one that is still to be run on it
	// fails.
	DeleteMedia(ctx context.Context, scope Scope, id ID) error
	// DeleteAnalysis deletes an analysis with its best shots and settles the folder
	// anew.
	DeleteAnalysis(ctx context.Context, scope Scope, id ID) error

	// ClaimBlobs is a Claim: it keeps SweepBlobs off the blobs for the next minutes,
	// within which files must name them.
	ClaimBlobs(ctx context.Context, digests ...string) error
	// SweepBlobs calls remove for blobs that no file names any more, among those
	// that files have named or Put has claimed, unless a claim holds beyond now. A
	// blob that remove fails on is left for the next sweep. It gives the number of
	// blobs removed.
	SweepBlobs(ctx context.Context, now time.Time, remove func(ctx context.Context, digest string) error) (int, error)
}

// Claim is told the digests of contents that are about to be put under them.
// Without it, whoever deletes the last file of a digest could take the new content
// away before its own file is known.
type Claim func(ctx context.Context, digests ...string) error
