package client

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
)

// Note is a note about a company.
type Note struct {
	ID        bonafide.ID `json:"note_id"`    // its identifier
	CompanyID bonafide.ID `json:"company_id"` // the company that it is about
	Text      string      `json:"text"`       // what it says
}

// CreateNote makes a note about a company.
func (c *Client) CreateNote(ctx context.Context, company bonafide.ID, text string) (*Note, error) {
	return call[*Note](ctx, c, http.MethodPost, "/api/companies/"+string(company)+"/notes/", map[string]string{"text": text})
}

// Notes lists the notes about a company.
func (c *Client) Notes(ctx context.Context, company bonafide.ID) ([]Note, error) {
	return get[[]Note](ctx, c, "/api/companies/"+string(company)+"/notes/")
}

// DeleteNote deletes a note.
func (c *Client) DeleteNote(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/notes/"+string(id)+"/")
}
