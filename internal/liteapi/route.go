package liteapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
)

// route is one call of the service.
type route struct {
	method  string
	path    string
	name    string // unique, in camel case
	summary string
	body    *describe.Content // nil for none
	out     any               // a value of the type of the answer; nil: a template
	handle  func(*service, *call) (*answer, error)
}

func routes() []route {
	const get, post = http.MethodGet, http.MethodPost
	const healthy, live = "Tell whether the service works", "Tell whether a picture shows a living person"
	return []route{
		{get, "/version", "liteVersion", "Version of the server and its models", nil, liteVersion{}, (*service).version},
		{get, "/v1/face/pattern/health", "litePatternHealth", healthy, nil, liteHealth{}, (*service).patternHealth},
		{post, "/v1/face/pattern/extract", "liteExtract", "Make a template of the only face in a picture", pictureBody(), nil, (*service).extract},
		{post, "/v1/face/pattern/compare", "liteCompare", "Compare two templates",
			partsBody(nil, named("bio_feature", template), named("bio_template", template)), liteComparison{}, (*service).compare},
		{post, "/v1/face/pattern/verify", "liteVerify", "Compare a template with a picture",
			partsBody(nil, named("bio_template", template), named("sample", sample)), liteComparison{}, (*service).verify},
		{post, "/v1/face/pattern/extract_and_compare", "liteExtractAndCompare", "Compare two pictures",
			partsBody(nil, named("sample_1", sample), named("sample_2", sample)), liteComparison{}, (*service).extractAndCompare},
		{get, "/v1/face/liveness/health", "liteLivenessHealth", healthy, nil, liteHealth{}, (*service).livenessHealth},
		{post, "/v1/face/liveness/detect", "liteDetect", live, liveBody(), liteLiveness{}, (*service).detect},
		// The two that follow are how the service's siblings spell it.
		{get, "/v1/liveness/health", "liteSiblingHealth", healthy, nil, liteHealth{}, (*service).livenessHealth},
		{post, "/v1/liveness/detect", "liteSiblingDetect", live, liveBody(), liteLiveness{}, (*service).detect},
	}
}

// Operations describes the calls.
func Operations() []describe.Operation {
	var all []describe.Operation
	for _, rt := range routes() {
		op := describe.Operation{Name: rt.name, Method: rt.method, Pattern: rt.path, Summary: rt.summary, Out: rt.out,
			Refusals: []int{http.StatusUnauthorized, http.StatusInternalServerError},
			Other:    &describe.Other{Tag: describe.LiteTag, Key: true, Body: rt.body, Error: liteError{}}}
		if rt.out == nil {
			op.Binary = templateType
		}
		if rt.body != nil {
			op.Refusals = append(op.Refusals, http.StatusBadRequest, http.StatusTooManyRequests, http.StatusServiceUnavailable)
			op.Query = []describe.Parameter{describe.Language()}
			op.Other.Headers = []describe.Parameter{{Name: "Content-Transfer-Encoding", About: "base64: so the body, or each part, is written, and a template in the answer",
				Schema: &describe.Schema{Type: "string", Enum: []any{"base64", "binary"}}}}
		}
		all = append(all, op)
	}
	return all
}

const templateType = "application/octet-stream"

// pictureTypes are what a picture may be called. What it is, is found from its bytes.
func pictureTypes() []string { return []string{"image/jpeg", "image/png", "image/webp", "image/heic"} }

func pictureBody() *describe.Content {
	c := &describe.Content{Required: true, Content: map[string]*describe.Media{}}
	for _, t := range pictureTypes() {
		c.Content[t] = &describe.Media{Schema: &describe.Schema{Type: "string", Format: "binary"}}
	}
	return c
}

// liveBody is a picture, by itself or beside metadata.
func liveBody() *describe.Content {
	meta := describe.Property{Name: "metadata", Schema: &describe.Schema{Type: "object", Additional: true, Description: "Whatever describes the picture; nothing in it is needed."}}
	c, form := pictureBody(), partsBody(&meta, named("bio_sample", sample))
	c.Content["multipart/form-data"] = form.Content["multipart/form-data"]
	return c
}

func named(name string, k partKind) describe.Property {
	about := "A picture with one face."
	if k == template {
		about = "A template that this service has made."
	}
	return describe.Property{Name: name, Schema: &describe.Schema{Type: "string", Format: "binary", Description: about}}
}

// partsBody is a form: parts that must be there, and one that may.
func partsBody(optional *describe.Property, needed ...describe.Property) *describe.Content {
	s := &describe.Schema{Type: "object", Description: "Parts are known by these names, else by their types or first bytes."}
	for _, p := range needed {
		s.Properties, s.Required = append(s.Properties, p), append(s.Required, p.Name)
	}
	if optional != nil {
		s.Properties = append(s.Properties, *optional)
	}
	return &describe.Content{Required: true, Content: map[string]*describe.Media{"multipart/form-data": {Schema: s}}}
}
