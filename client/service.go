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
		Core string `json:"core"`
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
	Total        int                     `json:"total_count"`
	ByResolution map[bonafide.Status]int `json:"by_resolution"`
}

// Statistics counts folders and analyses.
type Statistics struct {
	Counts
	ByType []struct {
		Counts
		Type    bonafide.AnalysisType `json:"type"`
		TookP50 *float64              `json:"took_ms_p50"`
		TookP90 *float64              `json:"took_ms_p90"`
	} `json:"by_type"`
	ByCompany []struct {
		Counts
		CompanyID bonafide.ID `json:"company_id"`
	} `json:"by_company"`
	ByDay []struct {
		Counts
		Day string `json:"day"` // UTC
	} `json:"by_day"`
}

// Statistics counts by the query parameters of the API, such as time_created.min.
func (c *Client) Statistics(ctx context.Context, q url.Values) (*Statistics, error) {
	return get[*Statistics](ctx, c, "/api/statistic/folders/?"+q.Encode())
}

// EventSession is what a capture application told about itself.
type EventSession struct {
	ID   bonafide.ID    `json:"session_id"`
	Data map[string]any `json:"data"`
}

// AddEventSession stores telemetry.
func (c *Client) AddEventSession(ctx context.Context, data map[string]any) (*EventSession, error) {
	return call[*EventSession](ctx, c, http.MethodPost, "/api/event_sessions/", data)
}

// EventSessions lists telemetry by the query parameters of the API.
func (c *Client) EventSessions(ctx context.Context, q url.Values) (*List[EventSession], error) {
	return list[EventSession](ctx, c, "/api/event_sessions/", q)
}

// AuditEntry is one change of one object.
type AuditEntry struct {
	TimeCreated float64     `json:"time_created"`
	Seq         int64       `json:"seq"`
	ActorID     bonafide.ID `json:"actor_id"`
	Via         string      `json:"via"`
	Action      string      `json:"action"`
	Object      string      `json:"object"`
	ObjectID    string      `json:"object_id"`
	CompanyID   bonafide.ID `json:"company_id"`
	Changed     string      `json:"changed"`
	Previous    string      `json:"previous"`
	Hash        string      `json:"hash"`
}

// Audit lists the audit log by the query parameters of the API, such as object_id.
func (c *Client) Audit(ctx context.Context, q url.Values) (*List[AuditEntry], error) {
	return list[AuditEntry](ctx, c, "/api/audit/", q)
}
