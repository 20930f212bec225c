// Package blob is the contract of the rooms that keep the bytes of media. Content
// is named by its digest, so that equal content is kept once; what a digest
// belongs to is known to the store alone.
package blob

import (
	"context"
	"io"

	"github.com/bonafide-id/bonafide"
)

// Blob is stored content, named by its digest.
type Blob struct {
	Digest string // SHA-256 in lower-case hexadecimal
	MD5    string // in lower-case hexadecimal
	Size   int64  // bytes
}

// File links to the blob. The key of a link, a new secret, is all that guards the
// file.
func (b Blob) File(name, mime string) bonafide.File {
	return bonafide.File{Key: bonafide.NewSecret(16), Name: name, Digest: b.Digest, Size: b.Size, MIME: mime}
}

// Staged is content that waits to be kept or discarded. One goroutine at a time
// may use it. A crash discards it.
type Staged interface {
	Blob() Blob
	// Path gives a local file with the content, which lasts until it is kept or
	// discarded.
	Path() string
	// Discard removes what was not kept. It may be called more than once, and after
	// the content was kept.
	Discard()
}

// Store keeps media bytes by digest. Safe for concurrent use.
type Store interface {
	// Stage copies r to the end into a local file that is no blob yet. r's errors are
	// returned as they are and leave nothing behind.
	Stage(ctx context.Context, r io.Reader) (Staged, error)
	// Keep claims the digests of what Stage has given, and only then lets the contents
	// appear under them; when it returns nil the contents are on disk (fsync) or with
	// the object store. Equal content is kept once. Each may be kept once; after an
	// error some may have been kept, and all should be discarded.
	Keep(ctx context.Context, staged ...Staged) error
	// Put is Stage and Keep.
	Put(ctx context.Context, r io.Reader) (Blob, error)
	// Open gives content for reading. Content that is not what the digest says is a
	// DamagedError, here or when it is read: nobody gets a byte of it.
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
	// Path gives a local file with the content, for decoders that need one; done
	// must be called when it is no longer needed. Like Open, it is a DamagedError where
	// the content is another.
	Path(ctx context.Context, digest string) (path string, done func(), err error)
	Delete(ctx context.Context, digest string) error
	// Writable tries whether something can be stored, and leaves nothing that anybody
	// would take for content.
	Writable(ctx context.Context) error
}

// DamagedError says that what is stored under a digest is something else.
type DamagedError struct {
	Digest string // that it has not
}

// Error gives the digest.
func (e *DamagedError) Error() string {
	return "the content stored under " + e.Digest + " is not what it was"
}

// Claim is told the digests of contents that are about to be put under them.
// Without it, whoever deletes the last file of a digest could take the new content
// away before its own file is known.
type Claim func(ctx context.Context, digests ...string) error
