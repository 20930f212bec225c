package rest

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// permit sets the scope of a call. What the caller may not see is not found, as
// if it did not exist; what they see and may not treat so is forbidden.
func (s *server) permit(rt Route, c *Call) error {
	scope, denied := c.Caller.May(rt.Permission)
	for _, o := range s.nouns {
		if !strings.Contains(rt.Pattern, "{"+o.Param+"}") {
			continue
		}
		seen, err := c.Caller.May(o.Read)
		if err != nil {
			return err
		}
		if denied == nil && scope == seen {
			continue // same scope: the lookup of the handler decides
		}
		id, err := c.ID(o.Param, o.Name)
		if err != nil {
			return err
		}
		if err := o.Find(c, seen, id); err != nil {
			return err
		}
		if denied != nil {
			continue
		}
		if err := o.Find(c, scope, id); bonafide.CodeOf(err) == bonafide.CodeNotFound {
			denied = auth.Forbidden()
		} else if err != nil {
			return err
		}
	}
	c.Scope = scope
	return denied
}
