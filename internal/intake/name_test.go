package intake

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func FuzzDisplayName(f *testing.F) {
	for _, seed := range []string{"selfie.mp4", "../../etc/passwd", `C:\doc.png`, "a\x00\xff\r\n", strings.Repeat("я", 300)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		shown := displayName(name)
		if !utf8.ValidString(shown) || utf8.RuneCountInString(shown) > maxName || strings.ContainsAny(shown, `/\`) ||
			strings.ContainsFunc(shown, func(r rune) bool { return r < 0x80 && unicode.IsControl(r) }) {
			t.Errorf("%q is shown as %q", name, shown)
		}
	})
}
