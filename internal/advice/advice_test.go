package advice

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// codes reads the constants of the vocabulary that name reasons.
func codes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../reason.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		text, ok := spec.Values[0].(*ast.BasicLit)
		if !ok || text.Kind != token.STRING || !strings.HasPrefix(spec.Names[0].Name, "Reason") {
			return true
		}
		code, err := strconv.Unquote(text.Value)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, code)
		return true
	})
	return found
}

func TestEveryCodeHasASentenceInEveryLanguage(t *testing.T) {
	all := codes(t)
	if len(all) < 28 {
		t.Fatalf("%d codes found", len(all))
	}
	for language, say := range languages() {
		for _, code := range all {
			if s := say(code); !strings.HasSuffix(s, ".") {
				t.Errorf("%s: %s says %q", language, code, s)
			}
		}
	}
}

func TestWhatALanguageLacksIsSaidInEnglish(t *testing.T) {
	if got, want := Sentence("xx", "no_face"), Sentence(English, "no_face"); got != want || want == "" {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Sentence(English, "unheard_of"); got != "" {
		t.Errorf("an unknown code says %q", got)
	}
}
