package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// source is one parsed Go file.
type source struct {
	path string // from the root
	room string
	set  *token.FileSet
	file *ast.File
}

// lines counts the lines that a node takes.
func (s *source) lines(n ast.Node) int {
	return s.set.Position(n.End()).Line - s.set.Position(n.Pos()).Line + 1
}

// length counts the lines of the whole file.
func (s *source) length() int { return s.set.File(s.file.Pos()).LineCount() }

// name spells a function as Type.Method or Function.
func name(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	return receiver(f) + "." + f.Name.Name
}

// receiver is the name of the type that a method belongs to.
func receiver(f *ast.FuncDecl) string {
	of := f.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.IndexListExpr:
			of = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// sources parses the tree, tests left out.
func sources(t *testing.T) []*source {
	t.Helper()
	top := root(t)
	var all []*source
	for dir, files := range goFiles(t, top) {
		for _, path := range files {
			s := &source{path: strings.TrimPrefix(path, top+"/"), room: roomName(dir), set: token.NewFileSet()}
			var err error
			if s.file, err = parser.ParseFile(s.set, path, nil, parser.ParseComments); err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
	}
	return all
}

// example parses a file that a rule is tried on.
func example(t *testing.T, code string) *source {
	t.Helper()
	s := &source{path: "example.go", room: "example", set: token.NewFileSet()}
	var err error
	if s.file, err = parser.ParseFile(s.set, s.path, "package example\n"+code, parser.ParseComments); err != nil {
		t.Fatal(err)
	}
	return s
}
