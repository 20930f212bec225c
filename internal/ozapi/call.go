package ozapi

import (
	"context"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// call is one request with what was found out about it.
type call struct {
	*http.Request
	w      http.ResponseWriter
	caller *auth.Caller   // nil where no token is asked for
	scope  bonafide.Scope // objects on which the caller may do this
	route  route
	slips  []request.Slip // what of the request nobody reads
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

// stopping says that a request was given up because the server ends.
func stopping(err error) error {
	e := bonafide.Wrap(bonafide.CodeBusy, "The server is being stopped, try again", err)
	e.RetryAfter = 5 * time.Second
	return e
}

// refusal is the answer to err.
func refusal(err error) *answer {
	a := &answer{}
	var e *bonafide.Error
	if errors.As(err, &e) {
		a.retryAfter = e.RetryAfter
	}
	a.status, a.body = wire.ViewError(err)
	if a.retryAfter == 0 && a.status == http.StatusServiceUnavailable {
		a.retryAfter = time.Minute
	}
	return a
}

// serve makes a handler of net/http out of a route.
func (a *api) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		httpd.NoteOf(r.Context()).Route = rt.Pattern
		body := httpd.LimitBody(w, r, a.MaxBody, a.BodyWait)
		until, cancel := httpd.UntilStop(r.Context(), httpd.LastCall)
		defer cancel()
		defer context.AfterFunc(until, func() { body.End() })()
		c := &call{Request: r.WithContext(until), w: w, route: rt}
		ans, err := a.answer(rt, c)
		if err != nil {
			if httpd.Stopping(r.Context()) && r.Context().Err() == nil && (errors.Is(err, context.Canceled) || httpd.TooSlow(err)) {
				err = stopping(err)
			}
			ans, c.slips = refusal(err), nil
			if bonafide.CodeOf(err) == bonafide.CodeNoRoom && rt.Files != describe.NoFiles {
				ans.status = http.StatusInsufficientStorage
			}
			a.front.Failed(r, ans.status, err)
			body.Drain(w, r)
		}
		if ans != nil {
			a.write(c, ans)
		}
	}
}

func (a *api) answer(rt route, c *call) (*answer, error) {
	if rt.Permission != "" {
		var err error
		if c.caller, err = a.Authority.Authenticate(c.Context(), token(c.Request)); err != nil {
			return nil, err
		}
		if err := a.permit(rt, c); err != nil {
			return nil, err
		}
		actor := bonafide.Actor{UserID: c.caller.User.ID, Via: string(rt.Permission)}
		c.Request = c.WithContext(bonafide.WithActor(c.Context(), actor))
	}
	release, err := a.place(rt, c)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := a.slipped(c, request.UnknownParameters(c.values(), rt.Query)); err != nil {
		return nil, err
	}
	return rt.handle(a, c)
}

func (a *api) write(c *call, ans *answer) {
	w := c.w
	raw, err := wire.Encode(ans.body)
	if err == nil && len(c.slips) > 0 {
		var field []byte
		if field, err = c.warnings(ans.body); len(field) > 0 {
			raw = wire.AddField(raw, field)
		}
	}
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

// object reads a JSON body.
func (a *api) object(c *call) (request.Fields, error) {
	f, err := a.limits(nil).Object(c.Request)
	if err != nil {
		return nil, err
	}
	return f, a.slipped(c, request.UnknownFields(f, c.route.In))
}

func (a *api) limits(seen func(request.Fields)) request.Limits {
	return request.Limits{Seen: seen, Body: a.MaxBody, JSON: a.MaxJSON, File: a.MaxFile, Files: a.MaxFiles}
}

// acceptor takes files in while they arrive.
type acceptor interface {
	request.Stager
	Examine(ctx context.Context, payer string, files []intake.File) error
	Discard(ctx context.Context, files []intake.File)
}

// receive reads the body of an upload in any of its forms. On an error nothing of
// it is kept.
func (a *api) receive(c *call, desk acceptor) (intake.Upload, error) {
	var slips []request.Slip
	up, err := a.limits(func(f request.Fields) { slips = request.UnknownFields(f, c.route.In) }).Upload(c.Request, desk)
	if err == nil {
		err = a.slipped(c, append(slips, request.Unmatched(&up)...))
	}
	if err == nil && len(up.Payload.Lines) > 0 {
		_, err = c.caller.May(auth.AnalysisOrder)
	}
	if err == nil {
		httpd.BodyRead(c.w)
		err = desk.Examine(c.Context(), a.payer(c), up.Files)
	}
	if err != nil {
		desk.Discard(c.after(), up.Files)
		return intake.Upload{}, err
	}
	return up, nil
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
