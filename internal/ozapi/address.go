package ozapi

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// links finds the base of links in answers.
func (a *api) links(r *http.Request) links {
	if a.PublicURL != "" {
		return links(a.PublicURL)
	}
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if a.trusts(r.RemoteAddr) {
		if s := r.Header.Get("X-Forwarded-Proto"); s == "http" || s == "https" {
			scheme = s
		}
		if h := r.Header.Get("X-Forwarded-Host"); h != "" && !strings.ContainsAny(h, "/\\?#@, ") {
			host = h
		}
	}
	return links(scheme + "://" + host)
}

// source is the address to which failed sign-ins are laid: the nearest hop that
// is no trusted proxy. A proxy on this machine that nobody declared would make all
// clients one, so that loopback is nobody in particular.
func (a *api) source(r *http.Request) string {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	remote := r.RemoteAddr
	for a.trusts(remote) && len(hops) > 0 && hops[len(hops)-1] != "" {
		remote = strings.TrimSpace(hops[len(hops)-1])
		hops = hops[:len(hops)-1]
	}
	addr, ok := address(remote)
	if !ok || addr.IsLoopback() {
		return ""
	}
	return addr.String()
}

func (a *api) trusts(remote string) bool {
	addr, ok := address(remote)
	return ok && slices.ContainsFunc(a.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// address reads an address with or without port.
func address(s string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap(), true
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap(), err == nil
}
