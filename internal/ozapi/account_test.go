package ozapi

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

// as makes a user and signs him in.
func (w *world) as(role bonafide.UserType, company bonafide.ID) *bonafide.User {
	w.t.Helper()
	email := strings.ToLower(string(role)) + "." + bonafide.NewSecret(4) + "@example.org"
	u := w.addUser(email, role, company)
	w.signIn(email)
	return u
}

func (w *world) patch(path, body string) *reply { w.t.Helper(); return w.send("PATCH", path, body) }

func (w *world) delete(path string) *reply { w.t.Helper(); return w.send("DELETE", path, "") }

func TestCompaniesAreMadeFoundRenamedAndDeleted(t *testing.T) {
	w := newWorld(t, Config{})
	clientToken, bank := w.token, string(w.user.CompanyID)
	w.as(bonafide.Admin, "")
	made := w.post("/api/companies/", `{"name": " Банк «Восток» "}`).
		want(201, `{"company_id": "`, `"name": "Банк «Восток»", "in_deletion": false, "technical_meta_data": {}}`)
	id := made.text("company_id")
	w.get("/api/companies/"+id).want(200, made.body)
	w.get("/api/companies/?search_text=%D0%B2%D0%BE%D1%81%D1%82%D0%BE%D0%BA").
		want(200, `{"offset": 0, "limit": 100, "total_count": 1, "items": [`+made.body+`]}`)
	w.get("/api/companies?search_text=nobody").want(200, `"total_count": 0, "items": []`)
	w.get("/api/companies?sorting=name{desc}&limit=1").want(200, made.body, `"total_count": 2`, "not", bank)
	w.get("/api/companies?sorting=technical_meta_data").want(400, `{"error_code": 4, `)
	w.patch("/api/companies/"+id, `{"name": "East", "in_deletion": true}`).want(200, `"name": "East", "in_deletion": false`)
	for body, code := range map[string]string{`{}`: "3", `[]`: "3", `{"name": ""}`: "4", `{"name": 1}`: "5", `{"name": "` + strings.Repeat("x", 256) + `"}`: "4"} {
		w.post("/api/companies", body).want(400, `{"error_code": `+code+`, `)
		w.patch("/api/companies/"+id, body).want(400, `{"error_code": `+code+`, `)
	}

	w.delete("/api/companies/"+bank+"/").want(200, "{}")
	w.delete("/api/companies/"+bank).want(200, "{}")
	w.get("/api/companies/"+bank).want(200, `"in_deletion": true`)
	w.get("/api/companies?in_deletion=true").want(200, `"total_count": 1`, bank)
	w.post("/api/users", `{"credentials": {"email": "late@example.org", "password": "correct horse"}, "profile": {"company_id": "`+bank+`"}}`).want(400, `{"error_code": 4, `)
	adminToken := w.token
	w.token = clientToken
	w.get("/api/folders").want(401, `{"error_code": 7, `)
	w.post("/api/authorize/auth", credentials(password)).want(401, `"error_message": "Invalid e-mail or password"`)
	w.token = adminToken
	if !w.firms.Sweep(context.Background()) {
		t.Error("the company was not taken apart")
	}
	w.get("/api/companies/"+bank).want(404, `{"error_code": 10, `)
	w.get("/api/users?company_id="+bank).want(200, `"total_count": 0`)
	w.get("/api/companies/"+id).want(200, `"name": "East"`)
}

