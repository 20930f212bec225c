package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/bonafide-id/bonafide"

// root is the repository, two folders up from this package.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// goFiles gives the Go files of the tree by room, tests left out.
func goFiles(t *testing.T, top string) map[string][]string {
	t.Helper()
	rooms := map[string][]string{}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(top, path)
		if d.IsDir() {
			if skipped(rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			room := filepath.ToSlash(filepath.Dir(rel))
			rooms[room] = append(rooms[room], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rooms
}

// skipped tells whether a folder, a path from the root, holds nothing of ours.
func skipped(folder string) bool {
	name := filepath.Base(folder)
	return folder != "." && (name[0] == '.' || folder == "build" || name == "node_modules" || name == "testdata")
}

// testOnly tells whether a package exists for tests alone: it may enter any
// room, and no room may enter it.
func testOnly(room string) bool { return strings.HasSuffix(room, "test") }

func matches(pattern, room string) bool {
	if above, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(room, above+"/")
	}
	return pattern == room
}

// entry finds the table's row for a room; an exact name wins over a pattern.
func entry(room string) (Room, bool) {
	var found Room
	ok := false
	for _, r := range Doors() {
		if r.Name == room {
			return r, true
		}
		if matches(r.Name, room) {
			found, ok = r, true
		}
	}
	return found, ok
}

func roomName(dir string) string {
	if dir == "." {
		return Vocabulary
	}
	return dir
}

func TestEveryImportGoesThroughADoor(t *testing.T) {
	for dir, files := range goFiles(t, root(t)) {
		room := roomName(dir)
		if testOnly(room) {
			continue
		}
		row, ok := entry(room)
		if !ok {
			t.Errorf("room %s has no entry in the table of doors", room)
			continue
		}
		for _, file := range files {
			for _, to := range entered(t, file) {
				if to != room && !row.Anyone && !allowed(row, to) {
					t.Errorf("%s: %s must not enter %s", file, room, to)
				}
			}
		}
	}
}

// unused lists the doors of a table that nobody goes through, given who enters
// what.
func unused(table []Room, enters map[string]map[string]bool) []string {
	var found []string
	for _, row := range table {
		for _, door := range row.Enter {
			if !gone(row.Name, door, enters) {
				found = append(found, row.Name+" -> "+door)
			}
		}
	}
	return found
}

// gone tells whether a room of the row goes through the door.
func gone(row, door string, enters map[string]map[string]bool) bool {
	for room, to := range enters {
		if !matches(row, room) {
			continue
		}
		for other := range to {
			if matches(door, other) {
				return true
			}
		}
	}
	return false
}

func TestEveryDoorIsUsed(t *testing.T) {
	enters := map[string]map[string]bool{}
	for dir, files := range goFiles(t, root(t)) {
		room := roomName(dir)
		enters[room] = map[string]bool{}
		for _, file := range files {
			for _, to := range entered(t, file) {
				enters[room][to] = true
			}
		}
	}
	for _, door := range unused(Doors(), enters) {
		t.Errorf("nobody needs the door %s", door)
	}
}

func TestAnUnusedDoorIsFound(t *testing.T) {
	table := []Room{{Name: "a", Enter: []string{"b", "c/*"}}, {Name: "d/*", Enter: []string{"a", "b"}}}
	enters := map[string]map[string]bool{"a": {"c/one": true}, "d/one": {"b": true}, "d/two": {"a": true}}
	if got := unused(table, enters); !slices.Equal(got, []string{"a -> b"}) {
		t.Errorf("found %q", got)
	}
}

func allowed(row Room, to string) bool {
	if testOnly(to) && to != "internal/archtest" {
		return false
	}
	for _, door := range row.Enter {
		if matches(door, to) {
			return true
		}
	}
	return false
}

// entered lists the rooms that a file imports.
func entered(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var rooms []string
	for _, imp := range f.Imports {
		path := strings.Trim(imp.Path.Value, `"`)
		if path == module {
			rooms = append(rooms, Vocabulary)
		}
		if rel, ok := strings.CutPrefix(path, module+"/"); ok {
			rooms = append(rooms, rel)
		}
	}
	return rooms
}

func TestVocabularyImportsTheStandardLibraryOnly(t *testing.T) {
	for _, file := range goFiles(t, root(t))["."] {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range f.Imports {
			if strings.Contains(strings.Split(imp.Path.Value, "/")[0], ".") {
				t.Errorf("%s imports %s", file, imp.Path.Value)
			}
		}
	}
}

func TestNoRoomIsNamedAfterNothing(t *testing.T) {
	for dir := range goFiles(t, root(t)) {
		switch filepath.Base(dir) {
		case "util", "utils", "common", "helper", "helpers", "base", "manager", "misc":
			t.Errorf("%s: a room is named after what it holds", dir)
		}
	}
}

func TestNoInitFunctions(t *testing.T) {
	for _, files := range goFiles(t, root(t)) {
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(src), "\nfunc init()") {
				t.Errorf("%s has an init function", file)
			}
		}
	}
}
