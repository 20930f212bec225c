package ozapi

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// warned are the warnings of an answer, as code name>meant.
func (r *reply) warned() string {
	r.t.Helper()
	raw := []byte(r.header.Get("X-Bonafide-Warnings"))
	if len(raw) == 0 {
		var body struct{ Warnings json.RawMessage }
		if err := json.Unmarshal([]byte(r.body), &body); err != nil {
			r.t.Fatalf("%v: %s", err, r.body)
		}
		raw = body.Warnings
	}
	if len(raw) == 0 {
		return ""
	}
	var all []struct {
		Code, Name string
		DidYouMean string `json:"did_you_mean"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		r.t.Fatalf("%v: %s", err, raw)
	}
	var out []string
	for _, w := range all {
		out = append(out, strings.TrimSuffix(w.Code+" "+w.Name+">"+w.DidYouMean, ">"))
	}
	return strings.Join(out, ", ")
}

// TestWhatNobodyReadsIsWarnedOfAndRefusedWhereTheCompanyIsStrict sends each request twice:
// the company takes it first, and refuses it once it is strict.
func TestWhatNobodyReadsIsWarnedOfAndRefusedWhereTheCompanyIsStrict(t *testing.T) {
	w := newWorld(t, Config{SingleWait: time.Millisecond})
	folder := w.post("/api/folders", "").want(201).text("folder_id")
	photo := filePart("photo1", "a.jpg", picture(1))
	payload := func(text string) string { return disposition + `"payload"` + "\r\n\r\n" + text }
	requests := map[string]struct {
		send func() *reply
		want string
	}{
		"a misspelt parameter of an analysis": {func() *reply {
			return w.post("/api/folders", `{"analyses": [{"type": "documents", "params": {"threshold_spofing": 0.1}}]}`)
		}, "unknown_field analyses[0].params.threshold_spofing>threshold_spoofing"},
		"a misspelt list": {func() *reply { return w.post("/api/folders", `{"analysis": []}`) }, "unknown_field analysis>analyses"},
		"another case":    {func() *reply { return w.post("/api/folders", `{"Resolution_Endpoint": ""}`) }, "unknown_field Resolution_Endpoint>resolution_endpoint"},
		"a field of its own": {func() *reply {
			return w.post("/api/folders", `{"colour_of_the_sky": 1, "folder:meta_data": {"anything": {"analysis": 1}}}`)
		},
			"unknown_field colour_of_the_sky"},
		"a parameter for metadata": {func() *reply { return w.get("/api/folders?transaction_id=T-1") }, "unknown_parameter transaction_id>meta_data=transaction_id==..."},
		"a misspelt filter":        {func() *reply { return w.get("/api/folders/?with_analysis=true&limit=3") }, "unknown_parameter with_analysis>with_analyses"},
		"brackets":                 {func() *reply { return w.get("/api/folders?" + url.QueryEscape("state[]") + "=x") }, "unknown_parameter state[]"},
		"a bare list":              {func() *reply { return w.get("/api/folders/" + folder + "/analyses?tpe=QUALITY") }, "unknown_parameter tpe>type"},
		"metadata":                 {func() *reply { return w.get("/api/folders/" + folder + "/meta_data?ключ=1") }, "unknown_parameter ключ"},
		"a change":                 {func() *reply { return w.patch("/api/folders/"+folder, `{"metadata": {}, "meta_data": {}}`) }, "unknown_field metadata>meta_data"},
		"tags without a file": {func() *reply {
			return w.upload("/api/folders", photo, payload(`{"media:tags": {"photo": ["photo_selfie"], "video7": []}, "media:meta_data": {"photo1": {}, "x": {}}}`))
		}, "unmatched_name media:tags.photo>photo1, unmatched_name media:tags.video7, unmatched_name media:meta_data.x"},
		"a payload by another name": {func() *reply { return w.upload("/api/folders", disposition+`"Payload"`+"\r\n\r\n{}") }, "unused_part Payload>payload"},
		"fields in parts": {func() *reply {
			return w.upload("/api/folders", photo, disposition+`"analyses"`+"\r\n\r\n[]")
		}, "unused_part analyses>payload"},
	}
	for name, c := range requests {
		if r := c.send(); r.status >= 300 || r.warned() != c.want {
			t.Errorf("%s: %d, warned of %q, want %q: %s", name, r.status, r.warned(), c.want, r.body)
		}
	}
	if r := w.get("/api/folders/" + folder + "/meta_data?x=1"); r.body != "{}" {
		t.Errorf("metadata is %s", r.body)
	}
	for _, right := range []func() *reply{
		func() *reply {
			return w.get("/api/folders?limit=3&time_created.min=1&meta_data=transaction_id==T&lang=ru")
		},
		func() *reply {
			return w.upload("/api/folders", photo, payload(`{"media:tags": {"photo1": []}, "folder:meta_data": {"x": 1}}`))
		},
		func() *reply {
			return w.post("/api/folders", `{"analyses": [{"type": "documents", "source_media": [], "params": {"source_media": [], "collection_id": null, "extract_best_shot": true}}]}`)
		},
		func() *reply { return w.patch("/api/folders/"+folder, `{"folder:meta_data": {}}`) },
	} {
		if r := right(); r.status >= 300 || r.warned() != "" {
			t.Errorf("%d, warned of %q: %s", r.status, r.warned(), r.body)
		}
	}
	company, client := w.user.CompanyID, w.token
	w.addUser("root@bonafide.example", bonafide.Admin, "")
	w.signIn("root@bonafide.example")
	w.patch("/api/companies/"+string(company), `{"strict": true}`).want(200, `"strict": true`)
	w.token = client
	before := w.folders()
	for name, c := range requests {
		if r := c.send(); r.status != 400 || !strings.Contains(r.body, `strictly: `) || strings.Contains(r.body, `"warnings"`) {
			t.Errorf("strict, %s: %d %s", name, r.status, r.body)
		}
	}
	if w.folders() != before {
		t.Errorf("%d folders were made", w.folders()-before)
	}
}