func TestUsersAreMadeReadListedChangedAndDeleted(t *testing.T) {
	w := newWorld(t, Config{})
	company := string(w.user.CompanyID)
	w.as(bonafide.Admin, "")
	made := w.post("/api/users/", `{"credentials": {"email": "Svc@Bank.example", "password": "correct horse"},
		"profile": {"company_id": "`+company+`", "user_type": "CLIENT_SERVICE", "first_name": "Service", "last_name": "Счёт", "middle_name": "",
		"is_admin": false, "is_service": true, "can_start_analyse_documents": false, "can_start_analyze_collection": false}}`).
		want(201, `"user_type": "CLIENT_SERVICE"`, `"email": "svc@bank.example"`, `"is_service": true`, `"is_admin": false`, `"is_active": true`, `"middle_name": null`,
			`"can_start_analyse_documents": false`, `"can_start_analyze_documents": false`, `"can_start_analyse_collection": false`,
			`"can_start_analyse_quality": true`, `"company_id": "`+company+`"`, "not", "assword", "argon2")
	path := "/api/users/" + made.text("user_id")
	w.get(path).want(200, made.body)
	w.get("/api/users?search_text=%D1%81%D1%87%D1%91%D1%82+SVC").want(200, `"total_count": 1, "items": [`+made.body+`]}`)
	w.get("/api/users?user_type=client_service,admin&company_id="+company).want(200, `"total_count": 1`, made.body)
	w.get("/api/users?is_service=yes&is_active=1&sorting=email").want(200, `"total_count": 1`)
	w.get("/api/users?user_type=ROOT").want(400, `{"error_code": 4, `)
	w.get("/api/users?company_id=1").want(400, `{"error_code": 5, `)

	w.patch(path, `{"profile": {"first_name": null, "can_start_analyse_documents": true}}`).
		want(200, `"first_name": null`, `"last_name": "Счёт"`, `"can_start_analyse_documents": true`, `"user_type": "CLIENT_SERVICE"`)
	w.patch(path, `{"profile": {"is_service": false, "is_admin": true}}`).want(200, `"user_type": "CLIENT_ADMIN"`, `"is_admin": true, "is_service": false`)
	w.patch(path, `{"credentials": {"email": "boss@bank.example"}}`).want(200, `"email": "boss@bank.example"`, `"user_type": "CLIENT_ADMIN"`)
	w.patch(path, `{"profile": {"user_type": "client operator"}}`).want(200, `"user_type": "CLIENT_OPERATOR"`, `"is_admin": false`)
	w.patch(path, `{}`).want(200, `"user_type": "CLIENT_OPERATOR"`)
	w.delete(path).want(200, "{}")
	w.get(path).want(404, `{"error_code": 10, "error_message": "User not found"`)
	w.delete(path).want(404, `{"error_code": 10, `)
}

func TestAPI5ServiceAccountsAreWrittenAsAPI6(t *testing.T) {
	w := newWorld(t, Config{})
	company := string(w.user.CompanyID)
	w.as(bonafide.Admin, "")
	body := func(flags string) string {
		return `{"credentials": {"email": "` + bonafide.NewSecret(6) + `@bank.example", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "user_type": "CLIENT", ` + flags + `}}`
	}
	w.post("/api/users", body(`"is_service": true`)).want(201, `"user_type": "CLIENT_SERVICE"`, `"is_service": true`)
	w.post("/api/users", body(`"is_admin": true`)).want(201, `"user_type": "CLIENT_ADMIN"`, `"is_admin": true, "is_service": false`)
	w.post("/api/users", body(`"is_admin": true, "is_service": true`)).want(201, `"user_type": "CLIENT_ADMIN"`, `"is_admin": true, "is_service": true`)
}

func TestRefusedUsersAreNotMade(t *testing.T) {
	w := newWorld(t, Config{})
	company := string(w.user.CompanyID)
	w.as(bonafide.Admin, "")
	before := w.get("/api/users?limit=-1").number("total_count")
	for body, want := range map[string]string{
		``:                                     "3",
		`{"profile": {}}`:                      "3",
		`{"credentials": {}}`:                  "3",
		`{"credentials": "x"}`:                 "5",
		`{"credentials": {"email": "a@b.cd"}}`: "3",
		`{"credentials": {"email": "a@b.cd", "password": 1}}`:                                                                                                              "5",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": []}`:                                                                                 "5",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}}`:                                                                                                "4",
		`{"credentials": {"email": "a@b.cd", "password": "1234567"}, "profile": {"company_id": "` + company + `"}}`:                                                        "4",
		`{"credentials": {"email": "ab.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `"}}`:                                                   "4",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "user_type": "ROOT"}}`:                             "4",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "user_type": "ADMIN"}}`:                            "4",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "is_admin": "yes"}}`:                               "5",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "can_start_analyse_quality": 1}}`:                  "5",
		`{"credentials": {"email": "a.user@bank.example", "password": "correct horse"}, "profile": {"company_id": "` + company + `"}}`:                                     "13",
		`{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "` + company + `", "last_name": "` + strings.Repeat("x", 256) + `"}}`: "4",
	} {
		w.post("/api/users", body).want(400, `{"error_code": `+want+`, `)
	}
	w.post("/api/users", `{"credentials": {"email": "a@b.cd", "password": "correct horse"}, "profile": {"company_id": "`+string(bonafide.NewID())+`"}}`).
		want(404, `{"error_code": 10, "error_message": "Company not found"`)
	if after := w.get("/api/users?limit=-1").number("total_count"); after != before {
		t.Errorf("%v users, then %v", before, after)
	}
}

