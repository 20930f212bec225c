package ozapi

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/liteapi"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// TestTheDescriptionLeavesNothingOpen holds that each parameter and property says what it
// is and of which type, and that each call names its errors.
func TestTheDescriptionLeavesNothingOpen(t *testing.T) {
	api, err := described("test", liteapi.Operations()...)
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

// TestTheLanguageOfAdviceIsDescribedWhereAdviceIsAnswered asks in both languages.
func TestTheLanguageOfAdviceIsDescribedWhereAdviceIsAnswered(t *testing.T) {
	api, err := described("test", liteapi.Operations()...)
	if err != nil {
		t.Fatal(err)
	}
	var with []string
	for _, op := range api.Operations {
		if slices.ContainsFunc(op.Query, func(p describe.Parameter) bool { return p.Name == "lang" }) {
			with = append(with, op.Name)
		}
	}
	for _, name := range []string{"createFolder", "readFolder", "listFolders", "orderAnalyses", "listAnalyses", "readAnalysis", "decideAnalysis", "judgeFolder", "addPerson", "addPersonImages", "makeReport", "liteDetect", "liteExtract"} {
		if !slices.Contains(with, name) {
			t.Errorf("%s does not describe lang: %q do", name, with)
		}
	}
	w := newWorld(t, Config{})
	w.work(func(a bonafide.Analysis) bonafide.AnalysisResult {
		return bonafide.AnalysisResult{State: bonafide.Finished, Resolution: bonafide.Declined,
			Result: &bonafide.Result{Reasons: []bonafide.Reason{{Code: bonafide.ReasonBlurred}}}}
	})
	order := w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`), filePart("a", "a.jpg", picture(1))).want(201)
	analysis := "/api/analyses/" + order.text("analyses", 0, "analyse_id")
	for ask, l := range map[string]advice.Language{"?lang=ru": advice.Russian, "?lang=en": advice.English, "": advice.English} {
		w.send("GET", analysis+ask, "").want(200, advice.Sentence(l, bonafide.ReasonBlurred))
	}
	w.send("GET", analysis+"?lang=en", "", "Accept-Language: ru").want(200, advice.Sentence(advice.English, bonafide.ReasonBlurred))
}

func TestOzAPILiteIsDescribedWhereItIsAnswered(t *testing.T) {
	for _, more := range [][]describe.Operation{nil, liteapi.Operations()} {
		h := New(Config{More: more}, Deps{})
		for _, path := range []string{"/docs", "/api/openapi.json"} {
			page := httptest.NewRecorder()
			h.ServeHTTP(page, httptest.NewRequest("GET", path, nil))
			for _, op := range liteapi.Operations() {
				named := strings.Contains(page.Body.String(), `"`+op.Pattern+`"`) || strings.Contains(page.Body.String(), `>`+op.Pattern+`<`)
				if named != (more != nil) {
					t.Errorf("%s with %d calls more: %s", path, len(more), op.Pattern)
				}
			}
		}
	}
}
