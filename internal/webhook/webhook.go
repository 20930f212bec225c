// Package webhook delivers what the outbox holds: it tells the receivers that
// clients named that a group of analyses has ended.
//
// A delivery is attempted until the receiver acknowledges it with a status of the
// 2xx class, at growing intervals and for days, and at least once: a crash in the
// middle of an attempt repeats it. A slow receiver does not delay the others. The
// body is rendered for each attempt, so that it holds the folder as it is when it is
// sent, and no copy is kept here.
package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

const (
	attemptLimit = 10 * time.Second              // of one attempt, from the name to the end of the answer
	leaseFor     = attemptLimit + 10*time.Second // and a margin for the store
	perTarget    = 4                             // attempts under way to one receiver
	perCompany   = 64                            // attempts under way of one company, whose receivers may all hang
	maxAttempts  = 256                           // attempts under way
	pollEvery    = time.Second                   // for retries, and for what a crash left
	maxAnswer    = 64 << 10                      // bytes of an answer that are read, so that its connection can be used again
	maxHeader    = 64 << 10                      // bytes of an answer's header
	growth       = 3                             // of the pause from one attempt to the next
)

// Outbox is the part of store.Deliveries and store.WebhookSecrets that delivering needs.
type Outbox interface {
	ClaimDeliveries(ctx context.Context, lease time.Duration, most store.DeliveryLimits) ([]bonafide.Delivery, error)
	EndAttempt(ctx context.Context, d *bonafide.Delivery, a bonafide.DeliveryAttempt) error
	DeliveryBell() <-chan struct{}
	WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error)
}

// Renderer makes the body of a delivery: the JSON that the API answers when the
// folder is read with its analyses. CodeNotFound means that it has been deleted.
type Renderer interface {
	RenderFolder(ctx context.Context, id bonafide.ID) ([]byte, error)
}

// Defaults of the settings.
const (
	DefaultFirstPause = 5 * time.Second
	DefaultPatience   = 72 * time.Hour
)

// Options say how deliveries are attempted. A zero duration means the default that
// is named beside it.
type Options struct {
	Guard      Guard
	FirstPause time.Duration // after the first failed attempt: DefaultFirstPause; it then grows threefold
	LastPause  time.Duration // and no further than this: 6 h
	Patience   time.Duration // a delivery is given up when the next attempt would come later: DefaultPatience
	Agent      string        // User-Agent
	Log        *slog.Logger
}

// Dispatcher delivers. Make it with New.
type Dispatcher struct {
	outbox Outbox
	render Renderer
	opts   Options
	client *http.Client
}

