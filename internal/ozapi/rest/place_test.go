package rest

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/quota"
)

func TestACompanyThatFloodsDoesNotTakeThePlacesOfAnother(t *testing.T) {
	s := newServer(Config{Uploads: quota.Limits{Places: 3, PerKey: 2, Patience: time.Second}}, Deps{}, nil)
	call := func(company bonafide.ID) *Call {
		return &Call{Request: httptest.NewRequest("POST", "/api/folders", nil), Caller: &auth.Caller{User: bonafide.User{ID: "u", CompanyID: company}}}
	}
	upload, read := Route{Files: describe.SomeFiles}, Route{}
	release, err := s.place(upload, call("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.place(upload, call("a")); err != nil {
		t.Fatal(err)
	}
	_, err = s.place(upload, call("a"))
	var e *bonafide.Error
	if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled {
		t.Fatalf("a third upload of the company: %v", err)
	}
	if got := Refusal(err); got.Status != 429 || got.RetryAfter <= 0 {
		t.Errorf("it is answered %d, to come again after %v", got.Status, got.RetryAfter)
	}
	if _, err := s.place(read, call("a")); err != nil {
		t.Error("reading a folder takes a place of uploads:", err)
	}
	if _, err := s.place(upload, call("b")); err != nil {
		t.Error("another company has no place:", err)
	}
	release()
	if _, err := s.place(upload, call("a")); err != nil {
		t.Error("a place that was given back is not there:", err)
	}
}
