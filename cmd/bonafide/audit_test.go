package main

import (
	"database/sql"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
)

func TestAuditVerifyNamesRowsThatTellOtherwiseAndFails(t *testing.T) {
	onOneMachine(t)
	data := t.TempDir()
	store, err := storage.OpenStore(t.Context(), configOn(data), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() // the server may be running
	company := &bonafide.Company{ID: bonafide.NewID(), Name: "C"}
	user := &bonafide.User{ID: bonafide.NewID(), CompanyID: company.ID, Type: bonafide.Client, Email: "a@example.org"}
	for _, err := range []error{store.CreateCompany(t.Context(), company), store.CreateUser(t.Context(), user)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	verify := func(failed bool, want ...string) {
		t.Helper()
		out, err := typed("", "audit", "verify", "--data", data)
		if (err != nil) != failed {
			t.Errorf("%v, %s", err, out)
		}
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%q does not say %q", out, w)
			}
		}
	}
	verify(false, "entries, intact; head ", "the rows are what the log says of them")

	db, err := sql.Open("sqlite", filepath.Join(data, storage.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DROP TRIGGER audit_users_update; UPDATE users SET type = 'ADMIN'"); err != nil {
		t.Fatal(err)
	}
	difference := "user " + string(user.ID) + `: type is "ADMIN", and "CLIENT" in the log`
	verify(true, "entries, intact; head ", "trigger audit_users_update: was dropped", difference, "1 differences")
	verify(true, "1 times a trigger of the log was put back", difference)
	if _, err := db.Exec("UPDATE users SET type = 'CLIENT'"); err != nil {
		t.Fatal(err)
	}
	verify(false, "1 changes were made without the server", "the rows are what the log says of them")
}
