package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// noteRecords keeps notes about companies.
type noteRecords interface {
	CreateCompanyNote(ctx context.Context, n *bonafide.Note) error
	CompanyNote(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Note, error)
	CompanyNotes(ctx context.Context, companyID bonafide.ID) ([]bonafide.Note, error)
	DeleteCompanyNote(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func noteResource() resource {
	const ofCompany = "/api/companies/{company_id}/notes"
	return resource{
		component: ComponentAuth,
		noun: noun{"note_id", "Note", auth.NoteRead, func(a *api, c *call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.CompanyNote(c.Context(), s, id))
		}},
		routes: []route{
			{Name: "createNote", Method: post, Pattern: ofCompany, Permission: auth.NoteCreate, Summary: "Make a note about a company",
				In: noteIn{}, Status: made, Out: wire.Note{}, handle: (*api).createNote},
			{Name: "listNotes", Method: get, Pattern: ofCompany, Permission: auth.NoteRead, Summary: "List the notes about a company",
				Out: []wire.Note{}, handle: (*api).listNotes},
			{Name: "deleteNote", Method: del, Pattern: "/api/notes/{note_id}", Permission: auth.NoteDelete, Summary: "Delete a note",
				Out: wire.Deleted{}, handle: (*api).deleteNote},
		},
	}
}

// noteIn is a new note.
type noteIn struct {
	Text string `json:"text"` // what it says
}

func (a *api) createNote(c *call) (*answer, error) {
	company, err := find(c, "company_id", "Company", a.Companies.Find)
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	text, err := body.NeedText("", "text")
	if err != nil {
		return nil, err
	}
	n := &bonafide.Note{ID: bonafide.NewID(), CompanyID: company.ID, Text: text}
	if err := a.Records.CreateCompanyNote(c.Context(), n); err != nil {
		return nil, err
	}
	return created(wire.ViewNote(n))
}

// listNotes answers a bare array, oldest first.
func (a *api) listNotes(c *call) (*answer, error) {
	company, err := find(c, "company_id", "Company", a.Companies.Find)
	if err != nil {
		return nil, err
	}
	all, err := a.Records.CompanyNotes(c.Context(), company.ID)
	if err != nil {
		return nil, err
	}
	return ok(views(all, wire.ViewNote))
}

func (a *api) deleteNote(c *call) (*answer, error) {
	return c.delete("note_id", "Note", a.Records.DeleteCompanyNote)
}
