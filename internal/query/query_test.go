package query_test

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
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
		"meta_data=" + strings.Repeat("a==1,", 40):      bonafide.CodeValue,
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
	q, err := query.Analyses(query.Values(raw), now())
	if err != nil || !reflect.DeepEqual(q.Filters, want) {
		t.Errorf("got %+v, %v", q.Filters, err)
	}
}

func TestAnalysesOfOneFolderAreNotPagedUnlessAsked(t *testing.T) {
	for raw, want := range map[string]int{"": -1, "limit=7": 7} {
		if q, err := query.FolderAnalyses(query.Values(raw), now()); err != nil || q.Limit != want || q.Sorting != nil {
			t.Errorf("%q: got %d, %v", raw, q.Limit, err)
		}
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
		"type=quality&state.exclude=failed", "meta_data=%zz==%", "time_created=2026-05-04 10:00:00+03:00,now"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := query.Analyses(query.Values(raw), now())
		if err != nil {
			if bonafide.CodeOf(err) == bonafide.CodeUnknown {
				t.Fatalf("not one of ours: %v", err)
			}
			return
		}
		if len(q.Filters) > 32 || q.Limit < -1 || q.Limit > query.MaxLimit || q.Offset < 0 {
			t.Fatalf("out of limits: %+v", q)
		}
		for _, c := range q.Filters {
			checkFilter(t, c)
		}
	})
}

func checkFilter(t *testing.T, c bonafide.Filter) {
	t.Helper()
	if len(c.Values) == 0 || len(c.Path) > bonafide.MaxFilterDepth {
		t.Fatalf("broken filter %+v", c)
	}
	switch c.Op {
	case bonafide.OpIn, bonafide.OpNotIn, bonafide.OpEqual, bonafide.OpNotEqual:
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
		q, err := query.Folders(query.Values("sorting="+raw), now())
		if err != nil {
			return
		}
		for _, s := range q.Sorting {
			if !slices.Contains([]string{"folder_id", "company_id", "user_id", "time_created", "time_updated"}, s.Field) {
				t.Fatalf("unknown field %q", s.Field)
			}
		}
	})
}
