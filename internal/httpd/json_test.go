package httpd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestAKeyThatStandsTwiceIsFound(t *testing.T) {
	many := func(last string) string {
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, `"k%d": {}, `, i)
		}
		return "{" + b.String() + last + ": 1}"
	}
	for text, want := range map[string]string{
		`{"a": 1, "a": 1}`:                           "a a",
		`{"a": {"b": [0, {"c": 1, "c": 2}]}}`:        "c a.b[1].c",
		`[{"a": 1}, {"a": 1, "b": 2, "a": 3}]`:       "a [1].a",
		`{"a": 1, "\u0061": 2}`:                      "a a",
		`{"é": 1, "\u00e9": 2}`:                      "é é",
		`{"a\"": 1, "a\u0022": 2}`:                   `a" a"`,
		"{\"\xff\": 1, \"\xfe\": 2}":                 "\ufffd \ufffd",
		`{"\ud800": 1, "\udfff": 2}`:                 "\ufffd \ufffd",
		`{"": 1, "": 2}`:                             " ",
		`{"a": {"x": 1}, "b": {"x": 1}, "a": "end"}`: "a a",
		many(`"k999"`):                               "k999 k999",
		many(`"k3"`):                                 "k3 k3",
		`{"a": 1, "A": 2}`:                           "",
		`{"a": {"a": {"a": ["a", "a"]}}}`:            "",
		`{"a": "a", "b": "a\", \"b\": \"a"}`:         "",
		`[{"a": 1}, {"a": 1}]`:                       "",
		`{"a": ",", "b": "{", "c": "}"}`:             "",
		many(`"k1000"`):                              "",
		``:                                           "",
		`"`:                                          "",
		`{"a": 1`:                                    "",
		`]}{`:                                        "",
	} {
		got := ""
		if twice := FindTwice([]byte(text)); twice != nil {
			got = twice.Key + " " + twice.Path
		}
		if got != want {
			t.Errorf("%.60q: found %q, want %q", text, got, want)
		}
	}
}

// twiceByTokens is the same by the standard library's reader of tokens.
func twiceByTokens(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	var objects []map[string]bool // nil: an array
	key := false                  // the next string is one
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		inside := len(objects) > 0 && objects[len(objects)-1] != nil
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{':
				objects = append(objects, map[string]bool{})
				key = true
				continue
			case '[':
				objects = append(objects, nil)
				key = false
				continue
			}
			objects = objects[:len(objects)-1]
			key = len(objects) > 0 && objects[len(objects)-1] != nil
			continue
		case string:
			if inside && key {
				if objects[len(objects)-1][token] {
					return true
				}
				objects[len(objects)-1][token] = true
				key = false
				continue
			}
		}
		key = inside
	}
}

func FuzzFindTwice(f *testing.F) {
	for _, text := range []string{`{"a": 1, "a": 2}`, `{"a": [{"b": null}, {"b": 1, "\u0062": 2}]}`, `[]`, `{"a": {"a": "a"}}`, `{"é": 1, "\u00e9": 2}`, "{\"\xff\": 1}", `"\`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		twice := FindTwice(text)
		if json.Valid(text) && (twice != nil) != twiceByTokens(text) {
			t.Errorf("%q: found %+v", text, twice)
		}
	})
}

func BenchmarkFindTwice(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("[{}")
	for i := range 10_000 {
		fmt.Fprintf(&text, `, {"name": "value %d", "tags": ["a", "b"], "meta_data": {"iin": "123456789012"}}`, i)
	}
	text.WriteByte(']')
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		FindTwice(text.Bytes())
	}
}
