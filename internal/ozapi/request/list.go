package request

import (
	"slices"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Listed describes what every list understands, and its own filters.
func Listed(fields []query.Parameter) []describe.Parameter {
	return slices.Concat([]describe.Parameter{
		{Name: "offset", Schema: describe.Integer(0, 1<<31-1), About: "entries to leave out, 0"},
		{Name: "limit", Schema: describe.Integer(-1, query.MaxLimit), About: "entries of a page, 100; -1 means all"},
		{Name: "sorting", Schema: describe.Words(query.MaxSorts, query.SortWords(fields)...),
			About: "fields to sort by, such as `time_created{asc},folder_id{desc}`; a bare field means {desc}"},
		{Name: "total_omit", Schema: describe.Boolean(), About: "leaves `total_count` null, which is faster"},
	}, Filters(fields))
}

// Filters describes the filters of a list.
func Filters(fields []query.Parameter) []describe.Parameter {
	var out []describe.Parameter
	for _, f := range fields {
		out = append(out, describe.Parameter{Name: f.Name, Schema: schemaOf(f), About: f.About})
	}
	return out
}

func schemaOf(p query.Parameter) *describe.Schema {
	switch p.Form {
	case query.Identifiers:
		return describe.Identifiers(query.MaxValues)
	case query.Words:
		if p.Never {
			return describe.Words(query.MaxValues, p.Words...)
		}
		return describe.Words(query.MaxValues, append(slices.Clone(p.Words), "null")...)
	case query.Flags:
		return describe.Words(query.MaxValues, "true", "false", "null")
	case query.Time:
		return describe.Time()
	case query.Times:
		return describe.Times(query.MaxValues)
	case query.Conditions:
		return describe.Conditions(query.MaxConditions)
	case query.Search:
		return describe.Text(query.MaxValueLength)
	}
	return describe.Texts(query.MaxValues, query.MaxValueLength)
}
