package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

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
		return nil, bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request")
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
	id, err := c.id("media_id", "Media")
	if err != nil {
		return nil, err
	}
	m, err := a.Records.Media(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
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
	change, err := readMediaChange(body)
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
