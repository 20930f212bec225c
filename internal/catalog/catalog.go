// Package catalog is the list of analysis types. A new one is a folder below
// internal/analysis and a line here.
package catalog

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/biometry"
	"github.com/bonafide-id/bonafide/internal/analysis/collection"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
)

// Analyses gives one of each type that this server can run, in the order of the documentation.
func Analyses() []analysis.Analysis {
	return []analysis.Analysis{
		quality.Analysis{},
		biometry.Analysis{},
		collection.Analysis{},
	}
}

// Specs describes all known types, in the order of the documentation.
func Specs() []analysis.Spec {
	var specs []analysis.Spec
	for _, a := range Analyses() {
		specs = append(specs, a.Spec())
	}
	return append(specs, documents())
}

// Types lists all known types, in the order of the documentation.
func Types() []bonafide.AnalysisType {
	var types []bonafide.AnalysisType
	for _, s := range Specs() {
		types = append(types, s.Type)
	}
	return types
}

// Titles names all known types for people.
func Titles() map[bonafide.AnalysisType]string {
	titles := map[bonafide.AnalysisType]string{}
	for _, s := range Specs() {
		titles[s.Type] = s.Title
	}
	return titles
}

// documents is known and cannot be run: clients order it along with others, and it
// ends as FAILED.
func documents() analysis.Spec {
	return analysis.Spec{
		Type:  bonafide.Documents,
		Title: "Document",
		Doc:   "Text fields of documents. Orders are taken and end as FAILED: it is not available yet.",
		Params: []analysis.Param{{
			Name: "capabilities", Doc: "what is read, as in the Oz API",
			Integer: func(p *bonafide.Params) **int64 { return &p.Capabilities },
		}},
	}
}
