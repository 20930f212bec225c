package storetest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func companies(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("companies are found by parts of their names", func(t *testing.T) {
		for _, name := range []string{"Банк «Восток»", "bank North", "Insurance"} {
			ok(t, w.CreateCompany(ctx, &bonafide.Company{ID: bonafide.NewID(), Name: name}))
		}
		for raw, want := range map[string]string{
			"восток": "Банк «Восток»", "NORTH bank": "bank North", "bank vault": "", "": "Insurance bank North Банк «Восток»", "%": "", "i": "Insurance",
		} {
			q := bonafide.Query{Limit: -1, Sorting: []bonafide.Sort{{Field: "name"}}}
			if words := strings.Fields(raw); len(words) > 0 {
				q.Filters = []bonafide.Filter{{Field: "search_text", Op: bonafide.OpContains}}
				for _, word := range words {
					q.Filters[0].Values = append(q.Filters[0].Values, word)
				}
			}
			q.Filters = append(q.Filters, filter("name", bonafide.OpNotIn, "Company"))
			page, err := w.Companies(ctx, bonafide.Scope{}, q)
			ok(t, err)
			if got := names(page.Items, func(c bonafide.Company) string { return c.Name }); got != want || page.Total != len(page.Items) {
				t.Errorf("%q finds %q, want %q", raw, got, want)
			}
		}
	})
	t.Run("a company sees itself alone", func(t *testing.T) {
		for _, scope := range []bonafide.Scope{{CompanyID: w.company}, {CompanyID: w.company, UserID: w.user}} {
			page, err := w.Companies(ctx, scope, bonafide.Query{Limit: -1})
			ok(t, err)
			if len(page.Items) != 1 || page.Items[0].ID != w.company {
				t.Errorf("%+v sees %+v", scope, page.Items)
			}
		}
	})
	t.Run("a company changes and is found anew", func(t *testing.T) {
		c, err := w.Company(ctx, w.other)
		ok(t, err)
		c.Name, c.TechnicalMeta = "Żubr", bonafide.Meta{"a": "b"}
		ok(t, PutCompany(ctx, w, c))
		page, err := w.Companies(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{filter("search_text", bonafide.OpContains, "żUB")}})
		ok(t, err)
		if len(page.Items) != 1 {
			t.Fatalf("found %+v", page.Items)
		}
		same(t, "company", &page.Items[0], c)
		wantCode(t, "an unknown company", PutCompany(ctx, w, &bonafide.Company{ID: bonafide.NewID()}), bonafide.CodeNotFound)
	})
	t.Run("a closed company's users are out", func(t *testing.T) {
		s := &bonafide.Session{UserID: w.user, AccessHash: bonafide.NewSecret(32), RefreshHash: bonafide.NewSecret(32), ExpiresAt: time.Now()}
		other := &bonafide.Session{UserID: w.stranger, AccessHash: bonafide.NewSecret(32), RefreshHash: bonafide.NewSecret(32), ExpiresAt: time.Now()}
		ok(t, w.CreateSession(ctx, s))
		ok(t, w.CreateSession(ctx, other))
		for range 2 {
			ok(t, w.CloseCompany(ctx, w.company))
		}
		c, err := w.Company(ctx, w.company)
		ok(t, err)
		u, err := w.User(ctx, w.user)
		ok(t, err)
		stranger, err := w.User(ctx, w.stranger)
		ok(t, err)
		if !c.InDeletion || u.Active || !stranger.Active {
			t.Errorf("%+v, %+v, %+v", c, u, stranger)
		}
		_, err = w.SessionByAccess(ctx, s.AccessHash)
		wantCode(t, "the session", err, bonafide.CodeNotFound)
		_, err = w.SessionByAccess(ctx, other.AccessHash)
		ok(t, err)
		page, err := w.Companies(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{filter("in_deletion", bonafide.OpIn, true)}})
		ok(t, err)
		if len(page.Items) != 1 || page.Items[0].ID != w.company {
			t.Errorf("in deletion are %+v", page.Items)
		}
		wantCode(t, "an unknown company", w.CloseCompany(ctx, bonafide.NewID()), bonafide.CodeNotFound)
	})
	t.Run("a company goes once nothing of it is left", func(t *testing.T) {
		f := w.folder()
		f.CompanyID, f.UserID = w.other, w.stranger
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		wantCode(t, "a company with a folder", w.DeleteCompany(ctx, w.other), bonafide.CodeValue)
		_, err := w.User(ctx, w.stranger)
		ok(t, err)
		ok(t, w.DeleteCompany(ctx, w.company))
		_, err = w.Company(ctx, w.company)
		wantCode(t, "the company", err, bonafide.CodeNotFound)
		_, err = w.User(ctx, w.user)
		wantCode(t, "its user", err, bonafide.CodeNotFound)
		wantCode(t, "once more", w.DeleteCompany(ctx, w.company), bonafide.CodeNotFound)
	})
}

