package ozapi

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// noun is a kind of thing that paths name by a parameter.
type noun struct {
	param string          // of patterns
	name  string          // in errors
	read  auth.Permission // says which of them a caller sees
	find  func(a *api, c *call, scope bonafide.Scope, id bonafide.ID) error
}

func second[T any](_ T, err error) error { return err }

// permit sets the scope of a call. What the caller may not see is not found, as
// if it did not exist; what they see and may not treat so is forbidden.
func (a *api) permit(rt route, c *call) error {
	scope, denied := c.caller.May(rt.Permission)
	for _, o := range a.nouns {
		if !strings.Contains(rt.Pattern, "{"+o.param+"}") {
			continue
		}
		seen, err := c.caller.May(o.read)
		if err != nil {
			return err
		}
		if denied == nil && scope == seen {
			continue // same scope: the lookup of the handler decides
		}
		id, err := c.id(o.param, o.name)
		if err != nil {
			return err
		}
		if err := o.find(a, c, seen, id); err != nil {
			return err
		}
		if denied != nil {
			continue
		}
		if err := o.find(a, c, scope, id); bonafide.CodeOf(err) == bonafide.CodeNotFound {
			denied = auth.Forbidden()
		} else if err != nil {
			return err
		}
	}
	c.scope = scope
	return denied
}
