// Package company creates and changes companies, and deletes them step by step in
// the background.
//
// A company in deletion is closed at once: its users cannot sign in any more. What
// belongs to it is deleted first, and the company itself, which is marked as in
// deletion, last, so that the next start can continue after an interruption.
package company

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bound"
)

const (
	maxName = 255   // characters
	maxDays = 36500 // a century
)

// Store is the part of store.Store that the register needs.
type Store interface {
	CreateCompany(ctx context.Context, c *bonafide.Company) error
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	Companies(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Company], error)
	ChangeCompany(ctx context.Context, scope bonafide.Scope, id bonafide.ID, change func(*bonafide.Company) error) (*bonafide.Company, error)
	CloseCompany(ctx context.Context, id bonafide.ID) error
	DeleteCompany(ctx context.Context, id bonafide.ID) error
}

// Step removes one kind of things that belong to a company. It may be called
// again after it has returned, and must then find nothing to do.
type Step struct {
	Name   string // for the log
	Remove func(ctx context.Context, company bonafide.ID) error
}

// Options tune a register; the zero value is fit for use.
type Options struct {
	Steps  []Step        // what goes before the users, in this order
	Bounds bound.Limits  // of the installation, than which no company may be laxer
	Retry  time.Duration // until what failed, and what other processes have closed, is looked for again; 0 means a minute
	Log    *slog.Logger  // nil means none
}

// Register creates, changes and deletes companies. It is safe for concurrent use.
type Register struct {
	store  Store
	steps  []Step
	bounds bound.Limits
	retry  time.Duration
	log    *slog.Logger
	wake   chan struct{}
}

