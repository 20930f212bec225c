package request

import (
	"strings"
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

func TestWholeNumbersMayHaveAPointAndHaveABound(t *testing.T) {
	for raw, want := range map[string]int64{"7": 7, "1.0": 1, "-2e2": -200, "9007199254740992": 1 << 53} {
		f, err := Parse([]byte(`{"n": ` + raw + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := f.Integer("n"); err != nil || *n != want {
			t.Errorf("%s: %v, %v", raw, n, err)
		}
	}
	for raw, want := range map[string]bonafide.Code{
		"1.5": bonafide.CodeType, `"1"`: bonafide.CodeType, "true": bonafide.CodeType,
		"9007199254740993": bonafide.CodeValue, "-9007199254740993": bonafide.CodeValue, "1e30": bonafide.CodeValue, "99999999999999999999": bonafide.CodeValue,
	} {
		f, err := Parse([]byte(`{"n": ` + raw + `}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Integer("n"); bonafide.CodeOf(err) != want || err == nil {
			t.Errorf("%s: %v, want %s", raw, err, want)
		}
	}
}

func TestWhatABodyHoldsIsCountedBeforeItIsUnderstood(t *testing.T) {
	list := func(n int) string { return `{"a":[0` + strings.Repeat(",0", n-1) + "]" }
	for raw, want := range map[string]bonafide.Code{
		list(maxValues-2) + "}": "",
		list(maxValues) + "}":   bonafide.CodeTooLarge,
		list(maxValues):         bonafide.CodeTooLarge, // nobody looks whether it is JSON
		`{"a":"` + strings.Repeat(`,{[\\\"`, maxValues) + `"}`:                      "",
		strings.Repeat(`{"a":`, maxDepth) + "1" + strings.Repeat("}", maxDepth):     "",
		strings.Repeat(`{"a":`, maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1): bonafide.CodeStructure,
		strings.Repeat("[", maxDepth+1):                                             bonafide.CodeStructure,
		`{"a":"\`:                                                                   bonafide.CodeStructure,
		`{"a":"`:                                                                    bonafide.CodeStructure,
	} {
		_, err := Parse([]byte(raw))
		if got := bonafide.CodeOf(err); err == nil && want != "" || err != nil && got != want {
			t.Errorf("%.40s: %v, want %q", raw, err, want)
		}
	}
}
