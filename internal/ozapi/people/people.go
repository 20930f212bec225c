// Package people has the calls that bring many persons into collections, and that put
// persons together and elsewhere.
package people

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Enroller keeps persons. *enrol.Enroller satisfies it.
type Enroller interface {
	CreateImport(ctx context.Context, scope bonafide.Scope, collection bonafide.ID, o enrol.ImportOrder, files []intake.File) (*enrol.Arrival, error)
	AddImportFiles(ctx context.Context, scope bonafide.Scope, id bonafide.ID, files []intake.File) (*enrol.Arrival, error)
	StartImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.Import, error)
}

// Records reads and deletes rows.
type Records interface {
	Collection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.PersonCollection, error)
	Import(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.Import, error)
	Imports(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[store.Import], error)
	ImportFiles(ctx context.Context, q bonafide.Query) (bonafide.Page[store.ImportFile], error)
	Person(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Person, error)
	ImagesOf(ctx context.Context, personIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.PersonImage, error)
	store.Merges
	DeleteImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Calls are the calls with what they need.
type Calls struct {
	Enroller Enroller
	Records  Records
	Desk     rest.Acceptor
}

// Resources lists the kinds of things that the calls are about.
func (p Calls) Resources() []rest.Resource {
	return []rest.Resource{p.importResource(), p.mergeResource()}
}

// Methods and the commonest status, short enough for tables of routes.
const (
	get, post, del = http.MethodGet, http.MethodPost, http.MethodDelete

	made = http.StatusCreated
)
