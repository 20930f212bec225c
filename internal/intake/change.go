package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
)

// Limits of what clients say about media.
const (
	maxName     = 255     // characters of a file name that are kept
	maxTags     = 100     // of one media
	maxTag      = 128     // characters
	maxEndpoint = 2048    // bytes
	maxLines    = 32      // analyses in one request
	maxMeta     = 1 << 20 // bytes of the metadata of one object
)

// FolderChange is a change of a folder; nil leaves as it is.
type FolderChange struct {
	Meta      bonafide.Meta // merged as RFC 7396 says, top level
	Endpoint  *string       // "" removes it
	LegalHold *bool
}

// MediaChange is a change of a media; nil leaves as it is.
type MediaChange struct {
	Tags *[]string     // replaced
	Meta bonafide.Meta // merged as RFC 7396 says, top level
}

// ChangeFolder changes a folder inside the scope and returns it.
func (d *Desk) ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c FolderChange) (*bonafide.Folder, error) {
	defer d.lock(id)()
	return d.changeFolder(ctx, scope, id, c)
}

// changeFolder is ChangeFolder under the folder's lock.
func (d *Desk) changeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c FolderChange) (*bonafide.Folder, error) {
	f, err := d.Store.Folder(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("folder: %w", err)
	}
	f.Meta = merge(f.Meta, c.Meta)
	if c.Endpoint != nil {
		if err := d.checkEndpoint(*c.Endpoint); err != nil {
			return nil, err
		}
		f.ResolutionEndpoint = *c.Endpoint
	}
	if c.LegalHold != nil {
		f.LegalHold = *c.LegalHold
	}
	if err := d.Store.UpdateFolder(ctx, f); err != nil {
		return nil, fmt.Errorf("change folder: %w", err)
	}
	return f, nil
}

// ChangeMedia changes a media inside the scope and returns it.
func (d *Desk) ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c MediaChange) (*bonafide.Media, error) {
	defer d.lock(id)()
	m, err := d.Store.Media(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("media: %w", err)
	}
	m.Meta = merge(m.Meta, c.Meta)
	if c.Tags != nil {
		if err := checkTags(*c.Tags); err != nil {
			return nil, err
		}
		m.Tags = *c.Tags
	}
	if err := d.Store.UpdateMedia(ctx, m); err != nil {
		return nil, fmt.Errorf("change media: %w", err)
	}
	return m, nil
}

// MergeMeta lays m over the metadata of any object inside the scope; null removes
// a key. It returns what became of it.
func (d *Desk) MergeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error) {
	return d.changeMeta(ctx, scope, kind, id, func(old bonafide.Meta) bonafide.Meta { return merge(old, m) })
}

// ReplaceMeta puts m in place of the metadata of any object inside the scope. It
// returns what became of it.
func (d *Desk) ReplaceMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error) {
	return d.changeMeta(ctx, scope, kind, id, func(bonafide.Meta) bonafide.Meta { return object(m) })
}

func (d *Desk) changeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
	become func(bonafide.Meta) bonafide.Meta) (bonafide.Meta, error) {
	defer d.lock(id)()
	m, err := d.Store.ChangeMeta(ctx, scope, kind, id, func(old bonafide.Meta) (bonafide.Meta, error) {
		m := become(old)
		if raw, err := json.Marshal(m); err != nil || len(raw) > maxMeta {
			return nil, bonafide.Errorf(bonafide.CodeTooLarge, "Metadata is too large, at most %d bytes", maxMeta)
		}
		return m, nil
	})
	if err != nil {
		return nil, fmt.Errorf("metadata of %s: %w", kind, err)
	}
	return m, nil
}

// setEndpoint stores the webhook of an order, unless there is none. The folder is
// locked and known to be inside the caller's scope.
func (d *Desk) setEndpoint(ctx context.Context, folder bonafide.ID, endpoint string) error {
	if endpoint == "" {
		return nil
	}
	_, err := d.changeFolder(ctx, bonafide.Scope{}, folder, FolderChange{Endpoint: &endpoint})
	return err
}

// merge lays change over old; null removes.
func merge(old, change bonafide.Meta) bonafide.Meta {
	merged := object(maps.Clone(old))
	for name, value := range change {
		if value == nil {
			delete(merged, name)
			continue
		}
		merged[name] = value
	}
	return merged
}

func checkTags(tags []string) error {
	if len(tags) > maxTags {
		return bonafide.Errorf(bonafide.CodeValue, "Too many tags, at most %d", maxTags)
	}
	for _, tag := range tags {
		if utf8.RuneCountInString(tag) > maxTag {
			return bonafide.Errorf(bonafide.CodeValue, "A tag is too long, at most %d characters", maxTag)
		}
	}
	return nil
}

// checkEndpoint asks whether webhooks may go there, or nowhere.
func (d *Desk) checkEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	if len(endpoint) > maxEndpoint {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, at most %d bytes are allowed", maxEndpoint)
	}
	return d.Endpoints.Check(endpoint)
}
