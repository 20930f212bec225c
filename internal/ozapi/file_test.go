package ozapi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/render"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
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

func TestWhereLinksEndAFileIsOpenedByAFreshOneAlone(t *testing.T) {
	key, err := auth.SharedLinkKey(t.Context(), storetest.Open(t), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, Config{Config: rest.Config{LinkKey: key}})
	r := w.upload("/api/folders/", filePart("a", "a b.jpg", "\xff\xd8 a face")).want(201)
	link, thumb := strings.TrimPrefix(r.text("media", 0, "original_url"), w.url), strings.TrimPrefix(r.text("media", 0, "thumb_url"), w.url)
	w.token = ""
	var age int
	if _, err := fmt.Sscanf(w.get(link).want(200, "a face").header.Get("Cache-Control"), "private, max-age=%d, immutable", &age); err != nil || age < 3600 || age > 4500 {
		t.Errorf("a browser keeps it for %d seconds, %v", age, err)
	}
	w.get(thumb).want(200)
	bare, query, signed := strings.Cut(link, "?")
	if !signed {
		t.Fatal("the link has no end:", link)
	}
	_, other, _ := strings.Cut(thumb, "?")
	w.get(bare).want(403, "not signed")
	w.get(bare+"?"+other).want(403, "not signed")
	w.get("/static/0000/a.jpg").want(403) // as a file that there is
	w.clock.add(76 * time.Minute)
	w.get(link).want(403, "has ended", "not", "a face")
	w.signIn("a.user@bank.example")
	fresh := strings.TrimPrefix(w.get("/api/folders/"+r.text("folder_id")+"/").want(200).text("media", 0, "original_url"), w.url)
	if w.token = ""; strings.HasSuffix(fresh, query) {
		t.Error("the new link is the old one")
	}
	w.get(fresh).want(200, "a face")
	told, err := render.New(w.url, func(file string) string { return key.Query(file, w.clock.Now()) }, w.store).RenderFolder(t.Context(), bonafide.ID(r.text("folder_id")))
	if err != nil || !strings.Contains(string(told), "signature=") {
		t.Errorf("a webhook has a link without a signature: %v", err)
	}
}
