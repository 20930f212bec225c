package describe

import (
	"encoding/json"
	"fmt"
)

// Comments are what the source says about types, fields and words, so that the
// description need not say it again.
type Comments struct {
	Types  map[string]string `json:"types"`  // by package and type, such as wire.Folder
	Fields map[string]string `json:"fields"` // by package, type and name in JSON, such as wire.Folder.user_id
	Words  map[string][]Word `json:"words"`  // constants of a type, or with a common beginning, by its name
}

// Word is one value of an enumeration.
type Word struct {
	Value string `json:"value"`
	About string `json:"about,omitempty"`
}

// ReadComments reads comments as they are kept: JSON.
func ReadComments(raw []byte) (Comments, error) {
	var c Comments
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("comments of the source: %w", err)
	}
	return c, nil
}
