package ozapi

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// call is one request with what was found out about it.
type call struct {
	*http.Request
	w      http.ResponseWriter
	caller *auth.Caller   // nil where no token is asked for
	scope  bonafide.Scope // objects on which the caller may do this
}

// answer is what a handler has to say.
type answer struct {
	status     int
	body       any
	retryAfter time.Duration // of a refusal that ends by itself
}

func ok(body any) (*answer, error)      { return &answer{status: http.StatusOK, body: body}, nil }
func deleted() (*answer, error)         { return ok(wire.Deleted{}) }
func created(body any) (*answer, error) { return &answer{status: http.StatusCreated, body: body}, nil }

// refusal is the answer to err.
func refusal(err error) *answer {
	a := &answer{}
	var e *bonafide.Error
	if errors.As(err, &e) {
		a.retryAfter = e.RetryAfter
	}
	a.status, a.body = wire.ViewError(err)
	return a
}

// serve makes a handler of net/http out of a route.
func (a *api) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		httpd.NoteOf(r.Context()).Route = rt.Pattern
		body := httpd.LimitBody(w, r, a.MaxBody)
		httpd.BodyWithin(w, r, a.BodyWait)
		ans, err := a.answer(rt, &call{Request: r, w: w})
		if err != nil {
			ans = refusal(err)
			a.front.Failed(r, ans.status, err)
			body.Drain(w, r)
		}
		if ans != nil {
			a.write(w, ans)
		}
	}
}

func (a *api) answer(rt route, c *call) (*answer, error) {
	if rt.Permission != "" {
		var err error
		if c.caller, err = a.Gate.Authenticate(c.Context(), token(c.Request)); err != nil {
			return nil, err
		}
		if err := a.permit(rt, c); err != nil {
			return nil, err
		}
		actor := bonafide.Actor{UserID: c.caller.User.ID, Via: string(rt.Permission)}
		c.Request = c.WithContext(bonafide.WithActor(c.Context(), actor))
	}
	return rt.handle(a, c)
}

func (a *api) write(w http.ResponseWriter, ans *answer) {
	raw, err := wire.Encode(ans.body)
	if err != nil {
		ans = refusal(err)
		raw, _ = wire.Encode(ans.body)
	}
	if ans.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(ans.retryAfter.Seconds()))))
	}
	httpd.Write(w, ans.status, wire.ContentType, raw)
}

// token finds the access token. The second spelling is a slip in the manual that
// clients have copied; Authorization belongs to others and is not looked at.
func token(r *http.Request) string {
	if t := r.Header.Get("X-Forensic-Access-Token"); t != "" {
		return t
	}
	return r.Header.Get("X-Forensics-Access-Token")
}

// object reads a JSON body, whatever its label says.
func (a *api) object(c *call) (fields, error) {
	raw, err := readAll(c.Body, a.MaxJSON)
	if err != nil {
		return nil, err
	}
	return parseObject(raw)
}

// readAll reads to the end or fails with CodeTooLarge.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, bodyError(err)
	}
	if int64(len(raw)) > limit {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "JSON is too large, at most %d bytes", limit)
	}
	return raw, nil
}

// id reads an identifier out of the path. What cannot be one does not exist.
func (c *call) id(name, noun string) (bonafide.ID, error) {
	id, err := bonafide.ParseID(chi.URLParam(c.Request, name))
	if err != nil {
		return "", bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return id, nil
}

// values is the query, read leniently.
func (c *call) values() url.Values { return query.Values(c.URL.RawQuery) }

// after is a context for tidying up when the request's own may have ended.
func (c *call) after() context.Context { return context.WithoutCancel(c.Context()) }
