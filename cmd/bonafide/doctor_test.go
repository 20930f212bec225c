package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

func TestTheDoctorLooksAtEverythingAndFailsWhereAServerWould(t *testing.T) {
	pgtest.Need(t)
	db, err := pgtest.Bare(t.Context(), t.TempDir())
	must(t, db, err)
	data := filepath.Join(t.TempDir(), "new")
	assets, err := filepath.Abs("../../build")
	must(t, assets, err)
	if _, err := os.Stat(filepath.Join(assets, "models")); err != nil {
		t.Skip("SKIPPED: no models; run make build")
	}
	taken := listen(t, "127.0.0.1:0")
	defer taken.Close() // and not before: a listener that nobody names any more is closed
	for name, tt := range map[string]struct {
		flags []string
		fails bool
		want  []string
	}{
		"a good machine": {[]string{"--listen", "127.0.0.1:0"}, false,
			[]string{"processor ", "memory ", "disk ", "flush ", "clock ", "files ", "sandbox ", "video ", "set starter is complete", "bonafide.db will be made", "network "}},
		"PostgreSQL":  {[]string{"--listen", "127.0.0.1:0", "--db", db}, false, []string{"ok    database  PostgreSQL "}},
		"no database": {[]string{"--listen", "127.0.0.1:0", "--db", "postgres://nobody@127.0.0.1:1/none"}, true, []string{"fail  database ", " of these keep"}},
		"no bucket":   {[]string{"--listen", "127.0.0.1:0", "--blobs", "s3://faces?endpoint=http://127.0.0.1:1"}, true, []string{"fail  media "}},
		"no port":     {[]string{"--listen", taken.Addr().String()}, true, []string{"fail  address ", "another process has it"}},
		"no models":   {[]string{"--listen", "127.0.0.1:0", "--assets", data}, true, []string{"fail  models "}},
		"published":   {[]string{"--listen", "0.0.0.0:0", "--public-url", "http://id.example.org"}, false, []string{"is not https", "Oz API Lite is open"}},
	} {
		out, err := typed("", append([]string{"doctor", "--data", data, "--assets", assets}, tt.flags...)...)
		// A machine that is busy with other tests may lack memory.
		if failed := strings.Contains("\n"+out, "\nfail "); (err != nil) != failed || tt.fails && !failed {
			t.Errorf("%s: %v, %s", name, err, out)
		}
		for _, want := range tt.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not in %s", name, want, out)
			}
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("the doctor has made a data folder")
	}
}
