package query_test

import (
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/query"
)

const (
	idA = "4c2c0d9a-0d6a-4f0e-8d5c-2d7a1c7b5e60"
	idB = "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e61"
)

func now() time.Time { return time.Date(2026, 5, 4, 12, 30, 0, 0, time.UTC) }

func filter(field string, op bonafide.Op, values ...any) bonafide.Filter {
	return bonafide.Filter{Field: field, Op: op, Values: values}
}

func condition(path string, op bonafide.Op, value any) bonafide.Filter {
	return bonafide.Filter{Field: "meta_data", Path: strings.Split(path, "."), Op: op, Values: []any{value}}
}

func TestFilters(t *testing.T) {
	tests := map[string]struct {
		raw  string
		want []bonafide.Filter
	}{
		"an identifier may be upper case":   {"folder_id=" + strings.ToUpper(idA), []bonafide.Filter{filter("folder_id", bonafide.OpIn, idA)}},
		"a comma means any of":              {"user_id=" + idA + "," + idB, []bonafide.Filter{filter("user_id", bonafide.OpIn, idA, idB)}},
		"a repeated parameter means any of": {"user_id=" + idA + "&user_id=" + idB, []bonafide.Filter{filter("user_id", bonafide.OpIn, idA, idB)}},
		"equal values count once":           {"user_id=" + idA + "," + idA, []bonafide.Filter{filter("user_id", bonafide.OpIn, idA)}},
		"null is null":                      {"company_id=null", []bonafide.Filter{filter("company_id", bonafide.OpIn, nil)}},
		"exclude means none of":             {"company_id.exclude=" + idA + ",NULL", []bonafide.Filter{filter("company_id", bonafide.OpNotIn, idA, nil)}},
		"words are taken in any case":       {"resolution_status=finished,Success", []bonafide.Filter{filter("resolution_status", bonafide.OpIn, "FINISHED", "SUCCESS")}},
		"times have bounds": {"time_created.min=1&time_created.max=2&time_updated.greater=3&time_updated.less=4", []bonafide.Filter{
			filter("time_created", bonafide.OpMin, int64(1e6)), filter("time_created", bonafide.OpMax, int64(2e6)),
			filter("time_updated", bonafide.OpGreater, int64(3e6)), filter("time_updated", bonafide.OpLess, int64(4e6))}},
		"a condition may come bare":            {"meta_data=transaction_id==X", []bonafide.Filter{condition("transaction_id", bonafide.OpEqual, "X")}},
		"a condition may come escaped":         {"meta_data=transaction_id%3D%3DX%20y", []bonafide.Filter{condition("transaction_id", bonafide.OpEqual, "X y")}},
		"a broken escape stands for itself":    {"meta_data=share==50%", []bonafide.Filter{condition("share", bonafide.OpEqual, "50%")}},
		"a value may hold an operator":         {"meta_data=token==YQ==", []bonafide.Filter{condition("token", bonafide.OpEqual, "YQ==")}},
		"a path reaches into objects and rows": {"meta_data=a.b.0!=null", []bonafide.Filter{condition("a.b.0", bonafide.OpNotEqual, nil)}},
		"all conditions must hold": {"meta_data=a>=1,b<=2.5&meta_data=c>-3,d<1e3", []bonafide.Filter{
			condition("a", bonafide.OpMinNumber, "1"), condition("b", bonafide.OpMaxNumber, "2.5"),
			condition("c", bonafide.OpGreaterThan, "-3"), condition("d", bonafide.OpLessThan, "1000")}},
		"what is no filter is ignored": {"with_analyses=true&nonsense=1&resolution_status.min=FAILED&=&x", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q, err := query.Folders(query.Values(test.raw), now())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(q.Filters, test.want) {
				t.Errorf("got %+v, want %+v", q.Filters, test.want)
			}
		})
	}
}

