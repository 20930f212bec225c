// Package render reads what folders are answered with and renders it, for calls and for
// webhooks alike: a receiver gets the bytes that reading the folder would answer.
package render

import (
	"context"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// rendered is the part of the records that a Renderer needs.
type rendered interface {
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	Contents
}

// Renderer renders folders for webhooks. Make it with New.
type Renderer struct {
	records rendered
	links   wire.Links
}

// New makes a renderer. publicURL is the base of links; outside of a
// request nothing else can tell it. sign is what links to files end with, nil for nothing.
func New(publicURL string, sign func(key string) string, records rendered) *Renderer {
	return &Renderer{records: records, links: wire.LinksAt(strings.TrimRight(publicURL, "/"), "").Signed(sign)}
}

// RenderFolder gives what GET /api/folders/{id}/?with_analyses=true answers, byte
// for byte. CodeNotFound when there is no such folder.
func (r *Renderer) RenderFolder(ctx context.Context, id bonafide.ID) ([]byte, error) {
	f, err := r.records.Folder(ctx, bonafide.Scope{}, id)
	if err != nil {
		return nil, err
	}
	views, err := Folders(ctx, r.records, r.links, []bonafide.Folder{*f}, Shown{Analyses: true})
	if err != nil {
		return nil, err
	}
	return wire.Encode(views[0])
}

// Shown says what a folder is answered with besides its media.
type Shown struct {
	Analyses, User, Company bool
	Users                   bonafide.Scope // that the caller may read
}

// visible finds a user whom the caller may read: whoever made a folder may have gone to
// another company since.
func (s Shown) visible(find func(context.Context, bonafide.ID) (*bonafide.User, error)) func(context.Context, bonafide.ID) (*bonafide.User, error) {
	return func(ctx context.Context, id bonafide.ID) (*bonafide.User, error) {
		u, err := find(ctx, id)
		if err != nil || s.Users.Nothing || s.Users.CompanyID != "" && s.Users.CompanyID != u.CompanyID || s.Users.UserID != "" && s.Users.UserID != u.ID {
			return nil, err
		}
		return u, nil
	}
}

// Contents reads what folders are answered with.
type Contents interface {
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
}

// Folders renders folders with what is shown of them, read in few steps.
func Folders(ctx context.Context, records Contents, l wire.Links, folders []bonafide.Folder, s Shown) ([]wire.Folder, error) {
	views := make([]wire.Folder, len(folders))
	ids := make([]bonafide.ID, len(folders))
	for i := range folders {
		ids[i] = folders[i].ID
	}
	media, err := records.MediaOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var analyses map[bonafide.ID][]bonafide.Analysis
	if s.Analyses {
		if analyses, err = records.AnalysesOf(ctx, ids...); err != nil {
			return nil, err
		}
	}
	users, companies := once(s.visible(records.User)), once(records.Company)
	for i, f := range folders {
		p := wire.FolderParts{Folder: f, Media: media[f.ID], Analyses: analyses[f.ID]}
		if s.User {
			if p.User, err = users(ctx, f.UserID); err != nil {
				return nil, err
			}
		}
		if s.Company {
			if p.Company, err = companies(ctx, f.CompanyID); err != nil {
				return nil, err
			}
		}
		views[i] = wire.ViewFolder(&p, s.Analyses, l)
	}
	return views, nil
}

// once looks each object up a single time. What is gone, or was never named, is
// nil.
func once[T any](find func(context.Context, bonafide.ID) (*T, error)) func(context.Context, bonafide.ID) (*T, error) {
	seen := map[bonafide.ID]*T{"": nil}
	return func(ctx context.Context, id bonafide.ID) (*T, error) {
		if v, ok := seen[id]; ok {
			return v, nil
		}
		v, err := find(ctx, id)
		if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
			return nil, err
		}
		seen[id] = v
		return v, nil
	}
}
