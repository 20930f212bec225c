package drill

import (
	"bytes"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// built is the server that `make build` has made, or the test is skipped.
func built(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: starts a server, which -short leaves out")
	}
	path, err := filepath.Abs("../../build/bonafide")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: needs %s, which `make build` makes", path)
	}
	return path
}

func TestWhatTheServerAcknowledgedOutlastsTwoKills(t *testing.T) {
	var out bytes.Buffer
	err := Kill{Binary: built(t), Rounds: 2, Clients: 2, Longest: 2 * time.Second, Startup: 5 * time.Minute, Settle: 10 * time.Minute, Log: log.New(&out, "", 0)}.Run(t.Context())
	if err != nil || !strings.Contains(out.String(), "after 2 kills nothing acknowledged is missing") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// TestTheDrillFindsALostFolder deletes a folder behind the ledger's back.
func TestTheDrillFindsALostFolder(t *testing.T) {
	files, err := pictures("")
	if err != nil {
		t.Fatal(err)
	}
	s, err := newServer(built(t), 5*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	api, err := s.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	book := newLedger()
	for range 2 {
		if err := inSteps(t.Context(), api, files, book, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.check(t.Context(), api, true); err != nil {
		t.Fatalf("nothing is lost yet: %v", err)
	}
	lost := slices.Collect(maps.Keys(book.folders))[0]
	if err := api.DeleteFolder(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if api, err = s.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := book.check(t.Context(), api, false); err == nil || !strings.Contains(err.Error(), string(lost)) {
		t.Errorf("folder %s is lost, and the ledger says %v", lost, err)
	}
}

func TestABinaryThatDoesNotStartIsAnError(t *testing.T) {
	err := Kill{Binary: "/bin/false", Rounds: 1, Clients: 1, Longest: time.Millisecond, Startup: 100 * time.Millisecond, Log: log.New(io.Discard, "", 0)}.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "round 1: the server did not start") {
		t.Error(err)
	}
}

// TestABlacklistOutlastsAKill needs photos of several people, which are not in the
// repository.
func TestABlacklistOutlastsAKill(t *testing.T) {
	photos := sharedPhotos(t)
	var out bytes.Buffer
	err := Blacklist{Binary: built(t), Photos: photos, Persons: 6, Probes: 4, Misses: 0.5, Alarms: 0.25, Startup: 5 * time.Minute, Log: log.New(&out, "", 0)}.Run(t.Context())
	if err != nil || !strings.Contains(out.String(), "found after the restart") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestAResultBeyondTheLimitsIsRefused(t *testing.T) {
	limits := Blacklist{Misses: 0.2, Alarms: 0.1}
	for want, r := range map[string]result{
		"":                                     {listed: 10, found: 8, wrong: 2, strangers: 10, alarms: 1},
		"too many listed persons are missed":   {listed: 10, found: 7, wrong: 3, strangers: 10},
		"too many strangers are declined":      {listed: 10, found: 10, strangers: 10, alarms: 2},
		"no listed person is declined by name": {listed: 10, strangers: 10},
	} {
		if err := limits.judge(r); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%+v: %v, want %q", r, err, want)
		}
	}
}

// sharedPhotos is a folder of photos beside the repository, or the test is skipped.
func sharedPhotos(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	dir = filepath.Join(dir, "data", "lfw")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: needs %s from the shared folder; set BONAFIDE_SHARED", dir)
	}
	return dir
}

func TestPersonsWithSeveralPhotosAreEnrolledFirst(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"Ada_Ames_0001", "Bob_0001", "Bob_0002", "Cy_De_Wit_0001", "Cy_De_Wit_0003", "Di_0001", "unnamed"} {
		if err := os.WriteFile(filepath.Join(dir, name+".jpg"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	enrolled, strangers, err := Blacklist{Photos: dir, Persons: 3, Probes: 1}.people()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range append(enrolled, strangers...) {
		names = append(names, s.name)
	}
	if !slices.Equal(names, []string{"Bob", "Cy_De_Wit", "Ada_Ames", "Di"}) || len(enrolled[1].photos) != 2 {
		t.Errorf("%q", names)
	}
	if _, _, err := (Blacklist{Photos: dir, Persons: 4, Probes: 1}).people(); err == nil {
		t.Error("four persons are dealt out as five")
	}
}
