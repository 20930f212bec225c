package describe

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// fileTypes are the media that files may be. What a file is, is found from its bytes.
const fileTypes = "image/jpeg, image/png, image/webp, image/heic, video/mp4, video/quicktime, video/webm, video/x-msvideo, application/zip"

// request describes the body of an operation.
func (b *builder) request(e *Entry, op Operation) error {
	if op.In == nil && op.Files == NoFiles {
		return nil
	}
	e.RequestBody = &Content{Content: map[string]*Media{}}
	var body *Schema
	if op.In != nil {
		b.schemas.asked = true
		var err error
		if body, err = b.schemas.of(reflect.TypeOf(op.In)); err != nil {
			return err
		}
		b.schemas.asked = false
		if op.Files == NoFiles || op.Files == SomeFiles {
			e.RequestBody.Content[jsonType] = &Media{Schema: body}
		}
		e.RequestBody.Required = b.needed(body)
	}
	if op.Sealed {
		e.RequestBody.Content[sealedType] = &Media{Schema: &Schema{Type: "string", Format: "binary",
			Description: "A sealed capture, the data container of a session; see the guide of containers."}}
	}
	if op.Files != NoFiles {
		e.RequestBody.Content[formType] = form(body, op.Files, e.RequestBody.Required)
		e.RequestBody.Required = e.RequestBody.Required || op.Files != SomeFiles
	}
	return nil
}

// needed tells whether an object has fields that must be there.
func (b *builder) needed(body *Schema) bool {
	for name, s := range b.document.Components.Schemas {
		if body.Ref == refTo(name) {
			return len(s.Required) > 0
		}
	}
	return false
}

// form is an upload: files, and what is said about them.
func form(payload *Schema, files Files, needed bool) *Media {
	s := &Schema{Type: "object", Additional: true, MinProperties: new(1), PropertyNames: &Schema{Pattern: "^[A-Za-z0-9_.:-]{1,64}$"},
		Description: "Files under names of your choice, of which `file` is one; the payload refers to these names. Every part with a file name is a file."}
	m := &Media{Schema: s, Encoding: map[string]Encoding{"file": {fileTypes}}}
	if payload != nil {
		s.Properties = append(s.Properties, Property{"payload", payload})
		m.Encoding["payload"] = Encoding{jsonType}
		if needed {
			s.Required = append(s.Required, "payload")
		}
	}
	s.Properties = append(s.Properties, Property{"file", &Schema{Type: "string", Format: "binary",
		Description: "A photo, a video or a zip of frames, found out from its bytes."}})
	if files != SomeFiles {
		s.Required = append(s.Required, "file")
	}
	return m
}

// responses describes what an operation answers.
func (b *builder) responses(e *Entry, op Operation) error {
	if err := b.done(e, op); err != nil {
		return err
	}
	for _, refusal := range refusals(op) {
		if err := b.refusal(e, refusal); err != nil {
			return err
		}
	}
	return nil
}

// done describes the answer of success.
func (b *builder) done(e *Entry, op Operation) error {
	status := op.Status
	if status == 0 {
		status = http.StatusOK
	}
	done := &Content{Description: http.StatusText(status) + "."}
	e.Responses[strconv.Itoa(status)] = done
	switch {
	case op.Out != nil:
		schema, err := b.schemas.of(reflect.TypeOf(op.Out))
		if err != nil {
			return err
		}
		done.Content = map[string]*Media{jsonType: {Schema: schema, Example: b.example(reflect.TypeOf(op.Out))}}
	case op.Binary != "":
		done.Content = map[string]*Media{op.Binary: {Schema: binary(op.Binary)}}
	}
	return nil
}

func binary(mediaType string) *Schema {
	if mediaType == jsonType {
		return &Schema{Type: "object", Additional: true, Description: "An OpenAPI document."}
	}
	return &Schema{Type: "string", Format: "binary"}
}

// refusals are the statuses of errors that an operation answers.
func refusals(op Operation) []int {
	out := slices.Clone(op.Refusals)
	if op.In != nil || op.Files != NoFiles || len(op.Query) > 0 {
		out = append(out, http.StatusBadRequest)
	}
	if op.In != nil || op.Files != NoFiles {
		out = append(out, http.StatusUnsupportedMediaType)
	}
	if op.Files != NoFiles {
		out = append(out, http.StatusInsufficientStorage)
	}
	if op.Permission != "" || op.Files != NoFiles || op.Binary == "*/*" { // it takes a place among others
		out = append(out, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	}
	if op.Permission != "" {
		out = append(out, http.StatusUnauthorized, http.StatusForbidden)
	}
	if pathParameter.MatchString(op.Pattern) {
		out = append(out, http.StatusNotFound)
	}
	out = append(out, http.StatusInternalServerError)
	slices.Sort(out)
	return slices.Compact(out)
}

// refusal refers to the answer of an error, which is described once.
func (b *builder) refusal(e *Entry, status int) error {
	name := map[int]string{
		http.StatusBadRequest:                   "BadRequest",
		http.StatusUnauthorized:                 "Unauthorized",
		http.StatusForbidden:                    "Forbidden",
		http.StatusNotFound:                     "NotFound",
		http.StatusConflict:                     "Conflict",
		http.StatusRequestedRangeNotSatisfiable: "RangeNotSatisfiable",
		http.StatusUnsupportedMediaType:         "UnsupportedMediaType",
		http.StatusTooManyRequests:              "TooManyRequests",
		http.StatusInternalServerError:          "ServerError",
		http.StatusBadGateway:                   "ExternalError",
		http.StatusServiceUnavailable:           "Busy",
		http.StatusInsufficientStorage:          "DiskFull",
	}[status]
	if b.document.Components.Responses[name] == nil {
		schema, err := b.schemas.of(reflect.TypeFor[wire.Error]())
		if err != nil {
			return err
		}
		r := &Content{Description: http.StatusText(status) + ".", Content: map[string]*Media{jsonType: {Schema: schema}}}
		switch status {
		case http.StatusNotFound:
			r.Content[jsonType].Example = b.example(reflect.TypeFor[wire.Error]())
		case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusInsufficientStorage:
			r.Headers = map[string]Header{"Retry-After": {"Seconds to wait.", Integer(0, 86400)}}
		}
		b.document.Components.Responses[name] = r
	}
	e.Responses[strconv.Itoa(status)] = &Content{Ref: "#/components/responses/" + name}
	return nil
}

// example makes an example of an answer out of those that are known: the thing, a list
// of it, or a page with it.
func (b *builder) example(t reflect.Type) any {
	if t.Kind() == reflect.Slice {
		if one, ok := b.examples[b.schemas.nameOf(t.Elem())]; ok {
			return []any{one}
		}
		return nil
	}
	if one, ok := b.examples[b.schemas.nameOf(t)]; ok {
		return one
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	if field, ok := t.FieldByName("Items"); ok {
		if items := b.example(field.Type); items != nil {
			return map[string]any{"offset": 0, "limit": 100, "total_count": 1, "items": items}
		}
	}
	return nil
}
