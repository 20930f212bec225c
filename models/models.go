// Package models carries the cards of the models that the project knows. The
// graphs of others are made at build time or pulled from their publishers; those
// of our own lie beside their cards.
package models

import "embed"

// FS holds */model.json, and */model.onnx of the models of our own.
//
//go:embed all:*
var FS embed.FS
