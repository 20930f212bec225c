package rest

import (
	"net/http"
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

// DefaultCalls bounds the memory of all other calls, downloads among them.
func DefaultCalls() quota.Limits {
	return quota.Limits{Places: 256, PerKey: 32, Waiting: 512, Patience: 30 * time.Second}
}

// enter takes a place for a call among those of its company, so that the calls of one
// company do not take everybody's. What has no body to wait for gets one to work in, too.
func (c *Call) enter(rt Route) error {
	if c.share = c.server.shareOf(rt); c.share == nil {
		return nil
	}
	if err := c.take(c.share); err != nil || rt.Method == http.MethodPost || rt.Method == http.MethodPatch {
		return err
	}
	return c.work()
}

// work takes a place to work in, of which a company has one for each core: what more of
// its calls would do at the same time would only keep those of others waiting. Calls that
// wait for other things while they are under way have none. A call takes one place only:
// a second one might be the last that its company has, and is then held by the call itself.
func (c *Call) work() error {
	if c.share == nil || c.share != c.server.calls || c.working {
		return nil
	}
	err := c.take(c.server.working)
	c.working = err == nil
	return err
}

// take takes a place until the call leaves.
func (c *Call) take(share *quota.Share) error {
	ctx, cancel := httpd.UntilStop(c.Context(), 0)
	defer cancel()
	release, err := share.Take(ctx, c.server.payer(c))
	if err == nil {
		c.held = append(c.held, release)
	}
	return err
}

// leave gives back the places that the call has.
func (c *Call) leave() {
	for _, release := range c.held {
		release()
	}
	c.held, c.working = nil, false
}

// Turn waits for a place to work in for a moment, for a handler that also waits for its
// client.
func (c *Call) Turn() (done func(), err error) {
	return c.server.working.Take(c.Context(), c.server.payer(c))
}

// shareOf gives the places of a kind of calls. Calls without sign-in that answer a few
// bytes have none: whether the server is well must be known when it is not.
func (s *server) shareOf(rt Route) *quota.Share {
	switch {
	case rt.Files != describe.NoFiles:
		return s.uploads
	case rt.Binary != "":
		return s.downloads
	case slices.ContainsFunc(rt.Query, func(p describe.Parameter) bool { return p.Name == "limit" }):
		return s.lists
	case rt.Permission != "":
		return s.calls
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
