// Package query reads the list grammar of the API out of a URL: filters, JSON
// conditions, sorting and paging.
//
//	x=a,b  x.exclude=a,b          any of, none of; the word null means null
//	search_text=ada bank          each of the words must occur
//	t.min  t.max  t.greater  t.less   times: >=, <=, >, <
//	meta_data=person.0.name==Ada,age>=18   JSON conditions, all must hold
//	sorting=time_created{asc},folder_id    a bare field means {desc}
//	offset=0&limit=100&total_omit=true     limit -1 means all
//
// Everything in it comes from outside, so that each part has a limit.
package query

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Limits of the grammar. The defaults and the largest page are those of the
// vendor's framework, the others are ours.
const (
	DefaultLimit = 100
	MaxLimit     = 5000
	maxFilters   = 64 // all parameters of a list, and conditions besides
	// maxConditions on metadata, each of which looks into the JSON of every row.
	maxConditions = 8
	maxValues     = 200  // of one filter
	maxValueLen   = 1024 // bytes
	maxSorts      = 8
)

// kind says how the values of a field are read.
type kind int

const (
	id kind = iota
	word
	instant
	object // JSON, filtered by conditions
	line   // text as it is
	flag   // true or false
	search // words, in any case of letters
)

// field is something that a list can be filtered or sorted by.
type field struct {
	name  string   // on the wire
	as    string   // in bonafide.Query; empty means name
	kind  kind     // how values are read
	words []string // allowed words, as they are stored
	sorts bool     // may stand in sorting
	never bool     // is never null, as what an object has several of
}

// Folders reads the request for a list of folders, newest first where it does not
// say. The words now and today are taken from now. Unknown parameters are ignored; errors are CodeValue, CodeType,
// or CodeStructure for a JSON condition without operator.
func Folders(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, folderFields(), now)
	return newestFirst(q), err
}

// Analyses reads the request for a list of analyses, which may be of these types. It is
// like Folders otherwise.
func Analyses(v url.Values, now time.Time, types []bonafide.AnalysisType) (bonafide.Query, error) {
	q, err := parse(v, analysisFields(types), now)
	return newestFirst(q), err
}

// FolderAnalyses reads the request for the analyses of one folder, which come in
// the order of their creation and in one page where it does not say. It is like
// Folders otherwise.
func FolderAnalyses(v url.Values, now time.Time, types []bonafide.AnalysisType) (bonafide.Query, error) {
	q, err := parse(v, analysisFields(types), now)
	if err == nil && len(v["limit"]) == 0 {
		q.Limit = -1
	}
	return q, err
}

// Users reads the request for a list of users. It is like Folders otherwise.
func Users(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, userFields(), now)
	return newestFirst(q), err
}

// Companies reads the request for a list of companies, by name where it does not
// say. It is like Folders otherwise.
func Companies(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, companyFields(), now)
	if q.Sorting == nil {
		q.Sorting = []bonafide.Sort{{Field: "name"}}
	}
	return q, err
}

// Collections reads the request for the collections, which come in one page where
// it does not say, those of one company together. It is like Folders otherwise.
func Collections(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, collectionFields(), now)
	if q.Sorting == nil {
		q.Sorting = []bonafide.Sort{{Field: "company_id"}, {Field: "time_created", Desc: true}}
	}
	if err == nil && len(v["limit"]) == 0 {
		q.Limit = -1
	}
	return q, err
}

// Audit reads the request for a list of audit entries. It is like Folders
// otherwise.
func Audit(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, auditFields(), now)
	if q.Sorting == nil {
		q.Sorting = []bonafide.Sort{{Field: "seq", Desc: true}}
	}
	return q, err
}

// Persons reads the request for the persons of a collection. It is like Folders
// otherwise.
func Persons(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, personFields(), now)
	return newestFirst(q), err
}

// PersonImages reads the request for the images of a person, which come in the
// order of their upload. It is like Folders otherwise.
func PersonImages(v url.Values, now time.Time) (bonafide.Query, error) {
	return parse(v, personImageFields(), now)
}

