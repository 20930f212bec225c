package webadapter

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"time"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// Bounds of the journal of one session, in bytes.
const (
	maxEvents  = 64 << 10 // of one call
	maxJournal = 256 << 10
)

// event is something that happened while a person was being captured.
type event struct {
	Event   string         `json:"event"`
	Ms      float64        `json:"t_ms"` // since the session began
	Context map[string]any `json:"context,omitempty"`
}

// events takes what a page tells of a capture.
func (a *adapter) events(c *call) error {
	if err := count(a.told, c); err != nil {
		return err
	}
	var body struct {
		Events []event `json:"events"`
	}
	if err := readJSON(c, maxEvents, &body); err != nil {
		return err
	}
	var lines bytes.Buffer
	for _, e := range body.Events {
		if !appconfig.IsWord(e.Event) {
			return refused(configError, "An event needs a name of letters, digits, _ and -")
		}
		raw, err := json.Marshal(e)
		if err != nil {
			return err
		}
		lines.Write(append(raw, '\n'))
	}
	n, err := a.sessions.change(esidOf(c.Request), func(n *session) error { return a.sessions.journal(n.ID, lines.Bytes()) })
	if err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusNoContent)
	if n.State == stateFinished || n.State == stateFailed {
		a.running.begin(func() {
			ctx, cancel := context.WithTimeout(a.running.life, callWithin)
			defer cancel()
			a.sendJournal(ctx, n)
		})
	}
	return nil
}

// journal adds lines to a session's journal. What does not fit any more is dropped: it
// must not stop a capture.
func (s *sessions) journal(id string, lines []byte) error {
	f, err := os.OpenFile(s.path(id, journalFile), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size()+int64(len(lines)) > maxJournal {
		return err
	}
	_, err = f.Write(lines)
	return err
}

// eventsOf gives the events of a session.
func (s *sessions) eventsOf(id string) []json.RawMessage {
	raw, err := os.ReadFile(s.path(id, journalFile))
	if err != nil {
		return nil
	}
	var events []json.RawMessage
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, maxEvents)
	for lines.Scan() {
		if json.Valid(lines.Bytes()) {
			events = append(events, bytes.Clone(lines.Bytes()))
		}
	}
	return events
}

// tellJournal sends the journal of a session that has ended.
func (a *adapter) tellJournal(ctx context.Context, id string) {
	if n, err := a.sessions.get(id); err == nil {
		a.sendJournal(ctx, n)
	}
}

// sendJournal stores a session's journal with the API, under the session's identifier.
// That it fails is logged and no more: a verdict does not depend on it.
func (a *adapter) sendJournal(ctx context.Context, n *session) {
	events := a.sessions.eventsOf(n.ID)
	s := a.settingsOf(n)
	if len(events) == 0 || s.Architecture == appconfig.Lite {
		return
	}
	u, err := a.api(ctx, s, n)
	if err == nil {
		err = u.saveJournal(ctx, map[string]any{"session_id": n.ID, "folder_id": n.FolderID, "source": "web", "state": n.State,
			"begun": n.Begun.UTC().Format(time.RFC3339), "actions": n.Actions, "events": events})
	}
	if err != nil && ctx.Err() == nil {
		a.Log.Warn("the journal of a capture was not stored", "session", n.ID, "error", err)
	}
}

// telemetry takes what the vendor's pages tell of themselves. Nothing of it is kept.
func (a *adapter) telemetry(c *call) error {
	if err := count(a.told, c); err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
