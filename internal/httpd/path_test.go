package httpd

import (
	"strings"
	"testing"
)

func TestPathsComeIntoOneForm(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "/",
		"/":                         "/",
		"//":                        "/",
		"/api/folders":              "/api/folders",
		"/api/folders/":             "/api/folders",
		"//api/authorize/auth":      "/api/authorize/auth",
		"/api///folders//x//media/": "/api/folders/x/media",
		"api/version":               "/api/version",
		"/api/../static":            "/api/../static",
		"*":                         "/*",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("//api//folders/")
	f.Add("/a/./../b/%2f//")
	f.Fuzz(func(t *testing.T, in string) {
		got := Clean(in)
		if !strings.HasPrefix(got, "/") || strings.Contains(got, "//") || len(got) > 1 && strings.HasSuffix(got, "/") {
			t.Errorf("%q is %q", in, got)
		}
		if again := Clean(got); again != got {
			t.Errorf("%q is %q, then %q", in, got, again)
		}
		if strings.ReplaceAll(in, "/", "") != strings.ReplaceAll(got, "/", "") {
			t.Errorf("%q lost more than slashes: %q", in, got)
		}
	})
}
