package listing

import (
	"encoding/json"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// maxIndexDigits keeps array indices well inside what databases read.
const maxIndexDigits = 9

// JSONPath spells a path as SQLite's paths and SQL/JSON ones are: $."name"[0]. Names are
// quoted as JSON strings, which databases compare after resolving escapes. A path that
// cannot be spelled is CodeValue.
func JSONPath(elements []string) (string, error) {
	var b strings.Builder
	b.WriteByte('$')
	for _, e := range elements {
		if e == "" || strings.ContainsRune(e, 0) {
			return "", bonafide.Errorf(bonafide.CodeValue, "Invalid path in a condition")
		}
		if isIndex(e) {
			b.WriteString("[" + e + "]")
			continue
		}
		name, err := json.Marshal(e)
		if err != nil {
			return "", bonafide.Errorf(bonafide.CodeValue, "Invalid path in a condition")
		}
		b.WriteByte('.')
		b.Write(name)
	}
	return b.String(), nil
}

func isIndex(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) <= maxIndexDigits
}
