package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// at is the moment when the n-th object of a list was made, in microseconds.
func at(n int) int64 { return 1_700_000_000_000_000 + int64(n)*1_000_000 }

// fill stores folders a to e, made one after another, with one group each that
// ended as said; e has none.
func (w *world) fill(t *testing.T) map[string]*bonafide.Folder {
	t.Helper()
	byName := map[string]*bonafide.Folder{}
	for i, c := range []struct {
		name string
		end  bonafide.Status
		meta string
	}{
		{"a", bonafide.Success, `{"transaction_id": "T1", "age": 17, "person": [{"name": "Ada"}], "vip": true, "odd": null}`},
		{"b", bonafide.Declined, `{"transaction_id": "T2", "age": "18", "person": [{"name": "Bob"}, {"name": "Ada"}], "vip": false}`},
		{"c", bonafide.Failed, `{"transaction_id": 3, "age": 18.50, "a.b": "dot", "q\"uo'te\\": "hit", "<&>": "html", "[0]": "bracket", "ё": "Ж", "": "x"}`},
		{"d", bonafide.Processing, `{"transaction_id": null, "age": "old", "deep": {"er": {"est": "x"}}, "list": [1, 2.50, "?"]}`},
		{"e", bonafide.Initial, `{"age": -1, "big": 12345678901234567890}`},
	} {
		f := w.folder()
		dec := json.NewDecoder(strings.NewReader(c.meta))
		dec.UseNumber()
		ok(t, dec.Decode(&f.Meta))
		f.Meta["name"] = c.name
		f.TimeCreated = time.UnixMicro(at(i)).UTC()
		m, o := []bonafide.Media{newMedia()}, newOrder()
		if c.end == bonafide.Initial {
			o = nil
		}
		ok(t, w.CreateFolder(t.Context(), f, m, o))
		if c.end != bonafide.Initial && c.end != bonafide.Processing {
			ok(t, w.FinishGroup(t.Context(), o.GroupID, results(o, c.end)))
		}
		byName[c.name] = f
	}
	return byName
}

func filter(field string, op bonafide.Op, values ...any) bonafide.Filter {
	return bonafide.Filter{Field: field, Op: op, Values: values}
}

func jsonFilter(op bonafide.Op, value any, path ...string) bonafide.Filter {
	return bonafide.Filter{Field: "meta_data", Path: path, Op: op, Values: []any{value}}
}

