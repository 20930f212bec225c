package ozapi

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// TestAFileThatWasOverwrittenOnDiskIsNotServed changes the stored original of a media
// behind the server's back.
func TestAFileThatWasOverwrittenOnDiskIsNotServed(t *testing.T) {
	w := newWorld(t, Config{})
	r := w.upload("/api/folders/", filePart("a", "a.jpg", "\xff\xd8 a picture that was declined "+string(bonafide.NewID()))).want(201)
	link := strings.TrimPrefix(r.text("media", 0, "original_url"), w.url)
	digest := strings.Trim(w.get(link).want(200).header.Get("ETag"), `"`)
	path := filepath.Join(shared, "blobs", digest[:2], digest)
	if err := os.WriteFile(path, []byte("another picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.get(link).want(500, `"error_code"`, "not", "another picture")
	w.send("GET", link, "", "Range: bytes=0-3").want(500, "not", "anot")
	w.send("GET", link, "", `If-None-Match: "`+digest+`"`).want(500)
	if log := w.log.String(); !strings.Contains(log, "is not what it was") || strings.Contains(log, "a.jpg") {
		t.Errorf("the log says %s", log)
	}
}
