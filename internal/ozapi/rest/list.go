package rest

import (
	"context"
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// What the calls of most resources have in common.

// Find gives the object that the path names by a parameter.
func Find[T any](c *Call, param, noun string, look func(context.Context, bonafide.Scope, bonafide.ID) (*T, error)) (*T, error) {
	id, err := c.ID(param, noun)
	if err != nil {
		return nil, err
	}
	return look(c.Context(), c.Scope, id)
}

// Read answers the object that the path names.
func Read[T, V any](c *Call, param, noun string, look func(context.Context, bonafide.Scope, bonafide.ID) (*T, error), view func(*T) V) (*Answer, error) {
	found, err := Find(c, param, noun, look)
	if err != nil {
		return nil, err
	}
	return OK(view(found))
}

// Delete deletes the object that the path names.
func (c *Call) Delete(param, noun string, do func(context.Context, bonafide.Scope, bonafide.ID) error) (*Answer, error) {
	id, err := c.ID(param, noun)
	if err != nil {
		return nil, err
	}
	if err := do(c.Context(), c.Scope, id); err != nil {
		return nil, err
	}
	return Deleted()
}

// Body reads what the body of a call says.
func Body[T any](c *Call, parse func(request.Fields) (T, error)) (said T, err error) {
	body, err := c.Object()
	if err != nil {
		return said, err
	}
	return parse(body)
}

// Change reads which object a call changes, and out of its body how.
func Change[T any](c *Call, param, noun string, parse func(request.Fields) (T, error)) (id bonafide.ID, change T, err error) {
	if id, err = c.ID(param, noun); err != nil {
		return id, change, err
	}
	change, err = Body(c, parse)
	return id, change, err
}

// Parser reads the query of a list.
type Parser func(url.Values, time.Time) (bonafide.Query, error)

// Lister looks up a list inside the scope.
type Lister[T any] func(context.Context, bonafide.Scope, bonafide.Query) (bonafide.Page[T], error)

// Runs looks up a list that Stream then reads run by run. Of what the query asks for only
// that is found which also fits the filters.
func Runs[T any](c *Call, parse Parser, look Lister[T], also ...bonafide.Filter) (bonafide.Query, bonafide.Page[T], error) {
	q, err := parse(c.Values(), c.Now())
	if err != nil {
		return q, bonafide.Page[T]{}, err
	}
	q.Filters = append(q.Filters, also...)
	q.Runs = true
	found, err := look(c.Context(), c.Scope, q)
	return q, found, err
}

// Page answers a page of a list.
func Page[T, V any](c *Call, parse Parser, look Lister[T], view func(*T) V) (*Answer, error) {
	q, found, err := Runs(c, parse, look)
	if err != nil {
		return nil, err
	}
	return Stream(c, wire.ViewPage(q, found.Total, []V{}), found.Next, Each(view))
}

// Each renders a run of items one by one.
func Each[T, V any](view func(*T) V) func([]T) ([]V, error) {
	return func(items []T) ([]V, error) { return Views(items, view), nil }
}

// Views renders each of the items.
func Views[T, V any](items []T, view func(*T) V) []V {
	out := make([]V, len(items))
	for i := range items {
		out[i] = view(&items[i])
	}
	return out
}
