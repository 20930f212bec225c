package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// kind says how a field of a list is compared.
type kind int

const (
	text     kind = iota // equal or not
	instant              // microseconds, ordered
	object               // JSON conditions
	eitherOf             // text in one column or another
	byValue              // text in the column that may hold the value
	flag                 // true or false
	search               // parts of text, lower case
)

// field is what a client may ask a list about. Columns are ours, never the
// client's words.
type field struct {
	kind    kind
	column  string
	second  string                     // of eitherOf and byValue
	inFirst func(bonafide.Status) bool // of byValue
	sorts   bool
}

// listing describes one list, as far as one caller may see it.
type listing struct {
	table  string // alias in queries
	scope  bonafide.Scope
	fields map[string]field
	// count tells the total of a list without filters; nil counts rows.
	count func(context.Context, *bun.DB, bonafide.Scope) (int, error)
	tie   string // column that breaks ties; empty means row_id
}

func companyList(scope bonafide.Scope) listing {
	return listing{table: "company", scope: scope, tie: "id", fields: map[string]field{
		"company_id":  {column: "company.id", sorts: true},
		"name":        {column: "company.name", sorts: true},
		"in_deletion": {kind: flag, column: "company.in_deletion"},
		"search_text": {kind: search, column: "company.search"},
	}}
}

func userList(scope bonafide.Scope) listing {
	return listing{table: "user", scope: scope, tie: "id", fields: map[string]field{
		"user_id":      {column: "user.id", sorts: true},
		"company_id":   {column: "user.company_id", sorts: true},
		"user_type":    {column: "user.type", sorts: true},
		"email":        {column: "user.email", sorts: true},
		"first_name":   {column: "user.first_name", sorts: true},
		"last_name":    {column: "user.last_name", sorts: true},
		"is_active":    {kind: flag, column: "user.active"},
		"is_service":   {kind: flag, column: "user.service"},
		"search_text":  {kind: search, column: "user.search"},
		"time_created": {kind: instant, column: "user.time_created", sorts: true},
		"time_updated": {kind: instant, column: "user.time_updated", sorts: true},
		"meta_data":    {kind: object, column: "user.meta"},
	}}
}

func folderList(scope bonafide.Scope) listing {
	return listing{table: "folder", scope: scope, count: countFolders, fields: map[string]field{
		"folder_id":         {column: "folder.id", sorts: true},
		"company_id":        {column: "folder.company_id", sorts: true},
		"user_id":           {column: "folder.user_id", sorts: true},
		"resolution_status": {kind: byValue, column: "folder.resolution_status", second: "folder.system_resolution", inFirst: lifecycle},
		"system_resolution": {column: "folder.system_resolution"},
		"time_created":      {kind: instant, column: "folder.time_created", sorts: true},
		"time_updated":      {kind: instant, column: "folder.time_updated", sorts: true},
		"meta_data":         {kind: object, column: "folder.meta"},
	}}
}

// inForce is the resolution of an analysis that clients are shown.
const inForce = "iif(analysis.operator <> '', analysis.operator, analysis.resolution)"

func analysisList(scope bonafide.Scope) listing {
	return listing{table: "analysis", scope: scope, fields: map[string]field{
		"analyse_id":        {column: "analysis.id", sorts: true},
		"analysis_id":       {column: "analysis.id", sorts: true},
		"folder_id":         {column: "analysis.folder_id", sorts: true},
		"group_id":          {column: "analysis.group_id", sorts: true},
		"company_id":        {column: "analysis.company_id", sorts: true},
		"type":              {column: "analysis.type", sorts: true},
		"state":             {kind: eitherOf, column: "analysis.state", second: inForce},
		"resolution":        {column: inForce},
		"resolution_status": {column: inForce},
		"time_created":      {kind: instant, column: "analysis.time_created", sorts: true},
		"time_updated":      {kind: instant, column: "analysis.time_updated", sorts: true},
		"meta_data":         {kind: object, column: "analysis.meta"},
	}}
}