func TestAClientAdminKeepsToHisCompany(t *testing.T) {
	w := newWorld(t, Config{})
	here := w.user.CompanyID
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(context.Background(), other))
	stranger := w.addUser("stranger@other.example", bonafide.Client, other.ID)
	w.as(bonafide.ClientAdmin, here)
	body := func(profile string) string {
		return `{"credentials": {"email": "` + bonafide.NewSecret(6) + `@bank.example", "password": "correct horse"}, "profile": ` + profile + `}`
	}
	w.post("/api/users", body(`{"first_name": "Ada"}`)).want(201, `"company_id": "`+string(here)+`"`, `"user_type": "CLIENT"`)
	w.post("/api/users", body(`{"user_type": "ADMIN"}`)).want(403, `{"error_code": 9, `)
	w.post("/api/users", body(`{"user_type": "OPERATOR", "company_id": null}`)).want(403, `{"error_code": 9, `)
	theirs := w.post("/api/users", body(`{"company_id": "`+string(other.ID)+`"}`)).want(404, `{"error_code": 10, `)
	nobodys := w.post("/api/users", body(`{"company_id": "`+string(bonafide.NewID())+`"}`)).want(404)
	if theirs.body != nobodys.body {
		t.Errorf("%s tells from %s", theirs.body, nobodys.body)
	}
	w.patch("/api/users/"+string(w.user.ID), `{"profile": {"user_type": "ADMIN", "company_id": null}}`).want(403, `{"error_code": 9, `)
	w.patch("/api/users/"+string(w.user.ID), `{"profile": {"company_id": "`+string(other.ID)+`"}}`).want(404, `{"error_code": 10, `)
	w.patch("/api/users/"+string(stranger.ID), `{"credentials": {"password": "taken over"}}`).want(404, `{"error_code": 10, `)
	w.get("/api/users?search_text=stranger").want(200, `"total_count": 0`)
	w.get("/api/companies").want(200, `"total_count": 1`, string(here), "not", string(other.ID))
	w.signIn("stranger@other.example") // with the old password
}

func TestChangedPasswordsCountAtOnce(t *testing.T) {
	w := newWorld(t, Config{})
	old := w.token
	elsewhere := w.post("/api/authorize/auth", credentials(password)).want(200).text("access_token")
	w.patch("/api/users/"+string(w.user.ID), `{"credentials": {"password": "another horse"}}`).want(400, `{"error_code": 3, `, "key_path credentials.current_password")
	w.patch("/api/users/"+string(w.user.ID), `{"credentials": {"password": "another horse", "current_password": "x"}}`).want(403, `{"error_code": 9, `, "credentials.current_password")
	w.patch("/api/users/"+string(w.user.ID), `{"credentials": {"password": "short", "current_password": "`+password+`"}}`).want(400, `{"error_code": 4, `, "not", "short")
	w.patch("/api/users/"+string(w.user.ID), `{"credentials": {"password": "another horse", "current_password": "`+password+`"}}`).want(200, "not", "another horse", "assword")
	w.get("/api/folders").want(200)
	w.token = elsewhere
	w.get("/api/folders").want(401, `{"error_code": 7, `)
	w.post("/api/authorize/auth", credentials(password)).want(401)
	w.post("/api/authorize/auth", credentials("another horse")).want(200)

	w.as(bonafide.ClientAdmin, w.user.CompanyID)
	w.patch("/api/users/"+string(w.user.ID), `{"profile": {"is_active": false}}`).want(200, `"is_active": false`)
	w.token = old
	w.get("/api/folders").want(401, `{"error_code": 7, `)
	w.post("/api/authorize/auth", credentials("another horse")).want(401, `{"error_code": 7, "error_message": "Invalid e-mail or password"`)
}

// The five steps of the manual, and the older form of the call.
func TestServiceTokensAreIssuedByAdministrators(t *testing.T) {
	w := newWorld(t, Config{})
	user := string(w.user.ID)
	w.as(bonafide.Admin, "")
	company := w.post("/api/companies", `{"name": "New"}`).want(201).text("company_id")
	svc := w.post("/api/users", `{"credentials": {"email": "svc@new.example", "password": "correct horse"}, "profile": {"company_id": "`+company+`", "user_type": "CLIENT_SERVICE"}}`).want(201).text("user_id")
	path, admin := "/api/authorize/service_token", w.token
	w.post(path, `{"user_id": ""}`).want(400, `"error_code": 3`)
	for name, r := range map[string]*reply{
		"GET with the id":       w.get(path + "/" + svc),
		"POST with the id":      w.post(path+"/"+svc+"/", ""),
		"GET with a parameter":  w.get(path + "?user_id=" + svc),
		"POST with a body":      w.post(path, `{"user_id": "`+svc+`"}`),
		"POST with a parameter": w.post(path+"/?user_id="+svc, ""),
	} {
		r.want(200, `"session_id": `, `"expire_token": "`, `"user_type": "CLIENT_SERVICE"`)
		if years := (r.number("expire_date") - float64(w.clock.Now().Unix())) / (365 * 24 * 3600); years < 4.9 || years > 5.1 {
			t.Errorf("%s: lives %v years", name, years)
		}
		w.token = r.text("access_token")
		w.post("/api/folders", "").want(201, `"company_id": "`+company+`"`)
		w.token = admin
	}
	w.get(path).want(400, `{"error_code": 3, "error_message": "Could not locate field for key_path user_id`)
	w.get(path+"/"+user).want(400, `{"error_code": 4, `)
	w.get(path+"?user_id=x").want(404, `{"error_code": 10, "error_message": "User not found"`)
	w.token = w.get(path + "/" + svc).text("access_token")
	w.get(path).want(200, svc)
	w.get(path+"?user_id="+user).want(404, `{"error_code": 10, `)
	w.as(bonafide.Client, w.user.CompanyID)
	w.get(path).want(403, `{"error_code": 9, `)
}

