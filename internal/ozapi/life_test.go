package ozapi

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// lastEntry is the number of the newest audit entry.
func (w *world) entries(after int64) []bonafide.AuditEntry {
	w.t.Helper()
	page, err := w.store.AuditEntries(context.Background(), bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "seq"}},
		Filters: []bonafide.Filter{{Field: "seq", Op: bonafide.OpGreater, Values: []any{after}}}})
	w.must(err)
	return page.Items
}

func (w *world) lastEntry() int64 {
	w.t.Helper()
	all := w.entries(0)
	return all[len(all)-1].Seq
}

// TestEveryChangeIsAudited calls every route that changes something as somebody
// who may, and looks for an entry in their name.
func TestEveryChangeIsAudited(t *testing.T) {
	byRole := map[bonafide.UserType][]rest.Route{}
	for _, rt := range routes() {
		if rt.Permission == "" || rt.Method == http.MethodGet || rt.Pattern == instantPath { // of which nothing is left
			continue
		}
		role := bonafide.Admin
		for _, r := range []bonafide.UserType{bonafide.ClientOperator, bonafide.ClientAdmin} {
			if auth.ReachOf(r, rt.Permission) != auth.Nothing {
				role = r
			}
		}
		byRole[role] = append(byRole[role], rt)
	}
	for role, routes := range byRole {
		t.Run(string(role), func(t *testing.T) {
			s := newStage(t, role)
			for _, rt := range routes {
				s.checkAudit(rt)
			}
		})
	}
}

func (s *stage) checkAudit(rt rest.Route) {
	s.t.Helper()
	name := rt.Method + " " + rt.Pattern
	s.enter()
	path := s.make(rt.Pattern, own)
	if strings.HasSuffix(rt.Pattern, "/meta_data") { // so that there is something to change
		s.post(path, `{"before": 1}`).want(201)
	}
	if strings.HasSuffix(rt.Pattern, "/sessions") { // so that there is another one
		s.session(s.caller)
	}
	v := s.filled(visits()[name], path)
	before := s.lastEntry()
	if r := s.call(rt, v, path); r.status/100 != 2 {
		s.t.Errorf("%s: %d %s", name, r.status, r.body)
		return
	}
	entries := s.entries(before)
	if len(entries) == 0 {
		s.t.Errorf("%s leaves no entry", name)
	}
	for _, e := range entries {
		if e.ActorID != s.caller.ID || e.Via == "" || e.ObjectID == "" {
			s.t.Errorf("%s: %+v, the caller is %s", name, e, s.caller.ID)
		}
	}
}

func TestSignInsAreAudited(t *testing.T) {
	w := newWorld(t, Config{})
	w.token = ""
	signIn := func(email, password string) *reply {
		return w.post("/api/authorize/auth", `{"credentials": {"email": "`+email+`", "password": "`+password+`"}}`)
	}
	before := w.lastEntry()
	signIn("a.user@bank.example", "wrong").want(401)
	signIn("nobody@bank.example", "wrong").want(401)
	g := signIn("a.user@bank.example", password).want(200)
	w.token = g.text("access_token")
	r := w.post("/api/authorize/refresh", `{"expire_token": "`+g.text("expire_token")+`"}`).want(200)
	w.token = r.text("access_token")
	w.get("/api/folders").want(200)
	var story []string
	for _, e := range w.entries(before) {
		who := map[bonafide.ID]string{"": "nobody", w.user.ID: "the user"}[e.ActorID]
		whose := map[string]string{"": "unknown", string(w.user.ID): "the user's"}[e.ObjectID]
		story = append(story, strings.TrimSpace(who+" "+e.Action+" "+e.Object+" "+whose))
	}
	want := "nobody refuse user the user's, nobody refuse user unknown, the user create session, the user create session, the user update session"
	if got := strings.Join(story, ", "); got != want {
		t.Errorf("the log tells %q, want %q", got, want)
	}
}

