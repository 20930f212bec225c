package httpd

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the proxies before the server, whose X-Forwarded-*
// headers are believed.
type Proxies []netip.Prefix

// Base gives scheme and host under which the client reached the server, such as
// https://id.example.org.
func (p Proxies) Base(r *http.Request) string {
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if p.hold(r.RemoteAddr) {
		if s := r.Header.Get("X-Forwarded-Proto"); s == "http" || s == "https" {
			scheme = s
		}
		if h := r.Header.Get("X-Forwarded-Host"); h != "" && !strings.ContainsAny(h, "/\\?#@, ") {
			host = h
		}
	}
	return scheme + "://" + host
}

// Client is the address to which failed sign-ins are laid: the nearest hop that is no
// trusted proxy. Where that is this machine, and speaks of another client, a proxy on
// it was not declared; then the address is what it says, which is hearsay.
func (p Proxies) Client(r *http.Request) (client netip.Addr, hearsay bool) {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	remote := r.RemoteAddr
	step := func() (taken bool) {
		if taken = hops[len(hops)-1] != ""; taken {
			remote = strings.TrimSpace(hops[len(hops)-1])
			hops = append([]string{""}, hops[:len(hops)-1]...)
		}
		return taken
	}
	for p.hold(remote) && step() {
		continue
	}
	addr, _ := address(remote)
	if !addr.IsLoopback() || p.hold(remote) || !step() {
		return addr, false
	}
	if said, ok := address(remote); ok {
		return said, true
	}
	return addr, true
}

func (p Proxies) hold(remote string) bool {
	addr, ok := address(remote)
	return ok && slices.ContainsFunc(p, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// address reads an address with or without port.
func address(s string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap(), true
	}
	addr, err := netip.ParseAddr(s)
	return addr.Unmap(), err == nil
}
