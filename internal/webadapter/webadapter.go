// Package webadapter is the server behind capture in browsers: it serves the script and
// its assets, keeps the address and the token of the Oz API from pages, takes captures
// in, has them judged by the API and tells the page as much of the result as the
// installation allows. Its paths keep the names of the vendor's adapter, so that pages
// which were written for that work.
//
// It knows the Oz API by HTTP alone, so that it can stand before any: in the server
// itself the transport is the process's own handler, see Inside. What it remembers of a
// capture lies in files, so that several processes which share the folder can serve the
// same page, and a restart loses no upload.
package webadapter

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/license"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// Own is the API of the process itself.
type Own struct {
	Transport http.RoundTripper
	// Token gives an access token of a user, the empty ID being the adapter's own account.
	Token func(ctx context.Context, user bonafide.ID) (string, error)
}

// Config holds the settings of an adapter. A zero limit takes the default that is named
// beside it.
type Config struct {
	Settings appconfig.Settings            // of pages without a tenant
	Tenants  map[string]appconfig.Settings // by the first part of the path
	Version  string                        // told to pages
	Dir      string                        // of sessions, shared by all processes that serve the same pages
	Assets   fs.FS                         // what was built for browsers; nil: nothing was
	License  license.License               // whose pages may capture
	Own      *Own                          // nil: each Settings names an API
	Links    Links                         // nil: there are no hosted links
	Demo     Demo                          // who may see the demo
	Limits   Limits
	Proxies  httpd.Proxies
	HTTPS    bool // clients reach the server by TLS
	Log      *slog.Logger
	Observer httpd.Observer // of answers, may be nil
	Now      func() time.Time
}

// Demo says who may see the demo, and with it verdicts.
type Demo string

// Who may.
const (
	DemoOff    Demo = "off"
	DemoSigned Demo = "signed" // who can sign in to the API
	DemoLocal  Demo = "local"  // everybody on this machine, elsewhere who can sign in
	DemoOpen   Demo = "open"   // everybody who reaches the server
)

// Limits bound what strangers can cost.
type Limits struct {
	Sessions int           // that are kept at once: 20,000
	Bytes    int64         // of captures that are kept at once: 4 GiB
	Begun    int           // captures that a network may begin in a window: 120
	Told     int           // other calls of it in a window: 3,000
	Window   time.Duration // 10 min
	Bodies   int           // whose bytes arrive at once, half of them of one network: 32
	Forwards int           // captures that are sent on at once: 64
}

// Adapter answers its own paths and gives all others on.
type Adapter struct {
	handler http.Handler
	running *running
}

// ServeHTTP implements http.Handler.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Close ends what goes on beside requests, and returns when it has ended. It goes on with
// the next start. A nil adapter has nothing to end.
func (a *Adapter) Close() {
	if a != nil {
		a.running.end()
	}
}

// adapter answers the paths. It does not change once built.
type adapter struct {
	Config
	front    httpd.Front
	sessions *sessions
	begun    *meter
	told     *meter
	bodies   *quota.Share
	forwards *quota.Share
	running  *running
	gates    gates
	assets   *assets
	remote   *http.Client
}