// Imports reads the request for the imports of a collection. It is like Folders
// otherwise.
func Imports(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, importFields(), now)
	return newestFirst(q), err
}

// ImportFiles reads the request for the files of an import, which come in the order of
// its list or of their arrival. It is like Folders otherwise.
func ImportFiles(v url.Values, now time.Time) (bonafide.Query, error) {
	return parse(v, importFileFields(), now)
}

func importFields() []field {
	return []field{{name: "import_id", kind: id, sorts: true}, {name: "time_created", kind: instant, sorts: true}, {name: "time_updated", kind: instant, sorts: true}}
}

func importFileFields() []field {
	return []field{{name: "state", kind: word, words: []string{"MISSING", "WAITING", "READY", "ENROLLED", "REFUSED"}, never: true}, {name: "reason", kind: line}}
}

func collectionFields() []field {
	return append([]field{{name: "collection_id", kind: id, sorts: true}, {name: "company_id", kind: id, sorts: true}}, timesAndMeta()...)
}

func personFields() []field {
	return append([]field{{name: "person_id", kind: id, sorts: true}}, timesAndMeta()...)
}

func personImageFields() []field {
	return append([]field{{name: "person_image_id", kind: id, sorts: true}}, timesAndMeta()...)
}

func timesAndMeta() []field {
	return []field{
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
		{name: "meta_data", kind: object},
	}
}

func newestFirst(q bonafide.Query) bonafide.Query {
	if q.Sorting == nil {
		q.Sorting = []bonafide.Sort{{Field: "time_created", Desc: true}}
	}
	return q
}

func userFields() []field {
	return []field{
		{name: "user_id", kind: id, sorts: true},
		{name: "company_id", kind: id, sorts: true},
		{name: "user_type", kind: word, words: userTypes(), sorts: true},
		{name: "email", kind: line, sorts: true},
		{name: "first_name", kind: line, sorts: true},
		{name: "last_name", kind: line, sorts: true},
		{name: "is_active", kind: flag},
		{name: "is_service", kind: flag},
		{name: "search_text", kind: search},
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
		{name: "meta_data", kind: object},
	}
}

func companyFields() []field {
	return []field{
		{name: "company_id", kind: id, sorts: true},
		{name: "name", kind: line, sorts: true},
		{name: "in_deletion", kind: flag},
		{name: "search_text", kind: search},
	}
}

func userTypes() []string {
	var words []string
	for _, t := range []bonafide.UserType{bonafide.Admin, bonafide.Operator, bonafide.Client,
		bonafide.ClientAdmin, bonafide.ClientOperator, bonafide.ClientService} {
		words = append(words, string(t))
	}
	return words
}

// EventSessions reads the request for a list of event sessions. It is like Folders
// otherwise.
func EventSessions(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, eventFields(), now)
	return newestFirst(q), err
}

// Statistics reads the window of a request for statistics.
func Statistics(v url.Values, now time.Time) ([]bonafide.Filter, error) {
	q, err := parse(v, statisticsFields(), now)
	return q.Filters, err
}

func statisticsFields() []field {
	return []field{{name: "company_id", kind: id}, {name: "time_created", kind: instant}}
}

func eventFields() []field {
	return []field{
		{name: "session_id", kind: id, sorts: true},
		{name: "company_id", kind: id, sorts: true},
		{name: "user_id", kind: id, sorts: true},
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
	}
}

func auditFields() []field {
	return []field{
		{name: "time_created", kind: instant, sorts: true},
		{name: "actor_id", kind: id},
		{name: "object_id", kind: id},
		{name: "company_id", kind: id},
		{name: "action", kind: word, words: []string{bonafide.ActionCreate, bonafide.ActionUpdate, bonafide.ActionDelete, bonafide.ActionRefuse,
			bonafide.ActionRead, bonafide.ActionRestore}},
	}
}

func statuses() []string {
	var words []string
	for _, s := range []bonafide.Status{bonafide.Initial, bonafide.Processing, bonafide.Failed, bonafide.Finished,
		bonafide.Success, bonafide.OperatorRequired, bonafide.Declined} {
		words = append(words, string(s))
	}
	return words
}

