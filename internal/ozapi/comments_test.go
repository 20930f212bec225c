package ozapi

import (
	"bytes"
	"encoding/json"
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// TestCommentsOfTheSourceAreFresh holds comments.json, by which the server knows the
// comments of its own source.
func TestCommentsOfTheSourceAreFresh(t *testing.T) {
	const name = "comments.json"
	want := sourceComments(t)
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go generate ./internal/ozapi", name)
	}
}

// beginnings are the words that are constants without a type, by how their names begin.
func beginnings() map[string]string {
	return map[string]string{"Reason": "ReasonCode", "Finding": "FindingKind", "Action": "AuditAction"}
}

// sourceComments reads the comments of the types that are written as JSON, and of the
// words that they take.
func sourceComments(t *testing.T) []byte {
	t.Helper()
	c := describe.Comments{Types: map[string]string{}, Fields: map[string]string{}, Words: map[string][]describe.Word{}}
	for folder, all := range map[string]bool{".": true, "request": true, "wire": true, "../liteapi": true, "../..": false} {
		for _, file := range parsed(t, folder) {
			for _, d := range file.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, spec := range g.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						readType(&c, file.Name.Name+".", s, text(s.Doc, g.Doc), all)
					case *ast.ValueSpec:
						readWords(t, &c, s, text(g.Doc))
					}
				}
			}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parsed gives the files of a package, tests left out, in the order of their names.
func parsed(t *testing.T, folder string) []*ast.File {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := goparser.ParseFile(gotoken.NewFileSet(), folder+"/"+e.Name(), nil, goparser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// readType takes the comments of a struct and of its fields in JSON, and that of a type
// of words. Of the vocabulary only what answers show is of interest.
func readType(c *describe.Comments, prefix string, s *ast.TypeSpec, about string, all bool) {
	name := prefix + s.Name.Name
	fields, isStruct := s.Type.(*ast.StructType)
	if word, isName := s.Type.(*ast.Ident); isName && (word.Name == "string" || word.Name == "int") {
		c.Types[name] = withoutName(about, s.Name.Name)
		return
	}
	if !isStruct || !all && name != "bonafide.ModelRef" {
		return
	}
	found := len(fields.Fields.List) == 0
	for _, f := range fields.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(f.Tag.Value)
		key, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		if key == "" || key == "-" {
			continue
		}
		found = true
		c.Fields[name+"."+key] = text(f.Comment, f.Doc)
	}
	if found {
		c.Types[name] = withoutName(about, s.Name.Name)
	}
}

// readWords takes constants that are strings, by their type or by how they begin.
func readWords(t *testing.T, c *describe.Comments, s *ast.ValueSpec, about string) {
	t.Helper()
	of := ""
	if word, ok := s.Type.(*ast.Ident); ok {
		of = word.Name
	}
	for beginning, name := range beginnings() {
		if s.Type == nil && strings.HasPrefix(s.Names[0].Name, beginning) {
			of = name
			if c.Types["words."+name] == "" {
				c.Types["words."+name] = about
			}
		}
	}
	if of == "" || len(s.Values) != 1 {
		return
	}
	literal, ok := s.Values[0].(*ast.BasicLit)
	if !ok || literal.Kind != gotoken.STRING && of != "ErrorCode" {
		return
	}
	value := literal.Value
	if literal.Kind == gotoken.STRING {
		var err error
		if value, err = strconv.Unquote(literal.Value); err != nil {
			t.Fatal(err)
		}
	}
	c.Words[of] = append(c.Words[of], describe.Word{Value: value, About: text(s.Comment)})
}

// text is the first comment that is there, on one line.
func text(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if g != nil {
			return strings.Join(strings.Fields(g.Text()), " ")
		}
	}
	return ""
}

// withoutName takes the name off that the comment of a type begins with.
func withoutName(about, name string) string {
	for _, verb := range []string{" is ", " are "} {
		if rest, ok := strings.CutPrefix(about, name+verb); ok {
			return rest
		}
	}
	return strings.TrimPrefix(about, name+" ")
}
