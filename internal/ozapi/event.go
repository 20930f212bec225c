package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

type eventRecords interface {
	SaveEventSession(ctx context.Context, e *bonafide.EventSession) error
	EventSessions(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.EventSession], error)
}

func (a *api) eventResource() rest.Resource {
	const sessions = "/api/event_sessions"
	return rest.Resource{Component: rest.ComponentStateful, Routes: []rest.Route{
		{Name: "saveEventSession", Method: post, Pattern: sessions, Permission: auth.EventCreate, Summary: "Take what a client application tells about a capture",
			In: bonafide.Meta{}, Status: made, Out: wire.EventSession{}, Handle: a.saveEventSession},
		{Name: "listFolderEvents", Method: get, Pattern: "/api/folders/{folder_id}/events", Permission: auth.FolderRead,
			Summary: "Read what the page told of the capture that made a folder", Out: []wire.EventSession{}, Handle: a.folderEvents},
		{Name: "listEventSessions", Method: get, Pattern: sessions, Permission: auth.SettingsRead, Summary: "List what client applications have told",
			Query: request.Listed(query.EventFields()), Out: wire.Page[wire.EventSession]{}, Handle: a.listEventSessions},
		{Name: "readSDKSettings", Method: get, Pattern: "/api/sdk_settings/{device_model}", Summary: "Settings of a phone by its model; there are none",
			Out: bonafide.Meta{}, Handle: a.sdkSettings},
	}}
}

// saveEventSession takes any object. Its session_id, where it is an identifier,
// names the session; sent again, it replaces what was sent before.
func (a *api) saveEventSession(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	u := &c.Caller.User
	e := &bonafide.EventSession{ID: bonafide.NewID(), CompanyID: u.CompanyID, UserID: u.ID, Data: bonafide.Meta(body)}
	if word, isText := body["session_id"].(string); isText {
		if id, err := bonafide.ParseID(word); err == nil {
			e.ID = id
		}
	}
	if err := a.Records.SaveEventSession(c.Context(), e); err != nil {
		return nil, err
	}
	return rest.Created(wire.ViewEventSession(e))
}

// folderEvents answers the event session that the folder's metadata name, in a bare
// array: pages name it there.
func (a *api) folderEvents(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	views := []wire.EventSession{}
	word, _ := f.Meta["event_session_id"].(string)
	id, err := bonafide.ParseID(word)
	if err != nil {
		return rest.OK(views)
	}
	q := bonafide.Query{Filters: []bonafide.Filter{among("session_id", id)}, Limit: 1, OmitTotal: true}
	page, err := a.Records.EventSessions(c.Context(), bonafide.Scope{CompanyID: f.CompanyID}, q)
	if err != nil {
		return nil, err
	}
	for i := range page.Items {
		if e := &page.Items[i]; e.CompanyID == f.CompanyID {
			views = append(views, wire.ViewEventSession(e))
		}
	}
	return rest.OK(views)
}

func (a *api) listEventSessions(c *rest.Call) (*rest.Answer, error) {
	return rest.Page(c, query.EventSessions, a.Records.EventSessions, wire.ViewEventSession)
}

func (a *api) sdkSettings(*rest.Call) (*rest.Answer, error) { return rest.OK(struct{}{}) }
