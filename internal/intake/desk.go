// Package intake is the front desk: it accepts files, makes folders of them, and
// takes orders of analyses. It checks everything that can be known at once, so
// that a worker never meets an order that cannot be run.
//
// A file is staged until all of its request has been checked; then it becomes a
// blob and its rows go to the store, in this order, so that a row never points to
// nothing and a refused request leaves nothing behind.
package intake

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Store is the part of store.Store that the desk needs.
type Store interface {
	CreateFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *bonafide.Order) error
	AddMedia(ctx context.Context, folderID bonafide.ID, media []bonafide.Media, meta bonafide.Meta) error
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	UpdateFolder(ctx context.Context, f *bonafide.Folder) error
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	UpdateMedia(ctx context.Context, m *bonafide.Media) error
	OrderAnalyses(ctx context.Context, folderID bonafide.ID, order *bonafide.Order) error
	ChangeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
		change func(bonafide.Meta) (bonafide.Meta, error)) (bonafide.Meta, error)
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	CreateReport(ctx context.Context, r *bonafide.Report, asOf time.Time) error
	TemplateStore
	store.Collections
	store.Persons
	store.PersonImages
}

// Blobs is the part of blob.Store that the desk needs.
type Blobs interface {
	Stage(ctx context.Context, r io.Reader) (blob.Staged, error)
	Keep(ctx context.Context, staged ...blob.Staged) error
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}

// Examiner finds out what a file is by decoding it. digest is its SHA-256 in
// hexadecimal. thumbJPEG is a small picture of it, nil if none could be made. A
// file that is no media, or damaged, or over a limit is CodeValue.
type Examiner interface {
	Examine(ctx context.Context, path, digest string) (kind bonafide.MediaKind, info bonafide.MediaInfo, thumbJPEG []byte, err error)
}

// Waiter waits for the end of a group of analyses; it returns ctx's error when
// ctx ends before.
type Waiter interface {
	Wait(ctx context.Context, group bonafide.ID) error
}

// Endpoints refuses addresses that webhooks must not be sent to: CodeValue.
type Endpoints interface {
	Check(endpoint string) error
}

// Config is what a desk works with.
type Config struct {
	Store     Store
	Blobs     Blobs
	Examiner  Examiner
	Waiter    Waiter
	Endpoints Endpoints
	Enroller  Enroller
	Gallery   Gallery
	Analyses  []analysis.Analysis // the catalogue
	MaxFiles  int                 // in one folder
	Examiners int                 // files that are examined at once; 0 means one per core
	Reporting Reporting
}

// Desk takes in media and orders. It is safe for concurrent use.
type Desk struct {
	Config
	// locks are held while a folder, or a media, is read, changed and written back,
	// so that changes at the same time do not undo each other.
	locks [64]sync.Mutex
	// printer is held while a report is rendered, which takes a core.
	printer sync.Mutex
	// examining has one place per file that may be examined.
	examining chan struct{}
}

// New makes a desk.
func New(c Config) *Desk {
	return &Desk{Config: c, examining: make(chan struct{}, cmp.Or(c.Examiners, runtime.GOMAXPROCS(0)))}
}

// Upload is files and what the client says about them.
type Upload struct {
	Files   []File // in the order of their arrival, which is the order of the media
	Payload Payload
}

