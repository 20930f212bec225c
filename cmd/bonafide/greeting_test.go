package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
)

// said is what a process that may still run has written.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// started is a server of a process of its own, with what it said.
type started struct {
	cmd    *exec.Cmd
	stdout said
	lines  []string  // of stderr, complete once the process has ended
	ready  chan bool // whether a greeting follows
	ended  chan error
}

// launch starts a server and waits until it is ready or has ended.
func launch(t *testing.T, data, address string, more ...string) *started {
	t.Helper()
	assets, err := filepath.Abs("../../build")
	if err != nil {
		t.Fatal(err)
	}
	if !isFile(filepath.Join(assets, "lib", "libonnxruntime.so.1")) {
		t.Skip("SKIPPED: no inference library; run make build")
	}
	s := &started{ready: make(chan bool, 1), ended: make(chan error, 1)}
	s.cmd = exec.Command(os.Args[0], append([]string{"serve", "--data", data, "--listen", address, "--assets", assets, "--set", "starter"}, more...)...)
	s.cmd.Env = append(os.Environ(), serveEnv+"=1")
	s.cmd.Stdout = &s.stdout
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	go func() {
		for scanner := bufio.NewScanner(stderr); scanner.Scan(); {
			s.lines = append(s.lines, scanner.Text())
			switch line := scanner.Text(); {
			case strings.Contains(line, "listening"):
				s.ready <- true
			case strings.Contains(line, `"msg":"ready"`):
				s.ready <- false
			}
		}
		s.ended <- s.cmd.Wait()
		close(s.ready)
	}()
	for greets := <-s.ready; greets && !strings.HasSuffix(s.stdout.String(), "\n"); {
		time.Sleep(10 * time.Millisecond)
	}
	return s
}

// end sends a signal and gives the error of the process.
func (s *started) end(sig syscall.Signal) error {
	_ = s.cmd.Process.Signal(sig)
	return <-s.ended
}

var tryIt = regexp.MustCompile(`(?m)^  (curl .*)$`)

// try runs the command that the server gave.
func (s *started) try(t *testing.T) {
	t.Helper()
	command := tryIt.FindStringSubmatch(s.stdout.String())
	if command == nil {
		t.Fatalf("there is nothing to try in %q", s.stdout.String())
	}
	out, err := exec.Command("bash", "-c", command[1]).CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"system_resolution": "SUCCESS"`) {
		t.Errorf("%s\n%v: %s", command[1], err, out)
	}
}

func free(t *testing.T) string {
	l := listen(t, "127.0.0.1:0")
	defer l.Close()
	_, port, _ := strings.Cut(l.Addr().String(), ":")
	return port
}

func TestWhatAServerSaysAtItsStartIsTrue(t *testing.T) {
	onOneMachine(t)
	data, port := t.TempDir(), free(t)
	s := launch(t, data, "0.0.0.0:"+port)
	if !strings.Contains(s.stdout.String(), "http://127.0.0.1:"+port+" ") || !strings.Contains(s.stdout.String(), passwordFile) {
		t.Errorf("on all addresses: %q", s.stdout.String())
	}
	s.try(t)
	if demo, err := http.Get("http://127.0.0.1:" + port + "/demo"); err != nil || demo.StatusCode != http.StatusOK || !strings.Contains(s.stdout.String(), "/demo\n") {
		t.Errorf("the demo: %v, %q", err, s.stdout.String())
	}
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), "-wal"), "-shm"); !strings.Contains(page(t, "docs/run/install.md"), "`"+name) {
			t.Errorf("docs/run/install.md does not say what %s in the data folder is", e.Name())
		}
	}

	second := launch(t, data, "127.0.0.1:"+free(t))
	if err := <-second.ended; err == nil || second.stdout.String() != "" || !strings.Contains(second.lines[len(second.lines)-1], "Another server") {
		t.Errorf("a second one on the same data: %v, %q, %q", err, second.stdout.String(), second.lines)
	}
	taken := launch(t, t.TempDir(), "127.0.0.1:"+port)
	if err := <-taken.ended; err == nil || taken.stdout.String() != "" || !strings.Contains(taken.lines[len(taken.lines)-1], "--listen 127.0.0.1:"+port) {
		t.Errorf("where the port is taken: %v, %q, %q", err, taken.stdout.String(), taken.lines)
	}
	end := syscall.SIGHUP
	if signal.Ignored(end) { // as under nohup, where the server ignores it as well
		end = syscall.SIGTERM
	}
	if err := s.end(end); err != nil {
		t.Errorf("the end of the terminal is no graceful end: %v", err)
	}

	if err := os.Remove(filepath.Join(data, passwordFile)); err != nil {
		t.Fatal(err)
	}
	s = launch(t, data, "127.0.0.1:"+port, "--ffmpeg", "/nowhere/ffmpeg")
	if said := s.stdout.String(); strings.Contains(said, passwordFile) || strings.Contains(said, "curl") || !strings.Contains(said, "ffmpeg is not installed") {
		t.Errorf("without a password file and ffmpeg: %q", said)
	}
	resp, err := http.Get("http://127.0.0.1:" + port + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if raw, _ := io.ReadAll(resp.Body); !strings.Contains(string(raw), `"missing": ["video"]`) {
		t.Errorf("health without ffmpeg is %s", raw)
	}
	if err := s.end(syscall.SIGTERM); err != nil {
		t.Error(err, s.lines)
	}
}

