package rows_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/rows/signin"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// TestRowsHaveTheColumnsOfTheirTables compares both ways; only the order of insertion
// may be known to the table alone.
func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	db := storetest.Open(t).(*sqlite.Store).Reader()
	for _, row := range slices.Concat(rows.Rows(), signin.Rows()) {
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
