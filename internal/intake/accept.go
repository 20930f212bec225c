package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// File is one accepted file. It is staged until it is used or discarded.
type File struct {
	Key      string // name of the multipart part, joins the file to the payload
	name     string // as the client sent it
	original blob.Staged
	thumb    blob.Staged // JPEG, nil for none
	kind     bonafide.MediaKind
	info     bonafide.MediaInfo
}

// Stage takes one file in while it arrives. r's errors come back with their code.
// Every staged file must be given to Examine, then to CreateFolder or AddMedia, and
// to Discard where one of them fails.
func (d *Desk) Stage(ctx context.Context, key, name string, r io.Reader) (*File, error) {
	original, err := d.Blobs.Stage(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("stage file: %w", err)
	}
	return &File{Key: key, name: displayName(name), original: original}, nil
}

// Examine finds out what staged files are, side by side as far as the desk has
// places for it. A file that is no media is CodeValue; of several errors the first
// file's is returned.
func (d *Desk) Examine(ctx context.Context, files []File) error {
	errs := make([]error, len(files))
	var wait sync.WaitGroup
	for i := range files {
		wait.Go(func() { errs[i] = d.examine(ctx, &files[i]) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("examine file: %w", err)
		}
	}
	return nil
}

// Path gives a local file with the content, which lasts until the file is used or
// discarded.
func (f *File) Path() string { return f.original.Path() }

func (d *Desk) examine(ctx context.Context, f *File) error {
	select {
	case d.examining <- struct{}{}:
		defer func() { <-d.examining }()
	case <-ctx.Done():
		return ctx.Err()
	}
	kind, info, thumb, err := d.Examiner.Examine(ctx, f.original.Path(), f.original.Blob().Digest)
	if err != nil {
		return err
	}
	f.kind, f.info = kind, info
	if thumb != nil {
		f.thumb, err = d.Blobs.Stage(ctx, bytes.NewReader(thumb))
	}
	return err
}

// blobs are the file itself and what goes with it.
func (f *File) blobs() []blob.Staged {
	if f.thumb == nil {
		return []blob.Staged{f.original}
	}
	return []blob.Staged{f.original, f.thumb}
}

// Discard lets go of accepted files. It may be called more than once.
func (d *Desk) Discard(_ context.Context, files []File) {
	for i := range files {
		for _, b := range files[i].blobs() {
			b.Discard()
		}
	}
}

// media makes the row of a file; its bytes are yet to be kept.
func (f *File) media(folder *bonafide.Folder, p Payload) (bonafide.Media, error) {
	tags := p.Tags[f.Key]
	if err := checkTags(tags); err != nil {
		return bonafide.Media{}, err
	}
	id, blob := bonafide.NewID(), f.original.Blob()
	m := bonafide.Media{
		ID:            id,
		FolderID:      folder.ID,
		CompanyID:     folder.CompanyID,
		Kind:          f.kind,
		OriginalName:  f.name,
		Tags:          tags,
		Original:      newFile(blob, string(id)+"."+f.info.Format, f.info.MIME),
		MD5:           blob.MD5,
		Info:          f.info,
		Meta:          object(p.MediaMeta[f.Key]),
		TechnicalMeta: bonafide.Meta{},
	}
	if f.thumb != nil {
		thumb := newFile(f.thumb.Blob(), string(id)+"_thumb.jpg", "image/jpeg")
		m.Thumb = &thumb
	}
	return m, nil
}

// newFile makes a link. Its key is the only thing that guards the file.
func newFile(b blob.Blob, name, mime string) bonafide.File {
	return bonafide.File{Key: bonafide.NewSecret(16), Name: name, Digest: b.Digest, Size: b.Size, MIME: mime}
}

// keep makes blobs of the files.
func (d *Desk) keep(ctx context.Context, files []File) error {
	var all []blob.Staged
	for i := range files {
		all = append(all, files[i].blobs()...)
	}
	return d.Blobs.Keep(ctx, all...)
}
