package bonafide

import "context"

// Op is a comparison in a filter.
type Op string

// The comparisons of the list grammar.
const (
	OpIn          Op = "in"     // field is one of Values
	OpNotIn       Op = "not_in" // field is none of Values
	OpMin         Op = "min"    // field >= Values[0]
	OpMax         Op = "max"    // field <= Values[0]
	OpGreater     Op = "gt"     // field > Values[0]
	OpLess        Op = "lt"     // field < Values[0]
	OpContains    Op = "has"    // field has each of Values, in any case of letters, as a part
	OpEqual       Op = "eq"     // JSON path, compared as text
	OpNotEqual    Op = "ne"     // JSON path, compared as text
	OpMinNumber   Op = "jge"    // JSON path, compared as number
	OpMaxNumber   Op = "jle"
	OpGreaterThan Op = "jgt"
	OpLessThan    Op = "jlt"
)

// MaxFilterDepth limits the path elements of a JSON condition.
const MaxFilterDepth = 8

// Filter is one condition on a list. Values hold string, int64 (times, in
// microseconds since 1970), bool or nil (null). Path is set for conditions on a
// JSON field, e.g. field meta_data with path ["person", "0", "name"].
type Filter struct {
	Field  string
	Path   []string
	Op     Op
	Values []any
}

// Sort is one sorting key.
type Sort struct {
	Field string
	Desc  bool
}

// Query selects a page of a list. All filters must hold. Limit -1 means all.
type Query struct {
	Filters   []Filter
	Sorting   []Sort
	Offset    int
	Limit     int
	OmitTotal bool
	// Runs asks for Page.Next in the place of Page.Items.
	Runs bool
}

// Scope limits what a caller may see; zero fields do not limit.
type Scope struct {
	CompanyID ID
	UserID    ID
	// Nothing is set for a caller who may see no object at all.
	Nothing bool
}

// Page is one page of a list. Total is -1 when it was not asked for.
type Page[T any] struct {
	Items []T
	Total int
	// Next gives the next items of a page that need not lie in memory as a whole, at most
	// so many, and none at the end. Which items these are, and in which order, was found
	// out when the page was made; they are as they are when they are given, and what was
	// deleted since is left out. Nothing is held between two calls.
	Next func(ctx context.Context, most int) ([]T, error)
}

// AnalysisResult ends one analysis.
type AnalysisResult struct {
	AnalysisID   ID
	State        Status // FINISHED or FAILED
	Resolution   Status
	Result       *Result
	ErrorCode    Code
	ErrorMessage string
}
