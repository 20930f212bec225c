package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Version tells the version of the server; no token is needed.
func (c *Client) Version(ctx context.Context) (string, error) {
	v, err := get[struct {
		Core string `json:"core"` // of the server, such as 1.2.0
	}](ctx, c, "/api/version")
	return v.Core, err
}

// Config is what clients may know of the server's settings.
type Config struct {
	Timezone string `json:"timezone"` // of times in reports
}

// Config reads the settings; no token is needed.
func (c *Client) Config(ctx context.Context) (*Config, error) {
	return get[*Config](ctx, c, "/api/config")
}

// SDKSettings reads what a capture application on a device of that model should do.
func (c *Client) SDKSettings(ctx context.Context, model string) (map[string]any, error) {
	return get[map[string]any](ctx, c, "/api/sdk_settings/"+url.PathEscape(model))
}

// Counts are numbers of folders or analyses by verdict.
type Counts struct {
	Total        int                     `json:"total_count"`   // folders, of by_type analyses
	ByResolution map[bonafide.Status]int `json:"by_resolution"` // the same by what the system found
}

// Statistics counts folders and analyses.
type Statistics struct {
	Counts
	ByType []struct {
		Counts
		Type    bonafide.AnalysisType  `json:"type"`        // of the analyses
		ByClass map[bonafide.Class]int `json:"by_class"`    // ended analyses by what became of them
		TookP50 *float64               `json:"took_ms_p50"` // half took no longer, in milliseconds; nil: none ended
		TookP90 *float64               `json:"took_ms_p90"` // nine of ten took no longer
	} `json:"by_type"` // analyses
	ByCompany []struct {
		Counts
		CompanyID bonafide.ID `json:"company_id"` // empty: folders of no company
	} `json:"by_company"` // folders by company, the largest first
	ByDay []struct {
		Counts
		Day string `json:"day"` // UTC
	} `json:"by_day"` // folders by day, the earliest first
	ByReason []struct {
		Reason string `json:"reason"`      // code
		Total  int    `json:"total_count"` // analyses
	} `json:"by_reason"` // analyses by the codes of their reasons, the most frequent first
}

// Statistics counts by the query parameters of the API, such as time_created.min.
func (c *Client) Statistics(ctx context.Context, q url.Values) (*Statistics, error) {
	return get[*Statistics](ctx, c, "/api/statistic/folders/?"+q.Encode())
}

// EventSession is what a capture application told about itself.
type EventSession struct {
	ID   bonafide.ID    `json:"session_id"` // as sent, or made by the server
	Data map[string]any `json:"data"`       // as it was sent
}

// AddEventSession stores telemetry.
func (c *Client) AddEventSession(ctx context.Context, data map[string]any) (*EventSession, error) {
	return call[*EventSession](ctx, c, http.MethodPost, "/api/event_sessions/", data)
}

// FolderEvents reads what the page told of the capture that made a folder.
func (c *Client) FolderEvents(ctx context.Context, id bonafide.ID) ([]EventSession, error) {
	return get[[]EventSession](ctx, c, folder(id)+"events/")
}

// LinkOptions are what a link shall ask of a person.
type LinkOptions struct {
	Actions   []string      `json:"actions,omitempty"`             // in this order; without them and Draw those that the server is set to
	Draw      int           `json:"draw,omitempty"`                // gestures that the server draws
	Meta      bonafide.Meta `json:"meta,omitempty"`                // of the folder
	Lang      string        `json:"lang,omitempty"`                // of the page; empty: the browser's
	Brand     *LinkBrand    `json:"brand,omitempty"`               // how the page looks
	ExpiresIn int           `json:"expires_in,omitempty"`          // seconds; 0: a day
	Endpoint  string        `json:"resolution_endpoint,omitempty"` // address that is told of the result
}

// LinkBrand is how the page of a link looks.
type LinkBrand struct {
	Color string `json:"color,omitempty"` // of buttons, #rrggbb
	Logo  string `json:"logo,omitempty"`  // picture as a data URL
	Name  string `json:"name,omitempty"`  // of who asks
}

// CaptureLink is an address at which a person is captured once.
type CaptureLink struct {
	ID        bonafide.ID  `json:"link_id"`    // of the link, the end of its address
	URL       string       `json:"url"`        // to be opened by the person
	ExpiresAt float64      `json:"expires_at"` // until when it can be used, in seconds since 1970
	QR        string       `json:"qr"`         // the address as a QR code, a PNG in a data URL; only when it is made
	UsedAt    *float64     `json:"used_at"`    // when a capture came by it, in seconds since 1970; nil: none did
	FolderID  *bonafide.ID `json:"folder_id"`  // that came of it; nil: none yet
}

// CreateCaptureLink makes a link. The folder will be the caller's own.
func (c *Client) CreateCaptureLink(ctx context.Context, o LinkOptions) (*CaptureLink, error) {
	return call[*CaptureLink](ctx, c, http.MethodPost, "/api/captures/links/", o)
}

// CaptureLink reads whether a link was used, and which folder came of it.
func (c *Client) CaptureLink(ctx context.Context, id bonafide.ID) (*CaptureLink, error) {
	return get[*CaptureLink](ctx, c, "/api/captures/links/"+string(id)+"/")
}

// EventSessions lists telemetry by the query parameters of the API.
func (c *Client) EventSessions(ctx context.Context, q url.Values) (*List[EventSession], error) {
	return list[EventSession](ctx, c, "/api/event_sessions/", q)
}

// AuditEntry is one change of one object.
type AuditEntry struct {
	TimeCreated float64     `json:"time_created"` // seconds since 1970
	Seq         int64       `json:"seq"`          // number of the entry, without gaps
	ActorID     bonafide.ID `json:"actor_id"`     // empty: the server itself, or nobody known
	Via         string      `json:"via"`          // what the actor was permitted to do, such as folder.delete
	Action      string      `json:"action"`       // what was done
	Object      string      `json:"object"`       // kind of the object, such as folder
	ObjectID    string      `json:"object_id"`    // of the object, where it has one
	CompanyID   bonafide.ID `json:"company_id"`   // that the object belongs to, if any
	Changed     string      `json:"changed"`      // names of what was updated, separated by blanks; some with =value
	Previous    string      `json:"previous"`     // hash of the entry before, empty for the first
	Hash        string      `json:"hash"`         // of this entry: SHA-256 in hexadecimal
}

// Audit lists the audit log by the query parameters of the API, such as object_id.
func (c *Client) Audit(ctx context.Context, q url.Values) (*List[AuditEntry], error) {
	return list[AuditEntry](ctx, c, "/api/audit/", q)
}
