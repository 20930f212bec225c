package webadapter

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// maxInit bounds the JSON with which a capture begins, in bytes.
const maxInit = 64 << 10

// beginning is what a page sends to begin a capture.
type beginning struct {
	Actions      []string       `json:"actions"`
	Draw         int            `json:"draw"` // gestures that a server draws
	Lang         string         `json:"lang"`
	Meta         map[string]any `json:"meta"`
	Params       map[string]any `json:"params"`
	SessionToken string         `json:"session_token"`
	Origin       string         `json:"origin"` // of the page around a frame of ours
	Token        string         `json:"token"`
	ResultMode   string         `json:"result_mode"`
	Link         string         `json:"link"`
	Demo         bool           `json:"demo"`
}

// begun is the answer.
type begun struct {
	Session       string          `json:"event_session_id"`
	SessionToken  *string         `json:"session_token"`
	ExpiresAt     int64           `json:"expires_at"` // Unix time; 0: not known
	Container     json.RawMessage `json:"container"`  // key to seal with; null: media come as multipart
	Actions       []string        `json:"actions"`
	ChallengeID   string          `json:"challenge_id"`
	ActionSeconds float64         `json:"action_seconds"`
	Light         json.RawMessage `json:"light"`
	ResultMode    string          `json:"result_mode"`
	Lang          string          `json:"lang"`
}

// defaultSeconds is how long an action may take where the API does not say.
const defaultSeconds = 10

// readJSON reads a small body.
func readJSON(c *call, limit int64, into any) error {
	body := httpd.LimitBody(c.w, c.Request, limit, time.Minute)
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	httpd.BodyRead(c.w)
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return refused(configError, "The body is no JSON of the right shape")
	}
	return nil
}

// init begins a capture.
func (a *adapter) init(c *call) error {
	if err := count(a.begun, c); err != nil {
		return err
	}
	var b beginning
	if err := readJSON(c, maxInit, &b); err != nil {
		return err
	}
	if err := a.licensed(c, b.Origin); err != nil {
		return err
	}
	base := a.Proxies.Base(c.Request)
	now := a.Now()
	n := &session{ID: string(bonafide.NewID()), Begun: now, Until: now.Add(lifeOf(c.settings)), State: stateOpen,
		Tenant: a.tenantOf(c), Mode: narrowed(c.settings.ResultMode, b.ResultMode), Best: c.settings.ExtractBestShot, Meta: b.Meta}
	_, n.Host, _ = strings.Cut(base, "://")
	n.HTTPS = httpd.IsHTTPS(base)
	if best, said := b.Params["extract_best_shot"].(bool); said {
		n.Best = best
	}
	if c.settings.UseToken == appconfig.FromClient {
		n.Token = cmp.Or(c.Header.Get("X-Forensic-Access-Token"), b.Token)
	}
	if err := a.special(c, n, &b); err != nil {
		return err
	}
	answer, err := a.plan(c, n, &b)
	if err != nil {
		return err
	}
	if err := a.sessions.create(n); err != nil {
		return err
	}
	answer.Session, answer.ResultMode, answer.Lang = n.ID, n.Mode, language(c.settings, b.Lang)
	writeJSON(c.w, http.StatusOK, answer)
	return nil
}

// tenantOf is the part of the path before that of the adapter.
func (a *adapter) tenantOf(c *call) string {
	return strings.Trim(strings.TrimSuffix(c.URL.Path, c.path), "/")
}

// settingsOf are those that a session began with.
func (a *adapter) settingsOf(n *session) *appconfig.Settings {
	if t, ok := a.Tenants[n.Tenant]; ok && n.Tenant != "" {
		return &t
	}
	return &a.Settings
}

func lifeOf(s *appconfig.Settings) time.Duration {
	if !s.DeleteOldSessions {
		return 30 * 24 * time.Hour
	}
	return time.Duration(s.DeleteOldMinutes) * time.Minute
}

// language is the pack that a page gets which asks for one.
func language(s *appconfig.Settings, asked string) string {
	for _, l := range s.LangAllow {
		if strings.EqualFold(l, asked) {
			return l
		}
	}
	return s.LangDefault
}

// licensed refuses pages that the licence does not name. Pages of our own, as that of a
// frame, speak for the page around them.
func (a *adapter) licensed(c *call, around string) error {
	origin := c.Header.Get("Origin")
	if origin == "" || origin == a.Proxies.Base(c.Request) {
		if origin != "" && around == "" && a.License.Allow("", a.Now()) != license.ErrExpired {
			return nil
		}
		origin = around
	}
	if err := a.License.Allow(origin, a.Now()); err != nil {
		return err
	}
	return nil
}

// special fills in what hosted links and the demo have in place of the page's own
// wishes.
func (a *adapter) special(c *call, n *session, b *beginning) error {
	if b.Link != "" {
		l, err := a.openLink(c.Context(), b.Link)
		if err != nil {
			return err
		}
		n.Link, n.User, n.Mode = l.ID, l.UserID, appconfig.Safe
		b.Actions, b.Draw, b.Lang = l.Actions, l.Draw, cmp.Or(l.Lang, b.Lang)
		n.Meta, n.Endpoint = maps.Clone(map[string]any(l.Meta)), l.Endpoint
		return nil
	}
	if !b.Demo {
		return nil
	}
	if err := a.mayDemo(c); err != nil {
		return err
	}
	n.Mode = appconfig.Full
	return nil
}

