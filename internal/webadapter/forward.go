package webadapter

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// running is what goes on beside requests, and the sessions that are being sent on.
type running struct {
	life  context.Context
	stop  context.CancelFunc
	tasks sync.WaitGroup
	mu    sync.Mutex
	under map[string]bool
	ended bool
}

func newRunning(ctx context.Context) *running {
	life, stop := context.WithCancel(ctx)
	return &running{life: life, stop: stop, under: map[string]bool{}}
}

// begin does something beside requests, unless all has ended.
func (r *running) begin(do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ended {
		r.tasks.Go(do)
	}
}

// end ends all that was begun and waits for it.
func (r *running) end() {
	r.stop()
	r.mu.Lock()
	r.ended = true
	r.mu.Unlock()
	r.tasks.Wait()
}

// enter tells whether a session is not yet under way here, and notes that it is.
func (r *running) enter(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.under[id] {
		return false
	}
	r.under[id] = true
	return true
}

func (r *running) leave(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.under, id)
}

// Pauses between tries to reach the API, and between questions whether it is done.
const (
	firstPause = 2 * time.Second
	tries      = 4
	pollPause  = 2 * time.Second
	pollWithin = time.Hour
)

// start sends a capture on, in the background: its page may close meanwhile. again is
// set where another process, or this one before it ended, may have done so already.
func (a *adapter) start(id string, again bool) {
	if !a.running.enter(id) {
		return
	}
	ctx := a.running.life
	if a.sessions.lease(id) != nil {
		a.running.leave(id)
		return
	}
	a.running.begin(func() {
		defer a.running.leave(id)
		held, release := context.WithCancel(ctx)
		defer release()
		a.running.begin(func() { a.holdLease(held, id) })
		err := a.forward(ctx, id, again)
		if ctx.Err() != nil {
			return // the next start goes on with it
		}
		if err != nil {
			a.fail(id, err)
		}
		a.sessions.dropBody(id)
		a.tellJournal(ctx, id)
	})
}

func (a *adapter) holdLease(ctx context.Context, id string) {
	tick := time.NewTicker(leaseStep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = a.sessions.lease(id) // a full disk: another process may try too, and the token stops the second
		}
	}
}

// fail stores why a session failed, and gives a hosted link back: nothing came of it.
func (a *adapter) fail(id string, err error) {
	f := failureOf(err)
	a.Log.Warn("capture failed", "session", id, "code", f.Code, "error", err)
	n, err := a.sessions.change(id, func(n *session) error {
		n.State, n.Failure = stateFailed, &storedFailure{Status: f.Status, Code: f.Code, Message: f.Message, Context: f.Context}
		return nil
	})
	if err != nil {
		a.Log.Error("a failed capture cannot be noted", "session", id, "error", err)
		return
	}
	a.returnLink(n)
}

// forward has a capture judged.
func (a *adapter) forward(ctx context.Context, id string, again bool) error {
	n, err := a.sessions.get(id)
	if err != nil || n.State != stateProcessing {
		return err
	}
	release, err := a.forwards.Take(ctx, n.Tenant)
	if err != nil {
		return err
	}
	defer release()
	s := a.settingsOf(n)
	u, err := a.api(ctx, s, n)
	if err != nil {
		return err
	}
	if s.Architecture == appconfig.Lite {
		return a.forwardLite(ctx, u, n)
	}
	f, err := a.folderFor(ctx, u, n, again)
	if err != nil {
		return err
	}
	if n, err = a.note(n.ID, f); err != nil {
		return err
	}
	if m, ok := f.Meta.(map[string]any); n.Link != "" || !ok || m[metaSession] != n.ID {
		if err := u.nameSession(ctx, f.ID, n); err != nil {
			a.Log.Warn("a folder does not name its session", "session", n.ID, "error", err)
		}
	}
	return a.poll(ctx, u, n)
}

// metaSession is the key of a folder's metadata that names the session.
const metaSession = "event_session_id"