// lifecycle tells the words that a folder's resolution_status may hold; the
// others are verdicts.
func lifecycle(s bonafide.Status) bool {
	switch s {
	case bonafide.Initial, bonafide.Processing, bonafide.Failed, bonafide.Finished:
		return true
	}
	return false
}

// within limits a query on the table of that alias to what a caller may see.
func within(q *bun.SelectQuery, table string, scope bonafide.Scope) *bun.SelectQuery {
	if scope.Nothing {
		return q.Where("FALSE")
	}
	switch {
	case scope.CompanyID == "":
	case table == "company":
		q = q.Where("company.id = ?", scope.CompanyID)
	default:
		q = q.Where("?.company_id = ?", bun.Ident(table), scope.CompanyID)
	}
	switch {
	case scope.UserID == "" || table == "company":
	case table == "user":
		q = q.Where("?.id = ?", bun.Ident(table), scope.UserID)
	case table == "folder":
		q = q.Where("folder.user_id = ?", scope.UserID)
	case table == "collection", table == "person", table == "image", table == "report_template", table == "attachment":
		q = q.Where("FALSE") // these belong to companies, never to users
	default:
		q = q.Where("?.folder_id IN (SELECT id FROM folders WHERE user_id = ?)", bun.Ident(table), scope.UserID)
	}
	return q
}

// list reads one page of rows R.
func list[R, T any](ctx context.Context, db *bun.DB, l listing, q bonafide.Query, convert func(*R) T) (bonafide.Page[T], error) {
	page := bonafide.Page[T]{Total: -1, Items: []T{}}
	if q.Offset < 0 || q.Limit < -1 {
		return page, bonafide.Errorf(bonafide.CodeValue, "Invalid paging")
	}
	var rows []R
	sel, err := l.filtered(db.NewSelect().Model(&rows), q.Filters)
	if err != nil {
		return page, err
	}
	if !q.OmitTotal {
		if page.Total, err = l.total(ctx, db, sel, len(q.Filters) > 0); err != nil {
			return page, fmt.Errorf("count: %w", failure(err))
		}
	}
	if q.Limit == 0 {
		return page, nil
	}
	sel, err = l.sorted(sel, q.Sorting)
	if err != nil {
		return page, err
	}
	limit := int64(q.Limit)
	if limit < 0 {
		limit = math.MaxInt64 // an offset needs a limit
	}
	if err := sel.Limit(limit).Offset(int64(q.Offset)).Scan(ctx); err != nil {
		return page, failure(err)
	}
	page.Items = make([]T, len(rows))
	for i := range rows {
		page.Items[i] = convert(&rows[i])
	}
	return page, nil
}

func (l listing) total(ctx context.Context, db *bun.DB, rows *bun.SelectQuery, filtered bool) (int, error) {
	if l.count != nil && !filtered {
		return l.count(ctx, db, l.scope)
	}
	n, err := rows.Count(ctx)
	return int(n), err
}

// filtered limits a query to what the caller may see and asks for.
func (l listing) filtered(q *bun.SelectQuery, filters []bonafide.Filter) (*bun.SelectQuery, error) {
	q = within(q, l.table, l.scope)
	for _, f := range filters {
		condition, args, err := l.condition(f)
		if err != nil {
			return nil, err
		}
		q = q.Where(condition, args...)
	}
	return q, nil
}

// sorted orders by the keys, then by insertion, or what breaks ties, in the direction of the last key,
// so that pages neither overlap nor leave gaps.
func (l listing) sorted(q *bun.SelectQuery, keys []bonafide.Sort) (*bun.SelectQuery, error) {
	direction := bun.Safe("ASC")
	for _, k := range keys {
		f, ok := l.fields[k.Field]
		if !ok || !f.sorts {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Cannot sort by %q", k.Field)
		}
		if direction = "ASC"; k.Desc {
			direction = "DESC"
		}
		q = q.OrderExpr("? ?", bun.Safe(f.column), direction)
	}
	return q.OrderExpr("?.? ?", bun.Ident(l.table), bun.Ident(cmp.Or(l.tie, "row_id")), direction), nil
}
