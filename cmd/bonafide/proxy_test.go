package main

import (
	"net/netip"
	"testing"

	"github.com/bonafide-id/bonafide/internal/config"
)

func TestAProxyThatNobodyDeclaredIsNoticedAtTheStart(t *testing.T) {
	declared := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for name, test := range map[string]struct {
		serve config.Serve
		want  bool
	}{
		"by default":         {config.Serve{Listen: "127.0.0.1:8080"}, false},
		"public, undeclared": {config.Serve{Listen: "127.0.0.1:8080", PublicURL: "https://id.example.org"}, true},
		"by name":            {config.Serve{Listen: "localhost:8080", PublicURL: "https://id.example.org"}, true},
		"declared":           {config.Serve{Listen: "[::1]:8080", PublicURL: "https://id.example.org", TrustedProxies: declared}, false},
		"open":               {config.Serve{Listen: ":8080", PublicURL: "https://id.example.org"}, false},
	} {
		if got := hiddenProxy(&test.serve); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
