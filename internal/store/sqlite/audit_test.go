package sqlite

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

func TestEveryTableIsAuditedOrSaysWhyNot(t *testing.T) {
	s := openTemp(t)
	var tables []string
	err := s.reader.NewRaw(`SELECT name FROM sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE 'river~_%' ESCAPE '~' AND name <> 'goose_db_version'`).Scan(t.Context(), &tables)
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, a := range auditedTables() {
		listed = append(listed, a.table)
	}
	for name := range unaudited() {
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
	for _, a := range auditedTables() {
		var columns []string
		if err := s.reader.NewRaw("SELECT name FROM pragma_table_info(?)", a.table).Scan(t.Context(), &columns); err != nil {
			t.Fatal(err)
		}
		for _, c := range slices.Concat(a.shown, a.settled) {
			if !slices.Contains(columns, c) {
				t.Errorf("%s has no column %s", a.table, c)
			}
		}
		for _, c := range a.shown {
			for _, word := range []string{"name", "mail", "meta", "comment", "hash", "key", "result_", "secret"} {
				if strings.Contains(c+"_", word) && !strings.HasSuffix(c, "_days") {
					t.Errorf("%s.%s is shown", a.table, c)
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
		if _, err := s.writer.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
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
	if _, err := s.writer.ExecContext(t.Context(), "UPDATE folders SET operator_status = 'SUCCESS'"); err != nil {
		t.Fatal(err)
	}
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: bonafide.NewID(), Via: "test"})
	if err := s.CreateCompany(ctx, &bonafide.Company{ID: bonafide.NewID()}); err != nil {
		t.Fatal(err)
	}
	page, err := s.AuditEntries(ctx, bonafide.Query{Filters: []bonafide.Filter{{Field: "via", Op: bonafide.OpIn, Values: []any{viaOutside}}}, Limit: -1})
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
		if err := s.reader.NewRaw("PRAGMA schema_version").Scan(t.Context(), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	if err := s.watchChanges(t.Context()); err != nil || version() != before {
		t.Errorf("a second start changes the schema, %v", err)
	}
	if _, err := s.writer.ExecContext(t.Context(), "ALTER TABLE companies ADD COLUMN motto TEXT; DROP TRIGGER audit_users_delete"); err != nil {
		t.Fatal(err)
	}
	if err := s.watchChanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := &bonafide.Company{ID: bonafide.NewID()}
	if err := s.CreateCompany(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	err := s.write(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE companies SET motto = 'x'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.AuditEntries(t.Context(), bonafide.Query{Sorting: []bonafide.Sort{{Field: "seq", Desc: true}}, Limit: 1})
	if err != nil || page.Items[0].Changed != "motto" {
		t.Errorf("%+v, %v", page.Items, err)
	}
}
