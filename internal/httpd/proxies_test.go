package httpd

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestTheClientIsTheNearestHopThatIsNoProxy(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}
	for name, c := range map[string]struct {
		remote, forwarded, want string
		hearsay                 bool
	}{
		"direct":                     {"203.0.113.7:5000", "", "203.0.113.7", false},
		"a stranger's word":          {"203.0.113.7:5000", "198.51.100.1", "203.0.113.7", false},
		"one proxy":                  {"10.0.0.1:5000", "198.51.100.1", "198.51.100.1", false},
		"two proxies":                {"10.0.0.1:5000", "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1", false},
		"proxy that says nothing":    {"10.0.0.1:5000", "", "10.0.0.1", false},
		"proxy that says nonsense":   {"10.0.0.1:5000", "unknown", "invalid IP", false},
		"this machine":               {"[::1]:5000", "", "::1", false},
		"proxy on this machine":      {"127.0.0.1:5000", "198.51.100.1", "198.51.100.1", false},
		"a client of this machine":   {"127.0.0.1:5000", "", "127.0.0.1", false},
		"proxy that is not declared": {"[::1]:5000", "192.0.2.66, 198.51.100.1", "198.51.100.1", true},
		"the same with nonsense":     {"[::1]:5000", "unknown", "::1", true},
		"version 4 in version 6":     {"[::ffff:203.0.113.7]:5000", "", "203.0.113.7", false},
		"nothing that is an address": {"@", "", "invalid IP", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got, hearsay := proxies.Client(r); got.String() != c.want || hearsay != c.hearsay {
			t.Errorf("%s: %v, %t, want %s, %t", name, got, hearsay, c.want, c.hearsay)
		}
	}
}
