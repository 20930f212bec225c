//go:build plugin

package web

import "embed"

//go:embed capture/dist
var files embed.FS