func TestAdministratorsReadTheLog(t *testing.T) {
	w := newWorld(t, Config{})
	f := w.post("/api/folders", `{"folder:meta_data": {"iin": "880101300123"}}`).want(201).text("folder_id")
	w.get("/api/audit").want(403, `{"error_code": 9, `)
	w.asAdmin()
	w.get("/api/audit").want(403, `{"error_code": 9, `)
	w.addUser("root@localhost", bonafide.Admin, "")
	w.signIn("root@localhost")
	r := w.get("/api/audit?object_id="+f).want(200, `"total_count": 1`, `"actor_id": "`+string(w.user.ID)+`", "via": "folder.create", "action": "create", "object": "folder"`)
	if len(r.text("items", 0, "hash")) != 64 {
		t.Errorf("got %s", r.body)
	}
	all := w.get("/api/audit?limit=-1").want(200, "not", "880101300123", "bank.example", "Bank")
	if all.count("items") < 5 || all.at("items", 0, "seq") == all.at("items", 1, "seq") {
		t.Errorf("got %s", all.body)
	}
	w.get("/api/audit?action=refuse").want(200, `"total_count": 0`)
	w.get("/api/audit?action=destroy").want(400, `{"error_code": 4, `)
}

func TestCompaniesSayHowLongTheyKeep(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	path := "/api/companies/" + string(w.user.CompanyID)
	w.send("PATCH", path, `{"keep_media_days": 30}`).want(200, `"name": "Bank"`, `"technical_meta_data": {"keep_media_days": 30}`)
	w.send("PATCH", path, `{"keep_result_days": 365, "name": "Bank 2"}`).want(200, `"technical_meta_data": {"keep_media_days": 30, "keep_result_days": 365}`)
	w.send("PATCH", path, `{"keep_media_days": null}`).want(200, `"technical_meta_data": {"keep_result_days": 365}`)
	for body, code := range map[string]string{`{"keep_media_days": 0}`: "4", `{"keep_media_days": -1}`: "4", `{"keep_media_days": 40000}`: "4",
		`{"keep_media_days": 1.5}`: "5", `{"keep_media_days": "1"}`: "5", `{}`: "3"} {
		w.send("PATCH", path, body).want(400, `{"error_code": `+code+`, `)
	}
	w.get(path).want(200, `"name": "Bank 2"`, `"technical_meta_data": {"keep_result_days": 365}`)
}

func TestALegalHoldIsForThoseWhoMayDelete(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201, "not", "legal_hold")
	folder, media := "/api/folders/"+r.text("folder_id"), "/api/media/"+r.text("media", 0, "media_id")
	w.send("PATCH", folder, `{"legal_hold": true, "meta_data": {"a": 1}}`).want(403, `{"error_code": 9, `)
	w.asAdmin()
	w.send("PATCH", folder, `{"legal_hold": "yes"}`).want(400, `{"error_code": 5, `)
	w.send("PATCH", folder, `{"legal_hold": true}`).want(200, `"legal_hold": true`)
	w.send("DELETE", folder, "").want(403, `{"error_code": 9, `)
	w.send("DELETE", media, "").want(403, `{"error_code": 9, `)
	w.get(folder).want(200, `"legal_hold": true`, `"meta_data": {}`)
	w.send("PATCH", folder, `{"legal_hold": false}`).want(200, "not", "legal_hold")
	w.send("DELETE", folder, "").want(200)
}

func TestClearedFoldersSaySo(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201, `"is_cleared": false`)
	w.must(w.store.ClearFolder(context.Background(), bonafide.ID(r.text("folder_id")), time.Now().Add(time.Hour)))
	w.get("/api/folders/"+r.text("folder_id")).want(200, `"is_cleared": true`, `"media": []`)
	w.send("GET", r.text("media", 0, "original_url"), "").want(404, `{"error_code": 10, `)
}

