package bonafide

import (
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
