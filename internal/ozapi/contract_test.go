package ozapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// contract holds every answer that a test gets against the description of the API.
type contract struct {
	doc    map[string]any
	routes []contractRoute
	mu     sync.Mutex // guards made
	made   *jsonschema.Compiler
}

type contractRoute struct {
	method string
	path   *regexp.Regexp
	name   string // in the description
}

const contractURL = "https://bonafide.invalid/openapi.json"

var theContract = sync.OnceValues(func() (*contract, error) {
	raw, err := OpenAPI("test")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := &contract{doc: doc.(map[string]any), made: jsonschema.NewCompiler()}
	for _, schema := range c.doc["components"].(map[string]any)["schemas"].(map[string]any) {
		// The description lets answers gain fields; the tests do not.
		if s := schema.(map[string]any); s["properties"] != nil {
			s["additionalProperties"] = false
		}
	}
	for _, rt := range routes() {
		path := "^" + parameter.ReplaceAllString(rt.Pattern, "[^/]+") + "$"
		c.routes = append(c.routes, contractRoute{rt.Method, regexp.MustCompile(path), rt.Pattern})
	}
	return c, c.made.AddResource(contractURL, c.doc)
})

// check fails the test where an answer is not as described. Answers of paths and
// methods that do not exist are errors of the common form.
func (c *contract) check(t *testing.T, method, rawURL string, r *reply) {
	t.Helper()
	if method == http.MethodHead || method == http.MethodOptions || r.status == http.StatusNotModified ||
		r.status == http.StatusPartialContent || r.header.Get("Content-Type") != wire.ContentType {
		return
	}
	pointer := "/components/schemas/Error"
	if r.status < http.StatusBadRequest {
		u, err := url.Parse(rawURL)
		if err != nil {
			t.Fatal(err)
		}
		name, ok := c.find(method, httpd.Clean(u.Path))
		if !ok {
			t.Errorf("%s %s answers %d and is not described", method, u.Path, r.status)
			return
		}
		pointer = strings.Join([]string{"/paths", escape(name), strings.ToLower(method), "responses", strconv.Itoa(r.status),
			"content", escape("application/json"), "schema"}, "/")
	}
	if err := c.validate(pointer, r.body); err != nil {
		t.Errorf("%s %s, status %d: %v\n%s", method, rawURL, r.status, err, r.body)
	}
}

func (c *contract) find(method, path string) (string, bool) {
	for _, rt := range c.routes {
		if rt.method == method && rt.path.MatchString(path) {
			return rt.name, true
		}
	}
	return "", false
}

func (c *contract) validate(pointer, body string) error {
	c.mu.Lock()
	schema, err := c.made.Compile(contractURL + "#" + pointer)
	c.mu.Unlock()
	if err != nil {
		return fmt.Errorf("not described: %w", err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

// escape writes a name for a JSON pointer in the fragment of a URL.
func escape(name string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
}

func TestSchemasAreValidAndStrict(t *testing.T) {
	c, err := theContract()
	if err != nil {
		t.Fatal(err)
	}
	for name := range c.doc["components"].(map[string]any)["schemas"].(map[string]any) {
		if _, err := c.made.Compile(contractURL + "#/components/schemas/" + name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	raw, _ := json.Marshal(wire.Error{Code: 4, Message: "no"})
	if err := c.validate("/components/schemas/Error", string(raw)); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{`{"error_code": 4}`, `{"error_code": "4", "error_message": "", "error_details": null, "details": null}`,
		`{"error_code": 4, "error_message": "", "error_details": null, "details": null, "more": 1}`} {
		if c.validate("/components/schemas/Error", wrong) == nil {
			t.Errorf("%s is accepted", wrong)
		}
	}
}
