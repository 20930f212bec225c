package ozapi

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

func eventRoutes() []route {
	const sessions = "/api/event_sessions"
	return []route{
		{"POST", sessions, auth.EventCreate, "Take what a client application tells about a capture", (*api).saveEventSession},
		{"GET", sessions, auth.SettingsRead, "List what client applications have told", (*api).listEventSessions},
		{"GET", "/api/sdk_settings/{device_model}", "", "Settings of a phone by its model; there are none", (*api).sdkSettings},
	}
}

// saveEventSession takes any object. Its session_id, where it is an identifier,
// names the session; sent again, it replaces what was sent before.
func (a *api) saveEventSession(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	u := &c.caller.User
	e := &bonafide.EventSession{ID: bonafide.NewID(), CompanyID: u.CompanyID, UserID: u.ID, Data: bonafide.Meta(body)}
	if word, isText := body["session_id"].(string); isText {
		if id, err := bonafide.ParseID(word); err == nil {
			e.ID = id
		}
	}
	if err := a.Records.SaveEventSession(c.Context(), e); err != nil {
		return nil, err
	}
	return created(wire.ViewEventSession(e))
}

func (a *api) listEventSessions(c *call) (*answer, error) {
	q, err := query.EventSessions(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Records.EventSessions(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.EventSession, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewEventSession(&page.Items[i])
	}
	return ok(wire.ViewPage(q, page.Total, views))
}

func (a *api) sdkSettings(*call) (*answer, error) { return ok(struct{}{}) }
