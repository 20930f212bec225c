package intake

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
)

// aim names the collection in each analysis that searches one.
func (d *Desk) aim(ctx context.Context, f *bonafide.Folder, analyses []bonafide.Analysis) error {
	for i := range analyses {
		a := &analyses[i]
		if spec, _ := d.Spec(a.Type); !spec.Collection {
			continue
		}
		c, err := d.collection(ctx, f, a.Params.CollectionID)
		if err != nil {
			return err
		}
		a.Params.CollectionID, a.Params.CollectionAlias = c.ID, c.Alias
	}
	return nil
}

// collection gives the one that an order on the folder names or, where it names none
// (""), the newest blacklist of the folder's company. A folder of no company is an
// administrator's, who may search in any collection; everyone else stays inside the
// company.
func (d *Desk) collection(ctx context.Context, f *bonafide.Folder, named bonafide.ID) (*bonafide.PersonCollection, error) {
	if named == "" {
		return d.blacklist(ctx, f.CompanyID)
	}
	id, err := bonafide.ParseID(string(named))
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeValue, "Invalid collection_id "+bonafide.Quote(named)+", not an identifier", err)
	}
	c, err := d.Store.Collection(ctx, bonafide.Scope{CompanyID: f.CompanyID}, id)
	if err != nil {
		return nil, fmt.Errorf("collection: %w", err)
	}
	return c, nil
}

// blacklist gives the newest blacklist of a company, of the administrators for "".
func (d *Desk) blacklist(ctx context.Context, company bonafide.ID) (*bonafide.PersonCollection, error) {
	q := bonafide.Query{Limit: 1, OmitTotal: true, Sorting: []bonafide.Sort{{Field: "time_created", Desc: true}}, Filters: []bonafide.Filter{
		{Field: "company_id", Op: bonafide.OpIn, Values: []any{nil}},
		{Field: "alias", Op: bonafide.OpIn, Values: []any{bonafide.Blacklist}},
	}}
	if company != "" {
		q.Filters[0].Values[0] = string(company)
	}
	page, err := d.Store.Collections(ctx, bonafide.Scope{}, q)
	if err != nil {
		return nil, fmt.Errorf("blacklist: %w", err)
	}
	if len(page.Items) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Collection not found")
	}
	return &page.Items[0], nil
}
