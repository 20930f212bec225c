package httpd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Paths that probes ask.
const (
	AlivePath = "/healthz"
	ReadyPath = "/readyz"
)

const (
	checkWithin = 2 * time.Second // an answer of a check
	checkEvery  = time.Second     // at most, however often probes ask
)

// Check is one thing that a server needs to do its work.
type Check struct {
	Name string
	// Fault says what is wrong when Ask fails, to everybody: no names, addresses or paths.
	Fault string
	// Degrades is set where the server does most of its work without it, or where
	// sending requests elsewhere would help nobody: the server is ready all the same.
	Degrades bool
	// Every is how long an answer is good for; zero is a second.
	Every time.Duration
	// Ask is called by one goroutine at a time. Its error is for the log.
	Ask func(ctx context.Context) error
}

// Readiness tells whether a server can do its work. What it finds out is kept for a
// moment, so that strangers who ask cost nothing. It is safe for concurrent use.
type Readiness struct {
	log    *slog.Logger
	checks []*checked
}

// NewReadiness makes a readiness of checks, in the order in which they are told.
func NewReadiness(log *slog.Logger, checks ...Check) *Readiness {
	r := &Readiness{log: log}
	for _, c := range checks {
		if c.Every == 0 {
			c.Every = checkEvery
		}
		r.checks = append(r.checks, &checked{Check: c})
	}
	return r
}

// checked is a check with what it said last.
type checked struct {
	Check
	mu    sync.Mutex
	asked chan struct{} // closed when the question that is under way is answered; nil: none is
	until time.Time     // that the answer is good
	err   error
}

// errSlow says that a check has not answered in time.
var errSlow = errors.New("no answer in time")

// state gives the last answer where it is good, else asks. Who comes while others wait
// waits for the same answer. A question that hangs is not asked again until it ends.
func (c *checked) state(ctx context.Context, log *slog.Logger) error {
	c.mu.Lock()
	if time.Now().Before(c.until) {
		defer c.mu.Unlock()
		return c.err
	}
	asked := c.asked
	if asked == nil {
		asked = make(chan struct{})
		c.asked = asked
		go c.ask(context.WithoutCancel(ctx), asked, log)
	}
	c.mu.Unlock()
	wait := time.NewTimer(checkWithin)
	defer wait.Stop()
	select {
	case <-asked:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.err
	case <-wait.C:
		return errSlow
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ask notes the answer, and logs it where it is another one than before.
func (c *checked) ask(ctx context.Context, asked chan struct{}, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	err := c.Ask(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if (err == nil) != (c.err == nil) {
		if err != nil {
			log.Warn("not all is well", "check", c.Name, "error", err)
		} else {
			log.Info("all is well again", "check", c.Name)
		}
	}
	c.err, c.until, c.asked = err, time.Now().Add(c.Every), nil
	close(asked)
}

// finding is what one check says, a line of the answer.
type finding struct {
	Name  string `json:"name"`
	OK    bool   `json:"ok"`
	Fault string `json:"fault,omitempty"`
}

// How ready a server is.
const (
	ready    = "ready"
	degraded = "degraded" // ready, but not all is well
	notReady = "not ready"
	stopping = "stopping"
)

// look asks all checks at the same time.
func (r *Readiness) look(ctx context.Context) (status string, found []finding) {
	found = make([]finding, len(r.checks))
	var asking sync.WaitGroup
	for i, c := range r.checks {
		asking.Go(func() {
			found[i] = finding{Name: c.Name, OK: c.state(ctx, r.log) == nil}
		})
	}
	asking.Wait()
	status = ready
	for i, c := range r.checks {
		if found[i].OK {
			continue
		}
		found[i].Fault = c.Fault
		if !c.Degrades {
			status = notReady
		} else if status == ready {
			status = degraded
		}
	}
	if Stopping(ctx) {
		status = stopping
	}
	return status, found
}

// Checks tells by name which checks are all right.
func (r *Readiness) Checks(ctx context.Context) map[string]bool {
	_, found := r.look(ctx)
	all := make(map[string]bool, len(found))
	for _, f := range found {
		all[f.Name] = f.OK
	}
	return all
}

// ServeHTTP answers with a line of JSON for each check, and 503 where the server is not
// ready.
func (r *Readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, found := r.look(req.Context())
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"status\": %q, \"checks\": [", status)
	for i, f := range found {
		if i > 0 {
			b.WriteByte(',')
		}
		line, _ := json.Marshal(f) // words and truth always can be
		b.WriteString("\n  ")
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	code := http.StatusOK
	if status == notReady || status == stopping {
		code = http.StatusServiceUnavailable
	}
	Write(w, code, "application/json", b.Bytes())
}

// alive says that the process answers. It asks nothing, so that who is restarted for it
// is never restarted for a fault of others.
func alive(w http.ResponseWriter, _ *http.Request) {
	Write(w, http.StatusOK, "application/json", []byte("{\"status\": \"ok\"}\n"))
}

// Probes answers probes before next. Where next answers whether it is alive, it is left
// to do so.
func Probes(r *Readiness, next http.Handler, answersAlive bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		asks := req.Method == http.MethodGet || req.Method == http.MethodHead
		switch path := Clean(req.URL.Path); {
		case asks && path == ReadyPath:
			r.ServeHTTP(w, req)
		case asks && path == AlivePath && !answersAlive:
			alive(w, req)
		default:
			next.ServeHTTP(w, req)
		}
	})
}