func TestTimesAreToldByTheirDigits(t *testing.T) {
	at := time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)
	tests := map[string]int64{
		"1764580000":                  1764580000_000000,
		"1764580000.1234567":          1764580000_123456,
		"1764580000.5":                1764580000_500000,
		"1764580000123":               1764580000_123000,
		"1764580000123.4567":          1764580000_123456,
		"1764580000123456":            1764580000_123456,
		"9999999999":                  9999999999_000000,
		"10000000000":                 10000000_000000,
		"0":                           0,
		"now":                         now().UnixMicro(),
		"Today":                       now().Truncate(24 * time.Hour).UnixMicro(),
		"2026-05-04T10:00:00Z":        at.UnixMicro(),
		"2026-05-04T10:00:00.5Z":      at.UnixMicro() + 500000,
		"2026-05-04T13:00:00%2B03:00": at.UnixMicro(),
		"2026-05-04T13:00:00+03:00":   at.UnixMicro(),
		"2026-05-04+13:00:00+03:00":   at.UnixMicro(),
		"2026-05-04T10:00:00":         at.UnixMicro(),
		"2026-05-04 10:00":            at.UnixMicro(),
		"2026-05-04":                  at.Truncate(24 * time.Hour).UnixMicro(),
	}
	for raw, want := range tests {
		q, err := query.Folders(query.Values("time_created.min="+raw), now())
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if got := q.Filters[0].Values[0]; got != want {
			t.Errorf("%s: got %v, want %d", raw, got, want)
		}
	}
}

func TestSortingAndPaging(t *testing.T) {
	newest := []bonafide.Sort{{Field: "time_created", Desc: true}}
	tests := map[string]struct {
		raw  string
		want bonafide.Query
	}{
		"by default":              {"", bonafide.Query{Sorting: newest, Limit: 100}},
		"bare braces":             {"sorting=time_created{asc}", bonafide.Query{Limit: 100, Sorting: []bonafide.Sort{{Field: "time_created"}}}},
		"escaped braces":          {"sorting=time_created%7BDESC%7D", bonafide.Query{Limit: 100, Sorting: []bonafide.Sort{{Field: "time_created", Desc: true}}}},
		"a bare field means desc": {"sorting=time_updated,time_created{asc}", bonafide.Query{Limit: 100, Sorting: []bonafide.Sort{{Field: "time_updated", Desc: true}, {Field: "time_created"}}}},
		"a page":                  {"offset=20&limit=10&total_omit=yes", bonafide.Query{Sorting: newest, Offset: 20, Limit: 10, OmitTotal: true}},
		"all":                     {"limit=-1", bonafide.Query{Sorting: newest, Limit: -1}},
		"the largest page":        {"limit=5000", bonafide.Query{Sorting: newest, Limit: 5000}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q, err := query.Folders(query.Values(test.raw), now())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(q, test.want) {
				t.Errorf("got %+v, want %+v", q, test.want)
			}
		})
	}
}

func TestMalformedRequestsAreRefused(t *testing.T) {
	tests := map[string]bonafide.Code{
		"limit=5001":                  bonafide.CodeValue,
		"limit=-2":                    bonafide.CodeValue,
		"limit=ten":                   bonafide.CodeType,
		"offset=-1":                   bonafide.CodeValue,
		"offset=99999999999999999999": bonafide.CodeType,
		"sorting=meta_data{asc}":      bonafide.CodeValue,
		"sorting=nonsense":            bonafide.CodeValue,
		"sorting=time_created{up}":    bonafide.CodeValue,
		"sorting=time_created{asc":    bonafide.CodeValue,
		"sorting=time_created,":       bonafide.CodeValue,
		"sorting=" + strings.Repeat("time_created,", 9): bonafide.CodeValue,
		"total_omit=perhaps":                            bonafide.CodeValue,
		"folder_id=1":                                   bonafide.CodeType,
		"folder_id=":                                    bonafide.CodeType,
		"resolution_status=GOOD":                        bonafide.CodeValue,
		"time_created.min=1,2":                          bonafide.CodeValue,
		"time_created.min=null":                         bonafide.CodeValue,
		"time_created.min=yesterday":                    bonafide.CodeValue,
		"time_created.min=NaN":                          bonafide.CodeValue,
		"time_created.min=9999999999999999999":          bonafide.CodeValue,
		"meta_data=transaction_id":                      bonafide.CodeStructure,
		"meta_data=transaction_id=X":                    bonafide.CodeStructure,
		"meta_data===X":                                 bonafide.CodeStructure,
		"meta_data=a==":                                 bonafide.CodeStructure,
		"meta_data=":                                    bonafide.CodeStructure,
		"meta_data=a==1,":                               bonafide.CodeStructure,
		"meta_data=a..b==1":                             bonafide.CodeValue,
		"meta_data=a.b.c.d.e.f.g.h.i==1":                bonafide.CodeValue,
		"meta_data=a>x":                                 bonafide.CodeValue,
		"meta_data=a>NaN":                               bonafide.CodeValue,
		"meta_data=a<=-Inf":                             bonafide.CodeValue,
		"meta_data=a<null":                              bonafide.CodeValue,
		"meta_data=a==" + strings.Repeat("x", 1025):     bonafide.CodeValue,
		"meta_data=" + strings.Repeat("a==1,", 70):      bonafide.CodeValue,
	}
	for raw, want := range tests {
		if _, err := query.Folders(query.Values(raw), now()); bonafide.CodeOf(err) != want || err == nil {
			t.Errorf("%s: got %v, want code %s", raw, err, want)
		}
	}
}

