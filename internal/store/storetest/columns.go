package storetest

import (
	"reflect"
	"slices"
	"testing"

	"github.com/uptrace/bun"
)

// Columns compares rows with their tables, both ways; only the order of insertion may be
// known to the table alone.
func Columns(t *testing.T, rows []any) {
	t.Helper()
	db := Open(t).(interface{ Reader() *bun.DB }).Reader()
	for _, row := range rows {
		model := db.Dialect().Tables().Get(reflect.TypeOf(row))
		var want, got []string
		if err := db.NewRaw("SELECT name FROM pragma_table_info(?)", model.Name).Scan(t.Context(), &want); err != nil {
			t.Fatal(err)
		}
		for _, f := range model.Fields {
			got = append(got, f.Name)
		}
		if !slices.Contains(got, "row_id") {
			want = slices.DeleteFunc(want, func(name string) bool { return name == "row_id" })
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has columns %q,\nits row %q", model.Name, want, got)
		}
	}
}
