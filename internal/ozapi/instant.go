package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Instant judges uploads and keeps nothing of them. *instant.Desk satisfies it.
type Instant interface {
	rest.Acceptor // in memory: CodeThrottled means that there is no room at the moment
	// Judge gives the folder of a single request with all analyses ended; best shots
	// are in the findings. Orders that need stored objects are CodeValue, a call that
	// ctx ends is CodeThrottled.
	Judge(ctx context.Context, u *bonafide.User, up intake.Upload) (*intake.Created, error)
}

const instantPath = "/api/instant/folders"

func (a *api) instantResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentStateless, Routes: []rest.Route{
		{Name: "judgeFolder", Method: post, Pattern: instantPath, Permission: auth.FolderCreate, Summary: "Judge media at once and keep nothing of them",
			In: request.InstantIn{}, Files: describe.SomeFiles, Sealed: true, Query: []describe.Parameter{sessionParameter()}, Status: made, Out: wire.Folder{}, Refusals: []int{http.StatusNotFound, http.StatusTooManyRequests, http.StatusBadGateway}, Handle: a.judge},
	}}
}

// judge answers like a single request; nothing of it is stored.
func (a *api) judge(c *rest.Call) (*rest.Answer, error) {
	if c.Caller == nil {
		// The server was set up to ask for no token: whoever reaches it may call.
		c.Caller = &auth.Caller{User: bonafide.User{Type: bonafide.Admin}}
	}
	up, session, err := a.receive(c, a.Instant, false)
	if err != nil {
		return nil, err
	}
	defer a.Instant.Discard(c.After(), up.Files)
	ctx, cancel := context.WithTimeout(c.Context(), a.SingleWait)
	defer cancel()
	made, err := a.Instant.Judge(ctx, &c.Caller.User, up)
	if err != nil {
		return nil, err
	}
	if session != nil {
		if err := a.Captures.Spend(c.After(), session, capture.OutcomeInstant); err != nil {
			return nil, err
		}
	}
	return rest.Created(wire.ViewFolder(&wire.FolderParts{Folder: made.Folder, Media: made.Media, Analyses: made.Analyses}, true, wire.LinksAt("", c.Language())))
}
