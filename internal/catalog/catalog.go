// Package catalog is the list of analysis types that this server can run. A new
// one is a folder below internal/analysis and a line here.
package catalog

import (
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/biometry"
	"github.com/bonafide-id/bonafide/internal/analysis/collection"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
)

// Analyses gives one of each type, in the order of the documentation.
func Analyses() []analysis.Analysis {
	return []analysis.Analysis{
		quality.Analysis{},
		biometry.Analysis{},
		collection.Analysis{},
	}
}
