//go:build !plugin

package web

import "embed"

var files embed.FS
