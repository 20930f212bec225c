package intake

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
func (d *Desk) CreateCollection(ctx context.Context, u *bonafide.User, scope bonafide.Scope, company bonafide.ID, c CollectionChange) (*bonafide.PersonCollection, error) {
	if company == "" {
		company = u.CompanyID
	}
	if scope.Nothing || scope.CompanyID != "" && scope.CompanyID != company {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	if company != "" {
		if _, err := d.Store.Company(ctx, company); err != nil {
			return nil, fmt.Errorf("create collection: %w", err)
		}
	}
	made := &bonafide.PersonCollection{ID: bonafide.NewID(), CompanyID: company, TechnicalMeta: bonafide.Meta{}}
	if err := c.apply(made); err != nil {
		return nil, err
	}
	if made.Alias == "" {
		return nil, bonafide.Errorf(bonafide.CodeStructure, "Could not locate field for key_path alias from provided dict data")
	}
	if err := d.Store.CreateCollection(ctx, made); err != nil {
		return nil, fmt.Errorf("create collection: %w", err)
	}
	return made, nil
}

// ChangeCollection changes a collection inside the scope and returns it.
func (d *Desk) ChangeCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change CollectionChange) (*bonafide.PersonCollection, error) {
	defer d.lock(id)()
	c, err := d.Store.Collection(ctx, scope, id)
	if err != nil {
		return nil, fmt.Errorf("collection: %w", err)
	}
	if err := change.apply(c); err != nil {
		return nil, err
	}
	if err := d.Store.UpdateCollection(ctx, c); err != nil {
		return nil, fmt.Errorf("change collection: %w", err)
	}
	return c, nil
}

func (change CollectionChange) apply(c *bonafide.PersonCollection) error {
	if alias := change.Alias; alias != nil {
		if *alias == "" || utf8.RuneCountInString(*alias) > maxAlias {
			return bonafide.Errorf(bonafide.CodeValue, "Invalid alias, from 1 to %d characters", maxAlias)
		}
		c.Alias = *alias
	}
	c.Meta = merge(c.Meta, change.Meta)
	return nil
}

// DeleteCollection deletes a collection inside the scope with all persons.
func (d *Desk) DeleteCollection(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	defer d.lock(id)()
	if _, err := d.Store.Collection(ctx, scope, id); err != nil {
		return fmt.Errorf("collection: %w", err)
	}
	if err := d.Store.DeleteCollection(ctx, id); err != nil {
		return fmt.Errorf("delete collection: %w", err)
	}
	d.Gallery.Drop(id)
	return nil
}

// DeleteCollectionsOf deletes all collections of a company.
func (d *Desk) DeleteCollectionsOf(ctx context.Context, company bonafide.ID) error {
	page, err := d.Store.Collections(ctx, bonafide.Scope{CompanyID: company}, bonafide.Query{Limit: -1, OmitTotal: true})
	if err != nil {
		return fmt.Errorf("collections: %w", err)
	}
	for _, c := range page.Items {
		if err := d.DeleteCollection(ctx, bonafide.Scope{CompanyID: company}, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// aim finds where an order searches: in the collection that it names, or else in
// the newest blacklist of the folder's company. A folder of no company is an
// administrator's, who may search in any collection; of the others nobody reaches
// beyond the company.
func (d *Desk) aim(ctx context.Context, f *bonafide.Folder, p *bonafide.Params) error {
	var found *bonafide.PersonCollection
	if p.CollectionID == "" {
		q := bonafide.Query{Limit: 1, OmitTotal: true, Sorting: []bonafide.Sort{{Field: "time_created", Desc: true}}, Filters: []bonafide.Filter{
			{Field: "company_id", Op: bonafide.OpIn, Values: []any{nil}},
			{Field: "alias", Op: bonafide.OpIn, Values: []any{bonafide.Blacklist}},
		}}
		if f.CompanyID != "" {
			q.Filters[0].Values[0] = string(f.CompanyID)
		}
		page, err := d.Store.Collections(ctx, bonafide.Scope{}, q)
		if err != nil {
			return fmt.Errorf("blacklist: %w", err)
		}
		if len(page.Items) == 0 {
			return bonafide.Errorf(bonafide.CodeNotFound, "Collection not found")
		}
		found = &page.Items[0]
	} else {
		id, err := bonafide.ParseID(string(p.CollectionID))
		if err != nil {
			return bonafide.Wrap(bonafide.CodeValue, "Invalid collection_id", err)
		}
		if found, err = d.Store.Collection(ctx, bonafide.Scope{CompanyID: f.CompanyID}, id); err != nil {
			return fmt.Errorf("collection: %w", err)
		}
	}
	p.CollectionID, p.CollectionAlias = found.ID, found.Alias
	return nil
}
