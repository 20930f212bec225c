package store

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
)

// CaptureLink is an address that a person opens to be captured once. Who made it gets
// the result as that of any folder of theirs.
type CaptureLink struct {
	ID          bonafide.ID // part of the address, and all the permission that it needs
	CompanyID   bonafide.ID // of the user who made it; empty for users above companies
	UserID      bonafide.ID // in whose name the folder is made
	Actions     []string
	Draw        int           // gestures that the server draws behind Actions
	Meta        bonafide.Meta // of the folder
	Lang        string        // of the page; empty: the browser's
	Brand       CaptureBrand
	Endpoint    string // webhook that is told of the result; empty: none
	ExpiresAt   time.Time
	UsedAt      time.Time   // zero: not used
	FolderID    bonafide.ID // that came of it; empty: none yet
	TimeCreated time.Time
}

// CaptureBrand is how the page of a link looks.
type CaptureBrand struct {
	Color string `json:"color,omitempty"` // #rrggbb; empty: ours
	Logo  string `json:"logo,omitempty"`  // picture as a data URL; empty: none
	Name  string `json:"name,omitempty"`  // of who asks
}

// CaptureLinks keeps hosted links, until 90 days after they are too old to be used. A
// scope with CompanyID sees that company's, one with UserID those of that user.
type CaptureLinks interface {
	CreateCaptureLink(ctx context.Context, l *CaptureLink) error
	CaptureLink(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*CaptureLink, error)
	// SpendCaptureLink notes that a link is used: of several at once one succeeds.
	// CodeExists where it was used before, is too old, or is not there.
	SpendCaptureLink(ctx context.Context, id bonafide.ID, at time.Time) error
	// EndCaptureLink notes which folder came of a link. Without one nothing came of it,
	// and it may be used again.
	EndCaptureLink(ctx context.Context, id, folder bonafide.ID) error
}
