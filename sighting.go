package bonafide

import (
	"time"
)

// Sighting is an earlier media that a media resembles.
type Sighting struct {
	MediaID     ID
	FolderID    ID
	Exact       bool // the same bytes
	Bits        int  // by which the prints differ; 0 when Exact
	TimeCreated time.Time
}
