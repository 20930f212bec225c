package eval

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestPicturesAreFoundFlatOrByPerson(t *testing.T) {
	dir := t.TempDir()
	byPerson := filepath.Join(dir, "Ada_L")
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "Bob_0001.jpg"), nil, 0o600),
		os.Mkdir(byPerson, 0o700),
		os.WriteFile(filepath.Join(byPerson, "Ada_L_0001.jpg"), nil, 0o600),
	); err != nil {
		t.Fatal(err)
	}
	files := []string{"Bob_0001.jpg", "Ada_L_0001.jpg", "Ada_L/Ada_L_0001.jpg"}
	paths, err := Locate(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, err := os.Stat(paths[f]); err != nil {
			t.Error(err)
		}
	}
	if _, err := Locate(dir, append(files, "Cid_0001.jpg", "Ada_L")); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("a missing picture: %v", err)
	}
}
