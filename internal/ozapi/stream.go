package ozapi

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// stream answers a list while it is read, so that its length costs no memory: see
// wire.WriteList. What fails before the first bytes have left is an error as any other,
// what fails later breaks the connection: an answer that looks whole is whole.
func stream[T, V any](a *api, c *call, empty any, next func(context.Context, int) ([]T, error), render func([]T) ([]V, error)) (*answer, error) {
	field, err := c.warnings(empty)
	if err != nil {
		return nil, err
	}
	frame, err := wire.NewFrame(empty, field)
	if err != nil {
		return nil, err
	}
	out := httpd.NewStream(c.w, wire.ContentType)
	err = wire.WriteList(c.Context(), out, frame, next, render)
	if err == nil {
		return nil, out.Close()
	}
	if !out.Begun() {
		return nil, err
	}
	a.front.Failed(c.Request, http.StatusInternalServerError, err)
	panic(http.ErrAbortHandler)
}
