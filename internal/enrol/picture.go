package enrol

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
)

// Shown names a stored picture of a person: a photo by its media, or the newest best
// shot of a folder.
type Shown struct {
	Media, Folder bonafide.ID // one of them
}

// Picture is a stored picture of a person.
type Picture struct {
	Name string // of the file as it was sent, empty for a best shot
	File bonafide.File
	Tags []string
	From bonafide.Meta // the media, and the analysis of a best shot, by the names of the wire
}

// Picture finds a picture inside the scope, for a collection of the same company or one
// that belongs to none. That it is read is noted where its company wants that.
func (e *Enroller) Picture(ctx context.Context, scope bonafide.Scope, s Shown, c *bonafide.PersonCollection) (*Picture, error) {
	find := e.media
	if s.Media == "" {
		find = e.bestShot
	}
	p, company, err := find(ctx, scope, s)
	if err != nil {
		return nil, err
	}
	if c.CompanyID != "" && company != c.CompanyID {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The picture belongs to another company than the collection %s", c.ID)
	}
	if err := e.Store.NoteRead(ctx, p.File.Key); err != nil {
		return nil, fmt.Errorf("note of a reading: %w", err)
	}
	return p, nil
}

func (e *Enroller) media(ctx context.Context, scope bonafide.Scope, s Shown) (*Picture, bonafide.ID, error) {
	m, err := e.Store.Media(ctx, scope, s.Media)
	if err != nil {
		return nil, "", fmt.Errorf("media: %w", err)
	}
	if m.Kind != bonafide.Image {
		return nil, "", bonafide.Errorf(bonafide.CodeValue, "The media %s is no photo; name its folder, of which the best shot is taken", m.ID)
	}
	return &Picture{Name: m.OriginalName, File: m.Original, Tags: m.Tags, From: bonafide.Meta{"media_id": string(m.ID), "folder_id": string(m.FolderID)}}, m.CompanyID, nil
}

// bestShot takes the newest analysis that has one.
func (e *Enroller) bestShot(ctx context.Context, scope bonafide.Scope, s Shown) (*Picture, bonafide.ID, error) {
	f, err := e.Store.Folder(ctx, scope, s.Folder)
	if err != nil {
		return nil, "", fmt.Errorf("folder: %w", err)
	}
	all, err := e.Store.AnalysesOf(ctx, f.ID)
	if err != nil {
		return nil, "", fmt.Errorf("analyses: %w", err)
	}
	analyses := all[f.ID]
	for i := len(analyses) - 1; i >= 0; i-- {
		a := &analyses[i]
		if a.Result == nil {
			continue
		}
		for _, found := range a.Result.Findings {
			if shot := found.BestShot; shot != nil {
				from := bonafide.Meta{"media_id": string(found.MediaID), "folder_id": string(f.ID), "analyse_id": string(a.ID)}
				return &Picture{File: *shot, From: from}, f.CompanyID, nil
			}
		}
	}
	return nil, "", bonafide.Errorf(bonafide.CodeValue, "The folder %s has no best shot; order an analysis of type QUALITY, or name one of its photos", f.ID)
}
