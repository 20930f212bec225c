package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheChangelogIsFresh(t *testing.T) {
	page, err := render(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != string(page) {
		t.Error("CHANGELOG.md is stale, run go generate ./changelog")
	}
}

func TestTheTemplateIsAChange(t *testing.T) {
	raw, err := os.ReadFile("TEMPLATE.md")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := parse(string(raw)); err != nil || c.kind != "Changed" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestReleasesStandFromTheNewestOn(t *testing.T) {
	files := fstest.MapFS{
		"unreleased/b.md":         {Data: []byte("Fixed: Late\n\nText of b.\n")},
		"unreleased/a.md":         {Data: []byte("# advice\n\nAdded: Early\n\nText of a.\n\nMore.\n")},
		"0.9.0_2026-01-01/old.md": {Data: []byte("Added: Old\n\nText.\n")},
		"0.10.0_2026-02-01/x.md":  {Data: []byte("Added: Newer\n\nText.\n")},
		"TEMPLATE.md":             {Data: []byte("not a change")},
	}
	page, err := render(files)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, m := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(string(page), -1) {
		order = append(order, m[1])
	}
	want := "Not released yet, Added: Early, Fixed: Late, 0.10.0 (2026-02-01), Added: Newer, 0.9.0 (2026-01-01), Added: Old"
	if got := strings.Join(order, ", "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !strings.Contains(string(page), "Text of a.\n\nMore.\n") {
		t.Errorf("the text is missing in %s", page)
	}
}

func TestWhatIsNoChangeIsRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"unknown kind":  "Improved: A\n\nText.\n",
		"no title":      "Added:\n\nText.\n",
		"a full stop":   "Added: A thing.\n\nText.\n",
		"no text":       "Added: A thing\n\n",
		"a long title":  "Added: " + strings.Repeat("long ", 30) + "\n\nText.\n",
		"an empty file": "",
	} {
		if c, err := parse(raw); err == nil {
			t.Errorf("%s is taken: %+v", name, c)
		}
	}
	if _, err := render(fstest.MapFS{"v1/a.md": {Data: []byte("Added: A\n\nText.\n")}}); err == nil {
		t.Error("a folder that is no release is taken")
	}
}

// TestTheVersionNamesReleaseAndCommit runs scripts/version where there is no
// git, on a commit, at the release's tag, and after it.
func TestTheVersionNamesReleaseAndCommit(t *testing.T) {
	dir := t.TempDir()
	script, err := os.ReadFile("../scripts/version")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"VERSION": "1.2.3\n", "scripts/version": string(script)} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		t.Helper()
		c := exec.Command(name, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@localhost", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@localhost")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v: %s", name, args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	want := func(pattern string) {
		t.Helper()
		if got := run("scripts/version"); !regexp.MustCompile("^" + pattern + "$").MatchString(got) {
			t.Errorf("%s, want %s", got, pattern)
		}
	}
	want(`1\.2\.3`)
	run("git", "init", "-q")
	run("git", "add", ".")
	run("git", "commit", "-q", "-m", "one")
	want(`1\.2\.3-dev\+[0-9a-f]{7,}`)
	run("git", "tag", "v1.2.3")
	want(`1\.2\.3`)
	run("git", "commit", "-q", "--allow-empty", "-m", "two")
	want(`1\.2\.3-dev\+v1\.2\.3-1-g[0-9a-f]{7,}`)
}

func TestTheVersionIsSemantic(t *testing.T) {
	raw, err := os.ReadFile("../VERSION")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^\d+\.\d+\.\d+\n$`).Match(raw) {
		t.Errorf("VERSION holds %q", raw)
	}
}
