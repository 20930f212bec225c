package role_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide/cmd/bonafide/role"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestAProcessThatWouldNotFindTheMediaIsRefused(t *testing.T) {
	s := storetest.Open(t)
	first, second := &config.Config{Data: t.TempDir()}, &config.Config{Data: t.TempDir()}
	var starts sync.WaitGroup
	for range 8 {
		starts.Go(func() {
			if err := role.CheckMedia(t.Context(), first, s); err != nil {
				t.Error(err)
			}
		})
	}
	starts.Wait()
	if err := role.CheckMedia(t.Context(), second, s); err == nil || !strings.Contains(err.Error(), "--blobs") {
		t.Errorf("another folder: %v", err)
	}
	second.Blobs = "s3://media"
	if err := role.CheckMedia(t.Context(), second, s); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(first.Data, "*")); len(left) != 1 {
		t.Errorf("it left %q", left)
	}
}

func TestOfSeveralProcessesOneMakesTheFirstAdministrator(t *testing.T) {
	s := storetest.Open(t)
	authority, err := auth.New(s, auth.Options{})
	if err != nil {
		t.Fatal(err)
	}
	keep := func(path, content string) error { return os.WriteFile(path, []byte(content), 0o600) }
	same, other := filepath.Join(t.TempDir(), "password"), filepath.Join(t.TempDir(), "password")
	var starts sync.WaitGroup
	for range 3 {
		for _, path := range []string{same, other} {
			starts.Go(func() {
				if err := role.Bootstrap(t.Context(), authority, path, keep); err != nil {
					t.Error(err)
				}
			})
		}
	}
	starts.Wait()
	opening := 0
	for _, path := range []string{same, other} {
		raw, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		words := strings.Fields(string(raw))
		if opens, err := authority.Opens(t.Context(), words[0], words[1]); err != nil || !opens {
			t.Errorf("a password that does not open was left: %t, %v", opens, err)
		}
		opening++
	}
	if opening != 1 {
		t.Errorf("%d passwords open", opening)
	}
}

func TestAWorkerTellsHowItIsAndNothingElse(t *testing.T) {
	h := role.Health(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }))
	for path, want := range map[string]int{"/healthz": 202, "/readyz": 202, "/metrics": 404, "/": 404, "/api/folders/": 404, "/healthz/api": 404} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		if rec.Code != want {
			t.Errorf("%s is answered %d, want %d", path, rec.Code, want)
		}
	}
}
