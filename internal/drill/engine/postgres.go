package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing tells that the machine has no PostgreSQL.
var ErrMissing = errors.New("PostgreSQL is not installed, such as Debian's package postgresql")

// owner is the one role of the cluster.
const owner = "bonafide"

// Server is a running PostgreSQL: a cluster of its own in a temporary folder, reached by a
// socket in it, which ends with the process.
type Server struct {
	dir   string
	cmd   *exec.Cmd
	log   bytes.Buffer // read after the end
	ended chan struct{}
}

// Start makes a cluster and starts its server. It writes to disk as one in production.
func Start(ctx context.Context) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(folder(), "pg")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, ended: make(chan struct{})}
	if err := s.start(ctx, bin); err != nil {
		s.Stop()
		return nil, fmt.Errorf("PostgreSQL: %w\n%s", err, s.log.String())
	}
	return s, nil
}

// folder is where a cluster may lie: another user reaches it, and the address of its socket
// is short enough.
func folder() string {
	const longest = 60 // of 107
	for _, dir := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		if len(dir) <= longest && (os.Getuid() != 0 || open(dir)) {
			return dir
		}
	}
	return ""
}

// open tells whether everybody may enter a folder.
func open(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o001 == 0 {
		return false
	}
	return dir == filepath.Dir(dir) || open(filepath.Dir(dir))
}

// programs is the folder of the newest version.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // Debian's
	if err != nil {
		return "", err
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		return "", ErrMissing
	}
	return filepath.Dir(slices.Max(found)), nil
}

func (s *Server) start(ctx context.Context, bin string) error {
	who, err := s.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata", data, "--username", owner, "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.dir, &syscall.SysProcAttr{Credential: who}
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=300",
		"-c", "shared_buffers=64MB")
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = s.dir, &s.log, &s.log
	// It ends with this process, however that ends: the signal comes when the thread that
	// started it does.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who, Pdeathsig: syscall.SIGQUIT}
	begun := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer close(s.ended)
		err := s.cmd.Start()
		begun <- err
		if err == nil {
			_ = s.cmd.Wait()
		}
	}()
	if err := <-begun; err != nil {
		return err
	}
	return s.ready(ctx)
}

// unprivileged gives a user other than root, as whom PostgreSQL refuses to run, and the
// folder to them. It is nil where this process is not root's.
func (s *Server) unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(s.dir, int(uid), int(gid))
}

// ready waits until the server answers or has ended.
func (s *Server) ready(ctx context.Context) error {
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-s.ended:
			return fmt.Errorf("it has ended: %s", s.cmd.ProcessState)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// URL is the address of a database.
func (s *Server) URL(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: url.Values{"host": {s.dir}, "user": {owner}}.Encode()}
	return u.String()
}

// Create makes a database as a copy of another, to which nobody may be connected.
func (s *Server) Create(ctx context.Context, database, template string) error {
	return s.do(ctx, "CREATE DATABASE "+pgx.Identifier{database}.Sanitize()+" TEMPLATE "+pgx.Identifier{template}.Sanitize())
}

// Drop deletes a database, whoever is connected to it.
func (s *Server) Drop(ctx context.Context, database string) error {
	return s.do(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{database}.Sanitize()+" WITH (FORCE)")
}

func (s *Server) do(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// Stop ends the server and deletes the cluster.
func (s *Server) Stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGINT) // do not wait for who is connected
		<-s.ended
	}
	_ = os.RemoveAll(s.dir)
}
