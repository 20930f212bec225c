package ozapi

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/httpd"
)

func TestRoutesAreDescribedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range routes() {
		name := r.Method + " " + r.Pattern
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if r.Summary == "" || r.Handle == nil || httpd.Clean(r.Pattern) != r.Pattern {
			t.Errorf("%s is incomplete", name)
		}
	}
}