func TestTooManyValuesAreRefused(t *testing.T) {
	var times []string
	for i := range 201 {
		times = append(times, strconv.Itoa(i))
	}
	if _, err := query.Folders(query.Values("time_created="+strings.Join(times, ",")), now()); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("got %v", err)
	}
}

func TestAnalysesKnowBothSpellings(t *testing.T) {
	want := []bonafide.Filter{filter("analyse_id", bonafide.OpIn, idA), filter("type", bonafide.OpNotIn, "QUALITY", "BIOMETRY"),
		filter("resolution_status", bonafide.OpIn, "SUCCESS")}
	raw := "analysis_id=" + idA + "&type.exclude=quality,biometry&resolution=success"
	q, err := query.Analyses(query.Values(raw), now(), catalog.Types())
	if err != nil || !reflect.DeepEqual(q.Filters, want) {
		t.Errorf("got %+v, %v", q.Filters, err)
	}
}

func TestAnalysesOfOneFolderAreNotPagedUnlessAsked(t *testing.T) {
	for raw, want := range map[string]int{"": -1, "limit=7": 7} {
		if q, err := query.FolderAnalyses(query.Values(raw), now(), catalog.Types()); err != nil || q.Limit != want || q.Sorting != nil {
			t.Errorf("%q: got %d, %v", raw, q.Limit, err)
		}
	}
}

func TestUsersAndCompaniesAreSearchedAndFiltered(t *testing.T) {
	const in = bonafide.OpIn
	tests := map[string]struct {
		read func(url.Values, time.Time) (bonafide.Query, error)
		raw  string
		want []bonafide.Filter
	}{
		"words must all occur":         {query.Users, "search_text=+Ada%20%20Bank&search_text=x", []bonafide.Filter{filter("search_text", bonafide.OpContains, "Ada", "Bank", "x")}},
		"an empty search is none":      {query.Companies, "search_text=%20", nil},
		"a search keeps its commas":    {query.Companies, "search_text=a,b", []bonafide.Filter{filter("search_text", bonafide.OpContains, "a,b")}},
		"a zero byte is none":          {query.Companies, "search_text=a%00b&name=%00", []bonafide.Filter{filter("name", in, "\uFFFD"), filter("search_text", bonafide.OpContains, "a\uFFFDb")}},
		"types come in any case":       {query.Users, "user_type=client_admin,ADMIN", []bonafide.Filter{filter("user_type", in, "CLIENT_ADMIN", "ADMIN")}},
		"flags are booleans":           {query.Users, "is_active=Yes&is_service.exclude=0", []bonafide.Filter{filter("is_active", in, true), filter("is_service", bonafide.OpNotIn, false)}},
		"in deletion":                  {query.Companies, "in_deletion=true", []bonafide.Filter{filter("in_deletion", in, true)}},
		"no company":                   {query.Users, "company_id=null", []bonafide.Filter{filter("company_id", in, nil)}},
		"metadata and times of a user": {query.Users, "meta_data=a==1&time_created.max=7", []bonafide.Filter{filter("time_created", bonafide.OpMax, int64(7e6)), condition("a", bonafide.OpEqual, "1")}},
		"what others have is ignored":  {query.Companies, "time_created=1&user_type=ADMIN&meta_data=x", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q, err := test.read(query.Values(test.raw), now())
			if err != nil || !reflect.DeepEqual(q.Filters, test.want) {
				t.Errorf("got %+v, %v", q.Filters, err)
			}
		})
	}
	for raw, want := range map[string]bonafide.Code{"user_type=ROOT": bonafide.CodeValue, "is_active=perhaps": bonafide.CodeValue, "user_id=1": bonafide.CodeType,
		"sorting=is_active": bonafide.CodeValue, "search_text=" + strings.Repeat("x", 1025): bonafide.CodeValue,
		"search_text=" + strings.Repeat("x+", 201): bonafide.CodeValue, "email=" + strings.Repeat("x", 1025): bonafide.CodeValue} {
		if _, err := query.Users(query.Values(raw), now()); bonafide.CodeOf(err) != want {
			t.Errorf("%s: got %v", raw, err)
		}
	}
	if q, err := query.Companies(nil, now()); err != nil || !reflect.DeepEqual(q.Sorting, []bonafide.Sort{{Field: "name"}}) {
		t.Errorf("companies are sorted by %+v, %v", q.Sorting, err)
	}
}

