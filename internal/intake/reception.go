package intake

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// Stager holds content until it is kept or discarded.
type Stager interface {
	Stage(ctx context.Context, r io.Reader) (blob.Staged, error)
}

// Examiner finds out what a file is by decoding it. digest is its SHA-256 in
// hexadecimal. thumbJPEG is a small picture of it, nil if none could be made. A
// file that is no media, or damaged, or over a limit is CodeValue.
type Examiner interface {
	Examine(ctx context.Context, path, digest string) (kind bonafide.MediaKind, info bonafide.MediaInfo, thumbJPEG []byte, err error)
}

// ReceptionConfig is what a reception works with.
type ReceptionConfig struct {
	Stager   Stager
	Examiner Examiner
	Specs    []analysis.Spec // of all known types of analyses
	MaxFiles int             // in one folder
	MaxMeta  MetaLimit       // of each folder, media and analysis
	Bounds   *bound.Keeper   // of what may be ordered; nil means none
	// Examiners is how many files of one payer are examined at once; 0 means one per
	// core. One more may be, of others.
	Examiners int
}

// How many files of one payer may wait to be examined, and for how long.
const (
	maxWaiting = 1024
	patience   = time.Minute
)

// together is how long the files of one request may be examined, however many there are.
const together = 2 * time.Minute

var errSlow = errors.New("the files of the request take too long")

// Reception takes files in, finds out what they are, and checks what is ordered on
// them. It needs no store. It is safe for concurrent use.
type Reception struct {
	ReceptionConfig
	examining *quota.Share
}

// NewReception makes a reception.
func NewReception(c ReceptionConfig) *Reception {
	n := cmp.Or(c.Examiners, runtime.GOMAXPROCS(0))
	limits := quota.ForCores(n)
	limits.Waiting, limits.Patience = maxWaiting, patience
	return &Reception{ReceptionConfig: c, examining: quota.New(limits)}
}

// Stage takes one file in while it arrives. r's errors come back with their code.
// Every staged file must be given to Examine and then be used up, or to Discard where
// one of the two fails.
func (r *Reception) Stage(ctx context.Context, key, name string, content io.Reader) (*File, error) {
	original, err := r.Stager.Stage(ctx, content)
	if err != nil {
		return nil, fmt.Errorf("stage file: %w", err)
	}
	return &File{Key: key, name: displayName(name), original: original}, nil
}

// Examine finds out what staged files are, on the account of a payer, whose files are
// examined in turn with those of others. A file that is no media is CodeValue; no place
// in time is CodeThrottled or CodeBusy, and so is a request whose files take too long
// together. Of several errors the first file's is returned.
func (r *Reception) Examine(ctx context.Context, payer string, files []File) error {
	ctx, cancel := context.WithTimeoutCause(ctx, together, errSlow)
	defer cancel()
	errs := make([]error, len(files))
	var wait sync.WaitGroup
	for i := range files {
		wait.Go(func() { errs[i] = r.examine(ctx, payer, &files[i]) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil && context.Cause(ctx) == errSlow {
			busy := bonafide.Wrap(bonafide.CodeBusy, "The files of this request take too long to examine", err)
			busy.RetryAfter = patience
			return busy
		}
		if err != nil {
			return fmt.Errorf("examine file: %w", err)
		}
	}
	return nil
}

func (r *Reception) examine(ctx context.Context, payer string, f *File) error {
	release, err := r.examining.Take(ctx, payer)
	if err != nil {
		return err
	}
	defer release()
	kind, info, thumb, err := r.Examiner.Examine(ctx, f.original.Path(), f.original.Blob().Digest)
	if err != nil {
		return err
	}
	f.kind, f.info = kind, info
	if thumb != nil {
		f.thumb, err = r.Stager.Stage(ctx, bytes.NewReader(thumb))
	}
	return err
}

// Discard removes staged files and leaves alone those that were used up. It may
// be called more than once.
func (r *Reception) Discard(_ context.Context, files []File) {
	for i := range files {
		for _, b := range files[i].staged() {
			b.Discard()
		}
	}
}

// Draft gives the folder of the user that the upload makes, with its media and the
// group of analyses that is ordered. Nothing is stored. What only a store can tell
// is left to the caller: where webhooks may go, and which collection is searched.
func (r *Reception) Draft(ctx context.Context, u *bonafide.User, up Upload) (*Created, error) {
	meta, err := r.MaxMeta.Merge(nil, up.Payload.FolderMeta)
	if err != nil {
		return nil, err
	}
	made := &Created{Folder: bonafide.Folder{
		ID:                 bonafide.NewID(),
		CompanyID:          u.CompanyID,
		UserID:             u.ID,
		ResolutionEndpoint: up.Payload.Endpoint,
		Meta:               meta,
		TechnicalMeta:      bonafide.Meta{},
	}}
	if up.Captured != nil {
		made.Folder.TechnicalMeta = up.Captured.Folder
	}
	return made, r.fill(ctx, u, made, up, nil)
}

// fill checks the upload and adds its media and analyses to made. old are the media
// that the folder has already.
func (r *Reception) fill(ctx context.Context, u *bonafide.User, made *Created, up Upload, old []bonafide.Media) error {
	if n := len(old) + len(up.Files); n > r.MaxFiles {
		return bonafide.Errorf(bonafide.CodeTooLarge, "Too many files in one folder, at most %d", r.MaxFiles)
	}
	o := offered{media: slices.Clone(old), keys: make([]string, len(old))}
	for i := range up.Files {
		m, err := up.Files[i].Media(up.Payload, r.MaxMeta)
		if err != nil {
			return err
		}
		if up.Captured != nil {
			m.TechnicalMeta = up.Captured.Media
		}
		m.FolderID, m.CompanyID = made.Folder.ID, made.Folder.CompanyID
		made.Media = append(made.Media, m)
		o.media, o.keys = append(o.media, m), append(o.keys, up.Files[i].Key)
	}
	var err error
	made.Analyses, err = r.plan(ctx, u, &made.Folder, o, up.Payload.Lines)
	return err
}
