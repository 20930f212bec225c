package ozapi

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// fill lets the database grow no further.
func (w *world) fill() {
	w.t.Helper()
	writer := w.store.(interface {
		Write(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error
	})
	w.must(writer.Write(w.t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "PRAGMA max_page_count = 1") // it is never less than there are
		return err
	}))
}

func TestAFullDiskRefusesWritingAndNotReading(t *testing.T) {
	if pgtest.Asked() {
		t.Skip("PostgreSQL has no limit that a test can set")
	}
	w := newWorld(t, Config{})
	folder := "/api/folders/" + w.post("/api/folders", `{"folder:meta_data": {"a": 1}}`).want(201).text("folder_id")
	w.fill()
	large := `{"folder:meta_data": {"a": "` + strings.Repeat("x", 30_000) + `"}}`
	var r *reply
	for range 100 { // until the pages that are free are used
		if r = w.post("/api/folders", large); r.status != 201 {
			break
		}
	}
	r.want(507, `"error_code": 101`, "no room")
	if r.header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
	r = w.patch(folder, `{"meta_data": {"b": "`+strings.Repeat("x", 60_000)+`"}}`).want(503, `"error_code": 101`)
	if r.header.Get("Retry-After") == "" {
		t.Error("it is not said when to come back")
	}
	for range 20 { // each slides the session
		w.clock.add(time.Minute)
		w.get(folder).want(200, `"a": 1`)
		w.get("/api/folders?limit=1").want(200)
	}
}

func TestHealthTellsWhatKeepsTheServerFromItsWork(t *testing.T) {
	var problems []wire.Problem
	a := New(Config{}, Deps{Problems: func(context.Context) []wire.Problem { return problems }})
	for _, c := range []struct {
		problems []wire.Problem
		status   int
		body     string
	}{
		{nil, 200, `{"status": "ok"}`},
		{[]wire.Problem{wire.DiskFull, wire.DamagedFiles}, 200, `{"status": "degraded", "problems": ["disk_full", "damaged_files"]}`},
	} {
		problems = c.problems
		rec := httptest.NewRecorder()
		a.ServeHTTP(rec, httptest.NewRequest("GET", "/healthz", nil))
		if rec.Code != c.status || rec.Body.String() != c.body {
			t.Errorf("%v: %d %s", c.problems, rec.Code, rec.Body)
		}
	}
}
