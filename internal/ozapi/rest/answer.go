package rest

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Answer is what a handler has to say.
type Answer struct {
	Status     int
	Body       any           // rendered by wire.Encode
	RetryAfter time.Duration // of a refusal that ends by itself
}

// OK answers 200 with a body.
func OK(body any) (*Answer, error) { return &Answer{Status: http.StatusOK, Body: body}, nil }

// Created answers 201 with what was made.
func Created(body any) (*Answer, error) { return &Answer{Status: http.StatusCreated, Body: body}, nil }

// Deleted answers that what was named is gone.
func Deleted() (*Answer, error) { return OK(wire.Deleted{}) }

// Refusal is the answer to err.
func Refusal(err error) *Answer {
	a := &Answer{}
	var e *bonafide.Error
	if errors.As(err, &e) {
		a.RetryAfter = e.RetryAfter
	}
	a.Status, a.Body = wire.ViewError(err)
	if a.RetryAfter == 0 && a.Status == http.StatusServiceUnavailable {
		a.RetryAfter = time.Minute
	}
	return a
}

// write renders an answer, with what it warns of.
func (s *server) write(c *Call, ans *Answer) {
	w := c.Writer
	raw, err := wire.Encode(ans.Body)
	if err == nil && len(c.slips) > 0 {
		var field []byte
		if field, err = c.warnings(ans.Body); len(field) > 0 {
			raw = wire.AddField(raw, field)
		}
	}
	if err != nil {
		ans = Refusal(err)
		raw, _ = wire.Encode(ans.Body)
	}
	c.leave() // the client may be slow to read
	if ans.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(ans.RetryAfter.Seconds()))))
	}
	httpd.Write(w, ans.Status, wire.ContentType, raw)
}
