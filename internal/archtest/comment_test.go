package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// bare lists the exported names of a file that have no comment. Names in a group
// of constants or variables share the comment of the group.
func bare(s *source) []string {
	var found []string
	miss := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if name.IsExported() && !slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c != nil }) {
			found = append(found, name.Name)
		}
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || ast.IsExported(receiver(d)) {
				miss(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					miss(spec.Name, spec.Doc, d.Doc, spec.Comment)
				case *ast.ValueSpec:
					for _, n := range spec.Names {
						miss(n, spec.Doc, d.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return found
}

func TestExportedNamesAreExplained(t *testing.T) {
	for _, s := range sources(t) {
		if found := bare(s); len(found) > 0 {
			t.Errorf("%s: no comment on %s", s.path, strings.Join(found, ", "))
		}
	}
}

func TestABareNameIsFound(t *testing.T) {
	s := example(t, `
func One() {}
// Two has a comment.
func Two() {}
type list struct{}
func (list) Len() int { return 0 }
// The numbers.
const ( Three = 3; Four = 4 )
var Five = 5
type Six struct{}
func (*Six) Seven() {}
`)
	if got := bare(s); !slices.Equal(got, []string{"One", "Five", "Six", "Seven"}) {
		t.Errorf("found %q", got)
	}
}

// wired are the rooms whose structs are JSON that clients read or write.
func wired(room string) bool {
	return room == "internal/ozapi" || matches("internal/ozapi/*", room) && room != "internal/ozapi/describe" || room == "internal/liteapi" || room == "client"
}

// unexplained lists the JSON fields of a file without a comment above or beside them.
func unexplained(s *source) []string {
	var found []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		st, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, f := range st.Fields.List {
			if f.Tag == nil || f.Doc != nil || f.Comment != nil {
				continue
			}
			key, has := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Lookup("json")
			if key, _, _ = strings.Cut(key, ","); has && key != "-" && key != "" {
				found = append(found, fmt.Sprintf("%s (line %d)", key, s.set.Position(f.Pos()).Line))
			}
		}
		return true
	})
	return found
}

// unexplainedFields are how many a room still has. The numbers only fall.
func unexplainedFields() map[string]int {
	return map[string]int{"internal/ozapi": 51, "internal/ozapi/request": 8}
}

func TestFieldsOfTheWireAreExplained(t *testing.T) {
	rooms := map[string][]string{}
	for _, s := range sources(t) {
		for _, field := range unexplained(s) {
			if wired(s.room) {
				rooms[s.room] = append(rooms[s.room], s.path+" "+field)
			}
		}
	}
	for room, found := range rooms {
		if most := unexplainedFields()[room]; len(found) > most {
			t.Errorf("%s: %d fields have no comment, at most %d:\n%s", room, len(found), most, strings.Join(found, "\n"))
		}
	}
}

func TestAnUnexplainedFieldIsFound(t *testing.T) {
	s := example(t, "type a struct {\n"+
		"\tOne int `json:\"one\"`\n"+
		"\tTwo int `json:\"two,omitempty\"` // has a comment\n"+
		"\tThree int `json:\"-\"`\n"+
		"\tFour struct {\n\t\tFive int `json:\"five\"`\n\t} // inline\n}\n")
	if got := unexplained(s); !slices.Equal(got, []string{"one (line 3)", "five (line 7)"}) {
		t.Errorf("found %q", got)
	}
}

// TestEveryPackageIsExplainedInOnePlace: the comment of a package stands in the file
// named like it, in doc.go, or in main.go of a program.
func TestEveryPackageIsExplainedInOnePlace(t *testing.T) {
	explained := map[string]string{}
	rooms := map[string]bool{}
	for _, s := range sources(t) {
		rooms[s.room] = true
		if s.file.Doc == nil {
			continue
		}
		base := path.Base(s.path)
		if base != "doc.go" && base != s.file.Name.Name+".go" {
			t.Errorf("%s explains the package, which belongs to %s.go or doc.go", s.path, s.file.Name.Name)
		}
		if other := explained[s.room]; other != "" {
			t.Errorf("%s and %s explain the same package", other, s.path)
		}
		explained[s.room] = s.path
	}
	for room := range rooms {
		if explained[room] == "" {
			t.Errorf("%s has no package comment", room)
		}
	}
}

// heldVariables are the variables of packages that reality needs, each with the
// reason.
func heldVariables() map[string]string {
	return map[string]string{
		"cmd/bonafide version":                   "the Makefile sets it by -X",
		"internal/infer/ort process":             "the library keeps one environment per process, however many runtimes are open",
		"internal/blob/disk buffers":             "a pool of buffers, without which each upload would allocate its own",
		"internal/store/storetest empty":         "the tables are made once per test program, not once per test",
		"internal/store/storetest/pgtest shared": "one server serves all tests of a program",
		"internal/model/modeltest kept":          "a set is loaded once per test program, not once per test",
	}
}

// held lists the package variables of a file that are neither an error, a regular
// expression, embedded files nor the assertion that a type implements an interface.
func held(s *source) []string {
	var found []string
	for _, d := range s.file.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, n := range spec.Names {
				if n.Name != "_" && !constant(s, d, spec, i) {
					found = append(found, s.room+" "+n.Name)
				}
			}
		}
	}
	return found
}

// constant tells whether variable i of a declaration never changes by its nature.
func constant(s *source, d *ast.GenDecl, spec *ast.ValueSpec, i int) bool {
	for _, c := range []*ast.CommentGroup{d.Doc, spec.Doc} {
		if c != nil && slices.ContainsFunc(c.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") }) {
			return true
		}
	}
	if i >= len(spec.Values) {
		return false
	}
	call, ok := spec.Values[i].(*ast.CallExpr)
	if !ok {
		return false
	}
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		return slices.Contains([]string{"errors.New", "fmt.Errorf", "bonafide.Errorf", "regexp.MustCompile"}, fmt.Sprintf("%s.%s", f.X, f.Sel))
	case *ast.Ident:
		return f.Name == "Errorf" && s.room == Vocabulary
	}
	return false
}

func TestPackagesHoldNoVariables(t *testing.T) {
	var found []string
	for _, s := range sources(t) {
		found = append(found, held(s)...)
	}
	for _, v := range found {
		if heldVariables()[v] == "" {
			t.Errorf("%s is a package variable; make it a parameter, a constant or a function", v)
		}
	}
	for v := range heldVariables() {
		if !slices.Contains(found, v) {
			t.Errorf("%s is an exception that nothing needs", v)
		}
	}
}

func TestAHeldVariableIsFound(t *testing.T) {
	s := example(t, `
var errGone = errors.New("gone")
var form = regexp.MustCompile("x")
//go:embed a.txt
var page string
var _ error = (*wrong)(nil)
var count, table = 0, map[string]int{}
`)
	if got := held(s); !slices.Equal(got, []string{"example count", "example table"}) {
		t.Errorf("found %q", got)
	}
}
