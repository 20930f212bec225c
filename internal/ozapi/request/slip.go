package request

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/spell"
)

// Slip is something in a request that nobody reads.
type Slip struct {
	Code    wire.WarningCode
	Name    string // what is not read, with its path
	Instead string // what was probably meant, empty where nothing is like it
}

// maxSlips is how many slips of one request are told at most.
const maxSlips = 20

// aliases are fields that are read although the description does not name them: older
// clients send them.
func aliases(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[ParamsIn]():
		return []string{"source_media"}
	case reflect.TypeFor[ProfileIn]():
		return otherMayStartNames()
	case reflect.TypeFor[FolderChangeIn]():
		return []string{"folder:meta_data"}
	case reflect.TypeFor[FolderIn](), reflect.TypeFor[InstantIn](), reflect.TypeFor[PersonIn]():
		return []string{"folder:meta_data", "media:tags", "media:meta_data", "person:meta_data", "analyses", "resolution_endpoint"}
	}
	return nil
}

// UnknownFields finds the fields of a body that its description, a value of its type,
// does not have.
func UnknownFields(body Fields, shape any) []Slip {
	if shape == nil {
		return nil
	}
	return unknownFields(nil, "", body, reflect.TypeOf(shape))
}

func unknownFields(to []Slip, path string, v any, t reflect.Type) []Slip {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch value := v.(type) {
	case Fields:
		return unknownFields(to, path, map[string]any(value), t)
	case []any:
		if t.Kind() == reflect.Slice {
			for i, item := range value {
				to = unknownFields(to, fmt.Sprintf("%s[%d]", path, i), item, t.Elem())
			}
		}
	case map[string]any:
		if t.Kind() == reflect.Struct {
			return unknownIn(to, path, value, t)
		}
	}
	return to
}

func unknownIn(to []Slip, path string, o map[string]any, t reflect.Type) []Slip {
	known := knownFields(t)
	var names []string
	for name := range known {
		names = append(names, name)
	}
	if path != "" {
		path += "."
	}
	for _, name := range sorted(o) {
		inner, there := known[name]
		switch {
		case len(to) == maxSlips:
			return to
		case !there:
			to = append(to, Slip{wire.UnknownField, path + name, spell.Nearest(name, names)})
		case inner != nil:
			to = unknownFields(to, path+name, o[name], inner)
		}
	}
	return to
}

// knownFields gives the names of a struct's fields with their types, nil where a type
// holds nothing to be looked at.
func knownFields(t reflect.Type) map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		known[name] = f.Type
	}
	if more, ok := reflect.Zero(t).Interface().(interface{ MoreProperties() describe.Properties }); ok {
		for _, p := range more.MoreProperties() {
			known[p.Name] = nil
		}
	}
	for _, name := range aliases(t) {
		if _, there := known[name]; !there {
			known[name] = nil
		}
	}
	return known
}

func sorted[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// UnknownParameters finds the parameters of a query that a call does not have.
func UnknownParameters(v url.Values, known []describe.Parameter) []Slip {
	names := []string{"lang"}
	for _, p := range known {
		names = append(names, p.Name)
	}
	var slips []Slip
	for _, name := range sorted(v) {
		if slices.Contains(names, name) || len(slips) == maxSlips {
			continue
		}
		s := Slip{wire.UnknownParameter, name, spell.Nearest(name, names)}
		if base, _, _ := strings.Cut(name, "."); slices.Contains(names, "meta_data") && slices.Contains(metaKeys(), base) {
			s.Instead = "meta_data=" + base + "==..."
		}
		slips = append(slips, s)
	}
	return slips
}

// metaKeys are keys of metadata that are often taken for parameters.
func metaKeys() []string { return []string{"transaction_id", "iin", "client_iin", "end_user_id"} }

// Unmatched finds what the payload of an upload says about parts that did not come, and
// parts that nobody reads.
func Unmatched(up *intake.Upload) []Slip {
	var keys []string
	for i := range up.Files {
		keys = append(keys, up.Files[i].Key)
	}
	var slips []Slip
	add := func(s Slip) {
		if len(slips) < maxSlips {
			slips = append(slips, s)
		}
	}
	for _, key := range sorted(up.Payload.Tags) {
		if !slices.Contains(keys, key) {
			add(Slip{wire.UnmatchedName, "media:tags." + key, spell.Nearest(key, keys)})
		}
	}
	for _, key := range sorted(up.Payload.MediaMeta) {
		if !slices.Contains(keys, key) {
			add(Slip{wire.UnmatchedName, "media:meta_data." + key, spell.Nearest(key, keys)})
		}
	}
	for _, key := range up.Unused {
		s := Slip{wire.UnusedPart, key, spell.Nearest(key, []string{"payload"})}
		if slices.Contains(aliases(reflect.TypeFor[FolderIn]()), key) {
			s.Instead = "payload"
		}
		add(s)
	}
	return slips
}

// Tell says in words what nobody reads.
func Tell(slips []Slip) string {
	var told []string
	for _, s := range slips {
		text := map[wire.WarningCode]string{
			wire.UnknownField:     "unknown field ",
			wire.UnknownParameter: "unknown parameter ",
			wire.UnmatchedName:    "no file for ",
			wire.UnusedPart:       "unused part ",
		}[s.Code] + bonafide.Quote(s.Name)
		if s.Instead != "" {
			text += ", did you mean " + bonafide.Quote(s.Instead) + "?"
		}
		told = append(told, text)
	}
	return strings.Join(told, "; ")
}