func filters(t *testing.T, w *world) {
	made := w.fill(t)
	const in, notIn = bonafide.OpIn, bonafide.OpNotIn
	const eq, ne = bonafide.OpEqual, bonafide.OpNotEqual
	for fact, c := range map[string]struct {
		filters []bonafide.Filter
		want    string
	}{
		"no filter gives all":             {nil, "a b c d e"},
		"one of several ids":              {[]bonafide.Filter{filter("folder_id", in, string(made["b"].ID), string(made["e"].ID))}, "b e"},
		"none of several ids":             {[]bonafide.Filter{filter("folder_id", notIn, string(made["b"].ID), string(made["e"].ID))}, "a c d"},
		"filters add up":                  {[]bonafide.Filter{filter("time_created", bonafide.OpMin, at(1)), filter("time_created", bonafide.OpLess, at(3))}, "b c"},
		"user":                            {[]bonafide.Filter{filter("user_id", in, string(w.user))}, "a b c d e"},
		"no user":                         {[]bonafide.Filter{filter("user_id", in, nil)}, ""},
		"any user":                        {[]bonafide.Filter{filter("user_id", notIn, nil)}, "a b c d e"},
		"company":                         {[]bonafide.Filter{filter("company_id", in, string(w.other), nil)}, ""},
		"min":                             {[]bonafide.Filter{filter("time_created", bonafide.OpMin, at(3))}, "d e"},
		"greater":                         {[]bonafide.Filter{filter("time_created", bonafide.OpGreater, at(3))}, "e"},
		"max":                             {[]bonafide.Filter{filter("time_created", bonafide.OpMax, at(1))}, "a b"},
		"less":                            {[]bonafide.Filter{filter("time_created", bonafide.OpLess, at(1))}, "a"},
		"one time of several":             {[]bonafide.Filter{filter("time_created", in, at(1), at(4))}, "b e"},
		"updated":                         {[]bonafide.Filter{filter("time_updated", bonafide.OpMin, at(1000))}, "a b c d"},
		"still running":                   {[]bonafide.Filter{filter("resolution_status", in, "PROCESSING")}, "d"},
		"finished, whatever came out":     {[]bonafide.Filter{filter("resolution_status", in, "FINISHED")}, "a b"},
		"a verdict as status":             {[]bonafide.Filter{filter("resolution_status", in, "DECLINED")}, "b"},
		"verdicts and stages mixed":       {[]bonafide.Filter{filter("resolution_status", in, "SUCCESS", "INITIAL", "FAILED")}, "a c e"},
		"neither verdict nor stage":       {[]bonafide.Filter{filter("resolution_status", notIn, "SUCCESS", "INITIAL")}, "b c d"},
		"system resolution":               {[]bonafide.Filter{filter("system_resolution", in, "SUCCESS", "PROCESSING")}, "a d"},
		"transaction id":                  {[]bonafide.Filter{jsonFilter(eq, "T1", "transaction_id")}, "a"},
		"a number compares as text":       {[]bonafide.Filter{jsonFilter(eq, "3", "transaction_id")}, "c"},
		"transaction id missing or null":  {[]bonafide.Filter{jsonFilter(eq, nil, "transaction_id")}, "d e"},
		"transaction id present":          {[]bonafide.Filter{jsonFilter(ne, nil, "transaction_id")}, "a b c"},
		"what is missing differs":         {[]bonafide.Filter{jsonFilter(ne, "T1", "transaction_id")}, "b c d e"},
		"true is the word true":           {[]bonafide.Filter{jsonFilter(eq, "true", "vip")}, "a"},
		"false is the word false":         {[]bonafide.Filter{jsonFilter(eq, "false", "vip")}, "b"},
		"null is not the word null":       {[]bonafide.Filter{jsonFilter(eq, "null", "odd")}, ""},
		"numbers keep their spelling":     {[]bonafide.Filter{jsonFilter(eq, "18.50", "age")}, "c"},
		"whole numbers are array indices": {[]bonafide.Filter{jsonFilter(eq, "Ada", "person", "0", "name")}, "a"},
		"a later index":                   {[]bonafide.Filter{jsonFilter(eq, "Ada", "person", "1", "name")}, "b"},
		"an index beyond the end":         {[]bonafide.Filter{jsonFilter(eq, "Ada", "person", "999999999", "name")}, ""},
		"a number too long for an index":  {[]bonafide.Filter{jsonFilter(eq, "Ada", "person", "99999999999999999999", "name")}, ""},
		"deep paths":                      {[]bonafide.Filter{jsonFilter(eq, "x", "deep", "er", "est")}, "d"},
		"array elements":                  {[]bonafide.Filter{jsonFilter(eq, "2.50", "list", "1")}, "d"},
		"a question mark is a value":      {[]bonafide.Filter{jsonFilter(eq, "?", "list", "2")}, "d"},
		"a dot in a key":                  {[]bonafide.Filter{jsonFilter(eq, "dot", "a.b")}, "c"},
		"quotes in a key":                 {[]bonafide.Filter{jsonFilter(eq, "hit", `q"uo'te\`)}, "c"},
		"markup in a key":                 {[]bonafide.Filter{jsonFilter(eq, "html", "<&>")}, "c"},
		"brackets in a key":               {[]bonafide.Filter{jsonFilter(eq, "bracket", "[0]")}, "c"},
		"other alphabets":                 {[]bonafide.Filter{jsonFilter(eq, "Ж", "ё")}, "c"},
		"no way out of the quotes":        {[]bonafide.Filter{jsonFilter(eq, "1", `x') IS NULL OR ('1'='1`)}, ""},
		"no way out of a value":           {[]bonafide.Filter{jsonFilter(eq, `' OR '1'='1`, "age")}, ""},
		"at least":                        {[]bonafide.Filter{jsonFilter(bonafide.OpMinNumber, "18", "age")}, "b c"},
		"at most":                         {[]bonafide.Filter{jsonFilter(bonafide.OpMaxNumber, "17", "age")}, "a e"},
		"more":                            {[]bonafide.Filter{jsonFilter(bonafide.OpGreaterThan, "18", "age")}, "c"},
		"less as number":                  {[]bonafide.Filter{jsonFilter(bonafide.OpLessThan, "1.8e1", "age")}, "a e"},
		"words are no numbers":            {[]bonafide.Filter{jsonFilter(bonafide.OpMinNumber, "-1000", "age")}, "a b c e"},
		"objects are no numbers":          {[]bonafide.Filter{jsonFilter(bonafide.OpMinNumber, "0", "deep")}, ""},
		"big numbers":                     {[]bonafide.Filter{jsonFilter(bonafide.OpGreaterThan, "1e19", "big")}, "e"},
	} {
		q := bonafide.Query{Filters: c.filters, Sorting: []bonafide.Sort{{Field: "time_created"}}, Limit: 100}
		page, err := w.Folders(t.Context(), bonafide.Scope{}, q)
		if err != nil {
			t.Errorf("%s: %v", fact, err)
			continue
		}
		if got := names(page.Items, metaName); got != c.want || page.Total != len(page.Items) {
			t.Errorf("%s: found %q of %d, want %q", fact, got, page.Total, c.want)
		}
	}
	refusedFilters(t, w)
	analysisFilters(t, w, made)
}

func refusedFilters(t *testing.T, w *world) {
	deep := make([]string, bonafide.MaxFilterDepth+1)
	for i := range deep {
		deep[i] = "x"
	}
	for fact, f := range map[string]bonafide.Filter{
		"an unknown field":           filter("meta", bonafide.OpIn, "x"),
		"a column that is no field":  filter("row_id", bonafide.OpIn, "1"),
		"a field with SQL":           filter("folder_id = '' OR 1=1 --", bonafide.OpIn, "x"),
		"an unknown comparison":      filter("folder_id", "LIKE", "x"),
		"no value":                   filter("folder_id", bonafide.OpIn),
		"text for a time":            filter("time_created", bonafide.OpMin, "2024"),
		"null has no order":          filter("time_created", bonafide.OpMin, nil),
		"a number for an id":         filter("folder_id", bonafide.OpIn, int64(1)),
		"an order of ids":            filter("folder_id", bonafide.OpMin, "x"),
		"a zero byte":                filter("folder_id", bonafide.OpIn, "\x00"),
		"a path into a plain field":  {Field: "folder_id", Path: []string{"x"}, Op: bonafide.OpIn, Values: []any{"x"}},
		"JSON without a path":        jsonFilter(bonafide.OpEqual, "x"),
		"JSON membership":            jsonFilter(bonafide.OpIn, "x", "a"),
		"a path that is too deep":    jsonFilter(bonafide.OpEqual, "x", deep...),
		"an empty path element":      jsonFilter(bonafide.OpEqual, "x", "a", ""),
		"a zero byte in a path":      jsonFilter(bonafide.OpEqual, "x", "a\x00b"),
		"a zero byte in JSON":        jsonFilter(bonafide.OpEqual, "\x00", "a"),
		"words for a JSON number":    jsonFilter(bonafide.OpMinNumber, "x", "a"),
		"nothing for a JSON number":  jsonFilter(bonafide.OpMinNumber, nil, "a"),
		"infinity for a JSON number": jsonFilter(bonafide.OpMinNumber, "Inf", "a"),
	} {
		_, err := w.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Filters: []bonafide.Filter{f}, Limit: 1})
		wantCode(t, fact, err, bonafide.CodeValue)
	}
}

func analysisFilters(t *testing.T, w *world, made map[string]*bonafide.Folder) {
	of, err := w.AnalysesOf(t.Context(), made["b"].ID)
	ok(t, err)
	b := of[made["b"].ID]
	// An analysis is named by its folder and type.
	name := func(a bonafide.Analysis) string {
		for n, f := range made {
			if f.ID == a.FolderID {
				return n + string(a.Type[0])
			}
		}
		return "?"
	}
	for fact, c := range map[string]struct {
		filter bonafide.Filter
		want   string
	}{
		"id":                   {filter("analyse_id", bonafide.OpIn, string(b[0].ID)), "bQ"},
		"id, other spelling":   {filter("analysis_id", bonafide.OpIn, string(b[1].ID)), "bB"},
		"id excluded":          {filter("analyse_id", bonafide.OpNotIn, string(b[0].ID)), "aQ aB bB cQ cB dQ dB"},
		"folder":               {filter("folder_id", bonafide.OpIn, string(made["c"].ID)), "cQ cB"},
		"group":                {filter("group_id", bonafide.OpIn, string(b[0].GroupID)), "bQ bB"},
		"type":                 {filter("type", bonafide.OpIn, "BIOMETRY"), "aB bB cB dB"},
		"state is a state":     {filter("state", bonafide.OpIn, "FINISHED"), "aQ aB bQ bB"},
		"state is a verdict":   {filter("state", bonafide.OpIn, "DECLINED"), "bQ bB"},
		"states of both kinds": {filter("state", bonafide.OpIn, "SUCCESS", "PROCESSING"), "aQ aB dQ dB"},
		"state excluded":       {filter("state", bonafide.OpNotIn, "FINISHED", "FAILED"), "dQ dB"},
		"verdict excluded":     {filter("state", bonafide.OpNotIn, "SUCCESS"), "bQ bB cQ cB dQ dB"},
		"resolution":           {filter("resolution", bonafide.OpIn, "SUCCESS"), "aQ aB"},
		"resolution status":    {filter("resolution_status", bonafide.OpIn, "FAILED"), "cQ cB"},
		"company":              {filter("company_id", bonafide.OpNotIn, string(w.company)), ""},
		"metadata":             {jsonFilter(bonafide.OpEqual, nil, "x"), "aQ aB bQ bB cQ cB dQ dB"},
	} {
		page, err := w.Analyses(t.Context(), bonafide.Scope{}, bonafide.Query{Filters: []bonafide.Filter{c.filter}, Limit: -1})
		ok(t, err)
		if got := names(page.Items, name); got != c.want || page.Total != len(page.Items) {
			t.Errorf("analyses by %s: found %q of %d, want %q", fact, got, page.Total, c.want)
		}
	}
}

func paging(t *testing.T, w *world) {
	const n = 23
	for i := range n {
		f := w.folder()
		f.Meta["name"] = fmt.Sprint(i)
		f.TimeCreated = time.UnixMicro(at(i / 5)).UTC() // several at the same moment
		ok(t, w.CreateFolder(t.Context(), f, nil, nil))
	}
	for _, sorting := range [][]bonafide.Sort{
		nil,
		{{Field: "time_created", Desc: true}},
		{{Field: "time_created"}},
		{{Field: "company_id", Desc: true}, {Field: "time_created"}},
		{{Field: "folder_id"}},
	} {
		var all []string
		for offset := 0; offset < n; offset += 4 {
			page, err := w.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Sorting: sorting, Offset: offset, Limit: 4})
			ok(t, err)
			if page.Total != n {
				t.Errorf("%v from %d: total %d, want %d", sorting, offset, page.Total, n)
			}
			all = append(all, names(page.Items, metaName))
		}
		whole, err := w.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Sorting: sorting, Limit: -1, OmitTotal: true})
		ok(t, err)
		if whole.Total != -1 {
			t.Errorf("a total that nobody asked for: %d", whole.Total)
		}
		if got, want := strings.Join(all, " "), names(whole.Items, metaName); got != want {
			t.Errorf("%v: pages give %s, the whole %s", sorting, got, want)
		}
	}
	pagingEdges(t, w, n)
}

func pagingEdges(t *testing.T, w *world, n int) {
	newest := []bonafide.Sort{{Field: "time_created", Desc: true}}
	for fact, c := range map[string]struct {
		q    bonafide.Query
		want string
	}{
		"the newest come first": {bonafide.Query{Sorting: newest, Limit: 3}, "22 21 20"},
		"rest after an offset":  {bonafide.Query{Sorting: newest, Offset: n - 2, Limit: -1}, "1 0"},
		"past the end":          {bonafide.Query{Sorting: newest, Offset: 1000, Limit: 5}, ""},
		"nothing but the total": {bonafide.Query{Sorting: newest}, ""},
	} {
		page, err := w.Folders(t.Context(), bonafide.Scope{}, c.q)
		ok(t, err)
		if got := names(page.Items, metaName); got != c.want || page.Total != n || page.Items == nil {
			t.Errorf("%s: %q of %d, want %q", fact, got, page.Total, c.want)
		}
	}
	for fact, q := range map[string]bonafide.Query{
		"a negative offset":        {Offset: -1, Limit: 1},
		"a negative limit":         {Limit: -2},
		"an unknown sorting":       {Limit: 1, Sorting: []bonafide.Sort{{Field: "row_id"}}},
		"a sorting with SQL":       {Limit: 1, Sorting: []bonafide.Sort{{Field: "time_created; DROP TABLE folders"}}},
		"a field without an order": {Limit: 1, Sorting: []bonafide.Sort{{Field: "meta_data"}}},
	} {
		_, err := w.Folders(t.Context(), bonafide.Scope{}, q)
		wantCode(t, fact, err, bonafide.CodeValue)
	}
}

// scopes proves that what is outside a scope looks as if it did not exist.
func scopes(t *testing.T, w *world) {
	ctx := t.Context()
	f, m, o := w.stored(t)
	for name, c := range map[string]struct {
		scope bonafide.Scope
		seen  bool
	}{
		"everything":             {bonafide.Scope{}, true},
		"the company":            {bonafide.Scope{CompanyID: w.company}, true},
		"the user":               {bonafide.Scope{CompanyID: w.company, UserID: w.user}, true},
		"another company":        {bonafide.Scope{CompanyID: w.other}, false},
		"another user":           {bonafide.Scope{CompanyID: w.company, UserID: w.colleague}, false},
		"a stranger":             {bonafide.Scope{CompanyID: w.other, UserID: w.stranger}, false},
		"the user elsewhere":     {bonafide.Scope{CompanyID: w.other, UserID: w.user}, false},
		"nothing":                {bonafide.Scope{Nothing: true}, false},
		"nothing of the company": {bonafide.Scope{Nothing: true, CompanyID: w.company}, false},
	} {
		_, err := w.Folder(ctx, c.scope, f.ID)
		seen(t, name+": folder", err, c.seen)
		_, err = w.Media(ctx, c.scope, m[0].ID)
		seen(t, name+": media", err, c.seen)
		_, err = w.Analysis(ctx, c.scope, o.Analyses[0].ID)
		seen(t, name+": analysis", err, c.seen)
		page, err := w.Folders(ctx, c.scope, bonafide.Query{Limit: -1})
		ok(t, err)
		if listed := len(page.Items) == 1; listed != c.seen || page.Total != len(page.Items) {
			t.Errorf("%s: %d folders of %d", name, len(page.Items), page.Total)
		}
		// A filter of alternatives must not widen the scope.
		running := []bonafide.Filter{filter("state", bonafide.OpIn, "PROCESSING", "SUCCESS"), filter("company_id", bonafide.OpNotIn, nil)}
		analyses, err := w.Analyses(ctx, c.scope, bonafide.Query{Limit: -1, Filters: running})
		ok(t, err)
		if listed := len(analyses.Items) == 2; listed != c.seen || analyses.Total != len(analyses.Items) {
			t.Errorf("%s: %d analyses of %d", name, len(analyses.Items), analyses.Total)
		}
	}
}

func seen(t *testing.T, what string, err error, want bool) {
	t.Helper()
	if want {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		return
	}
	wantCode(t, what, err, bonafide.CodeNotFound)
}

// totals checks that a list tells how many folders there are after every kind of
// change, and after a restart.
func totals(t *testing.T, w *world) {
	scopes := map[string]bonafide.Scope{
		"all": {}, "company": {CompanyID: w.company}, "user": {CompanyID: w.company, UserID: w.user}, "other": {CompanyID: w.other}, "nobody": {Nothing: true},
	}
	want := func(after string, wanted map[string]int) {
		t.Helper()
		for name, scope := range scopes {
			page, err := w.Folders(t.Context(), scope, bonafide.Query{Limit: -1})
			ok(t, err)
			if page.Total != wanted[name] || len(page.Items) != wanted[name] {
				t.Errorf("after %s %s: total %d, %d items, want %d", after, name, page.Total, len(page.Items), wanted[name])
			}
		}
	}
	want("nothing", map[string]int{})
	var made []*bonafide.Folder
	for range 3 {
		f := w.folder()
		ok(t, w.CreateFolder(t.Context(), f, nil, nil))
		made = append(made, f)
	}
	foreign := w.folder()
	foreign.CompanyID, foreign.UserID = w.other, w.stranger
	ok(t, w.CreateFolder(t.Context(), foreign, nil, nil))
	nobodys := w.folder()
	nobodys.CompanyID, nobodys.UserID = "", ""
	ok(t, w.CreateFolder(t.Context(), nobodys, nil, nil))
	want("creating", map[string]int{"all": 5, "company": 3, "user": 3, "other": 1})
	ok(t, w.DeleteFolder(t.Context(), bonafide.Scope{}, made[0].ID))
	want("deleting", map[string]int{"all": 4, "company": 2, "user": 2, "other": 1})
	ok(t, w.DeleteUser(t.Context(), bonafide.Scope{}, w.user, anyUser))
	want("deleting the user", map[string]int{"all": 4, "company": 2, "other": 1})
	w.reopen(t)
	want("a restart", map[string]int{"all": 4, "company": 2, "other": 1})
}
