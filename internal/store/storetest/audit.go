package storetest

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/store"
)

// log gives the entries that do has left, and checks that the whole log is a
// chain.
func (w *world) log(t *testing.T, do func()) []bonafide.AuditEntry {
	t.Helper()
	read := func() []bonafide.AuditEntry {
		page, err := w.AuditEntries(t.Context(), bonafide.Query{Sorting: []bonafide.Sort{{Field: "seq"}}, Limit: -1})
		ok(t, err)
		return page.Items
	}
	before := len(read())
	do()
	all := read()
	previous := ""
	for i, e := range all {
		if e.Seq != int64(i+1) || e.Previous != previous || e.Hash != audit.Sum(&e) {
			t.Errorf("entry %d breaks the chain: %+v", i+1, e)
		}
		previous = e.Hash
	}
	return all[before:]
}

// spelled sums up entries in any order, digests as what they are.
func spelled(entries []bonafide.AuditEntry) []string {
	digests := regexp.MustCompile("=[0-9a-f]{64}")
	var all []string
	for _, e := range entries {
		all = append(all, strings.TrimSpace(e.Action+" "+e.Object+" "+digests.ReplaceAllString(e.Changed, "=SHA-256")))
	}
	slices.Sort(all)
	return all
}

// agrees checks that the rows are what the log says of them.
func (w *world) agrees(t *testing.T) {
	t.Helper()
	err := w.Differences(context.Background(), func(d store.Difference) error {
		t.Errorf("the log tells otherwise: %s", d)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func auditing(t *testing.T, w *world) {
	actor := bonafide.Actor{UserID: w.user, Via: "test"}
	ctx := bonafide.WithActor(t.Context(), actor)
	f, m, o := w.stored(t)
	t.Run("each change leaves an entry in the actor's name", func(t *testing.T) {
		company := &bonafide.Company{ID: bonafide.NewID(), Name: "C"}
		person := &bonafide.User{ID: bonafide.NewID(), CompanyID: w.company, Email: "audited@example.org", Type: bonafide.Client, Active: true}
		session := &bonafide.Session{UserID: w.user, AccessHash: bonafide.NewSecret(32), ExpiresAt: claimOver()}
		second := newOrder(m[0].ID)
		ended := "update analysis state=FINISHED resolution=DECLINED result digest=SHA-256"
		steps := []struct {
			name string
			do   func() error
			want []string
		}{
			{"company", func() error { return w.CreateCompany(ctx, company) }, []string{"create collection", "create company"}},
			{"user", func() error { return w.CreateUser(ctx, person) }, []string{"create user type=CLIENT service=0 active=1"}},
			{"user changes", func() error {
				person.LastName, person.Active, person.Meta = "Secret", false, bonafide.Meta{"a": "b"}
				return PutUser(ctx, w, person)
			}, nil},
			{"session", func() error { return w.CreateSession(ctx, session) }, []string{"create session"}},
			{"session is used", func() error { return w.TouchSession(ctx, session) }, []string{}},
			{"session ends", func() error { return w.DeleteSession(ctx, session.ID) }, []string{"delete session"}},
			{"folder", func() error {
				return w.CreateFolder(ctx, w.folder(), []bonafide.Media{newMedia(), newMedia()}, nil)
			}, []string{"create folder", "create media", "create media"}},
			{"folder changes", func() error {
				f.Meta, f.ResolutionEndpoint = bonafide.Meta{"iin": "secret"}, "https://example.org/"
				return PutFolder(ctx, w, f)
			}, []string{"update folder resolution_endpoint meta"}},
			{"nothing changes", func() error { return PutFolder(ctx, w, f) }, []string{}},
			{"media", func() error { return w.AddToFolder(ctx, f.ID, store.Addition{Media: []bonafide.Media{newMedia()}}) }, []string{"create media"}},
			{"media changes", func() error { m[0].Tags = []string{"x"}; return PutMedia(ctx, w, &m[0]) }, []string{"update media tags"}},
			{"order", func() error { return w.AddToFolder(ctx, f.ID, store.Addition{Order: second}) }, []string{"create analysis", "create analysis"}},
			{"end", func() error { return w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Declined)) },
				[]string{"create webhook_delivery", ended, ended}},
			{"hold", func() error { f.LegalHold = true; return PutFolder(ctx, w, f) }, []string{"update folder legal_hold=1"}},
			{"hold ends", func() error { f.LegalHold = false; return PutFolder(ctx, w, f) }, []string{"update folder legal_hold=0"}},
			{"analysis goes", func() error { return w.DeleteAnalysis(ctx, bonafide.Scope{}, o.Analyses[0].ID) }, []string{"delete analysis"}},
			{"media goes", func() error { return w.DeleteMedia(ctx, bonafide.Scope{}, m[0].ID) }, []string{"delete media"}},
			{"folder goes", func() error { return w.DeleteFolder(ctx, bonafide.Scope{}, f.ID) },
				[]string{"delete analysis", "delete analysis", "delete analysis", "delete folder", "delete media", "delete webhook_delivery"}},
		}
		for _, s := range steps {
			entries := w.log(t, func() {
				if err := s.do(); err != nil {
					t.Errorf("%s: %v", s.name, err)
				}
			})
			if got := spelled(entries); s.want != nil && !slices.Equal(got, s.want) {
				t.Errorf("%s: entries %q, want %q", s.name, got, s.want)
			}
			for _, e := range entries {
				if e.ActorID != actor.UserID || e.Via != actor.Via || e.ObjectID == "" || e.Time.IsZero() || e.CompanyID == "" {
					t.Errorf("%s: %+v", s.name, e)
				}
				if strings.Contains(strings.ToLower(e.Changed), "secret") {
					t.Errorf("%s: the log tells %q", s.name, e.Changed)
				}
			}
			if s.name == "user changes" && (len(entries) != 1 || !strings.Contains(entries[0].Changed, "active=0") || !strings.Contains(entries[0].Changed, "last_name")) {
				t.Errorf("%s: %+v", s.name, entries)
			}
		}
	})
	t.Run("what is refused leaves none", func(t *testing.T) {
		if got := w.log(t, func() {
			wantCode(t, "unknown folder", PutFolder(ctx, w, w.folder()), bonafide.CodeNotFound)
			wantCode(t, "unknown media", w.DeleteMedia(ctx, bonafide.Scope{}, bonafide.NewID()), bonafide.CodeNotFound)
			_, _, taken := w.stored(t)
			refused := newOrder()
			refused.Analyses[1].ID = taken.Analyses[0].ID
			if err := w.CreateFolder(ctx, w.folder(), []bonafide.Media{newMedia()}, refused); err == nil {
				t.Error("no error")
			}
		}); len(got) != 4 { // of taken
			t.Errorf("entries %q", spelled(got))
		}
	})
	t.Run("failed sign-ins are noted", func(t *testing.T) {
		got := w.log(t, func() {
			ok(t, w.RefuseSignIn(context.Background(), w.user))
			ok(t, w.RefuseSignIn(context.Background(), ""))
			wantCode(t, "an unknown user", w.RefuseSignIn(context.Background(), bonafide.NewID()), bonafide.CodeNotFound)
		})
		if len(got) != 2 || got[0].ObjectID != string(w.user) || got[0].CompanyID != w.company || got[1].ObjectID != "" ||
			got[0].Action != bonafide.ActionRefuse || got[0].ActorID != "" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("the log is found by object, actor and time", func(t *testing.T) {
		for field, value := range map[string]any{"object_id": string(f.ID), "actor_id": string(w.user), "company_id": string(w.company), "action": "delete", "object": "media", "via": "test"} {
			page, err := w.AuditEntries(t.Context(), bonafide.Query{Filters: []bonafide.Filter{filter(field, bonafide.OpIn, value)}, Limit: 3})
			ok(t, err)
			if len(page.Items) == 0 || page.Total < len(page.Items) {
				t.Errorf("%s: %d of %d", field, len(page.Items), page.Total)
			}
		}
		page, err := w.AuditEntries(t.Context(), bonafide.Query{Filters: []bonafide.Filter{filter("seq", bonafide.OpGreater, int64(3))}, Sorting: []bonafide.Sort{{Field: "seq"}}, Limit: 1})
		ok(t, err)
		if page.Items[0].Seq != 4 {
			t.Errorf("after 3 comes %d", page.Items[0].Seq)
		}
	})
}

// Unaudited lists the tables whose changes leave no entry in the audit log, each with
// the reason.
func Unaudited() map[string]string {
	return map[string]string{
		"audit":             "the log itself",
		"audit_pending":     "the log itself",
		"best_shots":        "belong to analyses",
		"files":             "belong to media, analyses, reports, their attachments and images of persons",
		"folder_counts":     "follow from folders",
		"stored_bytes":      "follow from media and images of persons",
		"media_prints":      "belong to media",
		"capture_marks":     "follow from captures",
		"analysis_reasons":  "follow from analyses",
		"person_merges":     "follow from persons and their photos",
		"import_files":      "belong to imports; what comes of them is logged as photos of persons",
		"webhook_attempts":  "are a log themselves",
		"loose_blobs":       "notes of the sweep",
		"queue_workers":     "notes of the queue",
		"person_templates":  "belong to images of persons",
		"reference_changes": "follow from images of persons",
		"reference_counter": "follows from images of persons",
		"secrets":           "made and rotated by the server itself",
		"requests_left":     "counts requests, of which none is an object",
		"sign_in_failures":  "follow from sign-ins, which are logged",
		"known_sources":     "follow from sign-ins, which are logged",
	}
}
