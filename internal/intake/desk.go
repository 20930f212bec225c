package intake

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Store is the part of store.Store that the desk needs.
type Store interface {
	CreateFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *store.Order) error
	CreateCapturedFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *store.Order, use store.CaptureUse) error
	AddToFolder(ctx context.Context, id bonafide.ID, a store.Addition) error
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Folder) error) (*bonafide.Folder, error)
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Media) error) (*bonafide.Media, error)
	ChangeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
		change func(bonafide.Meta) (bonafide.Meta, error)) (bonafide.Meta, error)
	Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error)
	Collections(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonCollection], error)
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
	*Reception
	Store     Store
	Blobs     Keeper // of what the reception stages
	Waiter    Waiter
	Endpoints Endpoints
}

// Desk stores uploads as folders and takes orders on them. It is safe for concurrent use.
type Desk struct{ Config }

// New makes a desk.
func New(c Config) *Desk { return &Desk{c} }

// CreateFolder stores a folder of the user with the upload's media and, where the
// payload has order lines, its first group of analyses, all or nothing. The files
// are used up when it succeeds. Of a drawn capture whose session was used meanwhile it is
// CodeSession.
func (d *Desk) CreateFolder(ctx context.Context, u *bonafide.User, up Upload) (*Created, error) {
	if err := d.CheckEndpoint(up.Payload.Endpoint); err != nil {
		return nil, err
	}
	made, err := d.Draft(ctx, u, up)
	if err != nil {
		return nil, err
	}
	if err := d.aim(ctx, &made.Folder, made.Analyses); err != nil {
		return nil, err
	}
	if err := up.Keep(ctx, d.Blobs); err != nil {
		return nil, err
	}
	if err := d.store(ctx, made, up.Captured); err != nil {
		return nil, fmt.Errorf("create folder: %w", err)
	}
	return made, nil
}

// store stores a folder. A drawn capture is spent with it.
func (d *Desk) store(ctx context.Context, made *Created, captured *Captured) error {
	if captured != nil {
		return d.Store.CreateCapturedFolder(ctx, &made.Folder, made.Media, group(made.Analyses), captured.Use)
	}
	return d.Store.CreateFolder(ctx, &made.Folder, made.Media, group(made.Analyses))
}

// AddMedia adds the upload's media to a folder inside the scope, and then orders
// what the payload has order lines for. The files are used up when it succeeds.
// An upload without files is CodeStructure.
func (d *Desk) AddMedia(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, up Upload) (*Created, error) {
	if len(up.Files) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request: at least one is needed, as a part with a file name of multipart/form-data")
	}
	f, old, err := d.find(ctx, scope, folder)
	if err != nil {
		return nil, err
	}
	if err := d.CheckEndpoint(up.Payload.Endpoint); err != nil {
		return nil, err
	}
	if _, err := d.MaxMeta.Merge(f.Meta, up.Payload.FolderMeta); err != nil {
		return nil, err
	}
	made := &Created{Folder: *f}
	if err := d.fill(ctx, u, made, up, old); err != nil {
		return nil, err
	}
	if err := d.aim(ctx, f, made.Analyses); err != nil {
		return nil, err
	}
	if err := up.Keep(ctx, d.Blobs); err != nil {
		return nil, err
	}
	err = d.Store.AddToFolder(ctx, f.ID, store.Addition{
		Media: made.Media, Meta: up.Payload.FolderMeta, Endpoint: up.Payload.Endpoint, Order: group(made.Analyses), MaxMedia: d.MaxFiles,
	})
	if err != nil {
		return nil, fmt.Errorf("add media: %w", err)
	}
	return made, nil
}

// Order orders a group of analyses on a folder inside the scope. Errors are
// CodeValue for an unknown type and for what can never be run, CodeForbidden for a
// type that the user may not start, and CodeNotFound for an unknown media or
// collection.
func (d *Desk) Order(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, o Orders) ([]bonafide.Analysis, error) {
	if len(o.Lines) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "No analysis was ordered")
	}
	if err := d.CheckEndpoint(o.Endpoint); err != nil {
		return nil, err
	}
	f, media, err := d.find(ctx, scope, folder)
	if err != nil {
		return nil, err
	}
	analyses, err := d.plan(ctx, u, f, offered{media: media}, o.Lines)
	if err != nil {
		return nil, err
	}
	if err := d.aim(ctx, f, analyses); err != nil {
		return nil, err
	}
	if err := d.Store.AddToFolder(ctx, f.ID, store.Addition{Endpoint: o.Endpoint, Order: group(analyses)}); err != nil {
		return nil, fmt.Errorf("order analyses: %w", err)
	}
	return analyses, nil
}

// group makes an order of the analyses of one group, nil for none. The store writes
// times into the analyses.
func group(analyses []bonafide.Analysis) *store.Order {
	if len(analyses) == 0 {
		return nil
	}
	return &store.Order{GroupID: analyses[0].GroupID, Analyses: analyses}
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

// Wait returns when the group has ended or ctx is done; the latter is no error.
func (d *Desk) Wait(ctx context.Context, group bonafide.ID) error {
	err := d.Waiter.Wait(ctx, group)
	if ctx.Err() != nil {
		return nil
	}
	return err
}
