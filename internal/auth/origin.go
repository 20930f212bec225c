package auth

import "net/netip"

// Origin is where a sign-in comes from. The zero value is unknown.
type Origin struct {
	Address netip.Addr
	// Hearsay is set where Address is only what a proxy on this machine says that
	// nobody declared: it may have taken it from its client.
	Hearsay bool
}

// Networks with an IPv4 address within those of version 6. Who holds that one holds
// the whole network.
const (
	nat64 = "64:ff9b::/96"
	sixTo = "2002::/16"
)

// networks gives the network that one client can have for itself, and the wider one
// that a client can have at most, where there is such: of IPv4 the address, of IPv6
// the /64 and the /48. Addresses within them cost nothing.
func (o Origin) networks() (own, wide string) {
	addr := o.Address.WithZone("").Unmap()
	if addr.Is6() {
		raw := addr.As16()
		switch {
		case netip.MustParsePrefix(nat64).Contains(addr):
			addr = netip.AddrFrom4([4]byte(raw[12:]))
		case netip.MustParsePrefix(sixTo).Contains(addr):
			addr = netip.AddrFrom4([4]byte(raw[2:6]))
		}
	}
	switch {
	case !addr.IsValid():
		return "", ""
	case addr.IsLoopback():
		return "loopback", ""
	case addr.Is4():
		return addr.String(), ""
	}
	return masked(addr, 64), masked(addr, 48)
}

// masked is the network of an address.
func masked(addr netip.Addr, bits int) string {
	p, _ := addr.Prefix(bits) // bits fit
	return p.String()
}

// class tells of the address what sessions show.
func (o Origin) class() string {
	addr := o.Address.Unmap()
	switch {
	case !addr.IsValid():
		return ""
	case o.Hearsay, addr.IsLoopback():
		return "loopback"
	case addr.IsPrivate(), addr.IsLinkLocalUnicast():
		return "private"
	}
	return "public"
}
