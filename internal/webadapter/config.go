package webadapter

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// How often a person may try.
const (
	singleAttempts = 3 // of one action
	commonAttempts = 6 // of a capture
)

// config tells a page what the installation wants. It never holds the API's address or
// token.
func (a *adapter) config(c *call) error {
	s := c.settings
	defaults, gate := defaultPlan(s), a.gateOf(c.Context(), s, a.tenantOf(c))
	writeJSON(c.w, http.StatusOK, map[string]any{
		"version":               a.Version,
		"architecture":          s.Architecture,
		"use_wasm_container":    s.UseContainer && s.Architecture != appconfig.Lite,
		"api_use_session_token": s.UseSessionToken,
		"api_use_token":         s.UseToken,
		"result_mode":           s.ResultMode,
		"lang":                  language(s, c.URL.Query().Get("lang")),
		"lang_allow":            s.LangAllow,
		"lang_default":          s.LangDefault,
		"actions": map[string]any{"video": s.VideoActions, "photo": s.PhotoActions, "default": defaults.actions, "draw": defaults.draw,
			"default_importance": s.DefaultImportance},
		"capture_scenario":    s.CaptureScenario,
		"save_lossless_frame": s.LosslessFrame,
		"preinit":             s.Preinit,
		"photo_source":        s.PhotoSource,
		"extract_best_shot":   s.ExtractBestShot,
		"video_file_format":   s.VideoFormat,
		"load_3d_mask":        s.Load3DMask,
		"enable_3d_mask":      s.Enable3DMask,
		"debug":               s.Debug,
		"limits": map[string]any{"min_eye_distance_px": gate.EyeDistance, "max_face_share": gate.FaceShare, "min_lines": gate.FrameSide,
			"max_upload_bytes": s.MaxBody, "max_piece_bytes": maxPiece},
		"assets":   a.assets.addresses(a.prefix(c)),
		"attempts": map[string]int{"single": singleAttempts, "common": commonAttempts},
		"light":    s.Light,
		"license":  map[string]any{"id": a.License.ID, "origins": a.License.Origins},
	})
	return nil
}

// prefix is what of the path stands before that of the adapter, "" without a tenant.
func (a *adapter) prefix(c *call) string {
	if t := a.tenantOf(c); t != "" {
		return "/" + t
	}
	return ""
}

// debug shows the settings in force, where they allow it.
func (a *adapter) debug(c *call) error {
	if !c.settings.Debug {
		return &failure{Status: http.StatusNotFound, Code: configError, Message: "debug is off"}
	}
	writeJSON(c.w, http.StatusOK, map[string]any{"version": a.Version, "config": c.settings.Shown(), "license": a.License, "assets": a.assets.manifest})
	return nil
}

// pageCSP is the policy of our own pages: all comes from here, nothing is inline. Our
// script needs wasm and blobs of what it has recorded.
const pageCSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; img-src 'self' data: blob:; " +
	"media-src 'self' blob:; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// framers are the pages that may show our frame: those that the licence names.
func (a *adapter) framers() string {
	if a.License.AnyOrigin() {
		return "*"
	}
	var good []string
	for _, origin := range a.License.Origins {
		if !strings.ContainsAny(origin, "; ,'\"\r\n") {
			good = append(good, origin)
		}
	}
	if len(good) == 0 {
		return "'none'"
	}
	return strings.Join(good, " ")
}

// page is what all pages are filled with.
type page struct {
	Lang   string
	Dir    string            // ltr or rtl
	T      map[string]string // texts
	Prefix string            // before paths of ours: that of the tenant
	Assets map[string]string // our files by their plain names
	Built  bool              // the capture script is there
	Data   map[string]any    // what the page's script reads
}

// write answers a page. ancestors are those that may frame it.
func (a *adapter) write(c *call, name, ancestors string, p page) error {
	p.Prefix, p.Assets = a.prefix(c), a.assets.names
	_, p.Built = a.assets.manifest[coreAsset]
	raw, err := fs.ReadFile(pageFiles, "pages/"+name)
	if err != nil {
		return err
	}
	t, err := template.New(name).Parse(string(raw))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	h := c.w.Header()
	h.Set("Content-Security-Policy", pageCSP+ancestors)
	h.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
	httpd.Write(c.w, http.StatusOK, "text/html; charset=utf-8", b.Bytes())
	return nil
}