// folderFor makes the folder. What fails for reasons of the way there is tried again,
// after a look whether the folder was made all the same.
func (a *adapter) folderFor(ctx context.Context, u *upstream, n *session, again bool) (*folder, error) {
	if n.FolderID != "" {
		return u.folder(ctx, n.FolderID)
	}
	pause := firstPause
	for try := 1; ; try++ {
		if again {
			if f, err := u.folderOf(ctx, n.ID); err == nil && f != nil {
				return f, nil
			}
		}
		f, err := a.send(ctx, u, n)
		var refusal *apiError
		if err == nil || !errors.As(err, &refusal) || refusal.status != 0 && refusal.status < 500 && refusal.status != http.StatusTooManyRequests || try == tries {
			return f, err
		}
		a.Log.Warn("the API did not take a capture, trying again", "session", n.ID, "error", err)
		again = true
		if err := sleep(ctx, max(pause, min(refusal.wait, time.Minute))); err != nil {
			return nil, err
		}
		pause *= 3
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// send makes the API's single request of a capture.
func (a *adapter) send(ctx context.Context, u *upstream, n *session) (*folder, error) {
	body, err := os.Open(a.sessions.path(n.ID, bodyFile))
	if err != nil {
		return nil, err
	}
	defer body.Close()
	kind, params := httpd.MediaType(n.ContentType)
	if kind == sealedType {
		return u.createFolder(ctx, capture{sealedType, n.Session, n.Endpoint, body, n.Total})
	}
	m, err := readManifest(body, params["boundary"])
	if err != nil {
		return nil, err
	}
	request, err := newSingle(a.settingsOf(n), n, m)
	if err != nil {
		return nil, err
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	content, contentType := request.stream(body, params["boundary"])
	defer content.Close()
	return u.createFolder(ctx, capture{contentType, n.Session, "", content, -1})
}

// note stores what the API shows of a folder.
func (a *adapter) note(id string, f *folder) (*session, error) {
	return a.sessions.change(id, func(n *session) error {
		n.FolderID, n.Folder, n.Asked = f.ID, f, a.Now()
		if allEnded(f) {
			n.State = stateFinished
		}
		return nil
	})
}

// poll asks until all analyses have ended.
func (a *adapter) poll(ctx context.Context, u *upstream, n *session) error {
	until := a.Now().Add(pollWithin)
	for n.State == stateProcessing {
		if a.Now().After(until) {
			return &failure{Status: http.StatusGatewayTimeout, Code: analysisFailed, Message: "The analyses took too long"}
		}
		if err := sleep(ctx, pollPause); err != nil {
			return err
		}
		f, err := u.folder(ctx, n.FolderID)
		if err != nil {
			var refusal *apiError
			if errors.As(err, &refusal) && (refusal.status == 0 || refusal.status >= 500 || refusal.status == http.StatusTooManyRequests) {
				continue // it may come back
			}
			return err
		}
		if n, err = a.note(n.ID, f); err != nil {
			return err
		}
	}
	a.finishLink(n)
	return nil
}

// forwardLite has the best frames judged by Oz API Lite. All of them must pass.
func (a *adapter) forwardLite(ctx context.Context, u *upstream, n *session) error {
	body, err := os.Open(a.sessions.path(n.ID, bodyFile))
	if err != nil {
		return err
	}
	defer body.Close()
	kind, params := httpd.MediaType(n.ContentType)
	if kind != partsType {
		return refused(uploadFailed, "With this architecture captures come as %s", partsType)
	}
	m, err := readManifest(body, params["boundary"])
	if err != nil {
		return err
	}
	if err := m.matches(n.Actions); err != nil {
		return err
	}
	pictures, err := bestFrames(body, params["boundary"], m)
	if err != nil {
		return err
	}
	live := len(pictures) > 0
	for _, p := range pictures {
		passed, err := u.live(ctx, http.DetectContentType(p), p)
		var refusal *apiError
		if errors.As(err, &refusal) && refusal.status == http.StatusBadRequest {
			passed, err = false, nil // there is no face that could be judged
		}
		if err != nil {
			return err
		}
		live = live && passed
	}
	_, err = a.sessions.change(n.ID, func(n *session) error {
		n.State, n.Live = stateFinished, &live
		return nil
	})
	return err
}

// sweep removes old sessions and goes on with those that nobody works on.
func (a *adapter) sweep(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		err := a.sessions.sweep(func(n *session) {
			if n.State == stateOpen {
				a.sendJournal(ctx, n)
			}
		}, func(n *session) {
			switch {
			case n.State == stateOpen || a.sessions.leased(n.ID):
			case n.State == stateProcessing:
				a.start(n.ID, true)
			default:
				a.sessions.dropBody(n.ID) // of a process that ended before it could
			}
		})
		if err != nil {
			a.Log.Error("old captures are not removed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