// New makes a register.
func New(store Store, o Options) *Register {
	r := &Register{store: store, bounds: o.Bounds, retry: o.Retry, log: o.Log, wake: make(chan struct{}, 1)}
	if r.retry <= 0 {
		r.retry = time.Minute
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	r.steps = o.Steps
	return r
}

// Create makes a company. A name that is empty or too long is CodeValue.
func (r *Register) Create(ctx context.Context, name string) (*bonafide.Company, error) {
	name, err := checkName(name)
	if err != nil {
		return nil, err
	}
	c := &bonafide.Company{ID: bonafide.NewID(), Name: name}
	if err := r.store.CreateCompany(ctx, c); err != nil {
		return nil, fmt.Errorf("create company: %w", err)
	}
	return c, nil
}

// Find gives a company inside the scope.
func (r *Register) Find(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Company, error) {
	if scope.Nothing || scope.CompanyID != "" && scope.CompanyID != id {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	return r.store.Company(ctx, id)
}

// Change is a change of a company; nil leaves as it is.
type Change struct {
	Name           *string
	KeepMediaDays  *int  // 0 means for ever
	KeepResultDays *int  // 0 means for ever
	Strict         *bool // requests with anything that nobody reads are refused
	LogReads       *bool // each reading of a file with a face is noted in the audit log
	// Limits of package bound by name; nil takes one away.
	Limits map[string]*float64
}

// Empty tells that nothing would change.
func (ch Change) Empty() bool {
	return ch.Name == nil && ch.KeepMediaDays == nil && ch.KeepResultDays == nil && ch.Strict == nil && ch.LogReads == nil && len(ch.Limits) == 0
}

// Change changes a company inside the scope. An invalid name or number of days is
// CodeValue, and so is a limit that is laxer than the installation's.
func (r *Register) Change(ctx context.Context, scope bonafide.Scope, id bonafide.ID, ch Change) (*bonafide.Company, error) {
	c, err := r.store.ChangeCompany(ctx, scope, id, func(c *bonafide.Company) error {
		if err := ch.limit(c, r.bounds); err != nil {
			return err
		}
		return ch.apply(c)
	})
	if err != nil {
		return nil, fmt.Errorf("change company: %w", err)
	}
	return c, nil
}

// limit sets and takes away limits.
func (ch Change) limit(c *bonafide.Company, above bound.Limits) error {
	if len(ch.Limits) == 0 {
		return nil
	}
	c.TechnicalMeta = maps.Clone(c.TechnicalMeta)
	if c.TechnicalMeta == nil {
		c.TechnicalMeta = bonafide.Meta{}
	}
	own := bound.Limits{}
	for name, v := range ch.Limits {
		delete(c.TechnicalMeta, name)
		switch {
		case v == nil:
		case name == bound.VerifyGestures:
			c.TechnicalMeta[name] = *v != 0
		default:
			c.TechnicalMeta[name], own[name] = *v, *v
		}
	}
	return own.Check(above)
}

func (ch Change) apply(c *bonafide.Company) error {
	if ch.Name != nil {
		name, err := checkName(*ch.Name)
		if err != nil {
			return err
		}
		c.Name = name
	}
	for name, on := range map[string]*bool{"strict": ch.Strict, "log_reads": ch.LogReads} {
		if on == nil {
			continue
		}
		c.TechnicalMeta = maps.Clone(c.TechnicalMeta)
		if c.TechnicalMeta == nil {
			c.TechnicalMeta = bonafide.Meta{}
		}
		if delete(c.TechnicalMeta, name); *on {
			c.TechnicalMeta[name] = true
		}
	}
	for days, to := range map[*int]*int{ch.KeepMediaDays: &c.KeepMediaDays, ch.KeepResultDays: &c.KeepResultDays} {
		if days == nil {
			continue
		}
		if *days < 0 || *days > maxDays {
			return bonafide.Errorf(bonafide.CodeValue, "Invalid number of days %d, from 1 to %d, or null for ever", *days, maxDays)
		}
		*to = *days
	}
	return nil
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > maxName {
		return "", bonafide.Errorf(bonafide.CodeValue, "Invalid name of a company, from 1 to %d characters", maxName)
	}
	return name, nil
}

// Delete closes a company inside the scope. Run deletes it.
func (r *Register) Delete(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error {
	if _, err := r.Find(ctx, scope, id); err != nil {
		return err
	}
	if err := r.store.CloseCompany(ctx, id); err != nil {
		return fmt.Errorf("close company: %w", err)
	}
	select {
	case r.wake <- struct{}{}:
	default: // one is pending already
	}
	return nil
}

// Run deletes closed companies until ctx ends, beginning with those that an earlier
// run has left. Several processes may do so.
func (r *Register) Run(ctx context.Context) {
	for ctx.Err() == nil {
		r.Sweep(ctx)
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-time.After(r.retry):
		}
	}
}

// Sweep deletes every closed company; done is false where something is
// left.
func (r *Register) Sweep(ctx context.Context) (done bool) {
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "company.delete"})
	page, err := r.store.Companies(ctx, bonafide.Scope{}, bonafide.Query{Limit: -1, OmitTotal: true,
		Filters: []bonafide.Filter{{Field: "in_deletion", Op: bonafide.OpIn, Values: []any{true}}}})
	if err != nil {
		r.report(ctx, "companies in deletion were not found", err)
		return false
	}
	done = true
	for _, c := range page.Items {
		if err := r.remove(ctx, c.ID); err != nil {
			r.report(ctx, "company was not deleted yet", err, "company", c.ID)
			done = false
		}
	}
	return done
}

// report logs an error, unless it comes of the end of the server.
func (r *Register) report(ctx context.Context, message string, err error, args ...any) {
	if ctx.Err() == nil {
		r.log.WarnContext(ctx, message, append(args, "error", err)...)
	}
}

func (r *Register) remove(ctx context.Context, id bonafide.ID) error {
	for _, s := range r.steps {
		if err := s.Remove(ctx, id); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	if err := r.store.DeleteCompany(ctx, id); bonafide.CodeOf(err) != bonafide.CodeNotFound { // else another process has
		return err
	}
	return nil
}
