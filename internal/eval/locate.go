package eval

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/bonafide-id/bonafide"
)

// Locate finds the files of a list below a folder, as listed or in a folder of
// their person's name, which is how LFW comes. Any that is missing is an error
// before the work begins: a list half evaluated is not evaluated.
func Locate(dir string, files []string) (paths map[string]string, err error) {
	paths = make(map[string]string, len(files))
	missing, first := 0, ""
	root := os.DirFS(dir)
	for _, file := range files {
		candidates := []string{file}
		if person, err := Identity(path.Base(file)); err == nil {
			candidates = append(candidates, path.Join(person, file))
		}
		for _, c := range candidates {
			if info, err := fs.Stat(root, c); err == nil && info.Mode().IsRegular() {
				paths[file] = filepath.Join(dir, filepath.FromSlash(c))
				break
			}
		}
		if paths[file] == "" {
			if missing++; first == "" {
				first = file
			}
		}
	}
	if missing > 0 {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "%d of %d files are not in %s, first of them %.80q", missing, len(files), dir, first)
	}
	return paths, nil
}
