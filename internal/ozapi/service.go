package ozapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// serviceResource has the calls about the server itself.
func serviceResource() resource {
	return resource{routes: []route{
		{Name: "readVersion", Method: get, Pattern: "/api/version", Summary: "Version of the server", Out: wire.Version{}, handle: (*api).version},
		{Name: "readConfig", Method: get, Pattern: "/api/config", Summary: "Settings that clients may know", Out: wire.Config{}, handle: (*api).config},
		{Name: "readStart", Method: get, Pattern: "/", Summary: "Page for browsers with the way to everything else", Binary: "text/html", Refusals: []int{http.StatusNotFound}, handle: (*api).start},
		{Name: "readReference", Method: get, Pattern: "/docs", Summary: "This description as a page", Binary: "text/html", handle: (*api).reference},
		{Name: "readOpenAPI", Method: get, Pattern: "/api/openapi.json", Summary: "This description for machines", Binary: "application/json", handle: (*api).openAPI},
		{Name: "readHealth", Method: get, Pattern: "/healthz", Summary: "Tell that the server is alive", Out: wire.Health{}, handle: (*api).health},
	}}
}

// version answers without a token: monitors ask for it.
func (a *api) version(*call) (*answer, error) {
	return ok(wire.Version{Core: a.Version})
}

// config answers what clients may know.
func (a *api) config(*call) (*answer, error) {
	return ok(wire.Config{Timezone: a.Timezone})
}

// start answers the page of the server's own address, to browsers. Clients of the API
// are told that there is no such path, as old ones expect.
func (a *api) start(c *call) (*answer, error) {
	if !strings.Contains(c.Header.Get("Accept"), "text/html") {
		return unknownPath(a, c)
	}
	page, err := describe.Start(a.Version)
	return nil, c.page(page, err)
}

// reference answers the description of the API as a page.
func (a *api) reference(c *call) (*answer, error) {
	d, err := described(a.Version)
	if err != nil {
		return nil, err
	}
	page, err := d.Page()
	return nil, c.page(page, err)
}

// page answers a page that needs nothing from elsewhere.
func (c *call) page(page []byte, err error) error {
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	httpd.Write(c.w, http.StatusOK, "text/html; charset=utf-8", page)
	return nil
}

// openAPI answers the description of the API for machines.
func (a *api) openAPI(c *call) (*answer, error) {
	raw, err := OpenAPI(a.Version)
	if err != nil {
		return nil, err
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(raw)
	return nil, nil
}

func (a *api) health(c *call) (*answer, error) {
	h := wire.Health{Status: wire.Healthy}
	if a.Missing != nil {
		h.Missing = a.Missing()
	}
	if a.Problems != nil {
		h.Problems = a.Problems(c.Context())
	}
	status := http.StatusOK
	if len(h.Problems) > 0 {
		h.Status = wire.Degraded
	}
	if slices.Contains(h.Problems, wire.NoDatabase) {
		status = http.StatusServiceUnavailable
	}
	return &answer{status: status, body: h}, nil
}
