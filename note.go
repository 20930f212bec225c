package bonafide

import "time"

// Note is a sentence that administrators keep about a company.
type Note struct {
	ID          ID
	CompanyID   ID // empty: of administrators of the installation
	Text        string
	TimeCreated time.Time
}
