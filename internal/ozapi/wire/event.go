package wire

import (
	"github.com/bonafide-id/bonafide"
)

// EventSession is one event session.
type EventSession struct {
	TimeCreated Stamp         `json:"time_created"`
	TimeUpdated Stamp         `json:"time_updated"`
	SessionID   bonafide.ID   `json:"session_id"`
	CompanyID   *bonafide.ID  `json:"company_id"`
	UserID      bonafide.ID   `json:"user_id"`
	Data        bonafide.Meta `json:"data"`
}

// ViewEventSession renders an event session.
func ViewEventSession(e *bonafide.EventSession) EventSession {
	return EventSession{TimeCreated: Stamp(e.TimeCreated), TimeUpdated: Stamp(e.TimeUpdated), SessionID: e.ID,
		CompanyID: nullable(e.CompanyID), UserID: e.UserID, Data: Object(e.Data)}
}
