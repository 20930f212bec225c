package spell

import (
	"strings"
	"testing"
)

func TestTheNearestWordIsOfferedWhereOneWasMeant(t *testing.T) {
	known := []string{"analyses", "type", "threshold_spoofing", "meta_data"}
	for word, want := range map[string]string{
		"analysis":                 "analyses",
		"Meta_Data":                "meta_data",
		"tpe":                      "type",
		"threshold_spofing":        "threshold_spoofing",
		"metadata":                 "meta_data",
		"ty":                       "",
		"colour":                   "",
		"":                         "",
		strings.Repeat("type", 99): "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestDistanceCountsLettersPutInLeftOutAndChanged(t *testing.T) {
	for _, c := range []struct {
		a, b string
		most int
		want int
	}{
		{"type", "type", 3, 0}, {"type", "tpe", 3, 1}, {"type", "types", 3, 1}, {"type", "tape", 3, 1},
		{"type", "tapes", 3, 2}, {"type", "photo", 3, 3}, {"", "a", 3, 1}, {"a", "abcd", 3, 3},
	} {
		if got := distance(c.a, c.b, c.most); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if there, back := distance(c.a, c.b, c.most), distance(c.b, c.a, c.most); there != back {
			t.Errorf("%q, %q: %d there, %d back", c.a, c.b, there, back)
		}
	}
}
