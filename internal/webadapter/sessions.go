package webadapter

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
)

// session is one capture from its beginning to its result. It lies in a folder of its
// own, so that every process which serves the page can go on with it.
type session struct {
	ID          string         `json:"id"`
	Begun       time.Time      `json:"begun"`
	Until       time.Time      `json:"until"` // then it is removed
	Tenant      string         `json:"tenant,omitempty"`
	Mode        string         `json:"mode"`               // of results that the page may see
	Actions     []string       `json:"actions"`            // asked of the person, in this order
	Token       string         `json:"token,omitempty"`    // access token that the page brought
	Session     string         `json:"session,omitempty"`  // session token
	Sealed      bool           `json:"sealed,omitempty"`   // media must come in a container
	User        bonafide.ID    `json:"user,omitempty"`     // of this server, in whose name the API is asked
	Link        bonafide.ID    `json:"link,omitempty"`     // hosted link that it belongs to
	Endpoint    string         `json:"endpoint,omitempty"` // webhook of the folder
	Meta        map[string]any `json:"meta,omitempty"`
	Best        bool           `json:"best_shot"`           // parameter of QUALITY
	Host        string         `json:"host,omitempty"`      // under which the page reached the server
	HTTPS       bool           `json:"https,omitempty"`     // and by which scheme
	State       string         `json:"state"`               // open, processing, finished or failed
	ContentType string         `json:"type,omitempty"`      // of the body that came
	Total       int64          `json:"total,omitempty"`     // bytes of the body as announced
	FolderID    string         `json:"folder_id,omitempty"` // that the API made
	Folder      *folder        `json:"folder,omitempty"`    // as the API last showed it
	Asked       time.Time      `json:"asked,omitzero"`      // when it did
	Live        *bool          `json:"live,omitempty"`      // verdict of Oz API Lite
	Failure     *storedFailure `json:"failure,omitempty"`   // why it failed
}

// storedFailure is a failure as it is kept for pages that ask again.
type storedFailure struct {
	Status  int            `json:"status"`
	Code    string         `json:"code"`
	Message string         `json:"message"`
	Context map[string]any `json:"context,omitempty"`
}

// States of a session.
const (
	stateOpen       = "open"
	stateProcessing = "processing"
	stateFinished   = "finished"
	stateFailed     = "failed"
)

// Names of the files of a session.
const (
	recordFile  = "session.json"
	bodyFile    = "body"
	journalFile = "journal"
	lockFile    = "lock"
	leaseFile   = "lease" // touched while a process sends the capture on
)

// sessions keeps sessions.
type sessions struct {
	dir    string
	limits Limits
	now    func() time.Time
	making sync.Mutex   // held while a session is made, or all are counted
	open   int          // sessions
	bytes  atomic.Int64 // of bodies, as counted last, with those that came since
}

func openSessions(dir string, limits Limits, now func() time.Time) (*sessions, error) {
	if dir == "" {
		return nil, errors.New("web adapter: no folder for sessions")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("web adapter: %w", err)
	}
	return &sessions{dir: dir, limits: limits, now: now}, nil
}

// path of a file of a session. The identifier is one, so it leads nowhere else.
func (s *sessions) path(id, name string) string { return filepath.Join(s.dir, id, name) }

// create stores a new session.
func (s *sessions) create(n *session) error {
	if err := s.begin(n.ID); err != nil {
		return err
	}
	return errors.Join(s.write(n), syncDir(s.dir))
}

// begin makes the folder of a session, unless there are too many.
func (s *sessions) begin(id string) error {
	s.making.Lock()
	defer s.making.Unlock()
	if s.open >= s.limits.Sessions {
		e := bonafide.Errorf(bonafide.CodeBusy, "Too many captures are under way, try again later")
		e.RetryAfter = time.Minute
		return e
	}
	if err := os.Mkdir(filepath.Join(s.dir, id), 0o700); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	s.open++
	return nil
}

func (s *sessions) write(n *session) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.path(n.ID, recordFile+".next"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return errors.Join(os.Rename(f.Name(), s.path(n.ID, recordFile)), syncDir(filepath.Join(s.dir, n.ID)))
}

// syncDir makes the names in a folder as durable as its files.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// errNoSession says that a session is unknown or over.
func errNoSession() *failure {
	return &failure{Status: 404, Code: sessionTokenError, Message: "This capture is unknown or over"}
}

