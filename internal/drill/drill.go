// Package drill proves on a real server what its documentation promises about
// crashes and about one company beside another: a drill runs the server's binary on a
// data folder of its own. It kills it with SIGKILL while clients work, starts it again
// and looks for what is missing, or floods it as one company and watches another.
package drill

import (
	"context"
	"fmt"
	"net"
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
	process *exec.Cmd     // nil while none runs
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
	return &server{binary: binary, data: data, address: l.Addr().String(), startup: startup}, nil
}

// start runs the process and signs in as the first administrator.
func (s *server) start(ctx context.Context) (*client.Client, error) {
	s.process = exec.Command(s.binary, "serve", "--data", s.data, "--listen", s.address, "--log-level", "error")
	s.process.Args = append(s.process.Args, s.flags...)
	s.process.Stderr = os.Stderr
	if err := s.process.Start(); err != nil {
		s.process = nil
		return nil, err
	}
	var err error
	for deadline := time.Now().Add(s.startup); ctx.Err() == nil && time.Now().Before(deadline); {
		var api *client.Client
		if api, err = s.signIn(ctx); err == nil {
			return api, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.kill()
	return nil, fmt.Errorf("the server did not start: %w", err)
}

// signIn reads the first administrator's password file: two lines, e-mail and
// password.
func (s *server) signIn(ctx context.Context) (*client.Client, error) {
	raw, err := os.ReadFile(filepath.Join(s.data, "admin-password"))
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(string(raw))
	if len(lines) != 2 {
		return nil, fmt.Errorf("the password file has %d words, not 2", len(lines))
	}
	api := client.New("http://"+s.address, nil)
	return api, api.SignIn(ctx, lines[0], lines[1])
}

// kill ends the process with SIGKILL, where one runs, and waits until it is gone.
func (s *server) kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill() // it fails for a process that has ended
	_ = s.process.Wait()         // "signal: killed" is what was wanted
	s.process = nil
}

// close kills the process and removes the data.
func (s *server) close() {
	s.kill()
	_ = os.RemoveAll(s.data)
}