// New makes a dispatcher.
func New(outbox Outbox, render Renderer, o Options) *Dispatcher {
	pause := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	pause(&o.FirstPause, DefaultFirstPause)
	pause(&o.LastPause, 6*time.Hour)
	pause(&o.Patience, DefaultPatience)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	transport := &http.Transport{
		// No proxy: it would connect to what the guard refuses.
		DialContext:            o.Guard.dialer().DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxConnsPerHost:        perTarget,
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           maxAttempts,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}
	return &Dispatcher{outbox: outbox, render: render, opts: o, client: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Run delivers until ctx ends, then waits for the attempts under way.
func (c *Dispatcher) Run(ctx context.Context) {
	var underWay sync.WaitGroup
	defer c.client.CloseIdleConnections()
	defer underWay.Wait()
	free := make(chan struct{}, maxAttempts) // one per attempt that has just ended
	slots := maxAttempts
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		// Attempts that have begun are finished even after ctx has ended.
		claimed, err := c.outbox.ClaimDeliveries(ctx, leaseFor, store.DeliveryLimits{Target: perTarget, Company: perCompany, All: slots})
		if err != nil && ctx.Err() == nil {
			c.opts.Log.ErrorContext(ctx, "webhooks: outbox", "error", err)
		}
		slots -= len(claimed)
		for i := range claimed {
			underWay.Go(func() {
				c.attempt(context.WithoutCancel(ctx), &claimed[i])
				free <- struct{}{}
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-free:
			slots++
		case <-tick.C:
		case <-c.outbox.DeliveryBell():
		}
		for len(free) > 0 {
			<-free
			slots++
		}
	}
}

// attempt makes one attempt and writes down how it went.
func (c *Dispatcher) attempt(ctx context.Context, d *bonafide.Delivery) {
	start := time.Now()
	limited, cancel := context.WithTimeout(ctx, attemptLimit)
	defer cancel()
	a := bonafide.DeliveryAttempt{Number: d.Attempts}
	var err error
	a.Status, err = c.send(limited, d, start)
	a.Took = time.Since(start)
	a.Failure = classify(a.Status, err)
	c.settle(d, a.Failure, time.Now())
	level := slog.LevelInfo
	if d.State != bonafide.DeliveryDelivered {
		level = slog.LevelWarn
	}
	c.opts.Log.Log(ctx, level, "webhook", "delivery", d.ID, "attempt", a.Number, "state", d.State,
		"status", a.Status, "failure", a.Failure, "took_ms", a.Took.Milliseconds())
	// Where this fails the lease runs out, and the attempt is made again.
	if err := c.outbox.EndAttempt(ctx, d, a); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
		c.opts.Log.ErrorContext(ctx, "webhooks: outbox", "delivery", d.ID, "error", err)
	}
}

// settle sets the state of the delivery and the time of its next attempt.
func (c *Dispatcher) settle(d *bonafide.Delivery, failure string, now time.Time) {
	if failure == "" {
		d.State, d.NextAttempt = bonafide.DeliveryDelivered, time.Time{}
		return
	}
	d.NextAttempt = now.Add(c.pause(d.Attempts))
	if failure == failureGone || d.NextAttempt.Sub(d.RetrySince) > c.opts.Patience {
		d.State, d.NextAttempt = bonafide.DeliveryGivenUp, time.Time{}
	}
}

// pause is how long to wait after attempt n, with up to a tenth more, so that
// attempts that failed together are not repeated together.
func (c *Dispatcher) pause(n int) time.Duration {
	p := c.opts.FirstPause
	for ; n > 1 && p < c.opts.LastPause; n-- {
		p *= growth
	}
	p = min(p, c.opts.LastPause)
	return p + rand.N(p/10+1)
}

// send posts the folder and gives the status of the answer.
func (c *Dispatcher) send(ctx context.Context, d *bonafide.Delivery, at time.Time) (int, error) {
	if err := c.opts.Guard.Check(d.Endpoint); err != nil { // the settings may have changed
		return 0, fmt.Errorf("%w: %w", errRefused, err)
	}
	body, err := c.render.RenderFolder(ctx, d.FolderID)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return 0, errGone
	}
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errInternal, err)
	}
	secrets, err := c.outbox.WebhookSecrets(ctx, d.CompanyID)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errInternal, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Endpoint, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", c.opts.Agent)
	req.Header.Set(AttemptHeader, strconv.Itoa(d.Attempts))
	if err := sign(req.Header, d.ID, at, body, secrets); err != nil {
		return 0, fmt.Errorf("%w: %w", errInternal, err)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer) // only the status matters
	return resp.StatusCode, nil
}

var (
	errGone     = errors.New("the folder has been deleted")
	errInternal = errors.New("the delivery could not be prepared")
)

const failureGone = "gone"

// classify names what went wrong with an attempt, "" for nothing.
func classify(status int, err error) string {
	var (
		name      *net.DNSError
		operation *net.OpError
		untrusted *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		alert     tls.AlertError
	)
	switch {
	case err == nil && status/100 == 2:
		return ""
	case err == nil && status/100 == 3:
		return "redirect"
	case err == nil:
		return "status"
	case errors.Is(err, errGone):
		return failureGone
	case errors.Is(err, errInternal):
		return "internal"
	case errors.Is(err, errRefused):
		return "refused_target"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.As(err, &name):
		return "name"
	case errors.As(err, &untrusted), errors.As(err, &record), errors.As(err, &alert), errors.Is(err, http.ErrSchemeMismatch):
		return "tls"
	case errors.As(err, &operation) && operation.Op == "dial":
		return "connect"
	}
	return "protocol"
}
