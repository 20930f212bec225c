package storetest

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// The functions below make an object of the store what the caller's copy says, as far
// as changes can, and the copy what was stored. They suit tests alone: whoever else
// changed the object in between is overruled.

// PutCompany makes a company what c says.
func PutCompany(ctx context.Context, s store.Companies, c *bonafide.Company) error {
	return put(c, func(change func(*bonafide.Company) error) (*bonafide.Company, error) {
		return s.ChangeCompany(ctx, bonafide.Scope{}, c.ID, change)
	})
}

// PutUser makes a user what u says.
func PutUser(ctx context.Context, s store.Users, u *bonafide.User) error {
	return put(u, func(change func(*bonafide.User) error) (*bonafide.User, error) {
		return s.ChangeUser(ctx, bonafide.Scope{}, u.ID, func(e *store.UserEdit) error { return change(&e.User) })
	})
}

// PutFolder makes a folder what f says.
func PutFolder(ctx context.Context, s store.Folders, f *bonafide.Folder) error {
	return put(f, func(change func(*bonafide.Folder) error) (*bonafide.Folder, error) {
		return s.ChangeFolder(ctx, bonafide.Scope{}, f.ID, change)
	})
}

// PutMedia makes a media what m says.
func PutMedia(ctx context.Context, s store.MediaFiles, m *bonafide.Media) error {
	return put(m, func(change func(*bonafide.Media) error) (*bonafide.Media, error) {
		return s.ChangeMedia(ctx, bonafide.Scope{}, m.ID, change)
	})
}

// PutCollection makes a collection what c says.
func PutCollection(ctx context.Context, s store.Collections, c *bonafide.PersonCollection) error {
	return put(c, func(change func(*bonafide.PersonCollection) error) (*bonafide.PersonCollection, error) {
		return s.ChangeCollection(ctx, bonafide.Scope{}, c.ID, change)
	})
}

// PutPerson makes a person what p says.
func PutPerson(ctx context.Context, s store.Persons, p *bonafide.Person) error {
	return put(p, func(change func(*bonafide.Person) error) (*bonafide.Person, error) {
		return s.ChangePerson(ctx, bonafide.Scope{}, p.ID, change)
	})
}

// PutReportTemplate makes a template what t says.
func PutReportTemplate(ctx context.Context, s store.ReportTemplates, t *bonafide.ReportTemplate) error {
	return put(t, func(change func(*bonafide.ReportTemplate) error) (*bonafide.ReportTemplate, error) {
		return s.ChangeReportTemplate(ctx, bonafide.Scope{}, t.ID, change)
	})
}

func put[T any](want *T, change func(func(*T) error) (*T, error)) error {
	got, err := change(func(stored *T) error {
		*stored = *want
		return nil
	})
	if err == nil {
		*want = *got
	}
	return err
}

// anyUser lets every user be deleted.
func anyUser(*store.UserEdit) error { return nil }
