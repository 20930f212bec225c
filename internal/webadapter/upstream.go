package webadapter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/propagation"

	"github.com/bonafide-id/bonafide/internal/httpd"
)

// maxAnswer bounds what an API may answer, in bytes.
const maxAnswer = 32 << 20

// Times that calls to the API may take. A folder is answered once its analyses have
// ended.
const (
	callWithin   = 30 * time.Second
	folderWithin = 6 * time.Minute
)

// upstream is the Oz API, as one account asks it.
type upstream struct {
	http  *http.Client
	base  string // before /api/ and /v1/
	host  string // that links in answers begin with; empty: that of base
	https bool   // clients reach host by TLS
	token string
}

// baseOf is what stands before /api/ in the addresses of an API. People write it with
// and without /api/ at its end.
func baseOf(apiURL string) string {
	return strings.TrimSuffix(strings.TrimRight(apiURL, "/"), "/api")
}

// apiError is a refusal of the API, or a fault on the way to it (status 0).
type apiError struct {
	status  int
	code    int // error_code of its body
	message string
	wait    time.Duration // that it asked for
	err     error
}

// Error names status, code and message.
func (e *apiError) Error() string {
	if e.err != nil {
		return "API: " + e.err.Error()
	}
	return fmt.Sprintf("API: %d, error_code %d: %s", e.status, e.code, e.message)
}

// Unwrap gives the cause.
func (e *apiError) Unwrap() error { return e.err }

