package ozapi

import (
	"strings"
	"testing"
)

func TestErrorTextsNameTheValueAndWhatIsAllowedAndNobody(t *testing.T) {
	w := newWorld(t, Config{})
	folder := "/api/folders/" + w.post("/api/folders", "").want(201).text("folder_id")
	w.send("POST", folder+"/media", form(filePart("photo1", "a.jpg", picture(1)), filePart("photo2", "b.jpg", picture(2))), "Content-Type: "+multipartB).want(201)
	order := func(line string) *reply { return w.post(folder+"/analyses", `{"analyses": [`+line+`]}`) }
	long := strings.Repeat("x", 500)
	for name, c := range map[string]struct {
		reply *reply
		words []string
	}{
		"type":                   {order(`{"type": "qualiti"}`), []string{`"QUALITI"`, "BIOMETRY", "QUALITY"}},
		"type of a type":         {order(`{"type": 7}`), []string{"type", "not a string but a number"}},
		"threshold":              {order(`{"type": "quality", "params": {"threshold_spoofing": 7}}`), []string{"threshold_spoofing", "0", "1", "not 7"}},
		"thresholds":             {order(`{"type": "biometry", "params": {"threshold_min": 0.9, "threshold_max": 0.8}}`), []string{"0.9", "0.8"}},
		"media":                  {order(`{"type": "quality", "source_media": ["selfie"]}`), []string{`"selfie"`}},
		"flag":                   {order(`{"type": "quality", "params": {"extract_best_shot": "ja"}}`), []string{"extract_best_shot", "not a boolean but a string"}},
		"list":                   {w.post(folder+"/analyses", `{"analyses": {}}`), []string{"analyses", "not an array but an object"}},
		"collection":             {order(`{"type": "collection", "collection_id": "blacklist"}`), []string{"collection_id", `"blacklist"`}},
		"JSON":                   {w.post("/api/folders", `{"a": 1,}`), []string{"at byte 9"}},
		"filter":                 {w.get("/api/folders?system_resolution=FINE"), []string{`"FINE"`, "DECLINED", "SUCCESS"}},
		"identifier":             {w.get("/api/folders?folder_id=7"), []string{"folder_id", `"7"`}},
		"time":                   {w.get("/api/folders?time_created.min=yesterdays"), []string{"time_created", `"yesterdays"`, "1764580000"}},
		"limit":                  {w.get("/api/folders?limit=99999999"), []string{"99999999", "-1 for all"}},
		"number":                 {w.get("/api/folders?limit=many"), []string{"limit", `"many"`}},
		"boolean":                {w.get("/api/folders?with_analyses=perhaps"), []string{`"perhaps"`, "true or false"}},
		"sorting":                {w.get("/api/folders?sorting=size"), []string{`"size"`, "time_created"}},
		"direction":              {w.get("/api/folders?sorting=time_created{up}"), []string{"time_created{up}", "{desc}"}},
		"long":                   {w.get("/api/folders?limit=" + long), []string{`"` + long[:60] + `…"`}},
		"tag":                    {w.upload("/api/folders", filePart("p", "a.jpg", picture(1)), disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {"p": ["`+long+`"]}}`), []string{long[:60] + "…"}},
		"a part that is no file": {w.upload("/api/folders", disposition+`"p"`+"\r\n\r\nhello", disposition+`"payload"`+"\r\n\r\n"+`{"media:tags": {"p": []}}`), []string{`"p"`, "file name"}},
	} {
		for _, word := range c.words {
			if !strings.Contains(c.reply.text("error_message"), word) {
				t.Errorf("%s: %q is not in %s", name, word, c.reply.body)
			}
		}
		if c.reply.status < 400 || c.reply.status > 404 || strings.Contains(c.reply.body, long[:62]) {
			t.Errorf("%s: %d %s", name, c.reply.status, c.reply.body)
		}
	}
	r := w.get("/api/folders?folder_id=ada.lovelace@bank.example")
	if strings.Contains(r.body, "lovelace") {
		t.Errorf("an address is repeated: %s", r.body)
	}
}

// TestTheLogSaysWhyARequestWasRefusedWithoutWhatWasSent looks for the cause beside the
// request's id.
func TestTheLogSaysWhyARequestWasRefusedWithoutWhatWasSent(t *testing.T) {
	w := newWorld(t, Config{})
	w.log.Reset()
	r := w.get("/api/folders?system_resolution=Ivanov").want(400)
	w.post("/api/folders", `{"folder:meta_data": "Petrov Sidorov"}`).want(400)
	w.upload("/api/folders", filePart("Kuznetsov", "Kuznetsov.jpg", "no picture")).want(400)
	log := w.log.String()
	id := r.header.Get("X-Request-Id")
	line, _, _ := strings.Cut(log[strings.Index(log, id):], "\n")
	if !strings.Contains(line, "system_resolution") || !strings.Contains(line, "400") {
		t.Errorf("of %s the log says %s", id, line)
	}
	if !strings.Contains(log, "not an object but a string") || !strings.Contains(log, "no picture, video or archive") {
		t.Errorf("the log says %s", log)
	}
	for _, name := range []string{"Ivanov", "Petrov", "Sidorov", "Kuznetsov"} {
		if strings.Contains(log, name) {
			t.Errorf("%s is in the log: %s", name, log)
		}
	}
}
