package ozapi

import (
	"context"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/query"
)

// drainWait is how long the rest of a refused body is read, so that a client that
// writes all before it reads still sees the answer.
const drainWait = 10 * time.Second

// call is one request with what was found out about it.
type call struct {
	*http.Request
	w      http.ResponseWriter
	caller *auth.Caller   // nil where no token is asked for
	scope  bonafide.Scope // objects on which the caller may do this
}

// deletedJSON is {}: old clients need a JSON body.
type deletedJSON struct{}

// answer is what a handler has to say.
type answer struct {
	status     int
	body       any
	retryAfter time.Duration // of a refusal that ends by itself
}

func ok(body any) (*answer, error)      { return &answer{status: http.StatusOK, body: body}, nil }
func deleted() (*answer, error)         { return ok(deletedJSON{}) }
func created(body any) (*answer, error) { return &answer{status: http.StatusCreated, body: body}, nil }

// serve makes a handler of net/http out of a route.
func (a *api) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		noteOf(r.Context()).route = rt.Pattern
		body := &watchedBody{ReadCloser: http.MaxBytesReader(w, r.Body, a.MaxBody)}
		r.Body = body
		if r.ContentLength != 0 {
			// Only a writer that is no connection, as in tests, has no deadlines.
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(a.BodyWait))
		}
		ans, err := a.answer(rt, &call{Request: r, w: w})
		if err != nil {
			ans = errorAnswer(err)
			if ans.status >= http.StatusInternalServerError && r.Context().Err() == nil {
				a.Log.ErrorContext(r.Context(), "request failed", "request_id", noteOf(r.Context()).id, "route", rt.Pattern, "error", err)
			}
			if body.read || r.Header.Get("Expect") == "" {
				drain(w, body)
			}
		}
		if ans != nil {
			a.write(w, ans)
		}
	}
}

// drain reads the rest of a body, up to the limits.
func drain(w http.ResponseWriter, body io.Reader) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(drainWait))
	_, _ = io.Copy(io.Discard, body)
}

// watchedBody remembers whether the body was asked for, because that is what
// makes a client send it that waits to be told.
type watchedBody struct {
	io.ReadCloser
	read bool
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.read = true
	return b.ReadCloser.Read(p)
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
	raw, err := encode(ans.body)
	if err != nil {
		ans = errorAnswer(err)
		raw, _ = encode(ans.body)
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(raw)))
	h.Set("Cache-Control", "no-store")
	if ans.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(ans.retryAfter.Seconds()))))
	}
	w.WriteHeader(ans.status)
	_, _ = w.Write(raw) // a client that has gone is nobody's fault
}

// token finds the access token. The second spelling is a slip in the manual that
// clients have copied; Authorization belongs to others and is not looked at.
func token(r *http.Request) string {
	if t := r.Header.Get("X-Forensic-Access-Token"); t != "" {
		return t
	}
	return r.Header.Get("X-Forensics-Access-Token")
}

// bodyRead ends the time limit of the body, for handlers that wait afterwards: a
// limit that runs out would look like a client that has gone.
func (c *call) bodyRead() {
	_ = http.NewResponseController(c.w).SetReadDeadline(time.Time{})
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

// mediaType is the declared type of the body, lower case, with its parameters.
func (c *call) mediaType() (string, map[string]string) {
	t, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if err != nil {
		t, _, _ = strings.Cut(c.Header.Get("Content-Type"), ";")
		t = strings.ToLower(strings.TrimSpace(t))
	}
	return t, params
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