// get reads a session that is not over.
func (s *sessions) get(id string) (*session, error) {
	if id == "" {
		return nil, errNoSession()
	}
	raw, err := os.ReadFile(s.path(id, recordFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoSession()
	}
	if err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	n := new(session)
	if err := json.Unmarshal(raw, n); err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	if !s.now().Before(n.Until) {
		return nil, errNoSession()
	}
	return n, nil
}

// change reads a session, lets do make of it what it shall be and stores that, while no
// other request, of this process or another, changes it. do must be short.
func (s *sessions) change(id string, do func(*session) error) (*session, error) {
	if _, err := s.get(id); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(s.path(id, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	defer lock.Close() // ends the lock, too
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX); err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	n, err := s.get(id)
	if err != nil {
		return nil, err
	}
	if err := do(n); err != nil {
		return n, err
	}
	return n, s.write(n)
}

// received tells how many bytes of a session's body are here.
func (s *sessions) received(id string) int64 {
	info, err := os.Stat(s.path(id, bodyFile))
	if err != nil {
		return 0
	}
	return info.Size()
}

// room refuses bytes for which there is none.
func (s *sessions) room(more int64) error {
	if s.bytes.Load()+more <= s.limits.Bytes {
		return nil
	}
	e := bonafide.Errorf(bonafide.CodeBusy, "Too many captures are under way, try again later")
	e.RetryAfter = time.Minute
	return e
}

// add appends a piece to a session's body, whose length is at. The caller holds the
// session.
func (s *sessions) add(id string, at int64, piece []byte) error {
	f, err := os.OpenFile(s.path(id, bodyFile), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	_, err = f.WriteAt(piece, at)
	s.bytes.Add(int64(len(piece)))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return nil
}

// keep stores a whole body beside a session; take puts it in its place.
func (s *sessions) keep(id string, body io.Reader) (file string, size int64, err error) {
	f, err := os.CreateTemp(filepath.Join(s.dir, id), bodyFile+"-*")
	if err != nil {
		return "", 0, fmt.Errorf("session: %w", err)
	}
	size, err = io.Copy(f, body)
	s.bytes.Add(size)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", 0, err
	}
	return f.Name(), size, nil
}

// take makes a kept file the body of a session.
func (s *sessions) take(id, file string) error { return os.Rename(file, s.path(id, bodyFile)) }

// dropBody removes what is no longer needed of a session: pictures of a person.
func (s *sessions) dropBody(id string) {
	s.bytes.Add(-s.received(id))
	_ = os.Remove(s.path(id, bodyFile))
}

// leased tells whether a process that lives is sending the session on.
func (s *sessions) leased(id string) bool {
	info, err := os.Stat(s.path(id, leaseFile))
	return err == nil && s.now().Sub(info.ModTime()) < 3*leaseStep
}

// leaseStep is how often a lease is renewed.
const leaseStep = 5 * time.Second

// lease says that this process is sending the session on.
func (s *sessions) lease(id string) error {
	path, now := s.path(id, leaseFile), s.now()
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return os.Chtimes(path, now, now)
}

// sweep removes sessions that are over, and counts the others. last is called with each
// before it goes, stays with each that does not.
func (s *sessions) sweep(last, stays func(*session)) error {
	entries, err := s.all()
	if err != nil {
		return err
	}
	var size int64
	for _, e := range entries {
		n, over := s.over(e)
		if over {
			if n != nil {
				last(n)
			}
			_ = os.RemoveAll(filepath.Join(s.dir, e.Name()))
			continue
		}
		if n != nil {
			stays(n)
		}
		size += s.received(e.Name())
	}
	s.bytes.Store(size)
	return s.count()
}

// all lists the folders of sessions.
func (s *sessions) all() ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(s.dir)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		id, err := bonafide.ParseID(e.Name())
		return err != nil || string(id) != e.Name() // not ours
	}), err
}

// count counts the sessions, those of other processes, too.
func (s *sessions) count() error {
	s.making.Lock()
	defer s.making.Unlock()
	entries, err := s.all()
	s.open = len(entries)
	return err
}

// over tells whether a session is to be removed. One without a record was torn while it
// began.
func (s *sessions) over(e fs.DirEntry) (*session, bool) {
	raw, err := os.ReadFile(s.path(e.Name(), recordFile))
	if err != nil {
		info, err := e.Info()
		return nil, err == nil && s.now().Sub(info.ModTime()) > time.Hour
	}
	n := new(session)
	if json.Unmarshal(raw, n) != nil {
		return nil, true
	}
	return n, !s.now().Before(n.Until)
}
