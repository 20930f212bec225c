package sandbox

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// hardenedName runs this test binary as a program that hardens itself and then
// reports what it can still do.
const hardenedName = "sandbox-test-hardened"

func TestMain(m *testing.M) {
	Child(os.Args)
	if os.Args[0] == hardenedName {
		hardened()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func hardened() {
	if err := Harden(); err != nil {
		fmt.Println("harden:", err)
		return
	}
	if _, err := os.Open("/proc/self/exe"); err != nil {
		fmt.Println("open refused")
	}
	if _, err := net.Dial("udp", "127.0.0.1:9"); err != nil {
		fmt.Println("socket refused")
	}
	if err := exec.Command("/proc/self/exe").Run(); err != nil {
		fmt.Println("process refused")
	}
	// Another thread is bound too.
	done := make(chan error)
	go func() {
		_, err := os.ReadFile("/usr/bin/cat")
		done <- err
	}()
	if <-done != nil {
		fmt.Println("thread refused")
	}
	buf := make([]byte, 64<<20)
	fmt.Println("memory", len(buf))
}

func start(t *testing.T, p Policy, path string, argv ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	s, err := NewStarter()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	p.Exec = path
	if p.Files == 0 {
		p.Files = 64
	}
	cmd, err := Command(p, nil, path, argv...)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := s.Start(cmd); err != nil {
		t.Fatal(err)
	}
	return cmd, &out
}

func needLandlock(t *testing.T) {
	t.Helper()
	if Probe().LandlockABI == 0 {
		t.Skip("SKIPPED: this kernel has no Landlock")
	}
}

func TestFilesAreDenied(t *testing.T) {
	needLandlock(t)
	cmd, out := start(t, Policy{}, "/usr/bin/cat", "cat", "/etc/passwd")
	if err := cmd.Wait(); err == nil {
		t.Fatal("cat read /etc/passwd")
	}
	if !strings.Contains(out.String(), "Permission denied") {
		t.Fatalf("cat said %q", out)
	}
}

func TestGrantedFileAloneIsReadable(t *testing.T) {
	needLandlock(t)
	dir := t.TempDir()
	granted, other := filepath.Join(dir, "granted"), filepath.Join(dir, "other")
	for _, path := range []string{granted, other} {
		if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd, out := start(t, Policy{Read: []string{granted}}, "/usr/bin/cat", "cat", granted)
	if err := cmd.Wait(); err != nil || out.String() != "content" {
		t.Fatalf("granted file: %v, %q", err, out)
	}
	cmd, out = start(t, Policy{Read: []string{granted}}, "/usr/bin/cat", "cat", other)
	if err := cmd.Wait(); err == nil {
		t.Fatalf("neighbour was read: %q", out)
	}
}

func TestNothingIsWritten(t *testing.T) {
	needLandlock(t)
	dir := t.TempDir()
	cmd, _ := start(t, Policy{Read: []string{dir}}, "/usr/bin/touch", "touch", filepath.Join(dir, "new"))
	if err := cmd.Wait(); err == nil {
		t.Fatal("touch made a file")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Fatalf("folder holds %v", entries)
	}
}

func TestNoOtherProgramIsExecuted(t *testing.T) {
	needLandlock(t)
	cmd, out := start(t, Policy{}, "/usr/bin/env", "env", "/usr/bin/id")
	if err := cmd.Wait(); err == nil {
		t.Fatalf("env executed id: %q", out)
	}
}

func TestMemoryAndProcessorTimeAreLimited(t *testing.T) {
	// tail keeps what it reads in memory until it sees a line end.
	cmd, out := start(t, Policy{Read: []string{"/dev/zero"}, MemoryBytes: 64 << 20}, "/usr/bin/tail", "tail", "/dev/zero")
	if err := cmd.Wait(); err == nil || !strings.Contains(out.String(), "memory exhausted") {
		t.Fatalf("tail ended with %v, %q", err, out)
	}
	cmd, _ = start(t, Policy{Read: []string{"/dev/zero"}, CPUSeconds: 1}, "/usr/bin/sha256sum", "sha256sum", "/dev/zero")
	err := cmd.Wait()
	if err == nil {
		t.Fatal("sha256sum ended")
	}
	if sig := cmd.ProcessState.Sys().(syscall.WaitStatus).Signal(); sig != syscall.SIGKILL && sig != syscall.SIGXCPU {
		t.Fatalf("sha256sum ended with %v", err)
	}
}

func TestHardenedProcessOpensNothing(t *testing.T) {
	if !Probe().Seccomp {
		t.Skip("SKIPPED: this kernel has no seccomp")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd, out := start(t, Policy{}, self, hardenedName)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"open refused", "socket refused", "process refused", "thread refused", "memory 67108864"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing from %q", want, out)
		}
	}
}

func TestCloseEndsChildren(t *testing.T) {
	s, err := NewStarter()
	if err != nil {
		t.Fatal(err)
	}
	cmd, err := Command(Policy{Exec: "/usr/bin/sleep", Files: 16}, nil, "/usr/bin/sleep", "sleep", "600")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(cmd); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_ = cmd.Wait()
	if sig := cmd.ProcessState.Sys().(syscall.WaitStatus).Signal(); sig != syscall.SIGKILL {
		t.Fatalf("sleep ended with %v", cmd.ProcessState)
	}
}

func TestKillEndsAtOnce(t *testing.T) {
	cmd, _ := start(t, Policy{}, "/usr/bin/sleep", "sleep", "600")
	Kill(cmd)
	_ = cmd.Wait()
	if cmd.ProcessState.Success() {
		t.Fatal("sleep ended well")
	}
}

func TestMemoryOfRunningChildIsBounded(t *testing.T) {
	cmd, _ := start(t, Policy{}, "/usr/bin/sleep", "sleep", "600")
	defer func() { Kill(cmd); _ = cmd.Wait() }()
	if err := LimitMemory(cmd.Process.Pid, 1<<20); err != nil {
		t.Fatal(err)
	}
	var got unix.Rlimit
	if err := unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_AS, nil, &got); err != nil {
		t.Fatal(err)
	}
	if got.Cur == unix.RLIM_INFINITY || got.Cur != got.Max {
		t.Fatalf("limit is %+v", got)
	}
}

func TestChildMayNotStartChildren(t *testing.T) {
	t.Setenv(childEnv, "1")
	if _, err := NewStarter(); err == nil {
		t.Fatal("a starter inside a child")
	}
}