func TestBooleans(t *testing.T) {
	for raw, want := range map[string]bool{"": false, "x=1": true, "x=True": true, "x=yes": true, "x=Y": true, "x=t": true,
		"x=on": true, "x=0": false, "x=false": false, "x=no": false, "x=n": false, "x=f": false, "x=OFF": false} {
		if got, err := query.Bool(query.Values(raw), "x"); err != nil || got != want {
			t.Errorf("%q: got %v, %v", raw, got, err)
		}
	}
	if _, err := query.Bool(query.Values("x=perhaps"), "x"); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("got %v", err)
	}
}

// FuzzFilter holds that whatever is accepted keeps to the contract of
// bonafide.Filter and to the limits.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{"meta_data=transaction_id==X,a.0>=18", "time_created.min=1764580000123&folder_id=null",
		"type=quality&state.exclude=failed", "search_text=a+b&user_type=admin&is_active=1&email=x", "name=a,b&in_deletion=no", "meta_data=%zz==%", "time_created=2026-05-04 10:00:00+03:00,now"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, read := range lists() {
			q, err := read(query.Values(raw), now())
			if err != nil {
				if bonafide.CodeOf(err) == bonafide.CodeUnknown {
					t.Fatalf("not one of ours: %v", err)
				}
				continue
			}
			if len(q.Filters) > 32 || q.Limit < -1 || q.Limit > query.MaxLimit || q.Offset < 0 {
				t.Fatalf("out of limits: %+v", q)
			}
			for _, c := range q.Filters {
				checkFilter(t, c)
			}
		}
	})
}

// lists are the readers of all lists.
func lists() []func(url.Values, time.Time) (bonafide.Query, error) {
	analyses := func(v url.Values, now time.Time) (bonafide.Query, error) {
		return query.Analyses(v, now, catalog.Types())
	}
	ofFolder := func(v url.Values, now time.Time) (bonafide.Query, error) {
		return query.FolderAnalyses(v, now, catalog.Types())
	}
	return []func(url.Values, time.Time) (bonafide.Query, error){query.Folders, analyses, ofFolder, query.Users, query.Companies}
}

func checkFilter(t *testing.T, c bonafide.Filter) {
	t.Helper()
	if len(c.Values) == 0 || len(c.Path) > bonafide.MaxFilterDepth {
		t.Fatalf("broken filter %+v", c)
	}
	switch c.Op {
	case bonafide.OpIn, bonafide.OpNotIn, bonafide.OpEqual, bonafide.OpNotEqual:
	case bonafide.OpContains:
		for _, v := range c.Values {
			if s, ok := v.(string); !ok || s == "" || len(s) > 3*1024 || strings.ContainsAny(s, "\x00") {
				t.Fatalf("part is no word: %+v", c)
			}
		}
	case bonafide.OpMin, bonafide.OpMax, bonafide.OpGreater, bonafide.OpLess:
		if _, ok := c.Values[0].(int64); !ok {
			t.Fatalf("bound is no time: %+v", c)
		}
	default:
		n, err := strconv.ParseFloat(c.Values[0].(string), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			t.Fatalf("bound is no number: %+v", c)
		}
	}
}

// FuzzSorting holds that only known fields ever reach the store.
func FuzzSorting(f *testing.F) {
	for _, seed := range []string{"time_created{asc}", "time_updated%7Bdesc%7D,type", "{", "time_created{asc}{desc}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		known := []string{"folder_id", "company_id", "user_id", "time_created", "time_updated", "analyse_id", "group_id", "type",
			"user_type", "email", "first_name", "last_name", "name"}
		for _, read := range lists() {
			q, err := read(query.Values("sorting="+raw), now())
			if err != nil {
				continue
			}
			for _, s := range q.Sorting {
				if !slices.Contains(known, s.Field) {
					t.Fatalf("unknown field %q", s.Field)
				}
			}
		}
	})
}
