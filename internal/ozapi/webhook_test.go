package ozapi

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/render"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// owed makes a folder with a webhook whose group has ended.
func (w *world) owed() (folder, delivery string) {
	w.t.Helper()
	r := w.upload("/api/folders", payload(`{"resolution_endpoint": "https://bank.example/hook"}`), filePart("v", "v.mp4", clip)).want(201)
	folder = r.text("folder_id")
	group := w.post("/api/folders/"+folder+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201).text(0, "group_id")
	w.end(group, map[bonafide.AnalysisType]bonafide.AnalysisResult{bonafide.Quality: finished(bonafide.Success)})
	return folder, w.get("/api/folders/"+folder+"/webhooks").want(200).text(0, "delivery_id")
}

func TestWebhookIsNamedInThreePlaces(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.upload("/api/folders", payload(`{"resolution_endpoint": "https://bank.example/1"}`), filePart("v", "v.mp4", clip)).
		want(201, `"resolution_endpoint": "https://bank.example/1"`).text("folder_id")
	w.post("/api/folders/"+f+"/analyses", `{"analyses": [{"type": "quality"}], "resolution_endpoint": "https://bank.example/2"}`).want(201)
	w.get("/api/folders/"+f).want(200, `"resolution_endpoint": "https://bank.example/2"`)
	w.send("PATCH", "/api/folders/"+f, `{"resolution_endpoint": "https://bank.example/3"}`).want(200, `"resolution_endpoint": "https://bank.example/3"`)
	for _, inside := range []string{"http://127.0.0.1/", "http://10.0.0.1/x", "http://[::1]:8080/", "http://localhost/", "ftp://bank.example/"} {
		body := `{"resolution_endpoint": "` + inside + `"`
		w.post("/api/folders", body+"}").want(400, `"error_code": 4`)
		w.send("PATCH", "/api/folders/"+f, body+"}").want(400, `"error_code": 4`)
		w.post("/api/folders/"+f+"/analyses", body+`, "analyses": [{"type": "quality"}]}`).want(400, `"error_code": 4`)
	}
	w.get("/api/folders/"+f).want(200, `"resolution_endpoint": "https://bank.example/3"`)
}

func TestDeliveryLogAndReplay(t *testing.T) {
	w := newWorld(t, Config{})
	ctx := context.Background()
	f, id := w.owed()
	w.get("/api/folders/"+f+"/webhooks").want(200, `"state": "PENDING"`, `"attempt_count": 0`, `"attempts": []`, `"resolution_endpoint": "https://bank.example/hook"`)
	claimed, err := w.store.ClaimDeliveries(ctx, time.Hour, store.DeliveryLimits{Target: 1, Company: 1, All: 1})
	w.must(err)
	claimed[0].State = bonafide.DeliveryGivenUp
	w.must(w.store.EndAttempt(ctx, &claimed[0], bonafide.DeliveryAttempt{Number: 1, Status: 503, Failure: "status", Took: 12 * time.Millisecond}))
	one := "/api/webhook_deliveries/" + id
	w.get(one).want(200, `"state": "GIVEN_UP"`, `"http_status": 503`, `"failure": "status"`, `"took_ms": 12`)
	w.get("/api/webhook_deliveries/?state=GIVEN_UP&folder_id="+f).want(200, `"total_count": 1`, id, "not", `"attempts"`)
	w.get("/api/webhook_deliveries/?state=DELIVERED").want(200, `"total_count": 0`)
	w.post(one+"/replay", "").want(200, `"state": "PENDING"`, `"attempt_count": 1`)
	if again, err := w.store.ClaimDeliveries(ctx, time.Hour, store.DeliveryLimits{Target: 1, Company: 1, All: 1}); err != nil || len(again) != 1 {
		t.Errorf("claimed %v, %v", again, err)
	}
	w.must(w.store.CreateCompany(ctx, &bonafide.Company{ID: "5f8f8b9e-0000-4000-8000-000000000001", Name: "Other"}))
	w.addUser("other@bank.example", bonafide.ClientAdmin, "5f8f8b9e-0000-4000-8000-000000000001")
	w.signIn("other@bank.example")
	w.get(one).want(404, `"error_code": 10`)
	w.post(one+"/replay", "").want(404, `"error_code": 10`)
	w.get("/api/folders/"+f+"/webhooks").want(404, `"error_code": 10`)
	w.get("/api/webhook_deliveries").want(200, `"total_count": 0`)
}

