package rest

import (
	"bufio"
	"cmp"
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// Call is one request with what was found out about it.
type Call struct {
	*http.Request
	Writer  http.ResponseWriter // of a handler that writes the response itself
	Caller  *auth.Caller        // nil where no token is asked for
	Scope   bonafide.Scope      // objects on which the caller may do this
	server  *server
	route   Route
	slips   []request.Slip // what of the request nobody reads
	share   *quota.Share   // that the call has a place of, nil for none
	held    []func()       // give back the places that the call has
	working bool           // it has a place to work in
}

// maxStranger is how large a JSON body may be before it is known who sends it.
const maxStranger = 64 << 10

// Object reads a JSON body. Fields that nobody reads are warned of or, in a strict
// company, CodeStructure.
func (c *Call) Object() (request.Fields, error) {
	l := c.server.limits(nil)
	l.Arrived = c.work
	if c.Caller == nil {
		l.JSON = min(l.JSON, maxStranger)
	}
	f, err := l.Object(c.Request)
	if err != nil {
		return nil, err
	}
	return f, c.slipped(request.UnknownFields(f, c.route.In))
}

func (s *server) limits(seen func(request.Fields)) request.Limits {
	return request.Limits{Seen: seen, Body: s.MaxBody, JSON: s.MaxJSON, File: s.MaxFile, Files: s.MaxFiles}
}

// Acceptor takes files in while they arrive.
type Acceptor interface {
	request.Stager
	// Examine finds out what staged files are. A file that is no media is CodeValue.
	Examine(ctx context.Context, payer string, files []intake.File) error
	// Discard lets go of staged files that belong to nothing. It may be called with files
	// that do, and leaves those alone.
	Discard(ctx context.Context, files []intake.File)
}

// Receive reads the body of an upload in any of its forms. On an error nothing of
// it is kept.
func (c *Call) Receive(desk Acceptor) (intake.Upload, error) {
	var slips []request.Slip
	up, err := c.server.limits(func(f request.Fields) { slips = request.UnknownFields(f, c.route.In) }).Upload(c.Request, desk)
	if err == nil {
		err = c.slipped(append(slips, request.Unmatched(&up)...))
	}
	return c.Examined(desk, up, err)
}

// ReceiveRaw is Receive for at most so many files, each as large as a body may be, of which
// nobody finds out what they are.
func (c *Call) ReceiveRaw(desk Acceptor, files int) (intake.Upload, error) {
	var slips []request.Slip
	l := c.server.limits(func(f request.Fields) { slips = request.UnknownFields(f, c.route.In) })
	l.Files, l.File = files, l.Body
	up, err := l.Upload(c.Request, desk)
	if err == nil {
		err = c.slipped(slips)
	}
	if err == nil && len(up.Files) == 0 {
		err = bonafide.Errorf(bonafide.CodeStructure, "There is no file in the request: at least one is needed, as a part with a file name of multipart/form-data")
	}
	if err != nil {
		desk.Discard(c.After(), up.Files)
		return intake.Upload{}, err
	}
	httpd.BodyRead(c.Writer)
	return up, nil
}

// Examined finds out what the files of an upload are, once all of it was read, and may be
// ordered. Where it cannot, or err is set already, nothing of the upload is kept.
func (c *Call) Examined(desk Acceptor, up intake.Upload, err error) (intake.Upload, error) {
	if err == nil && len(up.Payload.Lines) > 0 {
		_, err = c.Caller.May(auth.AnalysisOrder)
	}
	if err == nil {
		httpd.BodyRead(c.Writer)
		err = desk.Examine(c.Context(), c.server.payer(c), up.Files)
	}
	if err != nil {
		desk.Discard(c.After(), up.Files)
		return intake.Upload{}, err
	}
	return up, nil
}

// Container gives the body of a call that sends a data container in the place of media,
// nil for any other. A body without a byte is CodeNoContainer.
func (c *Call) Container() (*bufio.Reader, error) {
	if label, _ := httpd.MediaType(c.Header.Get("Content-Type")); label != request.ContainerType {
		return nil, nil
	}
	return c.server.limits(nil).Container(c.Request)
}

// ID reads an identifier out of the path. What cannot be one does not exist.
func (c *Call) ID(name, noun string) (bonafide.ID, error) {
	id, err := bonafide.ParseID(chi.URLParam(c.Request, name))
	if err != nil {
		return "", bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return id, nil
}

// Values is the query, read leniently.
func (c *Call) Values() url.Values { return query.Values(c.URL.RawQuery) }

// After is a context for tidying up when the request's own may have ended.
func (c *Call) After() context.Context { return context.WithoutCancel(c.Context()) }

// As gives the context and the scope of a call for a permission that only its body
// asks for.
func (c *Call) As(p auth.Permission) (context.Context, bonafide.Scope, error) {
	scope, err := c.Caller.May(p)
	return bonafide.WithActor(c.Context(), bonafide.Actor{UserID: c.Caller.User.ID, Via: string(p)}), scope, err
}

// Token is the access token, "" for none.
func (c *Call) Token() string { return token(c.Request) }

// Now is the time on the server's clock.
func (c *Call) Now() time.Time { return c.server.Now() }

// Client is the address that a call comes from, and whether that is only what an
// undeclared proxy says: see httpd.Proxies.
func (c *Call) Client() (netip.Addr, bool) { return c.server.proxies().Client(c.Request) }

// Language is the language that the caller wants advice in.
func (c *Call) Language() string {
	return cmp.Or(c.URL.Query().Get("lang"), c.Header.Get("Accept-Language"))
}

// Base is what addresses of the server begin with, such as https://id.example.org.
func (c *Call) Base() string {
	if c.server.PublicURL != "" {
		return c.server.PublicURL
	}
	return c.server.proxies().Base(c.Request)
}

// Links finds the base of links in answers.
func (c *Call) Links() wire.Links {
	return wire.LinksAt(c.Base(), c.Language()).Signed(func(key string) string { return c.server.LinkKey.Query(key, c.Now()) })
}

// Linked tells how long the link lasts by which the call asks for a file, 0 where it
// lasts as long as the file.
func (c *Call) Linked(key string) (time.Duration, error) {
	return c.server.LinkKey.Check(key, c.URL.Query(), c.Now())
}

// Signed gives the context of a call that asks for no token, in the name of the caller
// where there is a valid one all the same. via is what else the caller showed.
func (c *Call) Signed(via string) context.Context {
	actor := bonafide.Actor{Via: via}
	if t := token(c.Request); t != "" {
		if caller, err := c.server.Authority.Authenticate(c.Context(), t); err == nil {
			actor.UserID = caller.User.ID
		}
	}
	return bonafide.WithActor(c.Context(), actor)
}

// HTML answers a page for browsers that needs nothing from elsewhere.
func (c *Call) HTML(page []byte, err error) error {
	if err != nil {
		return err
	}
	httpd.Page(c.Writer.Header())
	httpd.Write(c.Writer, http.StatusOK, "text/html; charset=utf-8", page)
	return nil
}

// Failed logs a fault that came after the response had begun, which no answer can tell of
// any more.
func (c *Call) Failed(err error) {
	c.server.front.Failed(c.Request, http.StatusInternalServerError, err)
}

// token finds the access token. The second spelling is a slip in the manual that
// clients have copied; Authorization belongs to others and is not looked at.
func token(r *http.Request) string {
	if t := r.Header.Get("X-Forensic-Access-Token"); t != "" {
		return t
	}
	return r.Header.Get("X-Forensics-Access-Token")
}
