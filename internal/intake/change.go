package intake

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
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
	f, err := d.Store.ChangeFolder(ctx, scope, id, func(f *bonafide.Folder) error {
		var err error
		if f.Meta, err = d.MaxMeta.Merge(f.Meta, c.Meta); err != nil {
			return err
		}
		if c.Endpoint != nil {
			if err := d.CheckEndpoint(*c.Endpoint); err != nil {
				return err
			}
			f.ResolutionEndpoint = *c.Endpoint
		}
		if c.LegalHold != nil {
			f.LegalHold = *c.LegalHold
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("change folder: %w", err)
	}
	return f, nil
}

// ChangeMedia changes a media inside the scope and returns it.
func (d *Desk) ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c MediaChange) (*bonafide.Media, error) {
	m, err := d.Store.ChangeMedia(ctx, scope, id, func(m *bonafide.Media) error {
		var err error
		if m.Meta, err = d.MaxMeta.Merge(m.Meta, c.Meta); err != nil {
			return err
		}
		if c.Tags != nil {
			if err := CheckTags(string(id), *c.Tags); err != nil {
				return err
			}
			m.Tags = *c.Tags
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("change media: %w", err)
	}
	return m, nil
}

// MergeMeta lays m over the metadata of any object inside the scope; null removes
// a key. It returns what became of it.
func (d *Desk) MergeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error) {
	return d.changeMeta(ctx, scope, kind, id, func(old bonafide.Meta) (bonafide.Meta, error) { return d.MaxMeta.Merge(old, m) })
}

// ReplaceMeta puts m in place of the metadata of any object inside the scope. It
// returns what became of it.
func (d *Desk) ReplaceMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error) {
	return d.changeMeta(ctx, scope, kind, id, func(bonafide.Meta) (bonafide.Meta, error) { return d.MaxMeta.Merge(nil, m) })
}

func (d *Desk) changeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID,
	become func(bonafide.Meta) (bonafide.Meta, error)) (bonafide.Meta, error) {
	m, err := d.Store.ChangeMeta(ctx, scope, kind, id, become)
	if err != nil {
		return nil, fmt.Errorf("metadata of %s: %w", kind, err)
	}
	return m, nil
}

// CheckEndpoint refuses an address that webhooks must not be sent to; "" is fine.
func (d *Desk) CheckEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	if len(endpoint) > maxEndpoint {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, at most %d bytes are allowed", maxEndpoint)
	}
	return d.Endpoints.Check(endpoint)
}