// New makes an adapter, which gives all other paths to next. Who ends it calls Close, even
// if ctx has ended.
func New(ctx context.Context, cfg Config, next http.Handler) (*Adapter, error) {
	a := &adapter{Config: cfg, running: newRunning(ctx), remote: &http.Client{}, gates: gates{known: map[string]knownGate{}}}
	a.defaults()
	var err error
	if a.assets, err = openAssets(a.Assets); err != nil {
		return nil, err
	}
	if a.sessions, err = openSessions(a.Dir, a.Limits, a.Now); err != nil {
		return nil, err
	}
	a.running.begin(func() { a.sweep(a.running.life) })
	own := a.front.Around(http.HandlerFunc(a.serve))
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := a.place(httpd.Clean(r.URL.Path)); ok {
			own.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
	return &Adapter{handler, a.running}, nil
}

func (a *adapter) defaults() {
	l := &a.Limits
	l.Sessions, l.Bytes = cmp.Or(l.Sessions, 20_000), cmp.Or(l.Bytes, 4<<30)
	l.Begun, l.Told, l.Window = cmp.Or(l.Begun, 120), cmp.Or(l.Told, 3000), cmp.Or(l.Window, 10*time.Minute)
	l.Bodies, l.Forwards = cmp.Or(l.Bodies, 32), cmp.Or(l.Forwards, 64)
	if a.Now == nil {
		a.Now = time.Now
	}
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	a.Demo = cmp.Or(a.Demo, DemoOff)
	a.begun = newMeter(l.Begun, l.Window, a.Now)
	a.told = newMeter(l.Told, l.Window, a.Now)
	a.bodies = quota.New(quota.Limits{Places: l.Bodies, PerKey: max(1, l.Bodies/2), Waiting: l.Bodies, Patience: patience})
	a.forwards = quota.New(quota.Limits{Places: l.Forwards, PerKey: l.Forwards, Waiting: quota.Unlimited})
	s := &a.Settings
	a.front = httpd.Front{
		Name:     "capture request",
		Log:      a.Log,
		Observer: a.Observer,
		Proxies:  a.Proxies,
		HTTPS:    a.HTTPS,
		CORS:     &httpd.CORS{Origins: s.CORSOrigins, Methods: s.CORSMethods, Headers: s.CORSHeaders, Expose: "Retry-After, X-Request-Id", MaxAge: "86400"},
		Refuse: func(w http.ResponseWriter, r *http.Request, err error) {
			failureOf(err).write(w, "")
		},
	}
}

// patience is how long a request waits for a place.
const patience = 20 * time.Second

// place finds the settings that a path is about and what stands after the tenant.
func (a *adapter) place(p string) (s *appconfig.Settings, rest string, ok bool) {
	if owns(p) && (p != "/" || a.Own == nil) { // a server has a page of its own there
		return &a.Settings, p, true
	}
	name, rest, found := strings.Cut(strings.TrimPrefix(p, "/"), "/")
	tenant, known := a.Tenants[name]
	if rest = "/" + rest; !found || !known || rest == "/" || !owns(rest) {
		return nil, "", false
	}
	return &tenant, rest, true
}

// owns tells whether a path without a tenant is the adapter's.
func owns(p string) bool {
	switch p {
	case "/", "/plugin_liveness.php", "/config.php", "/init.php", "/request.php", "/event.php", "/tm.php", "/debug.php", "/capture/frame", "/demo":
		return true
	}
	dir, _ := path.Split(p)
	return dir == "/plugin/" || dir == "/c/"
}

// call is one request with what was found out about it.
type call struct {
	*http.Request
	w        http.ResponseWriter
	settings *appconfig.Settings
	path     string // without the tenant
	network  string // of the client, that limits are counted by
}

// handler answers a call, or gives the error that is answered.
type handler func(a *adapter, c *call) error

// route finds the handlers of a path by method.
func route(p string) (pattern string, byMethod map[string]handler) {
	get := func(h handler) map[string]handler { return map[string]handler{http.MethodGet: h} }
	post := func(h handler) map[string]handler { return map[string]handler{http.MethodPost: h} }
	switch p {
	case "/":
		return p, get((*adapter).home)
	case "/plugin_liveness.php":
		return p, get((*adapter).script)
	case "/config.php":
		return p, get((*adapter).config)
	case "/init.php":
		return p, post((*adapter).init)
	case "/request.php":
		return p, map[string]handler{http.MethodGet: (*adapter).result, http.MethodPost: (*adapter).receive}
	case "/event.php":
		return p, post((*adapter).events)
	case "/tm.php":
		return p, post((*adapter).telemetry)
	case "/debug.php":
		return p, get((*adapter).debug)
	case "/capture/frame":
		return p, get((*adapter).frame)
	case "/demo":
		return p, get((*adapter).demo)
	}
	if strings.HasPrefix(p, "/c/") {
		return "/c/{link}", get((*adapter).link)
	}
	return "/plugin/{name}", get((*adapter).asset)
}

// serve answers a request.
func (a *adapter) serve(w http.ResponseWriter, r *http.Request) {
	settings, rest, _ := a.place(r.URL.Path)
	pattern, byMethod := route(rest)
	httpd.NoteOf(r.Context()).Route = pattern
	client, _ := a.Proxies.Client(r)
	c := &call{Request: r, w: w, settings: settings, path: rest, network: networkOf(client)}
	method := r.Method
	switch method {
	case http.MethodHead:
		method = http.MethodGet
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
		return
	}
	var err error = &failure{Status: http.StatusMethodNotAllowed, Code: configError, Message: "This path does not have the method " + bonafide.Quote(r.Method)}
	if h, ok := byMethod[method]; ok {
		err = h(a, c)
	}
	if err != nil {
		f := failureOf(err)
		a.front.Failed(r, f.Status, err)
		f.write(w, esidOf(r))
	}
}

// esidOf is the event session that a request names, as its headers or its query do.
func esidOf(r *http.Request) string {
	id, err := bonafide.ParseID(cmp.Or(r.Header.Get("esid"), r.URL.Query().Get("esid")))
	if err != nil {
		return ""
	}
	return string(id)
}

// count lays a call to its network, and refuses one too many.
func count(m *meter, c *call) error {
	if wait := m.count(c.network); wait > 0 {
		return &failure{Status: http.StatusTooManyRequests, Code: serverUnreachable, Message: "Too many requests from your network, try again later", wait: wait}
	}
	return nil
}

// api gives the API as the account of a session asks it.
func (a *adapter) api(ctx context.Context, s *appconfig.Settings, n *session) (*upstream, error) {
	u := &upstream{http: a.remote, base: baseOf(s.APIURL), token: s.APIToken}
	if s.APIURL == "" {
		if a.Own == nil {
			return nil, errors.New("no API is configured: set api_url and api_token")
		}
		u.http, u.base = &http.Client{Transport: a.Own.Transport}, "http://api"
		u.host, u.https = n.Host, n.HTTPS
	}
	if s.APIURL == "" && u.token == "" {
		var err error
		if u.token, err = a.Own.Token(ctx, n.User); err != nil {
			return nil, err
		}
	}
	if s.UseToken == appconfig.FromClient && n.Token != "" {
		u.token = n.Token
	}
	return u, nil
}
