// Command changelog writes CHANGELOG.md out of the files beside it: a folder
// per release, named version_date, and unreleased for what comes next; a file
// per change that a user can see, in the form of TEMPLATE.md.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
)

//go:generate go run .

const unreleased = "unreleased"

var (
	folder = regexp.MustCompile(`^(\d+)\.(\d+)\.(\d+)_(\d{4}-\d\d-\d\d)$`)
	title  = regexp.MustCompile(`^(Added|Changed|Fixed|Removed|Security): (.{1,100}[^.])$`)
)

func main() {
	page, err := render(os.DirFS("."))
	if err == nil {
		err = os.WriteFile("../CHANGELOG.md", page, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "changelog:", err)
		os.Exit(1)
	}
}

// change is one file.
type change struct{ kind, title, text string }

// render gives the page, the newest release first.
func render(files fs.FS) ([]byte, error) {
	releases, err := releases(files)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	page.WriteString("# Changes\n\nMade by `go generate ./changelog` from the files in `changelog/`: change those.\n")
	for _, release := range releases {
		changes, err := read(files, release)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			continue
		}
		fmt.Fprintf(&page, "\n## %s\n", heading(release))
		for _, c := range changes {
			fmt.Fprintf(&page, "\n### %s: %s\n\n%s\n", c.kind, c.title, c.text)
		}
	}
	return page.Bytes(), nil
}

// releases lists the folders, unreleased first, then from the newest version on.
func releases(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() || e.Name() == unreleased {
			continue
		}
		if !folder.MatchString(e.Name()) {
			return nil, fmt.Errorf("folder %s is not named like 1.2.3_2026-12-31", e.Name())
		}
		names = append(names, e.Name())
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(number(b), number(a)) })
	return append([]string{unreleased}, names...), nil
}

// number makes versions comparable as text.
func number(release string) string {
	m := folder.FindStringSubmatch(release)
	return fmt.Sprintf("%6s.%6s.%6s", m[1], m[2], m[3])
}

func heading(release string) string {
	if release == unreleased {
		return "Not released yet"
	}
	version, date, _ := strings.Cut(release, "_")
	return version + " (" + date + ")"
}

// read gives the changes of a release, by kind and then by the name of the file.
func read(files fs.FS, release string) ([]change, error) {
	names, err := fs.Glob(files, release+"/*")
	if err != nil {
		return nil, err
	}
	var changes []change
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		c, err := parse(string(raw))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		changes = append(changes, c)
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.kind, b.kind) })
	return changes, nil
}

// parse reads one file: lines of advice that the template left, a title, text.
func parse(raw string) (change, error) {
	for strings.HasPrefix(raw, "#") {
		_, raw, _ = strings.Cut(raw, "\n")
	}
	head, text, _ := strings.Cut(strings.TrimSpace(raw), "\n")
	m := title.FindStringSubmatch(head)
	if m == nil {
		return change{}, errors.New("the first line must be `Added: Title`, see TEMPLATE.md")
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return change{}, errors.New("the text is missing")
	}
	return change{kind: m[1], title: m[2], text: text}, nil
}
