package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// mediaRecords reads and deletes media.
type mediaRecords interface {
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	DeleteMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func mediaResource() resource {
	const inFolder, media = "/api/folders/{folder_id}/media", "/api/media/{media_id}"
	n := noun{"media_id", "Media", auth.MediaRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Media(c.Context(), s, id))
	}}
	return resource{component: ComponentStateful, noun: n, routes: append([]route{
		{Name: "addMedia", Method: post, Pattern: inFolder, Permission: auth.MediaCreate, Summary: "Add media to a folder",
			In: request.FolderIn{}, Files: describe.NeedsFiles, Status: made, Out: []wire.Media{}, handle: (*api).addMedia},
		{Name: "listFolderMedia", Method: get, Pattern: inFolder, Permission: auth.MediaRead, Summary: "List the media of a folder",
			Out: []wire.Media{}, handle: (*api).folderMedia},
		{Name: "readMedia", Method: get, Pattern: media, Permission: auth.MediaRead, Summary: "Read a media",
			Out: wire.Media{}, handle: (*api).readMedia},
		{Name: "changeMedia", Method: patch, Pattern: media, Permission: auth.MediaUpdate, Summary: "Replace the tags of a media",
			In: request.MediaChangeIn{}, Out: wire.Media{}, handle: (*api).changeMedia},
		{Name: "deleteMedia", Method: del, Pattern: media, Permission: auth.MediaDelete,
			Summary: "Delete a media; analyses of it keep their results", Out: wire.Deleted{}, handle: (*api).deleteMedia},
	}, metaRoutes(media, n, bonafide.KindMedia, auth.MediaUpdate)...)}
}

// addMedia adds files to a folder. The answer is a bare array of the new media.
func (a *api) addMedia(c *call) (*answer, error) {
	f, err := a.folder(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := a.receive(c, a.Desk)
	if err != nil {
		return nil, err
	}
	if len(up.Files) == 0 { // clients take the first element of the answer
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request: at least one is needed, as a part with a file name of multipart/form-data")
	}
	made, err := a.Desk.AddMedia(c.Context(), &c.caller.User, c.scope, f.ID, up)
	if err != nil {
		a.Desk.Discard(c.after(), up.Files)
		return nil, err
	}
	return created(wire.ViewMedias(made.Media, f.TimeCreated, a.links(c.Request)))
}

// folderMedia answers a bare array.
func (a *api) folderMedia(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewMedias(media[f.ID], f.TimeCreated, a.links(c.Request)))
}

// readMedia answers one media.
func (a *api) readMedia(c *call) (*answer, error) {
	m, err := find(c, "media_id", "Media", a.Records.Media)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) deleteMedia(c *call) (*answer, error) {
	return c.delete("media_id", "Media", a.Records.DeleteMedia)
}

// changeMedia replaces tags and merges metadata.
func (a *api) changeMedia(c *call) (*answer, error) {
	id, err := c.id("media_id", "Media")
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	change, err := request.ReadMediaChange(body)
	if err != nil {
		return nil, err
	}
	m, err := a.Desk.ChangeMedia(c.Context(), c.scope, id, change)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) oneMedia(c *call, m *bonafide.Media) (*answer, error) {
	f, err := a.Records.Folder(c.Context(), c.scope, m.FolderID)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewMedia(m, f.TimeCreated, a.links(c.Request)))
}
