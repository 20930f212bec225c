package httpd

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestSourceIsTheNearestHopThatIsNoProxy(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}
	for name, c := range map[string]struct{ remote, forwarded, want string }{
		"direct":                     {"203.0.113.7:5000", "", "203.0.113.7"},
		"a stranger's word":          {"203.0.113.7:5000", "198.51.100.1", "203.0.113.7"},
		"one proxy":                  {"10.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		"two proxies":                {"10.0.0.1:5000", "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		"proxy that says nothing":    {"10.0.0.1:5000", "", "10.0.0.1"},
		"proxy that says nonsense":   {"10.0.0.1:5000", "unknown", ""},
		"this machine":               {"[::1]:5000", "", ""},
		"proxy on this machine":      {"127.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		"version 4 in version 6":     {"[::ffff:203.0.113.7]:5000", "", "203.0.113.7"},
		"nothing that is an address": {"@", "", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := proxies.Source(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
