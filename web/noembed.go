//go:build !plugin

package web

import "io/fs"

// Capture gives nothing: this binary was built without the plugin.
func Capture() fs.FS { return nil }
