package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// described gives the rooms that the table of rooms in a page names.
func described(page string) []string {
	_, table, _ := strings.Cut(page, "| room | holds |")
	table, _, _ = strings.Cut(table, "\n\n")
	var rooms []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(table, -1) {
		rooms = append(rooms, m[1])
	}
	return rooms
}

// folders gives the rooms that a reader meets: what lies at the top and one step
// below internal, cmd and assets. Rooms deeper down may have a row of their own.
func folders(t *testing.T, top string) []string {
	t.Helper()
	rooms := []string{"."}
	for _, above := range []string{".", "internal", "cmd", "assets"} {
		entries, err := os.ReadDir(filepath.Join(top, above))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, e := range entries {
			room := filepath.Join(above, e.Name())
			if e.IsDir() && !skipped(room) && !slices.Contains([]string{"internal", "cmd", "assets", "data"}, room) {
				rooms = append(rooms, room)
			}
		}
	}
	return rooms
}

// compared tells which folders the table lacks and which rows have no folder. A row
// with /* stands for all folders below.
func compared(t *testing.T, top string, rows []string) (unnamed, lost []string) {
	t.Helper()
	for _, room := range folders(t, top) {
		if !slices.ContainsFunc(rows, func(row string) bool { return row == room || strings.TrimSuffix(row, "/*") == room }) {
			unnamed = append(unnamed, room)
		}
	}
	for _, row := range rows {
		if info, err := os.Stat(filepath.Join(top, strings.TrimSuffix(row, "/*"))); err != nil || !info.IsDir() {
			lost = append(lost, row)
		}
	}
	return unnamed, lost
}

func TestTheTableOfRoomsIsTheTree(t *testing.T) {
	top := root(t)
	page, err := os.ReadFile(filepath.Join(top, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := described(string(page))
	unnamed, lost := compared(t, top, rows)
	if len(rows) == 0 || len(unnamed) > 0 || len(lost) > 0 {
		t.Errorf("of %d rows: rooms without a row %q, rows without a folder %q", len(rows), unnamed, lost)
	}
}

func TestARoomWithoutARowIsFound(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"internal/a/deeper", "internal/b", "build", "web"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	rows := described("| room | holds |\n|---|---|\n| `.` | x |\n| `internal/b/*` | y |\n| `gone` | z |\n\n| `web` | not of the table |\n")
	unnamed, lost := compared(t, top, rows)
	if !slices.Equal(unnamed, []string{"web", "internal/a"}) || !slices.Equal(lost, []string{"gone"}) {
		t.Errorf("without a row %q, without a folder %q", unnamed, lost)
	}
}
