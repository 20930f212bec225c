// Package web holds what browsers load from the server: the capture plugin, built by
// `npm run build --prefix web/capture`. It is part of binaries that were built with the
// tag plugin, as `make` does; others have none, so that Go needs no node.
package web

import "io/fs"

// Capture gives the files of web/capture/dist: manifest.json names them, and every file lies
// there three times, plain and with .gz and .br. Without the plugin the folder is empty.
func Capture() fs.FS {
	sub, err := fs.Sub(files, "capture/dist")
	if err != nil {
		return nil // only for names that are no paths
	}
	return sub
}
