package wire

import "github.com/bonafide-id/bonafide"

// Note is a note about a company.
type Note struct {
	TimeCreated Stamp        `json:"time_created"` // when it was made
	NoteID      bonafide.ID  `json:"note_id"`      // its identifier
	CompanyID   *bonafide.ID `json:"company_id"`   // the company that it is about; null: none
	Text        string       `json:"text"`         // what it says
}

// ViewNote renders a note.
func ViewNote(n *bonafide.Note) Note {
	return Note{TimeCreated: Stamp(n.TimeCreated), NoteID: n.ID, CompanyID: nullable(n.CompanyID), Text: n.Text}
}
