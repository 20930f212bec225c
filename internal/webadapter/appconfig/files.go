package appconfig

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Files are all settings of an installation.
type Files struct {
	Settings Settings
	Tenants  map[string]Settings // by the first part of the path of their pages
	Told     []string            // what nobody reads
}

// ReadFiles reads the file at a path, empty for none, with the environment over it, and
// those of tenants: beside it, in tenants/<name>/app_config.json.
func ReadFiles(path string, environ []string) (f Files, err error) {
	if f.Settings, err = f.read(path, environ); err != nil || path == "" {
		return f, err
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "tenants", "*", "app_config.json"))
	if err != nil {
		return f, err
	}
	f.Tenants = map[string]Settings{}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		if !isTenant(name) {
			return f, fmt.Errorf("%s: the name of a tenant has letters, digits, _ and -, and is no path of the server", file)
		}
		if f.Tenants[name], err = f.read(file, nil); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *Files) read(path string, environ []string) (Settings, error) {
	var raw []byte
	if path != "" {
		var err error
		if raw, err = os.ReadFile(path); err != nil {
			return Settings{}, err
		}
	}
	s, told, err := Read(raw, environ)
	if err != nil {
		return s, err
	}
	f.Told = append(f.Told, told...)
	return s, nil
}

// isTenant tells whether a name can be one of a tenant: a part of a path that is not
// taken.
func isTenant(name string) bool {
	return IsWord(name) && !slices.Contains([]string{"api", "v1", "static", "docs", "plugin", "capture", "c"}, name)
}
