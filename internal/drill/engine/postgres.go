package engine

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

// ErrMissing tells that the machine does not have the program.
var ErrMissing = errors.New("is not installed")

// owner is the one role of the cluster.
const owner = "bonafide"

// Postgres is a PostgreSQL server: a cluster of its own in a temporary folder, reached by a
// socket in it, which ends with the process.
type Postgres struct {
	dir   string
	bin   string              // folder of the programs
	who   *syscall.Credential // who they run as; nil: as this process does
	cmd   *exec.Cmd           // nil: it does not run
	log   bytes.Buffer        // read after the end
	ended chan struct{}
}

// StartPostgres makes a cluster and starts its server. It writes to disk as one in
// production.
func StartPostgres(ctx context.Context) (*Postgres, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	return StartPostgresOf(ctx, bin)
}

// StartPostgresOf is StartPostgres with the programs in a folder.
func StartPostgresOf(ctx context.Context, bin string) (*Postgres, error) {
	dir, err := os.MkdirTemp(Folder(), "pg")
	if err != nil {
		return nil, err
	}
	s := &Postgres{dir: dir, bin: bin}
	if err = s.initialize(ctx); err == nil {
		err = s.Resume(ctx)
	}
	if err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// Folder is where a cluster may lie: another user reaches it, and the address of its socket
// is short enough.
func Folder() string {
	const longest = 60 // of 107
	for _, dir := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		if len(dir) <= longest && (os.Getuid() != 0 || Reachable(dir)) {
			return dir
		}
	}
	return ""
}

// Reachable tells whether everybody may enter a folder.
func Reachable(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o001 == 0 {
		return false
	}
	return dir == filepath.Dir(dir) || Reachable(filepath.Dir(dir))
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
		return "", fmt.Errorf("PostgreSQL %w, such as Debian's package postgresql", ErrMissing)
	}
	return filepath.Dir(slices.Max(found)), nil
}

func (s *Postgres) data() string { return filepath.Join(s.dir, "data") }

// Log is the pattern of the files that hold all that is written: the write-ahead log.
func (s *Postgres) Log() string { return filepath.Join(s.data(), "pg_wal", "0*") }

func (s *Postgres) initialize(ctx context.Context) error {
	var err error
	if s.who, err = s.unprivileged(); err != nil {
		return err
	}
	initdb := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), "--pgdata", s.data(), "--username", owner, "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.dir, &syscall.SysProcAttr{Credential: s.who}
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// Resume starts the server, which does not run, and waits until it answers.
func (s *Postgres) Resume(ctx context.Context) error {
	s.log.Reset()
	cmd, ended := exec.Command(filepath.Join(s.bin, "postgres"), "-D", s.data(), "-k", s.dir, "-c", "listen_addresses=",
		"-c", "max_connections=300", "-c", "shared_buffers=64MB"), make(chan struct{})
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, &s.log, &s.log
	// It ends with this process, however that ends: the signal comes when the thread that
	// started it does.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.who, Pdeathsig: syscall.SIGQUIT}
	begun := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		begun <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	if err := <-begun; err != nil {
		return err
	}
	s.cmd, s.ended = cmd, ended
	if err := s.ready(ctx); err != nil {
		s.end(syscall.SIGQUIT)
		return fmt.Errorf("PostgreSQL: %w\n%s", err, s.log.String())
	}
	return nil
}

// Crash ends the server at once, so that it must recover when it is resumed. What it has
// acknowledged stays.
func (s *Postgres) Crash() { s.end(syscall.SIGQUIT) }

// Halt ends the server in good order, without waiting for who is connected.
func (s *Postgres) Halt() { s.end(syscall.SIGINT) }

func (s *Postgres) end(how os.Signal) {
	if s.cmd != nil {
		_ = s.cmd.Process.Signal(how)
		<-s.ended
		s.cmd = nil
	}
}

// unprivileged gives a user other than root, as whom PostgreSQL refuses to run, and the
// folder to them. It is nil where this process is not root's.
func (s *Postgres) unprivileged() (*syscall.Credential, error) {
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
func (s *Postgres) ready(ctx context.Context) error {
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
func (s *Postgres) URL(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: url.Values{"host": {s.dir}, "user": {owner}}.Encode()}
	return u.String()
}

// Create makes a database as a copy of another, to which nobody may be connected.
func (s *Postgres) Create(ctx context.Context, database, template string) error {
	return s.do(ctx, "CREATE DATABASE "+pgx.Identifier{database}.Sanitize()+" TEMPLATE "+pgx.Identifier{template}.Sanitize())
}

// Drop deletes a database, whoever is connected to it.
func (s *Postgres) Drop(ctx context.Context, database string) error {
	return s.do(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{database}.Sanitize()+" WITH (FORCE)")
}

func (s *Postgres) do(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// Stop ends the server and deletes the cluster.
func (s *Postgres) Stop() {
	s.Halt()
	_ = os.RemoveAll(s.dir)
}
