package webhook

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestReceiversThatAreNotPublicAreRefused(t *testing.T) {
	for _, endpoint := range []string{
		"http://127.0.0.1/", "http://127.8.9.1:9000/", "https://localhost/", "https://LOCALHOST./", "http://a.localhost/", "http://[::1]/",
		"http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://[fe80::1]/",
		"http://[fe80::1%25eth0]/", "http://[fd00::1]/", "http://0.0.0.0/", "http://[::]/", "http://100.64.0.1/", "http://198.18.0.1/",
		"http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/",
		"http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:1::]/", "http://[ff02::1]/", "http://192.0.0.1/",
		"http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0x7f.1/", "http://1.2.3.4.5/", "http://[::ffff:0:127.0.0.1]/",
		"ftp://bank.example/", "javascript:alert(1)", "//bank.example/", "https:bank.example", "https://", "https://:80/", "http://%zz/", "/hook", "",
	} {
		if err := (Guard{}).Check(endpoint); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}

func TestPublicReceiversAreTaken(t *testing.T) {
	for _, endpoint := range []string{
		"https://bank.example/hook", "http://bank.example:8080/hook?x=1", "https://8.8.8.8/", "https://[2001:4860:4860::8888]/",
		"HTTPS://BANK.EXAMPLE", "https://user:word@bank.example/", "https://xn--80ak6aa92e.example/", "https://0xbank.example/", "https://1bank.example/",
	} {
		if err := (Guard{}).Check(endpoint); err != nil {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}

func TestAllowedNetworksAreReachable(t *testing.T) {
	g := Guard{Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("127.0.0.0/8")}}
	for endpoint, want := range map[string]bool{
		"http://10.1.2.3/": true, "http://[::ffff:10.1.2.3]/": true, "http://10.2.0.1/": false, "http://localhost:80/": true, "http://[::1]/": false,
	} {
		if err := g.Check(endpoint); (err == nil) != want {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}

func TestPlainHTTPIsRefusedWhereTheOperatorSaysSo(t *testing.T) {
	g := Guard{HTTPSOnly: true}
	if g.Check("http://bank.example/") == nil || g.Check("https://bank.example/") != nil {
		t.Error("https alone should be taken")
	}
}

func TestAddressIsCheckedWhenTheConnectionIsMade(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:80": false, "[::1]:80": false, "[fe80::1%lo]:80": false, "10.0.0.1:443": false, "8.8.8.8:443": true, "[2606:4700::1]:443": true, "bank.example:80": false,
	} {
		if err := (Guard{}).control(t.Context(), "tcp4", address, nil); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
	if (Guard{}).control(t.Context(), "udp", "8.8.8.8:53", nil) == nil {
		t.Error("udp is let through")
	}
}

func FuzzEndpoint(f *testing.F) {
	for _, seed := range []string{"https://bank.example/hook", "http://[::1]:8080", "javascript:alert(1)", "https:bank.example", "//bank.example", "http://127.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, endpoint string) {
		if (Guard{}).Check(endpoint) != nil {
			return
		}
		if lower := strings.ToLower(endpoint); !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
			t.Errorf("%q was taken", endpoint)
		}
	})
}
