package postgres_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/postgres"
)

// behind does to a database what somebody does with a tool for databases.
func behind(t *testing.T, s *postgres.Store, statements string) {
	t.Helper()
	if _, err := s.Writer().DB.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// noted lists the entries with a value in a field.
func noted(t *testing.T, s *postgres.Store, field, value string) (all []bonafide.AuditEntry) {
	t.Helper()
	page, err := s.AuditEntries(t.Context(), bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "seq"}},
		Filters: []bonafide.Filter{{Field: field, Op: bonafide.OpIn, Values: []any{value}}}})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

func TestTriggersOfTheLogThatSomebodyTouchedArePutBack(t *testing.T) {
	s := open(t, t.TempDir())
	if got, err := s.RestoreAudit(t.Context()); err != nil || len(got) > 0 {
		t.Fatalf("untouched: %q, %v", got, err)
	}
	behind(t, s, `DROP TRIGGER audit_folders_update ON folders;
		ALTER TABLE audit DISABLE TRIGGER append_only_delete;
		CREATE OR REPLACE FUNCTION audit_media_delete() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
		ALTER FUNCTION audit_users_update() SET search_path = pg_temp;
		CREATE FUNCTION hush() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
		CREATE TRIGGER hush BEFORE INSERT ON audit_pending FOR EACH ROW EXECUTE FUNCTION hush();
		CREATE TRIGGER audit_media_create AFTER INSERT ON folders FOR EACH ROW EXECUTE FUNCTION hush();
		CREATE RULE silence AS ON DELETE TO persons DO INSTEAD NOTHING`)
	want := []string{"append_only_delete", "audit_folders_update", "audit_media_create on folders", "audit_media_delete", "audit_users_update", "hush", "rule silence on persons"}
	got, err := s.RestoreAudit(t.Context())
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("put back are %q, %v\nwant %q", got, err, want)
	}
	if n := len(noted(t, s, "action", bonafide.ActionRestore)); n != len(want) {
		t.Errorf("%d of %d are in the log", n, len(want))
	}
	if got, err := s.RestoreAudit(t.Context()); err != nil || len(got) > 0 {
		t.Errorf("a second time: %q, %v", got, err)
	}
}

func TestTheLogCannotBeChanged(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.CreateCompany(t.Context(), &bonafide.Company{ID: bonafide.NewID()}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE audit SET via = 'x'", "DELETE FROM audit WHERE row_id = 1", "TRUNCATE audit",
		"SET session_replication_role = replica; DELETE FROM audit"} {
		if _, err := s.Writer().DB.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// TestChangesBehindTheStoresBackShow makes one while the store itself writes: it is nobody's
// who uses the store.
func TestChangesBehindTheStoresBackShow(t *testing.T) {
	s := open(t, t.TempDir())
	var folders []*bonafide.Folder
	for range 2 {
		f := &bonafide.Folder{ID: bonafide.NewID()}
		if err := s.CreateFolder(t.Context(), f, nil, nil); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, f)
	}
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: bonafide.NewID(), Via: "test"})
	_, err := s.ChangeFolder(ctx, bonafide.Scope{}, folders[0].ID, func(f *bonafide.Folder) error {
		behind(t, s, "UPDATE folders SET operator_status = 'SUCCESS' WHERE id = '"+string(folders[1].ID)+"'")
		f.LegalHold = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := noted(t, s, "via", "test"); len(got) != 1 || got[0].ObjectID != string(folders[0].ID) {
		t.Errorf("in the name of who used the store: %+v", got)
	}
	if err := s.Differences(t.Context(), func(store.Difference) error { return nil }); err != nil {
		t.Fatal(err)
	}
	got := noted(t, s, "via", "outside")
	if len(got) != 1 || got[0].ObjectID != string(folders[1].ID) || got[0].ActorID != "" || got[0].Changed != "operator_status=SUCCESS" {
		t.Errorf("%+v", got)
	}
}
