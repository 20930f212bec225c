package wire

import (
	"embed"
	"encoding/json"
	"fmt"
)

// The answers that tests hold are the examples of the description.
//
//go:embed testdata/folder.json testdata/media.json testdata/analyses.json testdata/session.json testdata/error.json
var examples embed.FS

// Examples gives examples of answers by the name of their type. Where a test holds a
// list, it is the first of it.
func Examples() (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for name, file := range map[string]string{"Folder": "folder", "Session": "session", "Error": "error", "Media": "media", "Analysis": "analyses"} {
		raw, err := examples.ReadFile("testdata/" + file + ".json")
		if err != nil {
			return nil, fmt.Errorf("example of %s: %w", name, err)
		}
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			raw = list[0]
		}
		out[name] = raw
	}
	return out, nil
}
