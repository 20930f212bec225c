package bonafide

import "time"

// CaptureLink is an address that a person opens to be captured once. Who made it gets
// the result as that of any folder of theirs.
type CaptureLink struct {
	ID          ID // part of the address, and all the permission that it needs
	CompanyID   ID // of the user who made it; empty for users above companies
	UserID      ID // in whose name the folder is made
	Actions     []string
	Draw        int    // gestures that the server draws behind Actions
	Meta        Meta   // of the folder
	Lang        string // of the page; empty: the browser's
	Brand       CaptureBrand
	Endpoint    string // webhook that is told of the result; empty: none
	ExpiresAt   time.Time
	UsedAt      time.Time // zero: not used
	FolderID    ID        // that came of it; empty: none yet
	TimeCreated time.Time
}

// CaptureBrand is how the page of a link looks.
type CaptureBrand struct {
	Color string `json:"color,omitempty"` // #rrggbb; empty: ours
	Logo  string `json:"logo,omitempty"`  // picture as a data URL; empty: none
	Name  string `json:"name,omitempty"`  // of who asks
}
