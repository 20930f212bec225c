package rest

import (
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// slipped notes what of a request nobody reads, for the answer to warn of. Where the
// caller's company is strict it is refused instead.
func (c *Call) slipped(slips []request.Slip) error {
	if len(slips) == 0 {
		return nil
	}
	c.slips = append(c.slips, slips...)
	if c.Caller == nil || c.Caller.User.CompanyID == "" {
		return nil
	}
	company, err := c.server.Companies.Company(c.Context(), c.Caller.User.CompanyID)
	if err != nil {
		return err
	}
	if !company.Strict() {
		return nil
	}
	return bonafide.Errorf(bonafide.CodeStructure, "The company's requests are read strictly: %s", request.Tell(slips))
}

// warnings gives the field that an answer warns with. Where the answer has none
// they are put into a header.
func (c *Call) warnings(body any) ([]byte, error) {
	if len(c.slips) == 0 {
		return nil, nil
	}
	var all []wire.Warning
	for _, s := range c.slips {
		w := wire.Warning{Code: s.Code, Name: strings.Trim(bonafide.Quote(s.Name), `"`)}
		if s.Instead != "" {
			w.DidYouMean = &s.Instead
		}
		all = append(all, w)
	}
	if wire.HasWarnings(body) {
		return wire.WarningsField(all)
	}
	line, err := wire.WarningsLine(all)
	c.Writer.Header().Set(wire.WarningsHeader, line)
	return nil, err
}
