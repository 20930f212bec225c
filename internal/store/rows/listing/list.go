package listing

import (
	"cmp"
	"context"
	"math"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// Dialect is what lists need to know about the database.
type Dialect interface {
	// Reader is for what is read outside a transaction.
	Reader() *bun.DB
	// Ask lets a question about many rows be answered, in turn between companies and not
	// for ever: CodeBusy. The question must only read, and ask no other.
	Ask(ctx context.Context, company bonafide.ID, question func(ctx context.Context) error) error
	// JSONText gives an expression with arguments: the text of the JSON scalar at the
	// path below a column, of a string its content, of anything else its JSON, NULL
	// where it is missing or null. A path that the database cannot follow is CodeValue.
	JSONText(column string, path []string) (string, []any, error)
	// JSONNumber reads a text expression as number, NULL where it is none.
	JSONNumber(text string) string
	// Contains is a condition with one argument: the column has it as a part.
	Contains(column string) string
}

// Owner says whose the rows of a table are, as conditions with one argument each.
type Owner struct {
	Company string // on the company's id
	User    string // on the user's id; empty where rows never belong to users
}

// Anyone is the condition of an Owner that users do not matter for.
const Anyone = "TRUE"

// OfCompany owns rows with a company_id that belong to no user.
func OfCompany(alias string) Owner { return Owner{Company: alias + ".company_id = ?"} }

// OfFolder owns rows with a company_id and a folder_id.
func OfFolder(alias string) Owner {
	return Owner{
		Company: alias + ".company_id = ?",
		User:    alias + ".folder_id IN (SELECT id FROM folders WHERE user_id = ?)",
	}
}

// Within limits a query to what a caller may see.
func (o Owner) Within(q *bun.SelectQuery, scope bonafide.Scope) *bun.SelectQuery {
	if scope.Nothing {
		return q.Where("FALSE")
	}
	if scope.CompanyID != "" {
		q = q.Where(o.Company, scope.CompanyID)
	}
	if scope.UserID == "" {
		return q
	}
	if o.User == "" {
		return q.Where("FALSE")
	}
	return q.Where(o.User, scope.UserID)
}

// FieldType says how a field of a list is compared.
type FieldType int

// The types.
const (
	Text     FieldType = iota // equal or not
	Instant                   // microseconds, ordered
	Object                    // JSON conditions
	EitherOf                  // text in one column or another
	ByValue                   // text in the column that may hold the value
	Flag                      // true or false
	Search                    // parts of text, lower case
	Related                   // text of other rows: the column is a condition with one argument, the values
)

// Field is what a client may ask a list about. Columns are ours, never the
// client's words.
type Field struct {
	Type    FieldType
	Column  string
	Second  string                     // of EitherOf and ByValue
	InFirst func(bonafide.Status) bool // of ByValue
	Sorts   bool
	Null    bool // rows that have none are the smallest, of those that sort
}

// List describes one list, as far as one caller may see it.
type List struct {
	Owner  Owner
	Scope  bonafide.Scope
	Fields map[string]Field
	// Count tells the total of a list without conditions; nil counts rows.
	Count func(context.Context, *bun.DB, bonafide.Scope) (int, error)
	// Tie is the column that breaks ties, in order of insertion where there is one.
	Tie string
	// Key is the column by which rows are read again, whose values are never used twice;
	// empty means Tie.
	Key string
}

// Read reads one page of rows R.
func Read[R, T any](ctx context.Context, d Dialect, l List, q bonafide.Query, convert func(*R) T) (bonafide.Page[T], error) {
	page := bonafide.Page[T]{Total: -1, Items: []T{}}
	if q.Offset < 0 || q.Limit < -1 {
		return page, bonafide.Errorf(bonafide.CodeValue, "Invalid paging")
	}
	err := d.Ask(ctx, l.Scope.CompanyID, func(ctx context.Context) (err error) {
		page, err = read(ctx, d, l, q, convert)
		return err
	})
	return page, err
}

func read[R, T any](ctx context.Context, d Dialect, l List, q bonafide.Query, convert func(*R) T) (bonafide.Page[T], error) {
	page := bonafide.Page[T]{Total: -1, Items: []T{}}
	var rows []R
	sel, err := l.Filtered(d, d.Reader().NewSelect().Model(&rows), q.Filters)
	if err != nil {
		return page, err
	}
	if !q.OmitTotal {
		if page.Total, err = l.total(ctx, d.Reader(), sel, len(q.Filters) > 0); err != nil {
			return page, err
		}
	}
	if q.Limit == 0 {
		if q.Runs {
			page.Next = func(context.Context, int) ([]T, error) { return nil, nil }
		}
		return page, nil
	}
	limit := int64(q.Limit)
	if limit < 0 {
		limit = math.MaxInt64 // an offset needs a limit
	}
	sel, err = l.sorted(sel, q.Sorting)
	if err != nil {
		return page, err
	}
	sel = sel.Limit(limit).Offset(int64(q.Offset))
	if q.Runs {
		page.Next, err = runs(ctx, d, l, q.Sorting, sel, convert)
		return page, err
	}
	if err := sel.Scan(ctx); err != nil {
		return page, err
	}
	page.Items = converted(rows, convert)
	return page, nil
}

// runs reads the keys of a page, few bytes a row, and gives what reads the rows bit by
// bit by their keys. A cursor instead, which is held as long as a client takes to read
// the answer, would keep a connection and all that is written meanwhile in the log.
func runs[R, T any](ctx context.Context, d Dialect, l List, sorting []bonafide.Sort, page *bun.SelectQuery, convert func(*R) T) (func(context.Context, int) ([]T, error), error) {
	var keys []string
	key := bun.Safe(cmp.Or(l.Key, l.Tie))
	if err := page.ColumnExpr("?", key).Scan(ctx, &keys); err != nil {
		return nil, err
	}
	return func(ctx context.Context, most int) ([]T, error) {
		for len(keys) > 0 {
			run := keys[:min(most, len(keys))]
			keys = keys[len(run):]
			var rows []R
			sel := l.Owner.Within(d.Reader().NewSelect().Model(&rows).Where("? IN (?)", key, bun.List(run)), l.Scope)
			sel, err := l.sorted(sel, sorting)
			if err != nil {
				return nil, err
			}
			if err := d.Ask(ctx, l.Scope.CompanyID, func(ctx context.Context) error { return sel.Scan(ctx) }); err != nil {
				return nil, err
			}
			if len(rows) > 0 { // else all were deleted since
				return converted(rows, convert), nil
			}
		}
		return nil, nil
	}, nil
}

func converted[R, T any](rows []R, convert func(*R) T) []T {
	items := make([]T, len(rows))
	for i := range rows {
		items[i] = convert(&rows[i])
	}
	return items
}

func (l List) total(ctx context.Context, db *bun.DB, rows *bun.SelectQuery, filtered bool) (int, error) {
	if l.Count != nil && !filtered {
		return l.Count(ctx, db, l.Scope)
	}
	n, err := rows.Count(ctx)
	return int(n), err
}

// Filtered limits a query to what the caller may see and asks for.
func (l List) Filtered(d Dialect, q *bun.SelectQuery, filters []bonafide.Filter) (*bun.SelectQuery, error) {
	q = l.Owner.Within(q, l.Scope)
	for _, f := range filters {
		condition, args, err := l.condition(d, f)
		if err != nil {
			return nil, err
		}
		q = q.Where(condition, args...)
	}
	return q, nil
}

// sorted orders by the keys, then by what breaks ties, in the direction of the last
// key, so that pages neither overlap nor leave gaps.
func (l List) sorted(q *bun.SelectQuery, keys []bonafide.Sort) (*bun.SelectQuery, error) {
	direction := bun.Safe("ASC")
	for _, k := range keys {
		f, ok := l.Fields[k.Field]
		if !ok || !f.Sorts {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Cannot sort by %q", k.Field)
		}
		nulls := bun.Safe("NULLS FIRST") // databases differ where nothing is said
		if direction = "ASC"; k.Desc {
			direction, nulls = "DESC", "NULLS LAST"
		}
		if !f.Null { // no index that is asked for this would be of use
			nulls = ""
		}
		q = q.OrderExpr("? ? ?", bun.Safe(f.Column), direction, nulls)
	}
	return q.OrderExpr("? ?", bun.Safe(l.Tie), direction), nil
}
