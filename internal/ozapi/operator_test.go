package ozapi

import (
	"context"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// decided is a folder with a finished analysis, and the paths of both.
func decided(w *world, resolution bonafide.Status) (folder, analysis string) {
	w.t.Helper()
	w.work(judged(resolution))
	r := w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`), filePart("a", "a.jpg", picture(1))).want(201)
	return "/api/folders/" + r.text("folder_id"), "/api/analyses/" + r.text("analyses", 0, "analyse_id")
}

func TestAnOperatorsDecisionStandsOverTheSystems(t *testing.T) {
	w := newWorld(t, Config{})
	folder, analysis := decided(w, bonafide.OperatorRequired)
	op := w.addUser("op@bank.example", bonafide.ClientOperator, w.user.CompanyID)
	w.signIn("op@bank.example")
	w.get(analysis).want(200, `"operator_id": null, "operator_time": null`)
	w.send("PATCH", analysis, `{"resolution_operator": "declined", "operator_comment": "a mask"}`).want(200,
		`"state": "FINISHED"`, `"resolution": "DECLINED", "resolution_status": "DECLINED", "resolution_operator": "DECLINED", "operator_id": "`+string(op.ID)+`", "operator_time": 1`,
		`"operator_comment": "a mask"`, `"system_resolution": "OPERATOR_REQUIRED"`)
	w.get(folder+"?with_analyses=true").want(200, `"resolution": "DECLINED"`, `"system_resolution": "OPERATOR_REQUIRED"`)
	for filter, n := range map[string]int{"resolution=DECLINED": 1, "resolution_status=OPERATOR_REQUIRED": 0, "state=DECLINED": 1, "state=FINISHED": 1} {
		if got := w.get("/api/analyses?" + filter).want(200).count("items"); got != n {
			t.Errorf("%s: %d analyses, want %d", filter, got, n)
		}
	}
	w.send("PATCH", analysis, `{"resolution_operator": null}`).want(200,
		`"resolution": "OPERATOR_REQUIRED"`, `"resolution_operator": null, "operator_id": null, "operator_time": null`, "not", "a mask", `"system_resolution"`)
}

func TestAnOperatorDecidesOnAFolder(t *testing.T) {
	w := newWorld(t, Config{})
	folder, _ := decided(w, bonafide.Declined)
	op := w.addUser("op@localhost", bonafide.Operator, "")
	w.signIn("op@localhost")
	w.send("PATCH", folder, `{"operator_status": "SUCCESS", "operator_comment": "seen"}`).want(200,
		`"system_resolution": "DECLINED"`, `"operator_status": "SUCCESS"`, `"operator_comment": "seen"`)
	w.get(folder).want(200, `"operator_status": "SUCCESS"`, `"operator_id": "`+string(op.ID)+`", "operator_time": 1`)
	w.send("PATCH", folder, `{"operator_status": null}`).want(200, `"operator_status": null`, `"operator_comment": null, "operator_id": null, "operator_time": null`)
}

func TestDecisionsAreForOperators(t *testing.T) {
	w := newWorld(t, Config{})
	folder, analysis := decided(w, bonafide.OperatorRequired)
	w.addUser("root@localhost", bonafide.Admin, "")
	w.asAdmin()
	client := w.addUser("client@bank.example", bonafide.Client, w.user.CompanyID)
	for _, email := range []string{"root@localhost", "admin@bank.example", "a.user@bank.example"} {
		w.signIn(email)
		w.send("PATCH", analysis, `{"resolution_operator": "SUCCESS"}`).want(403, `{"error_code": 9, `)
		w.send("PATCH", folder, `{"operator_status": "SUCCESS"}`).want(403, `{"error_code": 9, `)
		w.send("PATCH", folder, `{"operator_comment": "x", "meta_data": {"half": "done"}}`).want(403, `{"error_code": 9, `)
	}
	w.signIn(client.Email)
	w.send("PATCH", analysis, `{"resolution_operator": "SUCCESS"}`).want(404, `{"error_code": 10, `)
	w.addUser("op@localhost", bonafide.Operator, "")
	w.signIn("op@localhost")
	w.send("PATCH", folder, `{"meta_data": {"a": 1}}`).want(403, `{"error_code": 9, `)
	w.send("PATCH", folder, `{"resolution_endpoint": null}`).want(403, `{"error_code": 9, `)
	w.send("PATCH", folder, `{}`).want(403, `{"error_code": 9, `)
	w.get(folder).want(200, `"operator_status": null`, `"meta_data": {}`)
	w.get(analysis).want(200, `"resolution_operator": null`)
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(context.Background(), other))
	w.addUser("op@other.example", bonafide.ClientOperator, other.ID)
	w.signIn("op@other.example")
	w.send("PATCH", analysis, `{"resolution_operator": "SUCCESS"}`).want(404, `{"error_code": 10, `)
	w.send("PATCH", folder, `{"operator_status": "SUCCESS"}`).want(404, `{"error_code": 10, `)
}

func TestDoubtfulDecisionsAreRefused(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201).text("folder_id")
	running := "/api/analyses/" + w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201).text(0, "analyse_id")
	w.addUser("op@bank.example", bonafide.ClientOperator, w.user.CompanyID)
	w.signIn("op@bank.example")
	w.send("PATCH", running, `{"resolution_operator": "SUCCESS"}`).want(400, `{"error_code": 4, `)
	for body, code := range map[string]string{
		`{"resolution_operator": "PROCESSING"}`: "4", `{"resolution_operator": "OPERATOR_REQUIRED"}`: "4", `{"resolution_operator": 1}`: "5",
		`{"operator_comment": "` + strings.Repeat("x", 4097) + `"}`: "4", `{}`: "3",
	} {
		w.send("PATCH", running, body).want(400, `{"error_code": `+code+`, `)
	}
	w.get(running).want(200, `"resolution": "PROCESSING"`, `"resolution_operator": null`)
}
