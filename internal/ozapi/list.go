package ozapi

import (
	"context"
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// What the calls of most resources have in common.

// find gives the object that the path names by a parameter.
func find[T any](c *call, param, noun string, look func(context.Context, bonafide.Scope, bonafide.ID) (*T, error)) (*T, error) {
	id, err := c.id(param, noun)
	if err != nil {
		return nil, err
	}
	return look(c.Context(), c.scope, id)
}

// read answers the object that the path names.
func read[T, V any](c *call, param, noun string, look func(context.Context, bonafide.Scope, bonafide.ID) (*T, error), view func(*T) V) (*answer, error) {
	found, err := find(c, param, noun, look)
	if err != nil {
		return nil, err
	}
	return ok(view(found))
}

// delete deletes the object that the path names.
func (c *call) delete(param, noun string, do func(context.Context, bonafide.Scope, bonafide.ID) error) (*answer, error) {
	id, err := c.id(param, noun)
	if err != nil {
		return nil, err
	}
	if err := do(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}

// parser reads the query of a list.
type parser func(url.Values, time.Time) (bonafide.Query, error)

// page answers a page of a list.
func page[T, V any](a *api, c *call, parse parser, look func(context.Context, bonafide.Scope, bonafide.Query) (bonafide.Page[T], error), view func(*T) V) (*answer, error) {
	q, err := parse(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	q.Runs = true
	found, err := look(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	return stream(a, c, wire.ViewPage(q, found.Total, []V{}), found.Next, each(view))
}

// each renders a run of items one by one.
func each[T, V any](view func(*T) V) func([]T) ([]V, error) {
	return func(items []T) ([]V, error) { return views(items, view), nil }
}

// views renders each of the items.
func views[T, V any](items []T, view func(*T) V) []V {
	out := make([]V, len(items))
	for i := range items {
		out[i] = view(&items[i])
	}
	return out
}
