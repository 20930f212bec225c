package enrol

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
)

const maxAlias = 255 // characters

// CollectionChange is a change of a collection; nil leaves as it is.
type CollectionChange struct {
	Alias *string
	Meta  bonafide.Meta // merged as RFC 7396 says, top level
}

// CreateCollection makes a collection of a company inside the scope; without a
// company it belongs to the user's.
func (e *Enroller) CreateCollection(ctx context.Context, u *bonafide.User, scope bonafide.Scope, company bonafide.ID, c CollectionChange) (*bonafide.PersonCollection, error) {
	if company == "" {
		company = u.CompanyID
	}
	if scope.Nothing || scope.CompanyID != "" && scope.CompanyID != company {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	if company != "" {
		if _, err := e.Store.Company(ctx, company); err != nil {
			return nil, fmt.Errorf("create collection: %w", err)
		}
	}
	made := &bonafide.PersonCollection{ID: bonafide.NewID(), CompanyID: company, TechnicalMeta: bonafide.Meta{}}
	if err := e.apply(c, made); err != nil {
		return nil, err
	}
	if made.Alias == "" {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path alias from provided dict data")
	}
	if err := e.Store.CreateCollection(ctx, made); err != nil {
		return nil, fmt.Errorf("create collection: %w", err)
	}
	return made, nil
}

// ChangeCollection changes a collection inside the scope and returns it.
func (e *Enroller) ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change CollectionChange) (*bonafide.PersonCollection, error) {
	c, err := e.Store.ChangeCollection(ctx, scope, id, func(c *bonafide.PersonCollection) error { return e.apply(change, c) })
	if err != nil {
		return nil, fmt.Errorf("change collection: %w", err)
	}
	return c, nil
}

func (e *Enroller) apply(change CollectionChange, c *bonafide.PersonCollection) error {
	if alias := change.Alias; alias != nil {
		if *alias == "" || utf8.RuneCountInString(*alias) > maxAlias {
			return bonafide.Errorf(bonafide.CodeValue, "Invalid alias, from 1 to %d characters", maxAlias)
		}
		c.Alias = *alias
	}
	var err error
	c.Meta, err = e.MaxMeta.Merge(c.Meta, change.Meta)
	return err
}

// DeleteCollection deletes a collection inside the scope with all persons.
func (e *Enroller) DeleteCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	if _, err := e.Store.Collection(ctx, scope, id); err != nil {
		return fmt.Errorf("collection: %w", err)
	}
	if err := e.Store.DeleteCollection(ctx, id); err != nil {
		return fmt.Errorf("delete collection: %w", err)
	}
	return nil
}

// DeleteCollectionsOf deletes all collections of a company.
func (e *Enroller) DeleteCollectionsOf(ctx context.Context, company bonafide.ID) error {
	page, err := e.Store.Collections(ctx, bonafide.Scope{CompanyID: company}, bonafide.Query{Limit: -1, OmitTotal: true})
	if err != nil {
		return fmt.Errorf("collections: %w", err)
	}
	for _, c := range page.Items {
		err := e.DeleteCollection(ctx, bonafide.Scope{CompanyID: company}, c.ID)
		if err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound { // else another process has deleted it
			return err
		}
	}
	return nil
}
