package webadapter

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
)

// pageFiles are the pages of the adapter with what they need: plain files that go into the
// binary as they are.
//
//go:embed pages
var pageFiles embed.FS

// assets are all files that browsers load.
type assets struct {
	built    fs.FS             // what was built for browsers; nil: nothing was
	manifest map[string]string // names in it by what they are
	pages    map[string][]byte // ours, by name with a digest
	names    map[string]string // that name, by the plain one
}

// Names that the manifest of what was built must have.
const (
	coreAsset   = "core"   // the script of a page
	moduleAsset = "module" // the same as a module
)

// openAssets reads the manifest and names our own files by their content.
func openAssets(built fs.FS) (*assets, error) {
	a := &assets{built: built, manifest: map[string]string{}, pages: map[string][]byte{}, names: map[string]string{}}
	files, err := fs.Glob(pageFiles, "pages/*")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		raw, err := pageFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := path.Base(file)
		if path.Ext(name) == ".html" || path.Ext(name) == ".json" {
			continue
		}
		sum := sha256.Sum256(raw)
		hashed := strings.TrimSuffix(name, path.Ext(name)) + "-" + hex.EncodeToString(sum[:5]) + path.Ext(name)
		a.pages[hashed], a.names[name] = raw, hashed
	}
	if built == nil {
		return a, nil
	}
	raw, err := fs.ReadFile(built, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		a.built = nil
		return a, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &a.manifest)
	}
	if err != nil {
		return nil, fmt.Errorf("web assets: manifest.json: %w", err)
	}
	for what, name := range a.manifest {
		if _, err := fs.Stat(built, name); err != nil {
			return nil, fmt.Errorf("web assets: %s: %w", what, err)
		}
	}
	return a, nil
}

// addresses of the files that the script loads, below a prefix.
func (a *assets) addresses(prefix string) map[string]string {
	out := map[string]string{}
	for what, name := range a.manifest {
		out[what] = prefix + "/plugin/" + name
	}
	return out
}

// mimeOf is the type of a file. Browsers compile wasm as it arrives only under its own,
// and run no script under another.
func mimeOf(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".wasm":
		return "application/wasm"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}

// errNotBuilt says that the server was built without what browsers need.
func errNotBuilt() *failure {
	return &failure{Status: http.StatusNotFound, Code: configError, Message: "The capture script is not part of this build: build the server by make"}
}

// script answers the script of a page.
func (a *adapter) script(c *call) error {
	name, ok := a.assets.manifest[coreAsset]
	if !ok {
		return errNotBuilt()
	}
	return a.assets.serve(c, name, false)
}

// plainStyle is the style sheet that pages of the plugin's first years ask for. The
// plugin carries its styles itself.
const plainStyle = "/* The styles of the capture window are part of its script. */\n"

// asset answers a file below /plugin/.
func (a *adapter) asset(c *call) error {
	name := strings.TrimPrefix(c.path, "/plugin/")
	switch name {
	case "ozliveness.css":
		crossOrigin(c.w.Header())
		httpd.Write(c.w, http.StatusOK, mimeOf(name), []byte(plainStyle))
		return nil
	case "bonafide-capture.js":
		if module, ok := a.assets.manifest[moduleAsset]; ok {
			return a.assets.serve(c, module, false)
		}
		return errNotBuilt()
	}
	if raw, ok := a.assets.pages[name]; ok {
		return serveFile(c, name, raw, "", true)
	}
	if !fs.ValidPath(name) || name == "manifest.json" || strings.Contains(name, "/") {
		return errNoFile()
	}
	return a.assets.serve(c, name, true)
}

func errNoFile() *failure {
	return &failure{Status: http.StatusNotFound, Code: configError, Message: "There is no such file"}
}

// crossOrigin lets pages of any origin load a file of the plugin.
func crossOrigin(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Timing-Allow-Origin", "*")
}

// serve answers a built file in the shortest form that the browser takes. hashed files
// never change under their name.
func (a *assets) serve(c *call, name string, hashed bool) error {
	if a.built == nil {
		return errNotBuilt()
	}
	for _, form := range []struct{ coding, ext string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		if form.coding != "" && !accepts(c.Header.Get("Accept-Encoding"), form.coding) {
			continue
		}
		raw, err := fs.ReadFile(a.built, name+form.ext)
		if err == nil {
			return serveFile(c, name, raw, form.coding, hashed)
		}
	}
	return errNoFile()
}

func serveFile(c *call, name string, raw []byte, coding string, immutable bool) error {
	h := c.w.Header()
	crossOrigin(h)
	h.Set("Content-Type", mimeOf(name))
	h.Add("Vary", "Accept-Encoding")
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Cache-Control", "public, max-age=300")
	if immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	sum := sha256.Sum256(raw)
	h.Set("Etag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(c.w, c.Request, "", time.Time{}, bytes.NewReader(raw))
	return nil
}

// accepts reads Accept-Encoding: a coding with q=0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && weight > 0
	}
	return false
}
