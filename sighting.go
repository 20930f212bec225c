package bonafide

import (
	"context"
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

// Sightings finds media again.
type Sightings interface {
	// Earlier gives media that were stored before m, in other folders of m's company,
	// and have the same bytes or a print at most bits away: first the exact ones, then
	// the nearest, the oldest first among equals, a handful of either. Beyond 3 bits
	// some may be missed.
	Earlier(ctx context.Context, m *Media, bits int) ([]Sighting, error)
}
