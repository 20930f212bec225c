package rest

import (
	"slices"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// DefaultUploads lets one company have 32 requests with files under way, which is more
// than its share of any machine's cores, and bounds the memory of all of them.
func DefaultUploads() quota.Limits {
	return quota.Limits{Places: 256, PerKey: 32, Waiting: 256, Patience: time.Minute}
}

// DefaultLists lets one company read four lists at a time.
func DefaultLists() quota.Limits {
	return quota.Limits{Places: 16, PerKey: 4, Waiting: 64, Patience: 30 * time.Second}
}

// place takes a place for a call that costs memory while it is under way, among those
// of its company, so that the calls of one company do not take everybody's.
func (s *server) place(rt Route, c *Call) (release func(), err error) {
	share := s.shareOf(rt)
	if share == nil {
		return func() {}, nil
	}
	ctx, cancel := httpd.UntilStop(c.Context(), 0)
	defer cancel()
	return share.Take(ctx, s.payer(c))
}

func (s *server) shareOf(rt Route) *quota.Share {
	switch {
	case rt.Files != describe.NoFiles:
		return s.uploads
	case slices.ContainsFunc(rt.Query, func(p describe.Parameter) bool { return p.Name == "limit" }):
		return s.lists
	}
	return nil
}

// payer names on whose account a call goes: the company, or the user who has none, or
// the address of a caller who need not sign in.
func (s *server) payer(c *Call) string {
	switch {
	case c.Caller == nil:
		client, _ := s.proxies().Client(c.Request)
		return client.String()
	case c.Caller.User.CompanyID != "":
		return string(c.Caller.User.CompanyID)
	}
	return string(c.Caller.User.ID)
}
