package wire

import (
	"github.com/bonafide-id/bonafide"
)

// EventSession is one event session.
type EventSession struct {
	TimeCreated Stamp         `json:"time_created"` // when it was first sent
	TimeUpdated Stamp         `json:"time_updated"` // when it was last sent
	SessionID   bonafide.ID   `json:"session_id"`   // as sent, or made by the server
	CompanyID   *bonafide.ID  `json:"company_id"`   // of the user; null: none
	UserID      bonafide.ID   `json:"user_id"`      // of the user who sent it
	Data        bonafide.Meta `json:"data"`         // as it was sent
}

// ViewEventSession renders an event session.
func ViewEventSession(e *bonafide.EventSession) EventSession {
	return EventSession{TimeCreated: Stamp(e.TimeCreated), TimeUpdated: Stamp(e.TimeUpdated), SessionID: e.ID,
		CompanyID: nullable(e.CompanyID), UserID: e.UserID, Data: Object(e.Data)}
}
