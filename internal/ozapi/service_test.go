package ozapi

import (
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/auth"
)

func TestTheServersOwnAddressAnswersBrowsersWithAPage(t *testing.T) {
	w := newWorld(t, Config{})
	for _, path := range []string{"/", "/docs"} {
		r := w.send("GET", path, "", "Accept: text/html,*/*;q=0.8")
		r.want(200)
		if got := r.header.Get("Content-Type"); got != "text/html; charset=utf-8" || !strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %q, %q", path, got, r.header.Get("Content-Security-Policy"))
		}
		if !strings.Contains(r.body, "6.0.1-test") {
			t.Errorf("%s does not tell the version", path)
		}
	}
	w.get("/").want(404, `{"error_code": 10, `) // clients are told what old ones expect
}

// TestEveryPermissionIsAskedForByACall: the table of roles promises nothing that no call
// does.
func TestEveryPermissionIsAskedForByACall(t *testing.T) {
	asked := map[auth.Permission]bool{}
	for _, rt := range routes() {
		asked[rt.Permission] = true
	}
	for _, rule := range auth.Matrix() {
		if !asked[rule.Permission] {
			t.Errorf("no call asks for %s", rule.Permission)
		}
	}
}