func TestFoldersAreCounted(t *testing.T) {
	w := newWorld(t, Config{})
	w.work(judged(bonafide.Declined))
	w.upload("/api/folders", payload(`{"analyses": [{"type": "quality"}]}`), filePart("a", "a.jpg", picture(1))).want(201)
	w.post("/api/folders", "").want(201)
	w.get("/api/statistic/folders/").want(403, `{"error_code": 9, `)
	w.asAdmin()
	day := time.Now().UTC().Format(time.DateOnly)
	r := w.get("/api/statistic/folders/").want(200,
		`{"total_count": 2, "by_resolution": {"SUCCESS": 0, "OPERATOR_REQUIRED": 0, "DECLINED": 1, "FAILED": 0, "PROCESSING": 0, "INITIAL": 1}`,
		`"by_type": [{"type": "QUALITY", "total_count": 1, `, `"by_company": [{"company_id": "`+string(w.user.CompanyID)+`", "total_count": 2, `)
	if r.text("by_day", r.count("by_day")-1, "day") < day {
		t.Errorf("today is %s: %s", day, r.body)
	}
	if p50 := r.number("by_type", 0, "took_ms_p50"); !(p50 > 0) || r.number("by_type", 0, "took_ms_p90") != p50 {
		t.Errorf("one analysis took %v ms", p50)
	}
	w.get("/api/statistic/folders?time_created.max="+day).want(200, `"total_count": 0`, `"by_day": []`)
	w.get("/api/statistic/folders?time_created.min=never").want(400, `{"error_code": 4, `)
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(context.Background(), other))
	w.addUser("admin@other.example", bonafide.ClientAdmin, other.ID)
	w.signIn("admin@other.example")
	w.get("/api/statistic/folders?company_id="+string(w.user.CompanyID)).want(200, `"total_count": 0`, `"by_company": []`)
}

func TestEventSessionsAreKept(t *testing.T) {
	w := newWorld(t, Config{})
	id := string(bonafide.NewID())
	w.post("/api/event_sessions/", `{"session_id": "`+strings.ToUpper(id)+`", "events": [{"name": "start", "n": 1.50}]}`).want(201, `"session_id": "`+id+`"`)
	w.post("/api/event_sessions", `{"session_id": "`+id+`", "events": []}`).want(201)
	second := w.post("/api/event_sessions", `{"session_id": 7}`).want(201).text("session_id")
	w.post("/api/event_sessions", `[1]`).want(400, `{"error_code": 3, `)
	w.get("/api/event_sessions").want(403, `{"error_code": 9, `)
	w.addUser("root@localhost", bonafide.Admin, "")
	w.signIn("root@localhost")
	w.get("/api/event_sessions?total_omit=true&sorting=time_created{asc}").want(200, `"total_count": null`, id, second)
	w.get("/api/event_sessions/?session_id="+id).want(200, `"total_count": 1`, `"data": {"events": [], "session_id": "`+id+`"}`, "not", second)
	w.get("/api/event_sessions?session_id.exclude="+id).want(200, `"total_count": 1`, second)
	w.get("/api/event_sessions?time_updated.max=1").want(200, `"total_count": 0`)
	w.get("/api/sdk_settings/any%20phone").want(200)
}

func TestPathsOf2018AreAnswered(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	f := "/api/folders/" + w.send("POST", "/api/folders", "", "Content-Type: application/x-www-form-urlencoded").want(201).text("folder_id")
	r := w.upload(f+"/images", filePart("a", "a.jpg", picture(1)), filePart("b", "b.jpg", picture(2)), filePart("v", "v.mp4", clip)).want(201)
	image, second := f+"/images/"+r.text(0, "image_id"), f+"/images/"+r.text(1, "image_id")
	list := w.get(f+"/images/").want(200, `"original_name": "a.jpg"`, `"thumb_url": "http`, "not", "v.mp4")
	if list.count() != 2 {
		t.Errorf("got %s", list.body)
	}
	w.get(image).want(200, `"original_name": "a.jpg"`)
	another := "/api/folders/" + w.post("/api/folders", "").text("folder_id")
	w.get(another+"/images/"+r.text(0, "image_id")).want(404, `{"error_code": 10, `)
	w.send("DELETE", another+"/images/"+r.text(0, "image_id"), "").want(404, `{"error_code": 10, `)
	w.send("PATCH", f+"/analyses", "", "Content-Type: application/x-www-form-urlencoded").want(200,
		`"type": "QUALITY"`, `"type": "BIOMETRY"`, `"state": "PROCESSING"`)
	w.send("PATCH", f+"/analyses", `{"resolution_endpoint": ["https://bank.example"]}`).want(400, `"error_code": 5`)
	w.send("PATCH", f+"/analyses", `{"resolution_endpoint": "https://bank.example/hook"}`).want(200)
	w.get(f).want(200, `"resolution_endpoint": "https://bank.example/hook"`)
	one := w.send("PATCH", f+"/analyses/", `{"analyses": [{"type": "quality"}]}`).want(200)
	if one.count() != 1 {
		t.Errorf("got %s", one.body)
	}
	w.send("DELETE", image, "").want(200)
	w.get(image).want(404, `{"error_code": 10, `)
	w.get(second).want(200)
}