func users(t *testing.T, w *world) {
	ctx := t.Context()
	admin := &bonafide.User{ID: bonafide.NewID(), Type: bonafide.Admin, Active: true, Email: "root@example.org", FirstName: "Жанна", LastName: "Doe"}
	ok(t, w.CreateUser(ctx, admin))
	list := func(t *testing.T, scope bonafide.Scope, filters ...bonafide.Filter) []bonafide.ID {
		page, err := w.Users(ctx, scope, bonafide.Query{Limit: -1, Filters: filters, Sorting: []bonafide.Sort{{Field: "time_created"}}})
		ok(t, err)
		var ids []bonafide.ID
		for _, u := range page.Items {
			ids = append(ids, u.ID)
		}
		if page.Total != len(ids) {
			t.Errorf("%d of %d", len(ids), page.Total)
		}
		return ids
	}
	holds := func(t *testing.T, got []bonafide.ID, want ...bonafide.ID) {
		t.Helper()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	t.Run("a scope sees its users alone", func(t *testing.T) {
		holds(t, list(t, bonafide.Scope{}), w.user, w.colleague, w.stranger, admin.ID)
		holds(t, list(t, bonafide.Scope{CompanyID: w.company}), w.user, w.colleague)
		holds(t, list(t, bonafide.Scope{CompanyID: w.company, UserID: w.user}), w.user)
		holds(t, list(t, bonafide.Scope{UserID: admin.ID}), admin.ID)
		holds(t, list(t, bonafide.Scope{Nothing: true}))
	})
	t.Run("users are filtered", func(t *testing.T) {
		holds(t, list(t, bonafide.Scope{}, filter("user_type", bonafide.OpIn, "ADMIN"), filter("is_active", bonafide.OpIn, true)), admin.ID)
		holds(t, list(t, bonafide.Scope{}, filter("is_active", bonafide.OpIn, false)))
		holds(t, list(t, bonafide.Scope{}, filter("company_id", bonafide.OpIn, nil)), admin.ID)
		holds(t, list(t, bonafide.Scope{}, filter("user_id", bonafide.OpNotIn, string(admin.ID), string(w.user))), w.colleague, w.stranger)
		holds(t, list(t, bonafide.Scope{}, filter("search_text", bonafide.OpContains, "doe", "жан")), admin.ID)
		holds(t, list(t, bonafide.Scope{}, filter("email", bonafide.OpIn, "root@example.org")), admin.ID)
		for _, f := range []bonafide.Filter{filter("is_active", bonafide.OpIn, "true"), filter("search_text", bonafide.OpIn, "doe"),
			filter("search_text", bonafide.OpContains, nil), filter("search_text", bonafide.OpContains, "a\x00"), filter("password_hash", bonafide.OpIn, "x")} {
			_, err := w.Users(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, Filters: []bonafide.Filter{f}})
			wantCode(t, f.Field, err, bonafide.CodeValue)
		}
	})
	t.Run("folders stay after their user is deleted", func(t *testing.T) {
		f := w.folder()
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		s := &bonafide.Session{UserID: w.user, AccessHash: bonafide.NewSecret(32), RefreshHash: bonafide.NewSecret(32), ExpiresAt: time.Now()}
		ok(t, w.CreateSession(ctx, s))
		ok(t, w.DeleteUser(ctx, bonafide.Scope{}, w.user, anyUser))
		_, err := w.User(ctx, w.user)
		wantCode(t, "the user", err, bonafide.CodeNotFound)
		_, err = w.SessionByAccess(ctx, s.AccessHash)
		wantCode(t, "the session", err, bonafide.CodeNotFound)
		got, err := w.Folder(ctx, bonafide.Scope{CompanyID: w.company}, f.ID)
		ok(t, err)
		if got.UserID != "" {
			t.Errorf("the folder is still of %s", got.UserID)
		}
		wantCode(t, "once more", w.DeleteUser(ctx, bonafide.Scope{}, w.user, anyUser), bonafide.CodeNotFound)
	})
}

func metas(t *testing.T, w *world) {
	ctx := t.Context()
	f, m, o := w.folder(), newMedia(), newOrder()
	ok(t, w.CreateFolder(ctx, f, []bonafide.Media{m}, o))
	own := bonafide.Scope{CompanyID: w.company, UserID: w.user}
	for kind, id := range map[bonafide.Kind]bonafide.ID{
		bonafide.KindUser: w.user, bonafide.KindFolder: f.ID, bonafide.KindMedia: m.ID, bonafide.KindAnalysis: o.Analyses[0].ID,
	} {
		t.Run("metadata of a "+string(kind)+" changes", func(t *testing.T) {
			want := bonafide.Meta{"a": "?'\"", "n": json.Number("1.50"), "o": map[string]any{"p": nil}}
			got, err := w.ChangeMeta(ctx, own, kind, id, func(old bonafide.Meta) (bonafide.Meta, error) { return want, nil })
			ok(t, err)
			same(t, "metadata", got, want)
			got, err = w.Meta(ctx, own, kind, id)
			ok(t, err)
			same(t, "metadata", got, want)
			refused := bonafide.Errorf(bonafide.CodeTooLarge, "no")
			_, err = w.ChangeMeta(ctx, own, kind, id, func(old bonafide.Meta) (bonafide.Meta, error) {
				same(t, "old metadata", old, want)
				return bonafide.Meta{}, refused
			})
			wantCode(t, "a refused change", err, bonafide.CodeTooLarge)
			for _, scope := range []bonafide.Scope{{CompanyID: w.other}, {CompanyID: w.company, UserID: w.colleague}, {Nothing: true}} {
				_, err = w.Meta(ctx, scope, kind, id)
				wantCode(t, "another's eyes", err, bonafide.CodeNotFound)
				_, err = w.ChangeMeta(ctx, scope, kind, id, func(bonafide.Meta) (bonafide.Meta, error) { return nil, nil })
				wantCode(t, "another's hand", err, bonafide.CodeNotFound)
			}
			got, err = w.Meta(ctx, bonafide.Scope{}, kind, id)
			ok(t, err)
			same(t, "metadata", got, want)
		})
	}
}
