package request

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestOnlyBlanksOfJSONAreAnEmptyBody(t *testing.T) {
	for _, raw := range []string{"", " \t\r\n"} {
		if f, err := Parse([]byte(raw)); err != nil || len(f) != 0 {
			t.Errorf("%q: %v, %v", raw, f, err)
		}
	}
	for _, raw := range []string{"\f", "\v", "\u00a0", "\u2028", "\x00", "null", "[]", "{} {}"} {
		if _, err := Parse([]byte(raw)); bonafide.CodeOf(err) != bonafide.CodeStructure {
			t.Errorf("%q: %v", raw, err)
		}
	}
}