func TestAServerThatKeepsNothingGreetsWithACallThatWorks(t *testing.T) {
	onOneMachine(t)
	for _, components := range []string{"stateless", "auth,stateless"} {
		s := launch(t, t.TempDir(), "127.0.0.1:"+free(t), "--components", components)
		s.try(t)
		if err := s.end(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}
}

func TestTheGreetingIsALineOfTheLogWhereThatIsJSON(t *testing.T) {
	onOneMachine(t)
	port := free(t)
	s := launch(t, t.TempDir(), "[::]:"+port, "--log-format", "json")
	if err := s.end(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if s.stdout.String() != "" {
		t.Errorf("standard output has %q", s.stdout.String())
	}
	var ready map[string]any
	for _, line := range s.lines {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("%q is no JSON: %v", line, err)
		}
		if entry["msg"] == "ready" {
			ready = entry
		}
	}
	if ready["url"] != "http://127.0.0.1:"+port || ready["set"] != "starter" || ready["password_file"] == nil {
		t.Errorf("ready: %v", ready)
	}
}

func TestAPasswordThatWasChangedIsNotOffered(t *testing.T) {
	data := t.TempDir()
	store, err := storage.OpenStore(t.Context(), configOn(data), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	path := filepath.Join(data, passwordFile)
	for i, tt := range []struct {
		content string
		works   bool
	}{{"", false}, {"boss@example.org\nrightpassword\n", false}, {"boss@example.org\nrightpassword\n", true}, {"boss@example.org\nother\n", false}} {
		if err := writeSecret(path, tt.content); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			if out, err := typed("rightpassword\n", "user", "add", "boss@example.org", "--type", "ADMIN", "--data", data); err != nil {
				t.Fatal(err, out)
			}
		}
		if got, err := workingPassword(t.Context(), path, store); err != nil || (got == path) != tt.works {
			t.Errorf("%d: %q, %v", i, got, err)
		}
	}
}

func TestAWrongSettingIsOneLineThatNamesItAndItsSource(t *testing.T) {
	dir := t.TempDir()
	file := func(content string) string {
		path := filepath.Join(dir, "settings.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, tt := range []struct {
		args []string
		env  []string
		file string
		want []string
	}{
		{args: []string{"serve", "--workers", "x"}, want: []string{"--workers"}},
		{args: []string{"serve", "--no-such"}, want: []string{"--no-such"}},
		{args: []string{"serve"}, env: []string{"BONAFIDE_WORKERS=x"}, want: []string{"--workers", "from the variable BONAFIDE_WORKERS"}},
		{args: []string{"serve"}, env: []string{"BONAFIDE_TIMEZONE=Mars"}, want: []string{"--timezone", "from the variable BONAFIDE_TIMEZONE"}},
		{args: []string{"serve"}, env: []string{"BONAFIDE_LISTN=x"}, want: []string{"BONAFIDE_LISTN", "did you mean BONAFIDE_LISTEN?"}},
		{args: []string{"model", "list"}, env: []string{"BONAFIDE_SESION_TTL=1h"}, want: []string{"did you mean BONAFIDE_SESSION_TTL?"}},
		{args: []string{"serve"}, file: `{"workers":"x"}`, want: []string{"--workers", "from " + dir}},
		{args: []string{"serve"}, file: `{"listen":"nonsense"}`, want: []string{"--listen", "from " + dir}},
		{args: []string{"serve"}, file: `{"public_url":"https://id.example.org"}`, want: []string{`"public_url"`, dir, "did you mean public-url?"}},
		{args: []string{"serve"}, file: `{`, want: []string{dir, "JSON"}},
		{args: []string{"serve", "--max-pixels", "0"}, want: []string{"--max-pixels"}},
		{args: []string{"serv"}, want: []string{"serve"}},
	} {
		args := tt.args
		if tt.file != "" {
			args = append(slices.Clone(args), "--config", file(tt.file))
		}
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(append(os.Environ(), serveEnv+"=1"), tt.env...)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != usageFault || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%v %v %s: %v, %q, %q", tt.args, tt.env, tt.file, err, stdout.String(), stderr.String())
		}
		for _, want := range tt.want {
			if !strings.Contains(stderr.String(), want) {
				t.Errorf("%v %v %s: %q is missing in %q", tt.args, tt.env, tt.file, want, stderr.String())
			}
		}
	}
}

func TestVariablesOfKubernetesAreNoSettings(t *testing.T) {
	for pair, good := range map[string]bool{
		"BONAFIDE_SERVICE_HOST=10.0.0.1":           true,
		"BONAFIDE_SERVICE_PORT=8080":               true,
		"BONAFIDE_SERVICE_PORT_HTTP=8080":          true,
		"BONAFIDE_PORT=tcp://10.0.0.1:8080":        true,
		"BONAFIDE_PORT_8080_TCP=tcp://10.0.0.1:80": true,
		"BONAFIDE_PORT_8080_TCP_ADDR=10.0.0.1":     true,
		"BONAFIDE_WEB_SERVICE_HOST=10.0.0.1":       true,
		"BONAFIDE_PORT=8080":                       false,
		"BONAFIDE_HOST=10.0.0.1":                   false,
		"bonafide_listen=:80":                      false,
		"BONAFIDE_LISTEN=:80":                      true,
		"PATH=/bin":                                true,
	} {
		cmd := exec.Command(os.Args[0], "version")
		cmd.Env = []string{serveEnv + "=1", "GORACE=" + os.Getenv("GORACE"), pair}
		if out, err := cmd.CombinedOutput(); (err == nil) != good {
			t.Errorf("%s: %v, %s", pair, err, out)
		}
	}
}