func TestSigningOutEndsTheToken(t *testing.T) {
	w := newWorld(t, Config{})
	other := w.post("/api/authorize/auth", credentials(password)).text("access_token")
	w.delete("/api/authorize/session/").want(200, "{}")
	w.get("/api/folders").want(401, `{"error_code": 7, `)
	w.delete("/api/authorize/session").want(401)
	w.token = other
	w.get("/api/folders").want(200)
}

func TestFailedSignInsHaveToWait(t *testing.T) {
	w := newWorld(t, Config{})
	unknown := strings.Replace(credentials("wrong"), "a.user", "nobody", 1)
	for range 5 {
		known, nobody := w.post("/api/authorize/auth", credentials("wrong")).want(401), w.post("/api/authorize/auth", unknown).want(401)
		if known.body != nobody.body {
			t.Errorf("%s tells from %s", known.body, nobody.body)
		}
	}
	known, nobody := w.post("/api/authorize/auth", credentials(password)).want(429, `{"error_code": 101, `), w.post("/api/authorize/auth", unknown).want(429)
	if known.body != nobody.body || known.header.Get("Retry-After") != "30" {
		t.Errorf("%s tells from %s, or Retry-After is %q", known.body, nobody.body, known.header.Get("Retry-After"))
	}
	w.clock.add(30 * time.Second)
	w.post("/api/authorize/auth", credentials(password)).want(200)
}

func TestOz17MetadataVerbs(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders", filePart("a", "a.jpg", picture(1))).want(201)
	folder, media := r.text("folder_id"), r.text("media", 0, "media_id")
	analysis := w.post("/api/folders/"+folder+"/analyses", `{"analyses": [{"type": "quality"}]}`).want(201).text(0, "analyse_id")
	w.asAdmin()
	collection := w.get("/api/collections").text(0, "collection_id")
	for _, object := range []string{"/api/users/" + string(w.user.ID), "/api/folders/" + folder, "/api/media/" + media, "/api/analyses/" + analysis, "/api/collections/" + collection} {
		path := object + "/meta_data"
		w.get(path).want(200, "{}")
		w.post(path+"/", `{"transaction_id": "T-1", "n": 1.50, "deep": {"a": 1}}`).want(201, `{"deep": {"a": 1}, "n": 1.50, "transaction_id": "T-1"}`)
		w.patch(path, `{"n": null, "deep": {"b": 2}, "x": "y"}`).want(200, `{"deep": {"b": 2}, "transaction_id": "T-1", "x": "y"}`)
		w.get(path+"/").want(200, `{"deep": {"b": 2}, "transaction_id": "T-1", "x": "y"}`)
		for _, body := range []string{`[]`, `{`, `"x"`, `1`} {
			w.post(path, body).want(400, `{"error_code": 3, `)
			w.patch(path, body).want(400, `{"error_code": 3, `)
		}
		w.post(path, `{"b": 2}`).want(201, `{"b": 2}`)
		w.get(path).want(200, `{"b": 2}`, "not", "T-1")
		w.delete(path+"/").want(200, "{}")
		w.get(path).want(200, "{}")
		w.send("PUT", path, `{}`).want(405, `{"error_code": 1, `)
	}
	w.patch("/api/folders/"+folder+"/meta_data", `{"transaction_id": "T-2"}`).want(200)
	w.get("/api/folders?meta_data=transaction_id==T-2").want(200, `"total_count": 1`, folder)
	w.get("/api/folders/"+folder).want(200, `"meta_data": {"transaction_id": "T-2"}`)
	w.get("/api/folders/"+string(bonafide.NewID())+"/meta_data").want(404, `{"error_code": 10, "error_message": "Folder not found"`)
}
