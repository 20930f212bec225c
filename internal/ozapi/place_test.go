package ozapi

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// routeOf finds a route by its name.
func routeOf(t *testing.T, name string) route {
	t.Helper()
	for _, rt := range routes() {
		if rt.Name == name {
			return rt
		}
	}
	t.Fatalf("there is no route %s", name)
	return route{}
}

func TestACompanyThatFloodsDoesNotTakeThePlacesOfAnother(t *testing.T) {
	a := newAPI(Config{Uploads: quota.Limits{Places: 3, PerKey: 2, Patience: time.Second}}, Deps{})
	call := func(company bonafide.ID) *call {
		return &call{Request: httptest.NewRequest("POST", "/api/folders", nil), caller: &auth.Caller{User: bonafide.User{ID: "u", CompanyID: company}}}
	}
	upload, read := routeOf(t, "createFolder"), routeOf(t, "readFolder")
	release, err := a.place(upload, call("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.place(upload, call("a")); err != nil {
		t.Fatal(err)
	}
	_, err = a.place(upload, call("a"))
	var e *bonafide.Error
	if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled {
		t.Fatalf("a third upload of the company: %v", err)
	}
	if got := refusal(err); got.status != 429 || got.retryAfter <= 0 {
		t.Errorf("it is answered %d, to come again after %v", got.status, got.retryAfter)
	}
	if _, err := a.place(read, call("a")); err != nil {
		t.Error("reading a folder takes a place of uploads:", err)
	}
	if _, err := a.place(upload, call("b")); err != nil {
		t.Error("another company has no place:", err)
	}
	release()
	if _, err := a.place(upload, call("a")); err != nil {
		t.Error("a place that was given back is not there:", err)
	}
}