// ask sends a request and reads the JSON of its answer into out.
func (u *upstream) ask(r *http.Request, out any) error {
	if id := httpd.IDOf(r.Context()); id != "" {
		r.Header.Set(httpd.RequestIDHeader, id)
	}
	propagation.TraceContext{}.Inject(r.Context(), propagation.HeaderCarrier(r.Header))
	if u.token != "" {
		r.Header.Set("X-Forensic-Access-Token", u.token)
	}
	if u.host != "" {
		r.Host = u.host
		if u.https {
			r.Header.Set("X-Forwarded-Proto", "https") // believed where this machine is a trusted proxy
		}
	}
	resp, err := u.http.Do(r)
	if err != nil {
		var told *url.Error
		if errors.As(err, &told) {
			err = told.Err // without the address
		}
		return &apiError{err: err}
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil || len(raw) > maxAnswer {
		return &apiError{err: fmt.Errorf("answer cannot be read: %w", err)}
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return refusedBy(resp, raw)
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return &apiError{status: resp.StatusCode, err: fmt.Errorf("answer is no JSON: %w", err)}
	}
	return nil
}

func refusedBy(resp *http.Response, raw []byte) *apiError {
	var body struct {
		Code    int    `json:"error_code"`
		Message string `json:"error_message"`
	}
	_ = json.Unmarshal(raw, &body) // what is in front of an API may answer anything
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return &apiError{status: resp.StatusCode, code: body.Code, message: body.Message, wait: time.Duration(min(max(seconds, 0), 3600)) * time.Second}
}

// call makes a call with a JSON body, nil for none.
func (u *upstream) call(ctx context.Context, method, path string, body, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(ctx, method, u.base+path, content)
	if err != nil {
		return err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return u.ask(r, out)
}

// captureToken is what an API answers to who begins a capture. Of the vendor's API only
// the first field is there.
type captureToken struct {
	Token         string          `json:"session_token"`
	ExpiresAt     int64           `json:"expires_at"`
	Container     json.RawMessage `json:"container"`
	Actions       []string        `json:"actions"`
	ChallengeID   string          `json:"challenge_id"`
	ActionSeconds float64         `json:"action_seconds"`
	Light         json.RawMessage `json:"light"`
}

// captureAsk is what is asked for with it.
type captureAsk struct {
	Actions   []string `json:"actions,omitempty"`     // photos and gestures that are demanded, in this order
	Draw      int      `json:"draw,omitempty"`        // or so many that the API draws
	EndUserID string   `json:"end_user_id,omitempty"` // of the capture subject
	Light     bool     `json:"light,omitempty"`       // colours are drawn, too
	Analyses  []string `json:"analyses"`              // that are ordered, whatever the page's manifest says
}

const tokenPath = "/api/authorize/session_token"

// captureToken fetches a token. An API that draws nothing, as the vendor's, knows this
// path with GET only: bound is false then, and nothing of the ask is in the token.
func (u *upstream) captureToken(ctx context.Context, ask captureAsk) (t captureToken, bound bool, err error) {
	err = u.call(ctx, http.MethodPost, tokenPath, ask, &t)
	var refused *apiError
	if errors.As(err, &refused) && (refused.status == http.StatusNotFound || refused.status == http.StatusMethodNotAllowed) {
		t, err = captureToken{}, nil
		if err := u.call(ctx, http.MethodGet, tokenPath, nil, &t); err != nil {
			return t, false, err
		}
		return t, false, nil
	}
	return t, err == nil, err
}

// folder is what is read of a folder; all of it is kept for the mode full.
type folder struct {
	ID               string     `json:"folder_id"`
	CompanyID        *string    `json:"company_id"`
	TimeCreated      any        `json:"time_created"`
	TimeUpdated      any        `json:"time_updated"`
	ResolutionStatus string     `json:"resolution_status"`
	SystemResolution string     `json:"system_resolution"`
	Meta             any        `json:"meta_data"`
	Analyses         []analysis `json:"analyses"`
}

// analysis is what is read of an analysis.
type analysis struct {
	ID            string `json:"analyse_id"`
	GroupID       string `json:"group_id"`
	Type          string `json:"type"`
	State         string `json:"state"`
	Resolution    string `json:"resolution"`
	TimeCreated   any    `json:"time_created"`
	TimeUpdated   any    `json:"time_updated"`
	ResultsData   any    `json:"results_data"`
	ResultsMedia  any    `json:"results_media"`
	SourceMedia   any    `json:"source_media"`
	Confs         any    `json:"confs"`
	TechnicalMeta any    `json:"technical_meta_data"`
	ErrorMessage  any    `json:"error_message"`
}

// capture is a whole capture as it is sent.
type capture struct {
	contentType  string
	sessionToken string // empty: none
	endpoint     string // webhook of a container, which cannot name one; empty: none
	body         io.Reader
	size         int64 // -1: not known
}

// createFolder sends a whole capture.
func (u *upstream) createFolder(ctx context.Context, c capture) (*folder, error) {
	ctx, cancel := context.WithTimeout(ctx, folderWithin)
	defer cancel()
	address := u.base + "/api/folders/"
	if c.endpoint != "" {
		address += "?" + url.Values{"resolution_endpoint": {c.endpoint}}.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, c.body)
	if err != nil {
		return nil, err
	}
	r.ContentLength = c.size
	r.Header.Set("Content-Type", c.contentType)
	if c.sessionToken != "" {
		r.Header.Set("X-Session-Token", c.sessionToken)
	}
	f := new(folder)
	return f, u.ask(r, f)
}

// folder reads a folder with its analyses.
func (u *upstream) folder(ctx context.Context, id string) (*folder, error) {
	f := new(folder)
	return f, u.call(ctx, http.MethodGet, "/api/folders/"+url.PathEscape(id)+"/?with_analyses=true", nil, f)
}

// folderOf finds the folder that a session made, by its metadata; nil for none.
func (u *upstream) folderOf(ctx context.Context, session string) (*folder, error) {
	var list struct {
		Items []folder `json:"items"`
	}
	query := url.Values{"meta_data": {metaSession + "==" + session}, "with_analyses": {"true"}, "limit": {"1"}}
	if err := u.call(ctx, http.MethodGet, "/api/folders/?"+query.Encode(), nil, &list); err != nil || len(list.Items) == 0 {
		return nil, err
	}
	return &list.Items[0], nil
}

// saveJournal stores what a session told.
func (u *upstream) saveJournal(ctx context.Context, journal map[string]any) error {
	return u.call(ctx, http.MethodPost, "/api/event_sessions/", journal, &struct{}{})
}

// nameSession writes into a folder's metadata which session made it, and what a hosted
// link has there: a page that sealed its own must not have the last word.
func (u *upstream) nameSession(ctx context.Context, folderID string, n *session) error {
	meta := map[string]any{}
	if n.Link != "" {
		maps.Copy(meta, n.Meta)
	}
	meta[metaSession] = n.ID
	return u.call(ctx, http.MethodPatch, "/api/folders/"+url.PathEscape(folderID)+"/", map[string]any{"meta_data": meta}, &struct{}{})
}

// live asks Oz API Lite about one picture.
func (u *upstream) live(ctx context.Context, contentType string, picture []byte) (passed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, folderWithin)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, u.base+"/v1/face/liveness/detect", bytes.NewReader(picture))
	if err != nil {
		return false, err
	}
	r.Header.Set("Content-Type", contentType)
	if u.token != "" {
		r.Header.Set("X-Api-Key", u.token)
	}
	var a struct {
		Passed *bool `json:"passed"`
	}
	if err := u.ask(r, &a); err != nil {
		return false, err
	}
	return a.Passed != nil && *a.Passed, nil
}
