package ozapi

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
)

// fileRecords finds stored files.
type fileRecords interface {
	FileByKey(ctx context.Context, key string) (*bonafide.File, error)
}

func fileResource() resource {
	return resource{component: ComponentStateful, routes: []route{
		{Name: "downloadFile", Method: get, Pattern: "/static/{key}/{name}", Summary: "Download a file by its link", Binary: "*/*", handle: (*api).download},
	}}
}

// download answers a stored file. The key in the link is all the permission that
// is needed; whoever does not know it learns nothing.
func (a *api) download(c *call) (*answer, error) {
	notFound := bonafide.Errorf(bonafide.CodeNotFound, "File not found")
	f, err := a.Records.FileByKey(c.Context(), chi.URLParam(c.Request, "key"))
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return nil, notFound
	}
	if err != nil {
		return nil, err
	}
	if f.Name != chi.URLParam(c.Request, "name") {
		return nil, notFound
	}
	content, err := a.Blobs.Open(c.Context(), f.Digest)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	h := c.w.Header()
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", "inline")
	h.Set("Cache-Control", "private, max-age=2592000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+f.Digest+`"`)
	w := &rangeWriter{ResponseWriter: c.w}
	http.ServeContent(w, c.Request, "", time.Time{}, content)
	if w.refused {
		h.Del("ETag")
		h.Del("Content-Disposition")
		ans := refusal(bonafide.Errorf(bonafide.CodeValue, "The range lies outside the file"))
		ans.status = http.StatusRequestedRangeNotSatisfiable
		return ans, nil
	}
	return nil, nil
}

// rangeWriter holds back what net/http says to a range that the file does not
// have, so that the surface can say it in its own form.
type rangeWriter struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader implements http.ResponseWriter.
func (w *rangeWriter) WriteHeader(status int) {
	if w.refused = status == http.StatusRequestedRangeNotSatisfiable; !w.refused {
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (w *rangeWriter) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}
