package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// metaRecords reads metadata by itself.
type metaRecords interface {
	Meta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID) (bonafide.Meta, error)
}

// bearer is a kind of object whose metadata can be read and changed by itself.
type bearer struct {
	noun noun
	kind bonafide.Kind
}

// metaRoutes are the four calls about the metadata of a noun, which lies under path.
func metaRoutes(path string, n noun, kind bonafide.Kind, update auth.Permission) []route {
	b, path := bearer{n, kind}, path+"/meta_data"
	return []route{
		{Name: "read" + n.name + "Meta", Method: get, Pattern: path, Permission: n.read,
			Summary: "Read the metadata of an object", Out: bonafide.Meta{}, handle: b.readMeta},
		{Name: "replace" + n.name + "Meta", Method: post, Pattern: path, Permission: update,
			Summary: "Replace the metadata of an object", In: bonafide.Meta{}, Status: made, Out: bonafide.Meta{}, handle: b.replaceMeta},
		{Name: "merge" + n.name + "Meta", Method: patch, Pattern: path, Permission: update,
			Summary: "Merge into the metadata of an object; null removes a key", In: bonafide.Meta{}, Out: bonafide.Meta{}, handle: b.mergeMeta},
		{Name: "clear" + n.name + "Meta", Method: del, Pattern: path, Permission: update,
			Summary: "Clear the metadata of an object", Out: wire.Deleted{}, handle: b.clearMeta},
	}
}

func (b bearer) readMeta(a *api, c *call) (*answer, error) {
	id, err := b.target(a, c)
	if err != nil {
		return nil, err
	}
	m, err := a.Records.Meta(c.Context(), c.scope, b.kind, id)
	if err != nil {
		return nil, err
	}
	return ok(wire.Object(m))
}

func (b bearer) replaceMeta(a *api, c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	m, err := b.change(a, c, a.Desk.ReplaceMeta, bonafide.Meta(body))
	if err != nil {
		return nil, err
	}
	return created(m)
}

func (b bearer) mergeMeta(a *api, c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	m, err := b.change(a, c, a.Desk.MergeMeta, bonafide.Meta(body))
	if err != nil {
		return nil, err
	}
	return ok(m)
}

func (b bearer) clearMeta(a *api, c *call) (*answer, error) {
	if _, err := b.change(a, c, a.Desk.ReplaceMeta, bonafide.Meta{}); err != nil {
		return nil, err
	}
	return deleted()
}

// metaChange is one of the desk's.
type metaChange func(context.Context, bonafide.Scope, bonafide.Kind, bonafide.ID, bonafide.Meta) (bonafide.Meta, error)

func (b bearer) change(a *api, c *call, do metaChange, m bonafide.Meta) (bonafide.Meta, error) {
	id, err := b.target(a, c)
	if err != nil {
		return nil, err
	}
	return do(c.Context(), c.scope, b.kind, id, m)
}

// target is the object whose metadata is meant. A person must be in the collection that
// the path names.
func (b bearer) target(a *api, c *call) (bonafide.ID, error) {
	if b.kind == bonafide.KindPerson {
		if _, err := a.person(c); err != nil {
			return "", err
		}
	}
	return c.id(b.noun.param, b.noun.name)
}