// Payload is what the client says about its files. Keys without a file are
// ignored.
type Payload struct {
	FolderMeta bonafide.Meta
	Tags       map[string][]string      // by part key
	MediaMeta  map[string]bonafide.Meta // by part key
	PersonMeta bonafide.Meta            // of a person who is enrolled
	Orders                              // a single request where Lines is not empty
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

// CreateFolder stores a folder of the user with the upload's media and, where the
// payload has order lines, its first group of analyses, all or nothing. The files
// are used up when it succeeds.
func (d *Desk) CreateFolder(ctx context.Context, u *bonafide.User, up Upload) (*Created, error) {
	made, order, err := d.draft(ctx, u, up)
	if err != nil {
		return nil, err
	}
	if err := d.keep(ctx, up.Files); err != nil {
		return nil, fmt.Errorf("keep files: %w", err)
	}
	if err := d.Store.CreateFolder(ctx, &made.Folder, made.Media, order); err != nil {
		return nil, fmt.Errorf("create folder: %w", err)
	}
	return made, nil
}

// Draft checks an upload as CreateFolder does and gives what that would store, which
// Draft does not. Where no line orders a COLLECTION, it asks no store.
func (d *Desk) Draft(ctx context.Context, u *bonafide.User, up Upload) (*Created, error) {
	made, _, err := d.draft(ctx, u, up)
	return made, err
}

func (d *Desk) draft(ctx context.Context, u *bonafide.User, up Upload) (*Created, *bonafide.Order, error) {
	made := &Created{Folder: bonafide.Folder{
		ID:                 bonafide.NewID(),
		CompanyID:          u.CompanyID,
		UserID:             u.ID,
		ResolutionEndpoint: up.Payload.Endpoint,
		Meta:               object(up.Payload.FolderMeta),
		TechnicalMeta:      bonafide.Meta{},
	}}
	order, err := d.prepare(ctx, u, made, up, nil)
	if err != nil {
		return nil, nil, err
	}
	if order != nil {
		made.Analyses = order.Analyses // the same elements
	}
	return made, order, nil
}

// AddMedia adds the upload's media to a folder inside the scope, and then orders
// what the payload has order lines for. The files are used up when it succeeds.
// An upload without files is CodeStructure.
func (d *Desk) AddMedia(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, up Upload) (*Created, error) {
	if len(up.Files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request")
	}
	defer d.lock(folder)()
	f, old, err := d.find(ctx, scope, folder)
	if err != nil {
		return nil, err
	}
	made := &Created{Folder: *f}
	order, err := d.prepare(ctx, u, made, up, old)
	if err != nil {
		return nil, err
	}
	if err := d.keep(ctx, up.Files); err != nil {
		return nil, fmt.Errorf("keep files: %w", err)
	}
	if err := d.Store.AddMedia(ctx, f.ID, made.Media, up.Payload.FolderMeta); err != nil {
		return nil, fmt.Errorf("add media: %w", err)
	}
	if err := d.setEndpoint(ctx, f.ID, up.Payload.Endpoint); err != nil {
		return nil, err
	}
	if order == nil {
		return made, nil
	}
	if err := d.Store.OrderAnalyses(ctx, f.ID, order); err != nil {
		return nil, fmt.Errorf("order analyses: %w", err)
	}
	made.Analyses = order.Analyses
	return made, nil
}

// prepare checks the upload, fills made.Media and plans the order, nil for none.
// old are the media that the folder has already.
func (d *Desk) prepare(ctx context.Context, u *bonafide.User, made *Created, up Upload, old []bonafide.Media) (*bonafide.Order, error) {
	if n := len(old) + len(up.Files); n > d.MaxFiles {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "Too many files in one folder, at most %d", d.MaxFiles)
	}
	if err := d.checkEndpoint(up.Payload.Endpoint); err != nil {
		return nil, err
	}
	s := shelf{media: slices.Clone(old), keys: make([]string, len(old))}
	for i := range up.Files {
		m, err := up.Files[i].media(&made.Folder, up.Payload)
		if err != nil {
			return nil, err
		}
		made.Media = append(made.Media, m)
		s.media, s.keys = append(s.media, m), append(s.keys, up.Files[i].Key)
	}
	return d.plan(ctx, u, &made.Folder, s, up.Payload.Lines)
}

// find gives a folder inside the scope and its media.
func (d *Desk) find(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, []bonafide.Media, error) {
	f, err := d.Store.Folder(ctx, scope, id)
	if err != nil {
		return nil, nil, fmt.Errorf("folder: %w", err)
	}
	media, err := d.Store.MediaOf(ctx, id)
	if err != nil {
		return nil, nil, fmt.Errorf("media of folder: %w", err)
	}
	return f, media[id], nil
}

// lock locks one object until the returned function is called.
func (d *Desk) lock(id bonafide.ID) (unlock func()) {
	h := fnv.New32a()
	_, _ = io.WriteString(h, string(id))
	m := &d.locks[h.Sum32()%uint32(len(d.locks))]
	m.Lock()
	return m.Unlock
}

// Wait returns when the group has ended or ctx is done; the latter is no error.
func (d *Desk) Wait(ctx context.Context, group bonafide.ID) error {
	err := d.Waiter.Wait(ctx, group)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// object makes absent metadata an empty object.
func object(m bonafide.Meta) bonafide.Meta {
	if m == nil {
		return bonafide.Meta{}
	}
	return m
}

// displayName is a client's file name, fit to be shown and nothing else.
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
