package webadapter

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Links keeps hosted links. *store.Store satisfies it.
type Links interface {
	// CaptureLink gives a link, whosesoever: CodeNotFound.
	CaptureLink(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.CaptureLink, error)
	// SpendCaptureLink notes that a link is used; CodeExists where it was before, or is over.
	SpendCaptureLink(ctx context.Context, id bonafide.ID, at time.Time) error
	// EndCaptureLink notes which folder came of it; without one it may be used again.
	EndCaptureLink(ctx context.Context, id, folder bonafide.ID) error
}

// home leads a person on.
func (a *adapter) home(c *call) error {
	return a.write(c, "home.html", "'none'", page{Lang: a.pageLanguage(c), T: a.texts(c), Dir: "ltr", Data: map[string]any{"demo": a.Demo != DemoOff}})
}

// frame is the page that other pages show in a frame, so that they need none of our
// policy themselves.
func (a *adapter) frame(c *call) error {
	lang := language(c.settings, c.URL.Query().Get("lang"))
	return a.write(c, "frame.html", a.framers(), page{Lang: lang, Dir: "ltr", T: a.texts(c)})
}

// demo is the page on which a person tries a capture and sees why it ended as it did.
func (a *adapter) demo(c *call) error {
	if a.Demo == DemoOff {
		return &failure{Status: http.StatusNotFound, Code: configError, Message: "The demo is off: see --demo"}
	}
	return a.write(c, "demo.html", "'none'", page{Lang: a.pageLanguage(c), Dir: "ltr", T: a.texts(c), Data: map[string]any{"open": a.demoFor(c) == DemoOpen}})
}

// demoFor is what the demo is to a caller. Who comes through a proxy, or by a name that
// others can give an address of this machine, is not on it.
func (a *adapter) demoFor(c *call) Demo {
	if a.Demo != DemoLocal {
		return a.Demo
	}
	client, hearsay := a.Proxies.Client(c.Request)
	host, _, err := net.SplitHostPort(c.Host)
	if err != nil {
		host = c.Host
	}
	ip, _ := netip.ParseAddr(strings.Trim(host, "[]"))
	if client.IsLoopback() && !hearsay && (host == "localhost" || ip.IsLoopback()) {
		return DemoOpen
	}
	return DemoSigned
}

// mayDemo lets in who may see verdicts.
func (a *adapter) mayDemo(c *call) error {
	refusal := &failure{Status: http.StatusForbidden, Code: configError, Message: "The demo is for people who are signed in"}
	switch a.demoFor(c) {
	case DemoOpen:
		return nil
	case DemoSigned:
	default:
		return refusal
	}
	token := c.Header.Get("X-Forensic-Access-Token")
	if token == "" {
		return refusal
	}
	u, err := a.api(c.Context(), c.settings, &session{})
	if err != nil {
		return err
	}
	u.token = token
	err = u.call(c.Context(), http.MethodGet, "/api/folders/?limit=1", nil, &struct{}{})
	var api *apiError
	if errors.As(err, &api) && (api.status == http.StatusUnauthorized || api.status == http.StatusForbidden) {
		refusal.err = err
		return refusal
	}
	return err
}

// openLink gives a link that can still be used.
func (a *adapter) openLink(ctx context.Context, word string) (*store.CaptureLink, error) {
	id, err := bonafide.ParseID(word)
	if err != nil || a.Links == nil {
		return nil, errNoLink()
	}
	l, err := a.Links.CaptureLink(ctx, bonafide.Scope{}, id)
	switch {
	case bonafide.CodeOf(err) == bonafide.CodeNotFound:
		return nil, errNoLink()
	case err != nil:
		return nil, err
	case !l.UsedAt.IsZero():
		return nil, errUsedLink()
	case !a.Now().Before(l.ExpiresAt):
		return nil, (&failure{Status: http.StatusGone, Code: sessionTokenError, Message: "The link is too old"}).with("reason", "link_expired")
	}
	return l, nil
}

func errNoLink() *failure {
	return (&failure{Status: http.StatusNotFound, Code: sessionTokenError, Message: "There is no such link"}).with("reason", "link_unknown")
}

func errUsedLink() *failure {
	return (&failure{Status: http.StatusGone, Code: sessionTokenError, Message: "The link has been used"}).with("reason", "link_used")
}

// spendLink uses the link of a session up, so that no second capture comes by it.
func (a *adapter) spendLink(ctx context.Context, n *session) error {
	if n.Link == "" {
		return nil
	}
	err := a.Links.SpendCaptureLink(ctx, n.Link, a.Now())
	if bonafide.CodeOf(err) == bonafide.CodeExists {
		return errUsedLink()
	}
	return err
}

// returnLink lets a link be used again of which nothing came.
func (a *adapter) returnLink(n *session) {
	if n.Link != "" && n.FolderID == "" {
		a.endLink(n, "")
	}
}

// finishLink notes what came of a link.
func (a *adapter) finishLink(n *session) {
	if n.Link != "" {
		a.endLink(n, bonafide.ID(n.FolderID))
	}
}

func (a *adapter) endLink(n *session, folder bonafide.ID) {
	if err := a.Links.EndCaptureLink(a.running.life, n.Link, folder); err != nil {
		a.Log.Error("a hosted link was not ended", "session", n.ID, "error", err)
	}
}

// link is the page that a hosted link leads to.
func (a *adapter) link(c *call) error {
	l, err := a.openLink(c.Context(), strings.TrimPrefix(c.path, "/c/"))
	var gone *failure
	if errors.As(err, &gone) {
		c.w.Header().Set("X-Robots-Tag", "noindex")
		return a.write(c, "gone.html", "'none'", page{Lang: a.pageLanguage(c), Dir: "ltr", T: a.texts(c), Data: map[string]any{"reason": gone.Context["reason"]}})
	}
	if err != nil {
		return err
	}
	lang := language(c.settings, cmp.Or(l.Lang, a.pageLanguage(c)))
	c.w.Header().Set("X-Robots-Tag", "noindex")
	return a.write(c, "link.html", "'none'", page{Lang: lang, Dir: direction(lang), T: a.textsIn(lang), Data: map[string]any{
		"link": string(l.ID), "color": l.Brand.Color, "logo": l.Brand.Logo, "name": l.Brand.Name}})
}

// direction in which a language is written.
func direction(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "ar", "he", "fa", "ur":
		return "rtl"
	}
	return "ltr"
}

// pageLanguage is the language of our own pages: that of the query, else the browser's.
func (a *adapter) pageLanguage(c *call) string {
	words := cmp.Or(c.URL.Query().Get("lang"), c.Header.Get("Accept-Language"))
	for part := range strings.SplitSeq(words, ",") {
		base, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ = strings.Cut(base, "-")
		if base = strings.ToLower(base); base == "ru" || base == "en" {
			return base
		}
	}
	return "en"
}