func TestWebhookBodyIsWhatAReaderGets(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{PublicURL: "https://id.example/"}})
	f, _ := w.owed()
	got, err := render.New("https://id.example/", nil, w.store).RenderFolder(context.Background(), bonafide.ID(f))
	w.must(err)
	if want := w.get("/api/folders/" + f + "/?with_analyses=true").want(200).body; string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := render.New("", nil, w.store).RenderFolder(context.Background(), bonafide.NewID()); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestWebhookSecretIsShownOnce(t *testing.T) {
	w := newWorld(t, Config{})
	w.post("/api/webhook_secrets", "{}").want(403, `"error_code": 9`)
	w.addUser("boss@bank.example", bonafide.ClientAdmin, w.user.CompanyID)
	w.signIn("boss@bank.example")
	made := w.post("/api/webhook_secrets", "{}").want(201)
	secret := made.text("secret")
	if !strings.HasPrefix(secret, "whsec_") || made.text("company_id") != string(w.user.CompanyID) {
		t.Errorf("made %s", made.body)
	}
	w.get("/api/webhook_secrets").want(200, made.text("secret_id"), "not", secret, `"secret"`)
	for range store.MaxWebhookSecrets - 1 {
		w.post("/api/webhook_secrets", "").want(201)
	}
	w.post("/api/webhook_secrets", "").want(409, `"error_code": 14`)
	other := bonafide.NewID()
	w.must(w.store.CreateCompany(context.Background(), &bonafide.Company{ID: other, Name: "Other"}))
	w.post("/api/webhook_secrets", `{"company_id": "`+string(other)+`"}`).want(404)
	w.addUser("root@bonafide.example", bonafide.Admin, "")
	w.signIn("root@bonafide.example")
	w.post("/api/webhook_secrets", `{"company_id": "`+string(other)+`"}`).want(201, string(other))
	w.post("/api/webhook_secrets", `{"company_id": "`+string(bonafide.NewID())+`"}`).want(404)
	w.get("/api/webhook_secrets?company_id="+string(other)).want(200, string(other))
	w.post("/api/webhook_secrets", "").want(201, `"company_id": null`)
	w.signIn("boss@bank.example")
	w.send("DELETE", "/api/webhook_secrets/"+made.text("secret_id"), "").want(200, "{}")
	w.send("DELETE", "/api/webhook_secrets/"+made.text("secret_id"), "").want(404)
	if strings.Contains(w.log.String(), secret) {
		t.Error("the secret is in the log")
	}
}

func webhookVisits() map[string]visit {
	return map[string]visit{
		"GET /api/folders/{folder_id}/webhooks":             {},
		"GET /api/webhook_deliveries":                       {lists: "delivery_id"},
		"GET /api/webhook_deliveries/{delivery_id}":         {},
		"POST /api/webhook_deliveries/{delivery_id}/replay": {},
		"GET /api/webhook_secrets":                          {},
		"POST /api/webhook_secrets":                         {body: `{}`},
		"DELETE /api/webhook_secrets/{secret_id}":           {},
	}
}

// delivery owes the owner a webhook.
func (s *stage) delivery(owner *bonafide.User) bonafide.ID {
	s.t.Helper()
	f, _, a := s.full(owner)
	f.ResolutionEndpoint = "https://bank.example/hook"
	s.must(storetest.PutFolder(context.Background(), s.store, f))
	again := &store.Order{GroupID: bonafide.NewID(), Analyses: []bonafide.Analysis{{ID: bonafide.NewID(), Type: a.Type}}}
	s.must(s.store.AddToFolder(context.Background(), f.ID, store.Addition{Order: again}))
	s.must(s.store.FinishGroup(context.Background(), again.GroupID, []bonafide.AnalysisResult{
		{AnalysisID: again.Analyses[0].ID, State: bonafide.Finished, Resolution: bonafide.Success, Result: &bonafide.Result{}}}))
	page, err := s.store.Deliveries(context.Background(), bonafide.Scope{}, bonafide.Query{Limit: 1,
		Filters: []bonafide.Filter{among("folder_id", f.ID)}})
	s.must(err)
	return page.Items[0].ID
}
