package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// metaRecords reads metadata by itself.
type metaRecords interface {
	Meta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID) (bonafide.Meta, error)
}

// bearer is a kind of object whose metadata can be read and changed by itself.
type bearer struct {
	*api
	noun rest.Noun
	kind bonafide.Kind
}

// metaRoutes are the four calls about the metadata of a noun, which lies under path.
func (a *api) metaRoutes(path string, n rest.Noun, kind bonafide.Kind, update auth.Permission) []rest.Route {
	b, path := bearer{a, n, kind}, path+"/meta_data"
	return []rest.Route{
		{Name: "read" + n.Name + "Meta", Method: get, Pattern: path, Permission: n.Read,
			Summary: "Read the metadata of an object", Out: bonafide.Meta{}, Handle: b.readMeta},
		{Name: "replace" + n.Name + "Meta", Method: post, Pattern: path, Permission: update,
			Summary: "Replace the metadata of an object", In: bonafide.Meta{}, Status: made, Out: bonafide.Meta{}, Handle: b.replaceMeta},
		{Name: "merge" + n.Name + "Meta", Method: patch, Pattern: path, Permission: update,
			Summary: "Merge into the metadata of an object; null removes a key", In: bonafide.Meta{}, Out: bonafide.Meta{}, Handle: b.mergeMeta},
		{Name: "clear" + n.Name + "Meta", Method: del, Pattern: path, Permission: update,
			Summary: "Clear the metadata of an object", Out: wire.Deleted{}, Handle: b.clearMeta},
	}
}

func (b bearer) readMeta(c *rest.Call) (*rest.Answer, error) {
	id, err := b.target(c)
	if err != nil {
		return nil, err
	}
	m, err := b.Records.Meta(c.Context(), c.Scope, b.kind, id)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.Object(m))
}

func (b bearer) replaceMeta(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	m, err := b.change(c, b.Desk.ReplaceMeta, bonafide.Meta(body))
	if err != nil {
		return nil, err
	}
	return rest.Created(m)
}

func (b bearer) mergeMeta(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	m, err := b.change(c, b.Desk.MergeMeta, bonafide.Meta(body))
	if err != nil {
		return nil, err
	}
	return rest.OK(m)
}

func (b bearer) clearMeta(c *rest.Call) (*rest.Answer, error) {
	if _, err := b.change(c, b.Desk.ReplaceMeta, bonafide.Meta{}); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

// metaChange is one of the desk's.
type metaChange func(context.Context, bonafide.Scope, bonafide.Kind, bonafide.ID, bonafide.Meta) (bonafide.Meta, error)

func (b bearer) change(c *rest.Call, do metaChange, m bonafide.Meta) (bonafide.Meta, error) {
	id, err := b.target(c)
	if err != nil {
		return nil, err
	}
	return do(c.Context(), c.Scope, b.kind, id, m)
}

// target is the object whose metadata is meant. A person must be in the collection that
// the path names.
func (b bearer) target(c *rest.Call) (bonafide.ID, error) {
	if b.kind == bonafide.KindPerson {
		if _, err := b.person(c); err != nil {
			return "", err
		}
	}
	return c.ID(b.noun.Param, b.noun.Name)
}
