package listing_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// index matches what is read as the place in an array.
var index = regexp.MustCompile(`^[0-9]{0,9}$`)

// FuzzJSONCondition proves that a value is found by its own name and text,
// whatever these are, and that nothing breaks out of its quotes.
func FuzzJSONCondition(f *testing.F) {
	for _, s := range [][2]string{
		{"transaction_id", "T1"}, {"a.b", ""}, {`q"uo'te\`, `' OR 1=1 --`}, {"[0]", "?"}, {"$", "?0"}, {`\u0041`, `\`},
		{"0", "x"}, {"ё", "Ж"}, {"\xff", "\xfe"}, {"\u2028", "\u2029"}, {"<&>", "\x00"}, {"", "x"}, {`");DROP TABLE x;--`, "\n"},
	} {
		f.Add(s[0], s[1])
	}
	s := storetest.Open(f).(*sqlite.Store)
	f.Fuzz(func(t *testing.T, name, value string) {
		filter := bonafide.Filter{Field: "meta_data", Path: []string{name}, Op: bonafide.OpEqual, Values: []any{value}}
		condition, args, err := listing.JSONCondition(s, "meta", filter)
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeValue {
				t.Errorf("%q = %q: %v", name, value, err)
			}
			return
		}
		meta, err := json.Marshal(bonafide.Meta{name: value, "another": "x"})
		if err != nil {
			t.Fatal(err)
		}
		var found bool
		args = slices.Concat([]any{}, args, []any{string(meta)})
		err = s.Reader().NewRaw("SELECT coalesce("+condition+", FALSE) FROM (SELECT ? AS meta)", args...).Scan(t.Context(), &found)
		if want := !index.MatchString(name); err != nil || found != want {
			t.Errorf("%q = %q: found %v, %v, want %v", name, value, found, err, want)
		}
	})
}
