package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// TestTheDescriptionLeavesNothingOpen holds that each parameter and property says what it
// is and of which type, and that each call names its errors.
func TestTheDescriptionLeavesNothingOpen(t *testing.T) {
	api, err := described("test")
	if err != nil {
		t.Fatal(err)
	}
	d, err := api.Build()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range d.Components.Schemas {
		if s.Description == "" {
			t.Errorf("%s has no description", name)
		}
		if s.Type == nil && s.OneOf == nil {
			t.Errorf("%s has no type", name)
		}
		for _, p := range s.Properties {
			if p.Schema.Description == "" || !shaped(p.Schema) {
				t.Errorf("%s.%s says too little: %+v", name, p.Name, p.Schema)
			}
		}
	}
	for _, op := range api.Operations {
		e := d.Of(op)
		for _, p := range e.Parameters {
			if p.Description == "" || !shaped(p.Schema) {
				t.Errorf("%s: %s says too little: %+v", op.Name, p.Name, p.Schema)
			}
		}
		for _, status := range []string{"401", "403"} {
			if op.Permission != "" && e.Responses[status] == nil {
				t.Errorf("%s does not name %s", op.Name, status)
			}
		}
	}
}

// shaped tells whether a schema tells anything: a bare object does not.
func shaped(s *describe.Schema) bool {
	switch {
	case s.Ref != "" || s.Const != nil:
		return true
	case s.OneOf != nil:
		return shaped(s.OneOf[0])
	case s.Items != nil:
		return shaped(s.Items)
	case s.Type == "object":
		return s.Properties != nil || s.Additional != nil
	}
	return s.Type != nil
}

func TestAnAnalysisIsToldApartByItsType(t *testing.T) {
	raw, err := OpenAPI("test")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"QUALITY": "#/components/schemas/QualityAnalysis"`, `"propertyName": "type"`,
		`"$ref": "#/components/schemas/BiometryResultMedia"`, `"const": "DOCUMENTS"`,
	} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("no %s", part)
		}
	}
}
