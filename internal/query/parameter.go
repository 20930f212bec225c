package query

import (
	"fmt"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// Parameter describes a parameter of a list for the documentation.
type Parameter struct {
	Name  string
	About string
	Form  Form
	Words []string // of Words: those that it takes
	Sorts bool     // may stand in sorting, under its name
	Never bool     // does not know the word null
}

// Form says how the value of a parameter is written.
type Form int

// The forms.
const (
	Identifiers Form = iota // identifiers or the word null, separated by commas
	Words                   // some of the words or null, separated by commas
	Texts                   // texts as they are, separated by commas
	Flags                   // true, false or null, separated by commas
	Time                    // one point in time
	Times                   // points in time or null, separated by commas
	Conditions              // path==value and the like, separated by commas
	Search                  // words, separated by blanks
)

// FolderFields describes what lists of folders can be filtered by.
func FolderFields() []Parameter { return parameters(folderFields()) }

// AnalysisFields describes what lists of analyses of these types can be filtered by.
func AnalysisFields(types []bonafide.AnalysisType) []Parameter {
	return parameters(analysisFields(types))
}

// UserFields describes what lists of users can be filtered by.
func UserFields() []Parameter { return parameters(userFields()) }

// CompanyFields describes what lists of companies can be filtered by.
func CompanyFields() []Parameter { return parameters(companyFields()) }

// CollectionFields describes what lists of collections can be filtered by.
func CollectionFields() []Parameter { return parameters(collectionFields()) }

// PersonFields describes what lists of persons can be filtered by.
func PersonFields() []Parameter { return parameters(personFields()) }

// PersonImageFields describes what lists of persons' images can be filtered by.
func PersonImageFields() []Parameter { return parameters(personImageFields()) }

// ImportFields describes what lists of imports can be filtered by.
func ImportFields() []Parameter { return parameters(importFields()) }

// ImportFileFields describes what lists of files of imports can be filtered by.
func ImportFileFields() []Parameter { return parameters(importFileFields()) }

// DeliveryFields describes what lists of webhook deliveries can be filtered by.
func DeliveryFields() []Parameter { return parameters(deliveryFields()) }

// AuditFields describes what the audit log can be filtered by.
func AuditFields() []Parameter { return parameters(auditFields()) }

// EventFields describes what lists of event sessions can be filtered by.
func EventFields() []Parameter { return parameters(eventFields()) }

// StatisticsFields describes what statistics can be limited to.
func StatisticsFields() []Parameter { return parameters(statisticsFields()) }

// SortWords lists what sorting takes: each field that sorts, bare or with a direction.
func SortWords(all []Parameter) []string {
	var words []string
	for _, p := range all {
		if p.Sorts && !slices.Contains(words, p.Name) {
			words = append(words, p.Name, p.Name+"{asc}", p.Name+"{desc}")
		}
	}
	return words
}

// Limits of what the parameters of a list take.
const (
	MaxValues      = maxValues   // of one parameter
	MaxValueLength = maxValueLen // of one value, in bytes
	MaxSorts       = maxSorts    // fields to sort by
	MaxConditions  = 8           // on JSON that surely fit beside the other filters
)

func parameters(fields []field) []Parameter {
	var out []Parameter
	for _, f := range fields {
		p := Parameter{Name: f.name, Sorts: f.sorts, Words: f.words, Never: f.never}
		switch f.kind {
		case instant:
			out = append(out, instants(p)...)
			continue
		case search:
			p.Form, p.About = Search, "words that must all occur"
			out = append(out, p)
			continue
		case object:
			p.Form, p.About = Conditions, fmt.Sprintf("conditions such as `transaction_id==T-1,age>=18`, which must all hold, at most %d", maxConditions)
			out = append(out, p)
			continue
		case word:
			p.Form = Words
		case line:
			p.Form = Texts
		case flag:
			p.Form = Flags
		}
		p.About = "one of these, separated by commas; `null` means none"
		if f.never {
			p.About = "one of these, separated by commas"
		}
		without := p
		without.Name, without.About, without.Sorts = f.name+".exclude", "none of these", false
		out = append(out, p, without)
	}
	return out
}

// instants are the comparisons of a time.
func instants(p Parameter) []Parameter {
	const forms = ": seconds, milliseconds or microseconds since 1970, ISO 8601, `now` or `today`"
	p.Form = Time
	out := []Parameter{}
	for _, c := range []struct{ suffix, about string }{
		{"", "at one of these times"}, {".min", "not before"}, {".max", "not after"}, {".greater", "after"}, {".less", "before"},
	} {
		one := p
		one.Name, one.About = p.Name+c.suffix, c.about+forms
		if c.suffix == "" {
			one.Form = Times
		} else {
			one.Sorts = false
		}
		out = append(out, one)
	}
	return out
}
