package sqlite_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/logged"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// behind does to a database what somebody does with a tool for databases.
func behind(t *testing.T, s *sqlite.Store, statements string) {
	t.Helper()
	if _, err := s.Writer().ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// restored lists the entries about triggers that were put back.
func restored(t *testing.T, s *sqlite.Store) []string {
	t.Helper()
	page, err := s.AuditEntries(t.Context(), bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "seq"}},
		Filters: []bonafide.Filter{{Field: "action", Op: bonafide.OpIn, Values: []any{bonafide.ActionRestore}}}})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range page.Items {
		all = append(all, e.ObjectID+" "+e.Changed)
	}
	return all
}

func TestTriggersOfTheLogThatSomebodyTouchedArePutBack(t *testing.T) {
	const tampering = `DROP TRIGGER audit_folders_update; DROP TRIGGER append_only_delete; DROP TRIGGER audit_media_delete;
		CREATE TRIGGER audit_media_delete AFTER DELETE ON media BEGIN SELECT 1 FROM audit; END;
		CREATE TRIGGER hush AFTER INSERT ON audit_pending BEGIN DELETE FROM audit_pending WHERE object = 'folder'; END`
	want := []string{"append_only_delete dropped", "audit_folders_update dropped", "audit_media_delete altered", "hush added"}
	names := []string{"append_only_delete", "audit_folders_update", "audit_media_delete", "hush"}
	tests := map[string]func(*testing.T, *sqlite.Store) (*sqlite.Store, []string){
		"while the server runs": func(t *testing.T, s *sqlite.Store) (*sqlite.Store, []string) {
			names, err := s.RestoreAudit(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return s, names
		},
		"at the next start": func(t *testing.T, s *sqlite.Store) (*sqlite.Store, []string) {
			path := s.Path()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			again := storetest.OpenIn(t, strings.TrimSuffix(path, "/bonafide.db")).(*sqlite.Store)
			names, err := again.RestoreAudit(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return again, names
		},
	}
	for name, restore := range tests {
		t.Run(name, func(t *testing.T) {
			s := openTemp(t)
			f, m, o := benchFolder()
			if err := s.CreateFolder(t.Context(), f, m, o); err != nil {
				t.Fatal(err)
			}
			if got, err := s.RestoreAudit(t.Context()); err != nil || len(got) > 0 {
				t.Fatalf("untouched: %q, %v", got, err)
			}
			behind(t, s, tampering)
			s, got := restore(t, s)
			if !slices.Equal(got, names) {
				t.Errorf("put back are %q, want %q", got, names)
			}
			if got := restored(t, s); !slices.Equal(got, want) {
				t.Errorf("the log says %q, want %q", got, want)
			}
			if got, err := s.RestoreAudit(t.Context()); err != nil || len(got) > 0 {
				t.Errorf("a second time: %q, %v", got, err)
			}
			behind(t, s, "UPDATE folders SET legal_hold = TRUE")
			if n := differences(t, s); len(n) > 0 {
				t.Errorf("%q", n)
			}
			if _, err := s.Writer().ExecContext(t.Context(), "DELETE FROM audit"); err == nil {
				t.Error("the log can be deleted")
			}
		})
	}
}

// TestAnUpgradeIsNoTampering has a table with a column more, and triggers that the log
// knows.
func TestAnUpgradeIsNoTampering(t *testing.T) {
	s := openTemp(t)
	behind(t, s, "ALTER TABLE companies ADD COLUMN motto TEXT")
	if err := s.WatchChanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := restored(t, s); len(got) > 0 {
		t.Errorf("%q", got)
	}
	behind(t, s, "ALTER TABLE companies ADD COLUMN anthem TEXT; DROP TRIGGER audit_users_update")
	if err := s.WatchChanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := restored(t, s); !slices.Equal(got, []string{"all altered"}) {
		t.Errorf("%q", got)
	}
}

func differences(t *testing.T, s *sqlite.Store) []string {
	t.Helper()
	var all []string
	err := s.Differences(t.Context(), func(d store.Difference) error {
		all = append(all, d.String())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// verified is a store with a folder that was declined and decided on, and the ids of
// what is in it by name.
func verified(t *testing.T) (*sqlite.Store, *strings.Replacer) {
	t.Helper()
	s := openTemp(t)
	actor := bonafide.NewID()
	ctx := bonafide.WithActor(t.Context(), bonafide.Actor{UserID: actor, Via: "test"})
	company := &bonafide.Company{ID: bonafide.NewID(), Name: "C", KeepMediaDays: 30}
	user := &bonafide.User{ID: bonafide.NewID(), CompanyID: company.ID, Type: bonafide.Client, Active: true, Email: "a@example.org"}
	f, m, o := benchFolder()
	var ends []bonafide.AnalysisResult
	for _, a := range o.Analyses {
		ends = append(ends, bonafide.AnalysisResult{AnalysisID: a.ID, State: bonafide.Finished, Resolution: bonafide.Declined, Result: &bonafide.Result{
			Findings: []bonafide.Finding{{Kind: bonafide.FindingLiveness, Raw: new(0.125)}}, Reasons: []bonafide.Reason{{Code: bonafide.ReasonAttack}}}})
	}
	approved, declined := bonafide.Success, bonafide.Declined
	for _, err := range []error{s.CreateCompany(ctx, company), s.CreateUser(ctx, user), s.CreateFolder(ctx, f, m, o), s.FinishGroup(ctx, o.GroupID, ends),
		s.DecideAnalysis(ctx, bonafide.Scope{}, o.Analyses[1].ID, bonafide.OperatorDecision{Status: &approved}),
		s.DecideFolder(ctx, bonafide.Scope{}, f.ID, bonafide.OperatorDecision{Status: &declined})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return s, strings.NewReplacer("$analysis", string(o.Analyses[0].ID), "$other", string(o.Analyses[1].ID), "$folder", string(f.ID),
		"$media", string(m[0].ID), "$user", string(user.ID), "$company", string(company.ID), "$actor", string(actor))
}

func TestRowsThatTellOtherwiseThanTheLogAreNamed(t *testing.T) {
	tests := map[string]struct {
		statement string
		want      []string
	}{
		"nothing was touched": {"", nil},
		"a resolution": {"UPDATE analyses SET resolution = 'SUCCESS' WHERE id = '$analysis'", []string{
			`analysis $analysis: resolution is "SUCCESS", and "DECLINED" in the log`, `analysis $analysis: class is "attack", and its result makes it "accepted"`}},
		"all resolutions of a folder": {"UPDATE analyses SET resolution = 'SUCCESS', class = 'accepted'; UPDATE folders SET system_resolution = 'SUCCESS', overall_resolution = 'SUCCESS'", []string{
			`analysis $analysis: resolution is "SUCCESS", and "DECLINED" in the log`, `analysis $other: resolution is "SUCCESS", and "DECLINED" in the log`}},
		"the resolution of a folder":        {"UPDATE folders SET system_resolution = 'SUCCESS'", []string{`folder $folder: system_resolution is "SUCCESS", and its analyses make it "DECLINED"`}},
		"the resolution of all of a folder": {"UPDATE folders SET overall_resolution = 'SUCCESS'", []string{`folder $folder: overall_resolution is "SUCCESS", and its analyses make it "DECLINED"`}},
		"a score":                           {"UPDATE analyses SET result = replace(result, '0.125', '0.925') WHERE id = '$analysis'", []string{"analysis $analysis: result is not the one whose digest was logged"}},
		"a class":                           {"UPDATE analyses SET class = 'accepted' WHERE id = '$other'", []string{`analysis $other: class is "accepted", and its result makes it "attack"`}},
		"an operator's decision":            {"UPDATE analyses SET operator = 'DECLINED' WHERE id = '$other'", []string{`analysis $other: operator is "DECLINED", and "SUCCESS" in the log`}},
		"a decision that nobody made":       {"UPDATE analyses SET operator = 'SUCCESS' WHERE id = '$analysis'", []string{`analysis $analysis: operator is "SUCCESS", and "" in the log`}},
		"whose decision it was":             {"UPDATE folders SET operator_id = '$user'", []string{`folder $folder: operator_id is "$user", and "$actor" in the log`}},
		"a legal hold":                      {"UPDATE folders SET legal_hold = TRUE", []string{`folder $folder: legal_hold is "1", and "0" in the log`}},
		"a role":                            {"UPDATE users SET type = 'ADMIN'", []string{`user $user: type is "ADMIN", and "CLIENT" in the log`}},
		"how requests are read":             {`UPDATE companies SET technical_meta = '{"strict": true}'`, []string{`company $company: technical_meta is "{\"strict\":\\u0020true}", and "{}" in the log`}},
		"whose a folder is":                 {"UPDATE folders SET company_id = '$company'", []string{`folder $folder: its company is "$company", and "" in the log`}},
		"a setting":                         {"UPDATE companies SET keep_media_days = 1", []string{`company $company: keep_media_days is "1", and "30" in the log`}},
		"a user whom nobody made": {"INSERT INTO users SELECT 'x', company_id, type, service, active, 'b', '', '', '', '', '{}', '{}', 0, 0, '' FROM users",
			[]string{"user x: is there, and the log does not know of it"}},
		"an analysis that is gone": {"DELETE FROM analyses WHERE id = '$analysis'", []string{"analysis $analysis: is not there, and was not deleted after the log"}},
		"a media that is gone":     {"DELETE FROM media WHERE id = '$media'", []string{"media $media: is not there, and was not deleted after the log"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, ids := verified(t)
			behind(t, s, ids.Replace(tt.statement)+"; DELETE FROM audit_pending")
			var want []string
			for _, w := range tt.want {
				want = append(want, ids.Replace(w))
			}
			got := differences(t, s)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("told are %q,\nwant %q", got, want)
			}
		})
	}
}

func TestADigestThatWasForgedWithItsResultIsNamed(t *testing.T) {
	s, ids := verified(t)
	behind(t, s, ids.Replace("UPDATE analyses SET result = NULL, class = 'operator', digest = '"+logged.Digest("", "")+"' WHERE id = '$analysis'; DELETE FROM audit_pending"))
	got := differences(t, s)
	if len(got) != 1 || !strings.HasPrefix(got[0], ids.Replace("analysis $analysis: digest is ")) {
		t.Errorf("%q", got)
	}
}

// TestRowsAreComparedInTheOrderOfAnIndex holds that nothing is sorted or collected,
// however many rows there are.
func TestRowsAreComparedInTheOrderOfAnIndex(t *testing.T) {
	s := openTemp(t)
	asked := &queries{}
	//lint:ignore SA1019 nobody would ask the copy that WithQueryHook makes
	s.Reader().AddQueryHook(asked)
	if got := differences(t, s); len(got) > 0 {
		t.Fatalf("%q", got)
	}
	for _, q := range asked.all {
		if !strings.HasPrefix(q, "SELECT") {
			continue
		}
		var plan []map[string]any
		if err := s.Reader().NewRaw("EXPLAIN QUERY PLAN ?", bun.Safe(q)).Scan(t.Context(), &plan); err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprint(plan); strings.Contains(text, "TEMP B-TREE") {
			t.Errorf("%s is read as %s", q, text)
		}
	}
	if len(asked.all) < 10 {
		t.Errorf("%d queries", len(asked.all))
	}
}

// queries keeps what was asked.
type queries struct{ all []string }

// BeforeQuery implements bun.QueryHook.
func (q *queries) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

// AfterQuery implements bun.QueryHook.
func (q *queries) AfterQuery(_ context.Context, e *bun.QueryEvent) { q.all = append(q.all, e.Query) }

// TestAnUpgradeFindsWhoDecided goes back to the tables before it was kept, and forward.
func TestAnUpgradeFindsWhoDecided(t *testing.T) {
	s, ids := verified(t)
	who := func() (found []string) {
		const all = `SELECT id || operator_id || (operator_time / 1000000) FROM folders UNION ALL SELECT id || operator_id || (operator_time / 1000000) FROM analyses ORDER BY 1`
		if err := s.Reader().NewRaw(all).Scan(t.Context(), &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	want := who()
	if !strings.Contains(fmt.Sprint(want), ids.Replace("$other$actor")) || !strings.Contains(fmt.Sprint(want), ids.Replace("$folder$actor")) {
		t.Fatalf("decided: %q", want)
	}
	// The log of then knew neither who decided nor digests.
	behind(t, s, `DROP TRIGGER append_only_update;
		UPDATE audit SET changed = 'operator_status=DECLINED' WHERE object = 'folder' AND changed LIKE '%operator_status=%';
		UPDATE audit SET changed = 'operator=SUCCESS' WHERE object = 'analysis' AND changed LIKE '%operator=%';
		UPDATE audit SET changed = 'state=FINISHED resolution=DECLINED result' WHERE object = 'analysis' AND changed LIKE '%digest=%';
		UPDATE audit SET changed = '' WHERE action = 'create'`)
	for _, version := range []int64{5, 6} {
		if err := s.MigrateTo(t.Context(), version); err != nil {
			t.Fatal(err)
		}
	}
	if got := who(); !slices.Equal(got, want) {
		t.Errorf("after the upgrade %q, before %q", got, want)
	}
	if got := differences(t, s); len(got) > 1 || len(got) == 1 && !strings.Contains(got[0], "keep_media_days") { // 30 from the start, of which the log of then says nothing
		t.Errorf("after the upgrade the log tells otherwise: %q", got)
	}
}
