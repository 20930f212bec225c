package ozapi

import (
	"net/http"
	"strings"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// serviceResource has the calls about the server itself.
func (a *api) serviceResource() rest.Resource {
	return rest.Resource{Routes: []rest.Route{
		{Name: "readVersion", Method: get, Pattern: "/api/version", Summary: "Version of the server", Out: wire.Version{}, Handle: a.version},
		{Name: "readConfig", Method: get, Pattern: "/api/config", Summary: "Settings that clients may know", Out: wire.Config{}, Handle: a.config},
		{Name: "readStart", Method: get, Pattern: "/", Summary: "Page for browsers with the way to everything else", Binary: "text/html", Refusals: []int{http.StatusNotFound}, Handle: a.start},
		{Name: "readReference", Method: get, Pattern: "/docs", Summary: "This description as a page", Binary: "text/html", Handle: a.reference},
		{Name: "readOpenAPI", Method: get, Pattern: "/api/openapi.json", Summary: "This description for machines", Binary: "application/json", Handle: a.openAPI},
		{Name: "readHealth", Method: get, Pattern: "/healthz", Summary: "Tell that the server is alive", Out: wire.Health{}, Handle: a.health},
	}}
}

// version answers without a token: monitors ask for it.
func (a *api) version(c *rest.Call) (*rest.Answer, error) {
	httpd.NoteOf(c.Context()).Quiet = true
	return rest.OK(wire.Version{Core: a.Version})
}

// config answers what clients may know.
func (a *api) config(*rest.Call) (*rest.Answer, error) {
	return rest.OK(wire.Config{Timezone: a.Timezone})
}

// start answers the page of the server's own address, to browsers. Clients of the API
// are told that there is no such path, as old ones expect.
func (a *api) start(c *rest.Call) (*rest.Answer, error) {
	if !strings.Contains(c.Header.Get("Accept"), "text/html") {
		return rest.UnknownPath(c)
	}
	page, err := describe.Start(a.Version, a.Demo)
	return nil, c.HTML(page, err)
}

// reference answers the description of the API as a page.
func (a *api) reference(c *rest.Call) (*rest.Answer, error) {
	d, err := described(a.Version, a.More...)
	if err != nil {
		return nil, err
	}
	page, err := d.Page()
	return nil, c.HTML(page, err)
}

// openAPI answers the description of the API for machines.
func (a *api) openAPI(c *rest.Call) (*rest.Answer, error) {
	raw, err := OpenAPI(a.Version, a.More...)
	if err != nil {
		return nil, err
	}
	c.Writer.Header().Set("Content-Type", "application/json")
	c.Writer.WriteHeader(http.StatusOK)
	_, _ = c.Writer.Write(raw)
	return nil, nil
}

// health answers without asking the database: who restarts what is not alive would not
// mend that. Whether the server can do its work is told elsewhere, see httpd.Readiness.
func (a *api) health(c *rest.Call) (*rest.Answer, error) {
	httpd.NoteOf(c.Context()).Quiet = true
	h := wire.Health{Status: wire.Healthy}
	if a.Missing != nil {
		h.Missing = a.Missing()
	}
	if a.Problems != nil {
		h.Problems = a.Problems(c.Context())
	}
	if len(h.Problems) > 0 {
		h.Status = wire.Degraded
	}
	return rest.OK(h)
}
