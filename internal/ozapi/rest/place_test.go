package rest

import (
	"context"
	"errors"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// callOf is a call of a company's user.
func callOf(s *server, company bonafide.ID) *Call {
	return &Call{Request: httptest.NewRequest("POST", "/api/folders", nil), server: s, Caller: &auth.Caller{User: bonafide.User{ID: "u", CompanyID: company}}}
}

func TestACompanyThatFloodsDoesNotTakeThePlacesOfAnother(t *testing.T) {
	s := newServer(Config{Uploads: quota.Limits{Places: 3, PerKey: 2, Patience: time.Second}}, Deps{}, nil)
	upload, read := Route{Files: describe.SomeFiles}, Route{Method: "GET", Permission: auth.FolderRead}
	first := callOf(s, "a")
	for _, c := range []*Call{first, callOf(s, "a")} {
		if err := c.enter(upload); err != nil {
			t.Fatal(err)
		}
	}
	err := callOf(s, "a").enter(upload)
	var e *bonafide.Error
	if !errors.As(err, &e) || e.Code != bonafide.CodeThrottled {
		t.Fatalf("a third upload of the company: %v", err)
	}
	if got := Refusal(err); got.Status != 429 || got.RetryAfter <= 0 {
		t.Errorf("it is answered %d, to come again after %v", got.Status, got.RetryAfter)
	}
	if err := callOf(s, "a").enter(read); err != nil {
		t.Error("reading a folder takes a place of uploads:", err)
	}
	if err := callOf(s, "b").enter(upload); err != nil {
		t.Error("another company has no place:", err)
	}
	first.leave()
	if err := callOf(s, "a").enter(upload); err != nil {
		t.Error("a place that was given back is not there:", err)
	}
}

// TestEveryCallTakesAPlace holds for new routes, too: what a company may call must not be
// without bounds.
func TestEveryCallTakesAPlace(t *testing.T) {
	s := newServer(Config{}, Deps{}, nil)
	for _, rt := range []Route{{Permission: auth.FolderRead}, {Files: describe.NeedsFiles}, {Binary: "*/*"}, {Permission: auth.ReportRead, Binary: "application/pdf"}} {
		if s.shareOf(rt) == nil {
			t.Errorf("%+v has no bounds", rt)
		}
	}
	if s.shareOf(Route{Pattern: "/healthz"}) != nil {
		t.Error("whether the server is well cannot be asked while it is flooded")
	}
}

func TestACompanyWorksOnAsManyCallsAsThereAreCores(t *testing.T) {
	s := newServer(Config{}, Deps{}, nil)
	read := Route{Method: "GET", Permission: auth.FolderRead}
	for range runtime.GOMAXPROCS(0) {
		if err := callOf(s, "a").enter(read); err != nil {
			t.Fatal(err)
		}
	}
	late := callOf(s, "a")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	late.Request = late.WithContext(ctx)
	if err := late.enter(read); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one more: %v", err)
	}
	late.leave()
	if err := callOf(s, "b").enter(read); err != nil {
		t.Error("another company:", err)
	}
	// A body that is still arriving is no work.
	if err := callOf(s, "a").enter(Route{Method: "PATCH", Permission: auth.FolderUpdate}); err != nil {
		t.Error("a call with a body:", err)
	}
}
