package advice

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
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

func TestTheListOfCodesIsWhole(t *testing.T) {
	all, want := bonafide.ReasonCodes(), codes(t)
	slices.Sort(all)
	slices.Sort(want)
	if !slices.Equal(all, want) {
		t.Errorf("got %q,\nwant %q", all, want)
	}
}

func TestEveryCodeIsInTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/judge/verdicts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range codes(t) {
		if !strings.Contains(string(page), "`"+code+"`") {
			t.Errorf("docs/judge/verdicts.md does not have %s", code)
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

func TestAdviceComesInTheLanguageThatIsAskedFor(t *testing.T) {
	for ask, want := range map[string]Language{
		"": English, "ru": Russian, "ru-RU,ru;q=0.9,en;q=0.8": Russian, "en-GB,ru;q=0.5": English, "kk,ru;q=0.7,en;q=0.3": Russian,
		"de": English, "RU": Russian, "ru;q=0,en": English, "ru;q=nonsense": English, "*": English, "ru; q=0.4, en; q=0.3": Russian,
	} {
		if got := Preferred(ask); got != want {
			t.Errorf("%q gives %s", ask, got)
		}
	}
	if s := Sentence(Russian, "too_dark"); !strings.Contains(s, "темно") {
		t.Errorf("got %q", s)
	}
}