// plan decides what is captured, and fetches the token that the capture is bound to.
func (a *adapter) plan(c *call, n *session, b *beginning) (*begun, error) {
	p, err := planOf(c.settings, b.Actions, b.Draw)
	if b.Link != "" && err != nil {
		p, err = plan{actions: b.Actions, draw: b.Draw}, nil // whoever made the link may ask for what the API knows
	}
	if err != nil {
		return nil, err
	}
	answer := &begun{Actions: p.actions, ActionSeconds: defaultSeconds}
	n.Actions = p.actions
	if c.settings.Architecture == appconfig.Lite { // nobody else draws
		n.Actions = append(n.Actions, pick(c.settings, p.draw, nil)...)
		answer.Actions = n.Actions
		return answer, nil
	}
	if c.settings.UseSessionToken == appconfig.FromClient {
		return answer, a.clientToken(c, n, b.SessionToken, p.draw, answer)
	}
	u, err := a.api(c.Context(), c.settings, n)
	if err != nil {
		return nil, err
	}
	id, _ := n.Meta["end_user_id"].(string)
	t, bound, err := u.captureToken(c.Context(), askFor(c.settings, p, id))
	if err != nil {
		return nil, withoutToken(err)
	}
	if !bound && p.draw > 0 {
		n.Actions = append(n.Actions, pick(c.settings, p.draw, nil)...)
	}
	bind(c.settings, n, &t, answer)
	return answer, nil
}

// askFor is what an API that draws is told of a plan. What it draws it demands beside
// nothing else.
func askFor(s *appconfig.Settings, p plan, person string) captureAsk {
	ask := captureAsk{Draw: p.draw, EndUserID: person, Light: s.Light, Analyses: []string{}}
	if p.draw == 0 {
		ask.Actions = p.actions
	}
	videos, photos := len(videosOf(p.actions))+p.draw, photosOf(p.actions)
	faces := videos + len(slices.DeleteFunc(slices.Clone(photos), func(a string) bool { return a == actionBack }))
	for _, o := range orders(s, &session{}, videos, faces, len(photos)) {
		ask.Analyses = append(ask.Analyses, o["type"].(string))
	}
	return ask
}

// withoutToken words the failure to get a token.
func withoutToken(err error) error {
	var refusal *apiError
	if errors.As(err, &refusal) && refusal.status == http.StatusBadRequest {
		return &failure{Status: http.StatusBadRequest, Code: configError, Message: "The API does not take this plan of a capture", err: err}
	}
	return err
}

// bind fills in what a token says.
func bind(s *appconfig.Settings, n *session, t *captureToken, answer *begun) {
	n.Session = t.Token
	if len(t.Actions) > 0 {
		n.Actions = append(photosOf(n.Actions), videosOf(t.Actions)...)
	}
	if s.UseContainer && isObject(t.Container) {
		answer.Container, n.Sealed = t.Container, true
	}
	answer.Actions, answer.ChallengeID, answer.ExpiresAt = n.Actions, t.ChallengeID, t.ExpiresAt
	answer.ActionSeconds = cmp.Or(t.ActionSeconds, defaultSeconds)
	if isObject(t.Light) {
		answer.Light = t.Light
	}
	if n.Session != "" {
		answer.SessionToken = &n.Session
	}
}

// isObject tells an object from null and from nothing.
func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

// photosOf are the actions that are no gestures, in their order.
func photosOf(actions []string) []string {
	photos := []string{}
	for _, a := range actions {
		if !isVideo(a) {
			photos = append(photos, a)
		}
	}
	return photos
}

// clientToken takes the token that the owner of the page fetched. What it demands is read
// from it where the API checks the answer: an API that draws does, and so does the owner who
// sends the capture on. Else nobody would check what a page says of its token, and the plan
// of the settings holds, with so many gestures that are drawn here.
func (a *adapter) clientToken(c *call, n *session, token string, draw int, answer *begun) error {
	if token == "" {
		return refused(sessionTokenError, "This installation needs the option session_token")
	}
	claims, ok := claimsOf(token)
	if !ok {
		return refused(sessionTokenError, "The option session_token is no token")
	}
	t := captureToken{Token: token, ExpiresAt: claims.Expires, ChallengeID: claims.Challenge}
	if claims.Key != "" {
		key, err := a.containerKey(c.Context(), c.settings, n, claims.Key)
		if err != nil {
			return err
		}
		t.Container = key
	}
	if t.Container != nil || c.settings.Architecture == appconfig.Capture {
		t.Actions = claims.Actions
	}
	if len(t.Actions) == 0 {
		n.Actions = append(n.Actions, pick(c.settings, draw, nil)...)
	}
	bind(c.settings, n, &t, answer)
	return nil
}

// claims are what of a session token is of interest to a page.
type claims struct {
	Expires   int64    `json:"exp"`
	Actions   []string `json:"actions"`
	Challenge string   `json:"challenge_id"`
	Key       string   `json:"ekid"`
}

// claimsOf reads a token without checking it.
func claimsOf(token string) (c claims, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > maxInit {
		return c, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	return c, err == nil && json.Unmarshal(raw, &c) == nil
}

// containerKey finds the public key of a kid, which comes with any token.
func (a *adapter) containerKey(ctx context.Context, s *appconfig.Settings, n *session, kid string) (json.RawMessage, error) {
	u, err := a.api(ctx, s, n)
	if err != nil {
		return nil, err
	}
	var t captureToken
	if err := u.call(ctx, http.MethodGet, tokenPath, nil, &t); err != nil {
		return nil, err
	}
	var key struct {
		Kid string `json:"kid"`
	}
	if json.Unmarshal(t.Container, &key) != nil || key.Kid != kid {
		return nil, refused(sessionTokenError, "The session token is of another installation, or of a key that is no longer used")
	}
	return t.Container, nil
}
