package bound

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide"
)

// Companies finds a company by its identifier.
type Companies interface {
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
}

// Keeper knows the limits of an installation and asks for those of companies. A nil
// keeper knows none. It is safe for concurrent use.
type Keeper struct {
	Installation Limits
	Ordinary     Thresholds // where neither an order nor a limit says anything
	Companies    Companies  // nil: no company has limits
}

// Of gives the limits that hold for a company, or for nobody's where the identifier is
// empty. A company that is gone has those of the installation.
func (k *Keeper) Of(ctx context.Context, company bonafide.ID) (Limits, error) {
	if k == nil {
		return nil, nil
	}
	if company == "" || k.Companies == nil {
		return k.Installation, nil
	}
	c, err := k.Companies.Company(ctx, company)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return k.Installation, nil
	}
	if err != nil {
		return nil, fmt.Errorf("limits of company %s: %w", company, err)
	}
	return k.Installation.With(Of(c)), nil
}

// Order applies limits to an order, see Limits.Order.
func (k *Keeper) Order(l Limits, p bonafide.Params) (bonafide.Params, error) {
	if k == nil {
		return p, nil
	}
	return l.Order(p, k.Ordinary)
}
