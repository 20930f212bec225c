package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"github.com/bonafide-id/bonafide"
)

const spoolPrefix = "upload-"

// File is one accepted file. It lies in the spool until it is used or discarded.
type File struct {
	Key    string // name of the multipart part, joins the file to the payload
	name   string // as the client sent it
	path   string // in the spool
	digest string // SHA-256 in hexadecimal
	kind   bonafide.MediaKind
	info   bonafide.MediaInfo
	thumb  []byte // JPEG, nil for none
}

// Accept streams one file into the spool and finds out what it is. r's errors
// come back with their code. A file that is no media is CodeValue. Every accepted
// file must be given to CreateFolder or AddMedia, and to Discard where that fails.
func (d *Desk) Accept(ctx context.Context, key, name string, r io.Reader) (*File, error) {
	path, digest, err := d.spool(r)
	if err != nil {
		return nil, err
	}
	f := &File{Key: key, name: displayName(name), path: path, digest: digest}
	f.kind, f.info, f.thumb, err = d.Examiner.Examine(ctx, path, digest)
	if err != nil {
		d.Discard(ctx, []File{*f})
		return nil, fmt.Errorf("examine file: %w", err)
	}
	return f, nil
}

// Discard lets go of accepted files. It may be called more than once.
func (d *Desk) Discard(_ context.Context, files []File) {
	for _, f := range files {
		// What cannot be removed is removed by the next New.
		_ = os.Remove(f.path)
	}
}

func (d *Desk) spool(r io.Reader) (path, digest string, err error) {
	f, err := os.CreateTemp(d.Spool, spoolPrefix)
	if err != nil {
		return "", "", fmt.Errorf("spool: %w", err)
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), r)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", "", fmt.Errorf("spool: %w", err)
	}
	return f.Name(), hex.EncodeToString(sum.Sum(nil)), nil
}

// media makes the row of a file; keep completes it.
func (f *File) media(folder *bonafide.Folder, p Payload) (bonafide.Media, error) {
	tags := p.Tags[f.Key]
	if err := checkTags(tags); err != nil {
		return bonafide.Media{}, err
	}
	id := bonafide.NewID()
	m := bonafide.Media{
		ID:            id,
		FolderID:      folder.ID,
		CompanyID:     folder.CompanyID,
		Kind:          f.kind,
		OriginalName:  f.name,
		Tags:          tags,
		Original:      bonafide.File{Key: newKey(), Name: string(id) + "." + f.info.Format, MIME: f.info.MIME},
		Info:          f.info,
		Meta:          object(p.MediaMeta[f.Key]),
		TechnicalMeta: bonafide.Meta{},
	}
	if f.thumb != nil {
		m.Thumb = &bonafide.File{Key: newKey(), Name: string(id) + "_thumb.jpg", MIME: "image/jpeg"}
	}
	return m, nil
}

// newKey makes the key of a link, the only thing that guards a file.
func newKey() string { return bonafide.NewSecret(16) }

// keep moves the bytes of the files to the blobs and writes down where they are.
// media are those of the files, in the same order.
func (d *Desk) keep(ctx context.Context, files []File, media []bonafide.Media) error {
	for i := range files {
		m := &media[i]
		md5, err := d.keepFile(ctx, &files[i], &m.Original, m.Thumb)
		if err != nil {
			return fmt.Errorf("media %s: %w", m.ID, err)
		}
		m.MD5 = md5
	}
	return nil
}

// keepFile moves the bytes of one file, and of its thumbnail unless that is nil.
func (d *Desk) keepFile(ctx context.Context, f *File, original, thumb *bonafide.File) (md5 string, err error) {
	spooled, err := os.Open(f.path)
	if err != nil {
		return "", err
	}
	defer spooled.Close()
	blob, err := d.Blobs.Put(ctx, spooled)
	if err != nil {
		return "", err
	}
	original.Digest, original.Size, md5 = blob.Digest, blob.Size, blob.MD5
	if thumb == nil {
		return md5, nil
	}
	if blob, err = d.Blobs.Put(ctx, bytes.NewReader(f.thumb)); err != nil {
		return "", err
	}
	thumb.Digest, thumb.Size = blob.Digest, blob.Size
	return md5, nil
}
