package store

import (
	"time"

	"github.com/bonafide-id/bonafide"
)

// Counts are numbers of folders or analyses by resolution.
type Counts map[bonafide.Status]int

// Total adds them up.
func (c Counts) Total() int {
	n := 0
	for _, m := range c {
		n += m
	}
	return n
}

// FolderCounts are numbers of folders by SystemResolution and by Overall.
type FolderCounts struct{ Newest, Overall Counts }

// FolderStatistics counts folders, and analyses by what the system found.
type FolderStatistics struct {
	All       FolderCounts
	ByCompany map[bonafide.ID]FolderCounts // "" for folders without company
	ByDay     map[time.Time]FolderCounts   // day of creation, UTC
	ByType    map[bonafide.AnalysisType]TypeStatistics
	ByReason  map[string]int // analyses by the codes of their reasons; one may have several
}

// TypeStatistics tells about the analyses of one type.
type TypeStatistics struct {
	Counts
	ByClass map[bonafide.Class]int // of those that have ended
	// P50 and P90 are the times from order to end that half, and nine of ten, of the
	// ended analyses did not exceed; zero where none has ended.
	P50, P90 time.Duration
}

// Backlog is what waits to be done.
type Backlog struct {
	Orders        int           // groups of analyses that no worker has taken up
	Running       int           // groups that workers have
	OldestOrder   time.Duration // since the one of Orders that came first; 0 where there is none
	Analyses      int           // that have not ended, of both
	Webhooks      int           // deliveries that have not come through and are not given up
	OldestWebhook time.Duration // since the first of these was owed; 0 where there is none
}
