package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// The sizes of the house, in lines and methods.
const (
	functionLines   = 60
	fileLines       = 420
	packageLines    = 3500
	vocabularyLines = 1100
	methods         = 25
)

// longFunctions are those that stay long, each with the reason.
func longFunctions() map[string]string {
	return map[string]string{}
}

// largePackages are those that may be larger, with the lines that they may have: the
// suite of stores has a case for each promise of their contract.
func largePackages() map[string]int {
	return map[string]int{"internal/store/storetest": 5000}
}

// wideInterfaces are those that may have any number of methods.
func wideInterfaces() map[string]string {
	return map[string]string{
		"store.Store":       "the sum of the contracts of all nouns, which a store implements and nobody asks for",
		"storetest.Subject": "store.Store with what the suite needs to look inside",
		"ozapi.Records":     "the sum of what the resources ask for, each in its own file",
		"storage.Store":     "the same, whichever database it is in",
	}
}

// long lists the functions of a file with more than 60 lines. The tests of a suite
// are lists of steps and may be as long as they are.
func long(s *source) []string {
	var found []string
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && s.lines(f) > functionLines && !testOnly(s.room) {
			found = append(found, fmt.Sprintf("%s %s", s.room, name(f)))
		}
	}
	return found
}

func TestFunctionsAreShort(t *testing.T) {
	var found []string
	for _, s := range sources(t) {
		found = append(found, long(s)...)
	}
	for _, f := range found {
		if longFunctions()[f] == "" {
			t.Errorf("%s has more than %d lines", f, functionLines)
		}
	}
	for f := range longFunctions() {
		if !slices.Contains(found, f) {
			t.Errorf("%s is an exception that nothing needs", f)
		}
	}
}

func TestALongFunctionIsFound(t *testing.T) {
	s := example(t, "func (l *list[T]) all() {"+strings.Repeat("\n\tprint()", functionLines)+"\n}\nfunc short() {}\n")
	if got := long(s); !slices.Equal(got, []string{"example list.all"}) {
		t.Errorf("found %q", got)
	}
}

func TestFilesAndPackagesAreSmall(t *testing.T) {
	packages := map[string]int{}
	for _, s := range sources(t) {
		packages[s.room] += s.length()
		if n := s.length(); n > fileLines {
			t.Errorf("%s has %d lines, at most %d", s.path, n, fileLines)
		}
	}
	for room, n := range packages {
		most := max(packageLines, largePackages()[room])
		if room == Vocabulary {
			most = vocabularyLines
		}
		if n > most {
			t.Errorf("%s has %d lines, at most %d", room, n, most)
		}
	}
}

// contract is an interface: how many methods it names itself, and what it embeds.
type contract struct {
	own    int
	embeds []string
}

// interfaces gives the interfaces of files by package.Name.
func interfaces(all []*source) map[string]contract {
	found := map[string]contract{}
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			i, ok := spec.Type.(*ast.InterfaceType)
			if !ok {
				return true
			}
			var c contract
			for _, m := range i.Methods.List {
				switch e := m.Type.(type) {
				case *ast.FuncType:
					c.own++
				case *ast.Ident:
					c.embeds = append(c.embeds, s.file.Name.Name+"."+e.Name)
				case *ast.SelectorExpr:
					c.embeds = append(c.embeds, fmt.Sprintf("%s.%s", e.X, e.Sel))
				}
			}
			found[s.file.Name.Name+"."+spec.Name.Name] = c
			return true
		})
	}
	return found
}

// width counts the methods of an interface, embedded ones included.
func width(all map[string]contract, name string) int {
	n := all[name].own
	for _, e := range all[name].embeds {
		n += width(all, e)
	}
	return n
}

func TestInterfacesAreNarrow(t *testing.T) {
	all := interfaces(sources(t))
	for name := range all {
		if n := width(all, name); n > methods && wideInterfaces()[name] == "" {
			t.Errorf("%s has %d methods, at most %d", name, n, methods)
		}
	}
	for name := range all {
		if strings.HasPrefix(name, Vocabulary+".") {
			t.Errorf("%s: contracts stand beside those who keep or need them, not in the vocabulary", name)
		}
	}
}

func TestEmbeddedMethodsCount(t *testing.T) {
	all := interfaces([]*source{example(t, `type A interface { One(); Two() }
type B interface { A; other.C; Three() }
type D struct{}`)})
	all["other.C"] = contract{own: 4}
	if got := width(all, "example.B"); got != 7 {
		t.Errorf("B has %d methods", got)
	}
}
