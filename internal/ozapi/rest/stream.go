package rest

import (
	"context"
	"net/http"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Stream answers a list while it is read, so that its length costs no memory: see
// wire.WriteList. What fails before the first bytes have left is an error as any other,
// what fails later breaks the connection: an answer that looks whole is whole.
func Stream[T, V any](c *Call, empty any, next func(context.Context, int) ([]T, error), render func([]T) ([]V, error)) (*Answer, error) {
	field, err := c.warnings(empty)
	if err != nil {
		return nil, err
	}
	frame, err := wire.NewFrame(empty, field)
	if err != nil {
		return nil, err
	}
	out := httpd.NewStream(c.Writer, wire.ContentType)
	err = wire.WriteList(c.Context(), out, frame, next, render)
	if err == nil {
		return nil, out.Close()
	}
	if !out.Begun() {
		return nil, err
	}
	c.Failed(err)
	panic(http.ErrAbortHandler)
}