// Values splits a raw query leniently: operators and braces may stand bare or
// percent-encoded, a broken escape stands for itself.
func Values(raw string) url.Values {
	v := url.Values{}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		v[name] = append(v[name], unescape(value))
	}
	return v
}

func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b = append(b, ' ')
		case s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0:
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func parse(v url.Values, fields []field, now time.Time) (bonafide.Query, error) {
	var q bonafide.Query
	var err error
	for _, f := range fields {
		if q.Filters, err = f.filters(q.Filters, v, now); err != nil {
			return bonafide.Query{}, err
		}
		if len(q.Filters) > maxFilters {
			return bonafide.Query{}, bonafide.Errorf(bonafide.CodeValue, "Too many filters, at most %d", maxFilters)
		}
	}
	if q.Sorting, err = sorting(v["sorting"], fields); err != nil {
		return bonafide.Query{}, err
	}
	if q.Offset, err = number(v, "offset", 0); err != nil {
		return bonafide.Query{}, err
	}
	if q.Limit, err = number(v, "limit", DefaultLimit); err != nil {
		return bonafide.Query{}, err
	}
	if q.Offset < 0 {
		return bonafide.Query{}, bonafide.Errorf(bonafide.CodeValue, "Invalid offset %d, not below 0", q.Offset)
	}
	if q.Limit < -1 || q.Limit > MaxLimit {
		return bonafide.Query{}, bonafide.Errorf(bonafide.CodeValue, "Invalid limit %d, from 0 to %d, or -1 for all", q.Limit, MaxLimit)
	}
	q.OmitTotal, err = Bool(v, "total_omit")
	return q, err
}

// Bool reads a boolean parameter; one that is absent is false.
func Bool(v url.Values, name string) (bool, error) {
	if len(v[name]) == 0 {
		return false, nil
	}
	b, ok := boolean(v[name][0])
	if !ok {
		return false, bonafide.Errorf(bonafide.CodeValue, "Invalid value of %s, %s is not a boolean, such as true or false", name, bonafide.Quote(v[name][0]))
	}
	return b, nil
}

func boolean(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "1", "true", "yes", "y", "t", "on":
		return true, true
	case "0", "false", "no", "n", "f", "off":
		return false, true
	}
	return false, false
}

func number(v url.Values, name string, absent int) (int, error) {
	if len(v[name]) == 0 {
		return absent, nil
	}
	n, err := strconv.ParseInt(v[name][0], 10, 32)
	if err != nil {
		return 0, bonafide.Errorf(bonafide.CodeType, "Invalid data type for param %s, %s is not a whole number", name, bonafide.Quote(v[name][0]))
	}
	return int(n), nil
}

func sortable(fields []field) []string {
	var names []string
	for _, f := range fields {
		if f.sorts {
			names = append(names, f.name)
		}
	}
	return names
}

// sorting reads field{asc},field2{desc},field3.
func sorting(raw []string, fields []field) ([]bonafide.Sort, error) {
	if len(raw) == 0 || raw[0] == "" {
		return nil, nil
	}
	var sorts []bonafide.Sort
	for item := range strings.SplitSeq(strings.Join(raw, ","), ",") {
		if len(sorts) == maxSorts {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Too many sorting fields, at most %d", maxSorts)
		}
		name, direction, braced := strings.Cut(strings.ToLower(strings.TrimSpace(item)), "{")
		if !braced {
			direction = "desc}"
		}
		if direction != "asc}" && direction != "desc}" {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid sorting %s, write field{asc} or field{desc}", bonafide.Quote(item))
		}
		i := slices.IndexFunc(fields, func(f field) bool { return f.sorts && f.name == name })
		if i < 0 {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid sorting field %s, one of %s is needed", bonafide.Quote(name), strings.Join(sortable(fields), ", "))
		}
		sorts = append(sorts, bonafide.Sort{Field: fields[i].stored(), Desc: direction == "desc}"})
	}
	return sorts, nil
}

// stored is the name in a bonafide.Query.
func (f field) stored() string {
	if f.as != "" {
		return f.as
	}
	return f.name
}
