package ozapi

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// packed gives text as a writer packs it.
func packed(t *testing.T, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func TestABodyWithAContentEncodingIsDecodedOrRefusedByName(t *testing.T) {
	w := newWorld(t, Config{Config: rest.Config{MaxBody: 4 << 20, MaxFile: 3 << 20}})
	body := form(payloadPart, filePart("v", "a.jpg", picture(1)))
	raw := func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f }
	framed := func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
	stored := func(w io.Writer) io.WriteCloser { f, _ := gzip.NewWriterLevel(w, gzip.NoCompression); return f }
	for name, c := range map[string]struct {
		coding string
		open   func(io.Writer) io.WriteCloser
	}{"gzip": {"gzip", gzipped}, "gzip in capitals": {"GZip", gzipped}, "of old": {"x-gzip", gzipped}, "stored": {"gzip", stored},
		"deflate": {"deflate", framed}, "deflate without its frame": {"deflate", raw}} {
		r := w.send("POST", "/api/folders", packed(t, body, c.open), "Content-Type: "+multipartB, "Content-Encoding: "+c.coding).want(201, `"t": "1"`)
		if r.count("media") != 1 {
			t.Errorf("%s: %s", name, r.body)
		}
	}
	w.send("POST", "/api/folders", body, "Content-Type: "+multipartB, "Content-Encoding: identity").want(201, `"t": "1"`)
	w.send("POST", "/api/folders", packed(t, `{"folder:meta_data": {"t": "1"}}`, gzipped), "Content-Type: application/json", "Content-Encoding: gzip").want(201, `"t": "1"`)
	for _, coding := range []string{"br", "zstd", "compress", "gzip, gzip", "<script>"} {
		r := w.send("POST", "/api/folders", body, "Content-Type: "+multipartB, "Content-Encoding: "+coding).want(415, "gzip and deflate")
		if first, _, _ := strings.Cut(coding, ","); !strings.Contains(r.text("error_message"), first) {
			t.Errorf("%s is not named: %s", coding, r.body)
		}
	}
	whole := packed(t, body, gzipped)
	for name, bad := range map[string]string{
		"none":          body,
		"cut short":     whole[:len(whole)-9],
		"without a sum": whole[:len(whole)-8],
		"a wrong sum":   whole[:len(whole)-8] + "\x00\x00\x00\x00" + whole[len(whole)-4:],
	} {
		before := w.folders()
		w.send("POST", "/api/folders", bad, "Content-Type: "+multipartB, "Content-Encoding: gzip").want(400, "Content-Encoding")
		if w.folders() != before {
			t.Errorf("%s left a folder", name)
		}
	}
	bomb := form(payloadPart, filePart("v", "a.jpg", picture(1)+strings.Repeat("\x00", 2<<20)))
	w.send("POST", "/api/folders", packed(t, bomb, gzipped), "Content-Type: "+multipartB, "Content-Encoding: gzip").want(400, "expands too much")
	random := form(filePart("v", "a.jpg", strings.Repeat(picture(1), 8<<20/len(picture(1)))))
	w.send("POST", "/api/folders", packed(t, random, stored), "Content-Type: "+multipartB, "Content-Encoding: gzip").want(400, "too large")
}
