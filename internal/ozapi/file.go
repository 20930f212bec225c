package ozapi

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// kept is how long browsers keep a file whose link does not end.
const kept = 30 * 24 * time.Hour

// fileRecords finds stored files.
type fileRecords interface {
	FileByKey(ctx context.Context, key string) (*bonafide.File, error)
	// NoteRead notes that a file is read, where its company wants that.
	NoteRead(ctx context.Context, key string) error
}

func (a *api) fileResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentStateful, Routes: []rest.Route{
		{Name: "downloadFile", Method: get, Pattern: "/static/{key}/{name}", Summary: "Download a file by its link", Binary: "*/*",
			Query: []describe.Parameter{
				{Name: auth.LinkExpires, About: "seconds since 1970 at which the link ends, where the installation signs links", Schema: &describe.Schema{Type: "integer", Format: "int64"}},
				{Name: auth.LinkSignature, About: "signature of a link that ends", Schema: &describe.Schema{Type: "string"}},
			}, Refusals: []int{http.StatusForbidden, http.StatusRequestedRangeNotSatisfiable}, Handle: a.download},
	}}
}

// download answers a stored file. The key in the link, and its signature where links end,
// is all the permission that is needed; whoever does not know it learns nothing.
func (a *api) download(c *rest.Call) (*rest.Answer, error) {
	lasts, err := c.Linked(chi.URLParam(c.Request, "key"))
	if err != nil {
		return nil, err
	}
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
	if err := a.noteRead(c, c.Signed("link"), f.Key); err != nil {
		return nil, err
	}
	h := c.Writer.Header()
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", "inline")
	httpd.File(h)
	h.Set("Cache-Control", fmt.Sprintf("private, max-age=%d, immutable", int(cmp.Or(lasts, kept).Seconds())))
	h.Set("ETag", `"`+f.Digest+`"`)
	served := &watched{ReadSeeker: content, turn: c.Turn}
	whole := httpd.ServeContent(c.Writer, c.Request, served)
	if served.err != nil { // the client sees that bytes are missing
		c.Failed(served.err)
		panic(http.ErrAbortHandler)
	}
	if !whole {
		h.Del("ETag")
		h.Del("Content-Disposition")
		ans := rest.Refusal(bonafide.Errorf(bonafide.CodeValue, "The range lies outside the file"))
		ans.Status = http.StatusRequestedRangeNotSatisfiable
		return ans, nil
	}
	return nil, nil
}

// noteRead notes that a file is read before any of it is answered: what cannot be noted
// is not answered.
func (a *api) noteRead(c *rest.Call, ctx context.Context, key string) error {
	if c.Method == http.MethodHead {
		return nil
	}
	return a.Records.NoteRead(ctx, key)
}

// watched reads in turn with others and keeps the fault that ended the reading.
type watched struct {
	io.ReadSeeker
	turn func() (done func(), err error)
	err  error
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	done, err := w.turn()
	if err != nil {
		return 0, err
	}
	defer done()
	n, err := w.ReadSeeker.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}
