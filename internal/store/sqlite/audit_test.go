package sqlite_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestEveryTableIsAuditedOrSaysWhyNot(t *testing.T) {
	s := openTemp(t)
	var tables []string
	err := s.Reader().NewRaw(`SELECT name FROM sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'river~_%' ESCAPE '~' AND name <> 'goose_db_version'`).Scan(t.Context(), &tables)
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, a := range rows.AuditedTables() {
		listed = append(listed, a.Table)
	}
	for name := range storetest.Unaudited() {
		listed = append(listed, name)
	}
	slices.Sort(tables)
	slices.Sort(listed)
	if !slices.Equal(tables, listed) {
		t.Errorf("there are tables %q,\nlisted are %q", tables, listed)
	}
}

func TestColumnsOfPeopleAreNeverShown(t *testing.T) {
	s := openTemp(t)
	for _, a := range rows.AuditedTables() {
		var columns []string
		if err := s.Reader().NewRaw("SELECT name FROM pragma_table_info(?)", a.Table).Scan(t.Context(), &columns); err != nil {
			t.Fatal(err)
		}
		for _, c := range slices.Concat(a.Shown, a.Settled) {
			if !slices.Contains(columns, c) {
				t.Errorf("%s has no column %s", a.Table, c)
			}
		}
		for _, c := range a.Shown {
			if a.Table == "companies" && c == "technical_meta" {
				continue // settings
			}
			for _, word := range []string{"name", "mail", "meta", "comment", "hash", "key", "result_", "secret"} {
				if strings.Contains(c+"_", word) && !strings.HasSuffix(c, "_days") {
					t.Errorf("%s.%s is shown", a.Table, c)
				}
			}
		}
	}
}

func TestTheLogCannotBeChanged(t *testing.T) {
	s := openTemp(t)
	f, m, o := benchFolder()
	if err := s.CreateFolder(t.Context(), f, m, o); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE audit SET via = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE row_id = 1"} {
		if _, err := s.Writer().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestChangesBehindTheStoresBackShow(t *testing.T) {
	s := openTemp(t)
	f, m, _ := benchFolder()
	if err := s.CreateFolder(t.Context(), f, m, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Writer().ExecContext(t.Context(), "UPDATE folders SET operator_status = 'SUCCESS'"); err != nil {
		t.Fatal(err)
	}
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: bonafide.NewID(), Via: "test"})
	if err := s.CreateCompany(ctx, &bonafide.Company{ID: bonafide.NewID()}); err != nil {
		t.Fatal(err)
	}
	page, err := s.AuditEntries(ctx, bonafide.Query{Filters: []bonafide.Filter{{Field: "via", Op: bonafide.OpIn, Values: []any{"outside"}}}, Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Items) != 1 || page.Items[0].ObjectID != string(f.ID) || page.Items[0].ActorID != "" || page.Items[0].Changed != "operator_status=SUCCESS" {
		t.Errorf("%+v", page.Items)
	}
}

func TestTriggersFollowTheTables(t *testing.T) {
	s := openTemp(t)
	version := func() (v int) {
		if err := s.Reader().NewRaw("PRAGMA schema_version").Scan(t.Context(), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	if err := s.WatchChanges(t.Context()); err != nil || version() != before {
		t.Errorf("a second start changes the schema, %v", err)
	}
	if _, err := s.Writer().ExecContext(t.Context(), "ALTER TABLE companies ADD COLUMN motto TEXT; DROP TRIGGER audit_users_delete"); err != nil {
		t.Fatal(err)
	}
	if err := s.WatchChanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := &bonafide.Company{ID: bonafide.NewID()}
	if err := s.CreateCompany(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Writer().ExecContext(t.Context(), "UPDATE companies SET motto = 'x'"); err != nil {
		t.Fatal(err)
	}
	if err := s.RefuseSignIn(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	page, err := s.AuditEntries(t.Context(), bonafide.Query{Sorting: []bonafide.Sort{{Field: "seq", Desc: true}}, Limit: 2})
	if err != nil || page.Items[1].Changed != "motto" {
		t.Errorf("%+v, %v", page.Items, err)
	}
}
