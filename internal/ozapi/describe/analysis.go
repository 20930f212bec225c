package describe

import (
	"reflect"
	"strings"

	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// The fields whose shape goes with the type of the analysis.
const (
	resultsData      = "wire.Analysis.results_data"
	mediaResultsData = "wire.ResultMedia.results_data"
)

// analyses describes an analysis as one of several objects, told apart by type, so that
// clients in typed languages know results_data once they have looked at type.
func (s *schemas) analyses(name string) error {
	one := &Schema{Description: sentence(s.comments.Types["wire.Analysis"]),
		Discriminator: &Discriminator{PropertyName: "type", Mapping: map[string]string{}}}
	s.named[name] = one
	if _, err := s.words("AnalysisType", s.comments.Types["bonafide.AnalysisType"]); err != nil {
		return err
	}
	for _, r := range wire.ResultsByType() {
		word := string(r.Type)
		title := word[:1] + strings.ToLower(word[1:])
		s.shapes[resultsData], s.shapes[mediaResultsData] = r.Whole, r.Media
		s.renamed[reflect.TypeFor[wire.ResultMedia]()] = title + "ResultMedia"
		made, err := s.fields(reflect.TypeFor[wire.Analysis]())
		if err != nil {
			return err
		}
		about := made.Properties.Of("type").Description
		*made.Properties.Of("type") = Schema{Type: "string", Const: word, Description: about}
		made.Description = "An analysis of type " + word + "."
		s.named[title+name] = made
		one.OneOf = append(one.OneOf, &Schema{Ref: refTo(title + name)})
		one.Discriminator.Mapping[word] = refTo(title + name)
	}
	delete(s.shapes, resultsData)
	delete(s.shapes, mediaResultsData)
	return nil
}
