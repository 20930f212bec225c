package sqlite

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// FuzzJSONCondition proves that a value is found by its own name and text,
// whatever these are, and that nothing breaks out of its quotes.
func FuzzJSONCondition(f *testing.F) {
	for _, s := range [][2]string{
		{"transaction_id", "T1"}, {"a.b", ""}, {`q"uo'te\`, `' OR 1=1 --`}, {"[0]", "?"}, {"$", "?0"}, {`\u0041`, `\`},
		{"0", "x"}, {"ё", "Ж"}, {"\xff", "\xfe"}, {"\u2028", "\u2029"}, {"<&>", "\x00"}, {"", "x"}, {`");DROP TABLE x;--`, "\n"},
	} {
		f.Add(s[0], s[1])
	}
	s, err := opener(f.Context(), f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	db := s.(*Store).reader
	f.Fuzz(func(t *testing.T, name, value string) {
		filter := bonafide.Filter{Field: "meta_data", Path: []string{name}, Op: bonafide.OpEqual, Values: []any{value}}
		condition, args, err := jsonCondition("meta", filter)
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeValue {
				t.Errorf("%q = %q: %v", name, value, err)
			}
			return
		}
		meta, err := metaOf(bonafide.Meta{name: value, "another": "x"}).Value()
		if err != nil {
			t.Fatal(err)
		}
		var found bool
		args = slices.Concat([]any{}, args, []any{meta})
		err = db.NewRaw("SELECT coalesce("+condition+", FALSE) FROM (SELECT ? AS meta)", args...).Scan(t.Context(), &found)
		if want := !isIndex(name); err != nil || found != want {
			t.Errorf("%q = %q: found %v, %v, want %v", name, value, found, err, want)
		}
	})
}
