package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// bearer is a kind of object whose metadata can be read and changed by itself.
type bearer struct {
	path   string
	param  string // of the path
	kind   bonafide.Kind
	noun   string
	read   auth.Permission
	update auth.Permission
}

// bearers lists them: a new kind is a line here and one in the store.
func bearers() []bearer {
	return []bearer{
		{"/api/users/{user_id}", "user_id", bonafide.KindUser, "User", auth.UserRead, auth.UserUpdate},
		{"/api/folders/{folder_id}", "folder_id", bonafide.KindFolder, "Folder", auth.FolderRead, auth.FolderUpdate},
		{"/api/media/{media_id}", "media_id", bonafide.KindMedia, "Media", auth.MediaRead, auth.MediaUpdate},
		{"/api/analyses/{analyse_id}", "analyse_id", bonafide.KindAnalysis, "Analysis", auth.AnalysisRead, auth.AnalysisUpdate},
		{"/api/collections/{collection_id}", "collection_id", bonafide.KindCollection, "Collection", auth.CollectionRead, auth.CollectionUpdate},
		{"/api/collections/{collection_id}/persons/{person_id}", "person_id", bonafide.KindPerson, "Person", auth.PersonRead, auth.PersonUpdate},
	}
}

// metaRoutes are the same four calls for each kind.
func metaRoutes() []route {
	var all []route
	for _, b := range bearers() {
		path := b.path + "/meta_data"
		all = append(all,
			route{http.MethodGet, path, b.read, "Read the metadata of an object", b.readMeta},
			route{http.MethodPost, path, b.update, "Replace the metadata of an object", b.replaceMeta},
			route{http.MethodPatch, path, b.update, "Merge into the metadata of an object; null removes a key", b.mergeMeta},
			route{http.MethodDelete, path, b.update, "Clear the metadata of an object", b.clearMeta})
	}
	return all
}

func (b bearer) readMeta(a *api, c *call) (*answer, error) {
	id, err := c.id(b.param, b.noun)
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
	m, err := b.change(c, a.Desk.ReplaceMeta, bonafide.Meta(body))
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
	m, err := b.change(c, a.Desk.MergeMeta, bonafide.Meta(body))
	if err != nil {
		return nil, err
	}
	return ok(m)
}

func (b bearer) clearMeta(a *api, c *call) (*answer, error) {
	if _, err := b.change(c, a.Desk.ReplaceMeta, bonafide.Meta{}); err != nil {
		return nil, err
	}
	return deleted()
}

// metaChange is one of the desk's.
type metaChange func(context.Context, bonafide.Scope, bonafide.Kind, bonafide.ID, bonafide.Meta) (bonafide.Meta, error)

func (b bearer) change(c *call, do metaChange, m bonafide.Meta) (bonafide.Meta, error) {
	id, err := c.id(b.param, b.noun)
	if err != nil {
		return nil, err
	}
	return do(c.Context(), c.scope, b.kind, id, m)
}
