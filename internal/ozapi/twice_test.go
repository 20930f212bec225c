package ozapi

import (
	"strings"
	"testing"
)

func TestAKeyThatStandsTwiceIsRefusedWhereverJSONIsRead(t *testing.T) {
	w := newWorld(t, Config{})
	folder := "/api/folders/" + w.post("/api/folders", `{"folder:meta_data": {"a": 1}}`).want(201).text("folder_id")
	refusal := func(key, path string) string {
		return `{"error_code": 3, "error_message": "Invalid JSON structure: the key \"` + key + `\" stands twice, at \"` + path + `\""`
	}
	before := w.folders()
	w.post("/api/folders", `{"meta_data": {"a": 1}, "meta_data": {"a": 2}}`).want(400, refusal("meta_data", "meta_data"))
	w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}, {"type": "quality", "type": "biometry"}]}`), filePart("a", "a.jpg", picture(1))).
		want(400, refusal("type", "analyses[1].type"))
	w.upload("/api/instant/folders", payload(`{"folder:meta_data": {"x": {"y": 1, "\u0079": 2}}}`), filePart("a", "a.jpg", picture(1))).want(400, refusal("y", "folder:meta_data.x.y"))
	if got := w.folders(); got != before {
		t.Errorf("%d folders were made", got-before)
	}
	for _, method := range []string{"POST", "PATCH"} {
		w.send(method, folder+"/meta_data", `{"iin": 1, "iin": 2}`).want(400, refusal("iin", "iin"))
	}
	w.send("PATCH", folder, `{"resolution_endpoint": "", "meta_data": {"a": [{"b": 1, "b": 1}]}}`).want(400, refusal("b", "meta_data.a[0].b"))
	w.get(folder).want(200, `"meta_data": {"a": 1}`)
	token := w.token
	w.token = ""
	w.post("/api/authorize/auth", strings.Replace(credentials("x"), `{"credentials"`, `{"credentials": {}, "credentials"`, 1)).want(400, refusal("credentials", "credentials"))
	w.token = token
	w.post("/api/folders", `{"folder:meta_data": {"a": 1, "A": 2}}`).want(201, `"meta_data": {"A": 2, "a": 1}`)
}
