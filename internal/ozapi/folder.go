package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/render"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// folderRecords reads and deletes folders.
type folderRecords interface {
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	Folders(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Folder], error)
	DeleteFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
	DecideFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, d bonafide.OperatorDecision) error
	render.Contents
}

func (a *api) folderResource() rest.Resource {
	const folders, folder = "/api/folders", "/api/folders/{folder_id}"
	n := rest.Noun{Param: "folder_id", Name: "Folder", Read: auth.FolderRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
		return second(a.Records.Folder(c.Context(), s, id))
	}}
	with := []describe.Parameter{
		{Name: "with_analyses", Schema: describe.Boolean(), About: "adds the analyses"},
		{Name: "with_user", Schema: describe.Boolean(), About: "adds the user who made it, where the caller may read them"},
		{Name: "with_company", Schema: describe.Boolean(), About: "adds the company"},
	}
	return rest.Resource{Component: rest.ComponentStateful, Noun: n, Routes: append([]rest.Route{
		{Name: "createFolder", Method: post, Pattern: folders, Permission: auth.FolderCreate,
			Summary: "Create a folder with or without media; with analyses it answers with their results",
			In:      request.FolderIn{}, Files: describe.SomeFiles, Sealed: true, Query: []describe.Parameter{sessionParameter(), endpointParameter()}, Status: made, Out: wire.Folder{}, Refusals: []int{http.StatusNotFound}, Handle: a.createFolder},
		{Name: "listFolders", Method: get, Pattern: folders, Permission: auth.FolderRead, Summary: "List folders",
			Query: append(request.Listed(query.FolderFields()), with...), Out: wire.Page[wire.Folder]{}, Handle: a.listFolders},
		{Name: "readFolder", Method: get, Pattern: folder, Permission: auth.FolderRead, Summary: "Read a folder",
			Query: with, Out: wire.Folder{}, Handle: a.readFolder},
		{Name: "changeFolder", Method: patch, Pattern: folder, Permission: auth.Either(auth.FolderUpdate, auth.AnalysisDecide),
			Summary: "Change metadata, webhook or legal hold of a folder, or decide on it as operator",
			In:      request.FolderChangeIn{}, Out: wire.Folder{}, Handle: a.changeFolder},
		{Name: "deleteFolder", Method: del, Pattern: folder, Permission: auth.FolderDelete,
			Summary: "Delete a folder with its media and analyses", Out: wire.Deleted{}, Handle: a.deleteFolder},
	}, a.metaRoutes(folder, n, bonafide.KindFolder, auth.FolderUpdate)...)}
}

// createFolder makes a folder. Where the payload orders analyses it is answered
// once these have ended, or with what there is when the wait is over.
func (a *api) createFolder(c *rest.Call) (*rest.Answer, error) {
	up, session, err := a.receive(c, a.Desk, true)
	if err != nil {
		return nil, err
	}
	var made *intake.Created
	if err = endpoint(c, &up.Payload); err == nil {
		made, err = a.Desk.CreateFolder(c.Context(), &c.Caller.User, up)
	}
	if err != nil {
		a.Desk.Discard(c.After(), up.Files)
		return nil, a.failed(c, session, err)
	}
	httpd.NoteOf(c.Context()).Folder = string(made.Folder.ID)
	parts := wire.FolderParts{Folder: made.Folder, Media: made.Media, Analyses: made.Analyses}
	if len(made.Analyses) > 0 {
		if err := a.await(c, &parts); err != nil {
			return nil, err
		}
	}
	return rest.Created(wire.ViewFolder(&parts, true, c.Links()))
}

// await waits for the folder's analyses and reads what became of them.
func (a *api) await(c *rest.Call, p *wire.FolderParts) error {
	ctx, stop := httpd.UntilStop(c.Context(), 0) // the folder is stored, and its analyses wait for the next start
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, a.SingleWait)
	defer cancel()
	if err := a.Desk.Wait(ctx, p.Analyses[0].GroupID); err != nil {
		return err
	}
	f, err := a.Records.Folder(c.Context(), bonafide.Scope{}, p.Folder.ID)
	if err != nil {
		return err
	}
	analyses, err := a.Records.AnalysesOf(c.Context(), f.ID)
	if err != nil {
		return err
	}
	p.Folder, p.Analyses = *f, analyses[f.ID]
	return nil
}

// readFolder answers one folder.
func (a *api) readFolder(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	shown, err := shownOf(c)
	if err != nil {
		return nil, err
	}
	views, err := render.Folders(c.Context(), a.Records, c.Links(), []bonafide.Folder{*f}, shown)
	if err != nil {
		return nil, err
	}
	return rest.OK(views[0])
}

// listFolders answers a page of folders.
func (a *api) listFolders(c *rest.Call) (*rest.Answer, error) {
	q, err := query.Folders(c.Values(), c.Now())
	if err != nil {
		return nil, err
	}
	shown, err := shownOf(c)
	if err != nil {
		return nil, err
	}
	q.Runs = true
	page, err := a.Records.Folders(c.Context(), c.Scope, q)
	if err != nil {
		return nil, err
	}
	return rest.Stream(c, wire.ViewPage(q, page.Total, []wire.Folder{}), page.Next, func(run []bonafide.Folder) ([]wire.Folder, error) {
		return render.Folders(c.Context(), a.Records, c.Links(), run, shown)
	})
}

// changeFolder changes metadata, under either of its names, the webhook and the
// legal hold, or takes an operator's decision. No role may do both.
func (a *api) changeFolder(c *rest.Call) (*rest.Answer, error) {
	id, err := c.ID("folder_id", "Folder")
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	f, err := a.changeOrDecide(c, id, body)
	if err != nil {
		return nil, err
	}
	views, err := render.Folders(c.Context(), a.Records, c.Links(), []bonafide.Folder{*f}, render.Shown{})
	if err != nil {
		return nil, err
	}
	return rest.OK(views[0])
}

func (a *api) changeOrDecide(c *rest.Call, id bonafide.ID, body request.Fields) (*bonafide.Folder, error) {
	if _, err := a.Records.Folder(c.Context(), c.Scope, id); err != nil {
		return nil, err // what is not seen is not forbidden
	}
	if d, err := request.ReadDecision(body, "operator_status"); err != nil {
		return nil, err
	} else if d != nil {
		return a.decideFolder(c, id, *d)
	}
	change, err := request.ReadFolderChange(body)
	if err != nil {
		return nil, err
	}
	needed := auth.FolderUpdate
	if change.LegalHold != nil {
		needed = auth.FolderDelete
	}
	ctx, scope, err := c.As(needed)
	if err != nil {
		return nil, err
	}
	return a.Desk.ChangeFolder(ctx, scope, id, change)
}

// folder finds the folder that the path names.
func (a *api) folder(c *rest.Call) (*bonafide.Folder, error) {
	return rest.Find(c, "folder_id", "Folder", a.Records.Folder)
}

func (a *api) deleteFolder(c *rest.Call) (*rest.Answer, error) {
	return c.Delete("folder_id", "Folder", a.Records.DeleteFolder)
}

// shownOf reads what folders are to be answered with.
func shownOf(c *rest.Call) (render.Shown, error) {
	var s render.Shown
	v := c.Values()
	for name, flag := range map[string]*bool{"with_analyses": &s.Analyses, "with_user": &s.User, "with_company": &s.Company} {
		var err error
		if *flag, err = query.Bool(v, name); err != nil {
			return render.Shown{}, err
		}
	}
	// Who may read no user is shown none.
	s.Users, _ = c.Caller.May(auth.UserRead)
	return s, nil
}
