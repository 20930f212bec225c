// Package models carries the cards of the models that the project knows. The
// graphs themselves are made at build time or pulled from their publishers.
package models

import "embed"

// FS holds */model.json.
//
//go:embed all:*
var FS embed.FS
