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

// pages gives the Markdown files of the tree.
func pages(t *testing.T, top string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(top, path)
		switch {
		case d.IsDir() && skipped(rel):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, ".md"):
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	silent  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors gives the names by which the headings of a page can be linked to.
func anchors(page string) map[string]bool {
	names := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		names[strings.ReplaceAll(silent.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return names
}

// broken tells which links of a page lead nowhere. The words of scripts/accuracy.md
// are read in docs/judge.
func broken(t *testing.T, top, page string) []string {
	t.Helper()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(page)
	if page == filepath.Join(top, "scripts", "accuracy.md") {
		dir = filepath.Join(top, "docs", "judge")
	}
	var lost []string
	for _, m := range link.FindAllStringSubmatch(string(raw), -1) {
		if strings.Contains(m[1], ":") {
			continue
		}
		path, anchor, _ := strings.Cut(m[1], "#")
		to := page
		if path != "" {
			to = filepath.Join(dir, path)
		}
		if _, err := os.Stat(to); err != nil {
			lost = append(lost, m[1])
			continue
		}
		if anchor == "" {
			continue
		}
		if target, err := os.ReadFile(to); err != nil || !anchors(string(target))[anchor] {
			lost = append(lost, m[1])
		}
	}
	return lost
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	top := root(t)
	for _, page := range pages(t, top) {
		if lost := broken(t, top, page); len(lost) > 0 {
			t.Errorf("%s: %v", page, lost)
		}
	}
}

func TestALostLinkIsFound(t *testing.T) {
	top := t.TempDir()
	page := filepath.Join(top, "a.md")
	text := "# One thing: it's here\n[a](#one-thing-its-here) [b](a.md#one-thing-its-here) [c](b.md) [d](#two) [e](https://example.org)\n"
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if lost := strings.Join(broken(t, top, page), " "); lost != "b.md #two" {
		t.Errorf("found %q", lost)
	}
}

func TestEveryDecisionIsInTheIndex(t *testing.T) {
	dir := filepath.Join(root(t), "docs", "decisions")
	index, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "[0-9]*.md"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for i, path := range names {
		number, file := fmt.Sprintf("%03d", i+1), filepath.Base(path)
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(file, number+"-") || !strings.HasPrefix(string(page), "# "+number+": ") {
			t.Errorf("%s is not number %s", file, number)
		}
		if row := "| [" + number + "](" + file + ") |"; strings.Count(string(index), row) != 1 {
			t.Errorf("the index lacks %s", row)
		}
	}
}
