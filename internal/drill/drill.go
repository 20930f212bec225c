// Package drill proves on a real server what its documentation promises about
// crashes and about one company beside another: a drill runs the server's binary on a
// data folder of its own. It kills it with SIGKILL while clients work, starts it again
// and looks for what is missing, or floods it as one company and watches another.
package drill

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide/client"
)

// server is a process of the server's binary. Its data folder and address are its
// own and outlast the process.
type server struct {
	binary  string
	data    string
	address string
	startup time.Duration // longest wait for an answer
	flags   []string      // besides those that every drill needs
	env     []string      // besides this process's own
	log     *os.File      // what the process writes of itself
	process *exec.Cmd     // nil while none was started
	ended   chan struct{} // closed when it has
}

// newServer makes a data folder and finds an address. No process runs yet.
func newServer(binary string, startup time.Duration) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	data, err := os.MkdirTemp("", "drill")
	if err != nil {
		return nil, err
	}
	return &server{binary: binary, data: data, address: l.Addr().String(), startup: startup, log: os.Stderr}, nil
}

// launch runs the process.
func (s *server) launch() error {
	process, ended := exec.Command(s.binary, "serve", "--data", s.data, "--listen", s.address, "--log-level", "error"), make(chan struct{})
	process.Args = append(process.Args, s.flags...)
	process.Env, process.Stderr = append(os.Environ(), s.env...), s.log
	if err := process.Start(); err != nil {
		return err
	}
	go func() {
		defer close(ended)
		_ = process.Wait() // "signal: killed" is what is wanted
	}()
	s.process, s.ended = process, ended
	return nil
}

// start runs the process and signs in as the first administrator.
func (s *server) start(ctx context.Context) (*client.Client, error) {
	if err := s.launch(); err != nil {
		return nil, err
	}
	var api *client.Client
	err := s.await(ctx, func() (err error) {
		api, err = s.signIn(ctx)
		return err
	})
	return api, err
}

// await asks until there is no error, the process has ended, or it has taken too long.
// Then there is none any more.
func (s *server) await(ctx context.Context, ask func() error) error {
	err := ask()
	for deadline := time.Now().Add(s.startup); err != nil && ctx.Err() == nil && time.Now().Before(deadline) && !s.gone(); err = ask() {
		pause(ctx, 50*time.Millisecond)
	}
	if err != nil {
		s.kill()
		return fmt.Errorf("the server did not start: %w", err)
	}
	return nil
}

// gone tells whether a process that was started has ended.
func (s *server) gone() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// signIn reads the first administrator's password file: two lines, e-mail and
// password.
func (s *server) signIn(ctx context.Context) (*client.Client, error) { return s.signInBy(ctx, nil) }

// signInBy is signIn by a client of net/http; nil means one of package client.
func (s *server) signInBy(ctx context.Context, by *http.Client) (*client.Client, error) {
	raw, err := os.ReadFile(filepath.Join(s.data, "admin-password"))
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(string(raw))
	if len(lines) != 2 {
		return nil, fmt.Errorf("the password file has %d words, not 2", len(lines))
	}
	api := client.New("http://"+s.address, by)
	return api, api.SignIn(ctx, lines[0], lines[1])
}

// kill ends the process with SIGKILL, where one runs, and waits until it is gone.
func (s *server) kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill() // it fails for a process that has ended
	<-s.ended
	s.process = nil
}

// close kills the process and removes the data.
func (s *server) close() {
	s.kill()
	_ = os.RemoveAll(s.data)
}
