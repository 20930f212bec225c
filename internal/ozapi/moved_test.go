package ozapi

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestAUserWhoMovedToAnotherCompanyIsNotShownWithTheirFolders(t *testing.T) {
	w := newWorld(t, Config{})
	folder := "/api/folders/" + w.post("/api/folders", "").want(201).text("folder_id")
	other := &bonafide.Company{ID: bonafide.NewID(), Name: "Other"}
	w.must(w.store.CreateCompany(t.Context(), other))
	w.addUser("root@localhost", bonafide.Admin, "")
	w.addUser("service@bank.example", bonafide.ClientService, w.user.CompanyID)
	w.asAdmin()
	shows := func(email string, want bool) {
		t.Helper()
		w.signIn(email)
		for _, path := range []string{folder + "?with_user=true", "/api/folders?with_user=true"} {
			r := w.get(path).want(200, `"user_id": "`+string(w.user.ID)+`"`)
			if want {
				r.want(200, `"user": {`, w.user.Email)
			} else {
				r.want(200, "not", `"user": `, w.user.Email)
			}
		}
	}
	shows(w.user.Email, true)
	shows("admin@bank.example", true)
	shows("service@bank.example", false) // which may read itself alone
	moved, err := w.store.User(t.Context(), w.user.ID)
	w.must(err)
	moved.CompanyID = other.ID
	w.must(storetest.PutUser(t.Context(), w.store, moved))
	w.signIn("admin@bank.example")
	w.get("/api/users/" + string(w.user.ID)).want(404)
	shows("admin@bank.example", false)
	shows("root@localhost", true)
}

func TestMetadataOfAPersonIsReachedByTheirOwnCollectionAlone(t *testing.T) {
	w := newWorld(t, Config{})
	w.asAdmin()
	list := w.post("/api/collections/", `{"alias": "wanted"}`).want(201).text("collection_id")
	second := w.post("/api/collections/", `{"alias": "unwanted"}`).want(201).text("collection_id")
	person := w.upload("/api/collections/"+list+"/persons/", filePart("a", "a.jpg", picture(1)), payload(`{"person:meta_data": {"a": 1}}`)).want(201).text("person_id")
	at := func(collection string) string {
		return "/api/collections/" + collection + "/persons/" + person + "/meta_data"
	}
	w.get(at(list)).want(200, `{"a": 1}`)
	for _, collection := range []string{second, string(bonafide.NewID()), "none"} {
		w.get(at(collection)).want(404, `{"error_code": 10, `)
		for _, method := range []string{"POST", "PATCH", "DELETE"} {
			w.send(method, at(collection), `{"b": 2}`).want(404, `{"error_code": 10, `)
		}
	}
	w.get(at(list)).want(200, `{"a": 1}`)
}
