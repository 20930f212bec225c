package rest

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// serve makes a handler of net/http out of a route.
func (s *server) serve(rt Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		note := httpd.NoteOf(r.Context())
		note.Route = rt.Pattern
		if id, err := bonafide.ParseID(chi.URLParam(r, "folder_id")); err == nil {
			note.Folder = string(id)
		}
		body := httpd.LimitBody(w, r, s.MaxBody, s.BodyWait)
		until, cancel := httpd.UntilStop(r.Context(), httpd.LastCall)
		defer cancel()
		defer context.AfterFunc(until, func() { body.End() })()
		c := &Call{Request: r.WithContext(until), Writer: w, server: s, route: rt}
		defer c.leave()
		ans, err := s.answer(rt, c)
		if err != nil {
			c.leave()
			if httpd.Stopping(r.Context()) && r.Context().Err() == nil && (errors.Is(err, context.Canceled) || httpd.TooSlow(err)) {
				err = stopping(err)
			}
			ans, c.slips = Refusal(err), nil
			if bonafide.CodeOf(err) == bonafide.CodeNoRoom && rt.Files != describe.NoFiles {
				ans.Status = http.StatusInsufficientStorage
			}
			s.log(r, ans.Status, err)
			body.Drain(w, r)
		}
		if ans != nil {
			s.write(c, ans)
		}
	}
}

// log says why a request was not answered as it wanted to be. That there is no room for it
// now is no fault.
func (s *server) log(r *http.Request, status int, err error) {
	if bonafide.CodeOf(err) == bonafide.CodeBusy {
		s.front.Refused(r, status, err)
		return
	}
	s.front.Failed(r, status, err)
}

// answer lets the caller in, makes room for the call and hands it to its handler.
func (s *server) answer(rt Route, c *Call) (*Answer, error) {
	if rt.Permission != "" {
		var err error
		if c.Caller, err = s.Authority.Authenticate(c.Context(), token(c.Request)); err != nil {
			return nil, err
		}
		note := httpd.NoteOf(c.Context())
		note.User, note.Company = string(c.Caller.User.ID), string(c.Caller.User.CompanyID)
		if err := s.permit(rt, c); err != nil {
			return nil, err
		}
		actor := bonafide.Actor{UserID: c.Caller.User.ID, Via: string(rt.Permission)}
		c.Request = c.WithContext(bonafide.WithActor(c.Context(), actor))
	}
	payer := s.payer(c)
	c.Request = c.WithContext(quota.WithPayer(c.Context(), payer))
	if c.Caller != nil {
		s.working.Notice(payer)
		if err := s.rate.Count(c.Context(), payer); err != nil {
			return nil, err
		}
	}
	if err := c.enter(rt); err != nil {
		return nil, err
	}
	if err := c.slipped(request.UnknownParameters(c.Values(), rt.Query)); err != nil {
		return nil, err
	}
	return rt.Handle(c)
}

// stopping says that a request was given up because the server ends.
func stopping(err error) error {
	e := bonafide.Wrap(bonafide.CodeBusy, "The server is being stopped, try again", err)
	e.RetryAfter = 5 * time.Second
	return e
}
