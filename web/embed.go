//go:build plugin

package web

import (
	"embed"
	"io/fs"
)

//go:embed capture/dist
var files embed.FS

// Capture gives the files of web/capture/dist: manifest.json names them, and every file lies
// there three times, plain and with .gz and .br.
func Capture() fs.FS {
	sub, err := fs.Sub(files, "capture/dist")
	if err != nil {
		return nil // only for names that are no paths
	}
	return sub
}
