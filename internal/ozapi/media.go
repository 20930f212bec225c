package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// mediaRecords reads and deletes media.
type mediaRecords interface {
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	DeleteMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func (a *api) mediaResource() rest.Resource {
	const inFolder, media = "/api/folders/{folder_id}/media", "/api/media/{media_id}"
	n := rest.Noun{Param: "media_id", Name: "Media", Read: auth.MediaRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Media(c.Context(), s, id))
	}}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: append([]rest.Route{
		{Name: "addMedia", Method: post, Pattern: inFolder, Permission: auth.MediaCreate, Summary: "Add media to a folder",
			In: request.FolderIn{}, Files: describe.NeedsFiles, Status: made, Out: []wire.Media{}, Handle: a.addMedia},
		{Name: "listFolderMedia", Method: get, Pattern: inFolder, Permission: auth.MediaRead, Summary: "List the media of a folder",
			Out: []wire.Media{}, Handle: a.folderMedia},
		{Name: "readMedia", Method: get, Pattern: media, Permission: auth.MediaRead, Summary: "Read a media",
			Out: wire.Media{}, Handle: a.readMedia},
		{Name: "changeMedia", Method: patch, Pattern: media, Permission: auth.MediaUpdate, Summary: "Replace the tags of a media",
			In: request.MediaChangeIn{}, Out: wire.Media{}, Handle: a.changeMedia},
		{Name: "deleteMedia", Method: del, Pattern: media, Permission: auth.MediaDelete,
			Summary: "Delete a media; analyses of it keep their results", Out: wire.Deleted{}, Handle: a.deleteMedia},
	}, a.metaRoutes(media, n, bonafide.KindMedia, auth.MediaUpdate)...)}
}

// addMedia adds files to a folder. The answer is a bare array of the new media.
func (a *api) addMedia(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c) // before megabytes are taken in for nothing
	if err != nil {
		return nil, err
	}
	up, err := c.Receive(a.Desk)
	if err != nil {
		return nil, err
	}
	if len(up.Files) == 0 { // clients take the first element of the answer
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request: at least one is needed, as a part with a file name of multipart/form-data")
	}
	made, err := a.Desk.AddMedia(c.Context(), &c.Caller.User, c.Scope, f.ID, up)
	if err != nil {
		a.Desk.Discard(c.After(), up.Files)
		return nil, err
	}
	return rest.Created(wire.ViewMedias(made.Media, f.TimeCreated, c.Links()))
}

// folderMedia answers a bare array.
func (a *api) folderMedia(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewMedias(media[f.ID], f.TimeCreated, c.Links()))
}

// readMedia answers one media.
func (a *api) readMedia(c *rest.Call) (*rest.Answer, error) {
	m, err := rest.Find(c, "media_id", "Media", a.Records.Media)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) deleteMedia(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("media_id", "Media", a.Records.DeleteMedia)
}

// changeMedia replaces tags and merges metadata.
func (a *api) changeMedia(c *rest.Call) (*rest.Answer, error) {
	id, change, err := rest.Change(c, "media_id", "Media", request.ReadMediaChange)
	if err != nil {
		return nil, err
	}
	m, err := a.Desk.ChangeMedia(c.Context(), c.Scope, id, change)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) oneMedia(c *rest.Call, m *bonafide.Media) (*rest.Answer, error) {
	f, err := a.Records.Folder(c.Context(), c.Scope, m.FolderID)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewMedia(m, f.TimeCreated, c.Links()))
}
