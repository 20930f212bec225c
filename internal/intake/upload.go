package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Limits of what clients say about media.
const (
	maxName     = 255  // characters of a file name that are kept
	maxTags     = 100  // of one media
	maxTag      = 128  // characters
	maxEndpoint = 2048 // bytes
	maxLines    = 32   // analyses in one request
)

// Upload is files and what the client says about them.
type Upload struct {
	Files   []File // in the order of their arrival, which is the order of the media
	Payload Payload
	Unused  []string // keys of parts that are no files
	// Captured is set where the upload was a drawn capture.
	Captured *Captured
	// From says of what stored picture the files were copied; nil: they were sent.
	From bonafide.Meta
}

// Captured is what the server knows of a drawn capture.
type Captured struct {
	Use    store.CaptureUse // spends its session with the folder
	Folder bonafide.Meta    // technical metadata of the folder
	Media  bonafide.Meta    // technical metadata of each media
}

// Payload is what the client says about its files. Keys without a file are
// ignored.
type Payload struct {
	FolderMeta bonafide.Meta
	Tags       map[string][]string      // by part key
	MediaMeta  map[string]bonafide.Meta // by part key
	PersonMeta bonafide.Meta            // of a person who is enrolled
	// RefuseDuplicates refuses photos of somebody who is like another person of the
	// collection.
	RefuseDuplicates bool
	// More has all fields as they were sent, for calls with fields of their own.
	More   map[string]any
	Orders // a single request where Lines is not empty
}

// Names tells whether the payload speaks of a part as a file.
func (p *Payload) Names(key string) bool {
	if _, tagged := p.Tags[key]; tagged {
		return true
	}
	if _, described := p.MediaMeta[key]; described {
		return true
	}
	return slices.ContainsFunc(p.Lines, func(l OrderLine) bool { return slices.Contains(l.Source, key) })
}

// Orders is a group of analyses.
type Orders struct {
	Lines    []OrderLine
	Endpoint string // resolution_endpoint, "" if not given
}

// OrderLine asks for one analysis.
type OrderLine struct {
	Type   bonafide.AnalysisType // upper case, not yet known to exist
	Source []string              // media ids or, in an upload, part keys; empty means all media
	Params bonafide.Params
	Meta   bonafide.Meta
}

// Created is what an upload made.
type Created struct {
	Folder   bonafide.Folder     // of AddMedia: as it was before
	Media    []bonafide.Media    // new ones only
	Analyses []bonafide.Analysis // the new group, if one was ordered
}

// Keeper makes blobs of staged content, all or none.
type Keeper interface {
	Keep(ctx context.Context, staged ...blob.Staged) error
}

// Keep uses the files up: their bytes become blobs, all or none.
func (u *Upload) Keep(ctx context.Context, to Keeper) error {
	var all []blob.Staged
	for i := range u.Files {
		all = append(all, u.Files[i].staged()...)
	}
	if err := to.Keep(ctx, all...); err != nil {
		return fmt.Errorf("keep files: %w", err)
	}
	return nil
}

// File is one accepted file. It is staged until it is used up or discarded.
type File struct {
	Key      string // name of the multipart part, joins the file to the payload
	name     string // as the client sent it
	original blob.Staged
	thumb    blob.Staged // JPEG, nil for none
	kind     bonafide.MediaKind
	info     bonafide.MediaInfo
}

// Path gives a local file with the content, which lasts until the file is used up or
// discarded.
func (f *File) Path() string { return f.original.Path() }

// Name is the name that the client gave the file, without a path.
func (f *File) Name() string { return f.name }

// Original gives the file as it came, before anybody knows what it is. Its link works
// once the file is kept.
func (f *File) Original() bonafide.File {
	return f.original.Blob().File("original", "application/octet-stream")
}

// Lasts is how long an examined video lasts, 0 for any other file.
func (f *File) Lasts() time.Duration { return time.Duration(f.info.DurationMS) * time.Millisecond }

// staged are the file itself and what goes with it.
func (f *File) staged() []blob.Staged {
	if f.thumb == nil {
		return []blob.Staged{f.original}
	}
	return []blob.Staged{f.original, f.thumb}
}

// Media makes the row of an examined file, of no folder yet. Its links work
// once the file is kept. Too many or too long tags are CodeValue, too much metadata is
// CodeTooLarge.
func (f *File) Media(p Payload, l MetaLimit) (bonafide.Media, error) {
	tags := p.Tags[f.Key]
	if err := CheckTags(f.Key, tags); err != nil {
		return bonafide.Media{}, err
	}
	meta, err := l.Merge(nil, p.MediaMeta[f.Key])
	if err != nil {
		return bonafide.Media{}, err
	}
	id, original := bonafide.NewID(), f.original.Blob()
	m := bonafide.Media{
		ID:            id,
		Kind:          f.kind,
		OriginalName:  f.name,
		Tags:          tags,
		Original:      original.File(string(id)+"."+f.info.Format, f.info.MIME),
		MD5:           original.MD5,
		Info:          f.info,
		Meta:          meta,
		TechnicalMeta: bonafide.Meta{},
	}
	if f.thumb != nil {
		thumb := f.thumb.Blob().File(string(id)+"_thumb.jpg", "image/jpeg")
		m.Thumb = &thumb
	}
	return m, nil
}

// CheckTags refuses too many or too long tags of a file: CodeValue.
func CheckTags(of string, tags []string) error {
	if len(tags) > maxTags {
		return bonafide.Errorf(bonafide.CodeValue, "Too many tags of %s, %d of at most %d", bonafide.Quote(of), len(tags), maxTags)
	}
	for _, tag := range tags {
		if utf8.RuneCountInString(tag) > maxTag {
			return bonafide.Errorf(bonafide.CodeValue, "The tag %s is too long, at most %d characters", bonafide.Quote(tag), maxTag)
		}
	}
	return nil
}

// displayName cleans a client's file name, which is shown and never used as a path.
func displayName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	kept := 0
	return strings.Map(func(r rune) rune {
		if kept++; r < ' ' || r == 0x7f || r == '\uFFFD' || kept > maxName {
			return -1
		}
		return r
	}, name)
}
