package bonafide

import (
	"context"
	"time"
)

// EventSession is what a client application tells about one capture: free JSON.
type EventSession struct {
	ID          ID // the client's own where it sent one
	CompanyID   ID
	UserID      ID
	Data        Meta
	TimeCreated time.Time
	TimeUpdated time.Time
}

// Events is the part of Store that keeps event sessions, for 90 days.
type Events interface {
	// SaveEventSession stores an event session, or replaces the data of one that the
	// same user has sent before. An ID that is another user's is CodeExists.
	SaveEventSession(ctx context.Context, e *EventSession) error
	EventSessions(ctx context.Context, scope Scope, q Query) (Page[EventSession], error)
}
