package webhook

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"github.com/bonafide-id/bonafide"
)

// Guard tells which receivers webhooks may be sent to. Without it a client could
// have the server call services that only the server can reach.
type Guard struct {
	Allow     []netip.Prefix // networks that may be reached although they are not public
	HTTPSOnly bool           // http is refused
}

// errRefused is the error of a connection to an address that is not allowed.
var errRefused = errors.New("the receiver's address is not public")

// Check refuses an endpoint that cannot be allowed: CodeValue. A
// host name is resolved and checked at each connection.
func (g Guard) Check(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, an http or https address is needed")
	}
	if g.HTTPSOnly && u.Scheme != "https" {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, this server sends webhooks over https only")
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	addr, err := netip.ParseAddr(host)
	switch {
	case err == nil && !g.allows(addr),
		err != nil && looksNumeric(host),
		(host == "localhost" || strings.HasSuffix(host, ".localhost")) && !g.allows(netip.IPv6Loopback()) && !g.allows(netip.AddrFrom4([4]byte{127, 0, 0, 1})):
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, its address is not public")
	}
	return nil
}

// looksNumeric tells an address in one of the spellings that resolvers take and
// netip does not, such as 127.1, 0x7f000001 or 017700000001: their last part is a
// number, which no name of the public DNS ends in.
func looksNumeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return true
	}
	if hex, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// control is called with the resolved address before each connection, so that a
// host name that resolves to another address later is refused then.
func (g Guard) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") || !g.allows(ap.Addr()) {
		return errRefused
	}
	return nil
}

func (g Guard) dialer() *net.Dialer { return &net.Dialer{ControlContext: g.control} }

// allows tells whether an address may be connected to.
func (g Guard) allows(addr netip.Addr) bool {
	addr = addr.WithZone("").Unmap()
	in := func(p netip.Prefix) bool { return p.Contains(addr) }
	return slices.ContainsFunc(g.Allow, in) || addr.IsGlobalUnicast() && !addr.IsPrivate() && !slices.ContainsFunc(reserved(), in)
}

// reserved are the networks of IANA's special-purpose registries that Go takes for
// public. Those that embed an IPv4 address could reach any IPv4 host.
func reserved() []netip.Prefix {
	var all []netip.Prefix
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}
