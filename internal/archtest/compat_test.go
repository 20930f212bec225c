package archtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheCompatibilityListIsHeld proves that docs/build/compatibility.md has every number
// once, and that the tests which it names are there.
func TestTheCompatibilityListIsHeld(t *testing.T) {
	top := root(t)
	doc, err := os.ReadFile(filepath.Join(top, "docs", "build", "compatibility.md"))
	if err != nil {
		t.Fatal(err)
	}
	written := testNames(t, top)
	rows := map[string]int{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\w+ \d+) \|.*\| (.*) \|$`).FindAllStringSubmatch(string(doc), -1) {
		rows[row[1]]++
		for name := range strings.SplitSeq(row[2], ", ") {
			if !written[name] {
				t.Errorf("%s: there is no test %s", row[1], name)
			}
		}
	}
	for list, n := range map[string]int{"Compat": 30, "Oz": 23} {
		for i := range n {
			if number := fmt.Sprint(list, " ", i+1); rows[number] != 1 {
				t.Errorf("%s has %d rows", number, rows[number])
			}
		}
	}
}

// testNames gives the tests of the rooms that answer clients.
func testNames(t *testing.T, top string) map[string]bool {
	t.Helper()
	declaration := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	names := map[string]bool{}
	for _, room := range []string{"internal/ozapi", "internal/liteapi", "cmd/bonafide"} {
		files, err := fs.Glob(os.DirFS(top), room+"/*_test.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", room, files, err)
		}
		for _, name := range files {
			source, err := os.ReadFile(filepath.Join(top, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range declaration.FindAllStringSubmatch(string(source), -1) {
				names[d[1]] = true
			}
		}
	}
	return names
}
