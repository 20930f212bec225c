package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// Warning tells of something in a request that nobody reads. It is ours.
type Warning struct {
	Code       WarningCode `json:"code"`                   // kind of slip
	Name       string      `json:"name"`                   // what is not read, with its path
	DidYouMean *string     `json:"did_you_mean,omitempty"` // what was probably meant; absent where nothing is like it
}

// WarningCode tells warnings apart.
type WarningCode string

// The warnings.
const (
	UnknownField     WarningCode = "unknown_field"     // a field of a JSON body or a payload
	UnknownParameter WarningCode = "unknown_parameter" // a parameter of the query
	UnmatchedName    WarningCode = "unmatched_name"    // the payload speaks of a part that did not come
	UnusedPart       WarningCode = "unused_part"       // a part that is neither payload nor file
)

// WarningsHeader holds warnings, as a JSON array, where an answer has no field for them.
const WarningsHeader = "X-Bonafide-Warnings"

// HasWarnings tells whether an answer has a field for warnings.
func HasWarnings(body any) bool {
	t := reflect.TypeOf(body)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return false
	}
	_, has := t.FieldByName("Warnings")
	return has
}

// WarningsField gives the field that ends an answer with warnings, nothing for none.
func WarningsField(warnings []Warning) ([]byte, error) {
	if len(warnings) == 0 {
		return nil, nil
	}
	raw, err := Encode(warnings)
	return append([]byte(`"warnings": `), raw...), err
}

// AddField puts a field at the end of an encoded object.
func AddField(object, field []byte) []byte {
	open := bytes.TrimSuffix(object, []byte("}"))
	if !bytes.HasSuffix(open, []byte("{")) {
		open = append(open, ", "...)
	}
	return append(append(open, field...), '}')
}

// WarningsLine gives warnings for a header: JSON in ASCII.
func WarningsLine(warnings []Warning) (string, error) {
	raw, err := json.Marshal(warnings)
	if err != nil {
		return "", err
	}
	var line []byte
	for _, r := range string(raw) {
		switch {
		case r < 0x7f:
			line = append(line, byte(r))
		case r > 0xffff:
			line = append(line, '?')
		default:
			line = fmt.Appendf(line, `\u%04x`, r)
		}
	}
	return string(line), nil
}
