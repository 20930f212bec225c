// Package sandbox starts programs that read hostile bytes. A program is started
// through a launcher: the running binary executes itself under another name,
// gives up what the policy does not grant (memory, processor time, descriptors,
// files, network, other processes) and only then becomes the program. The
// kernel keeps the restrictions across that last step.
//
// Files are restricted by Landlock, system calls by seccomp, amounts by
// rlimits. A kernel without Landlock or seccomp leaves the other means in
// place; Probe tells which ones there are.
package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// launchName is the launcher's first argument, under which a process list shows
// it and Child recognises it.
const launchName = "bonafide-media-launch"

// childEnv marks every process that was started here. Start refuses to work
// where it is set: a program whose main does not call Child would otherwise
// start itself without end.
const childEnv = "BONAFIDE_MEDIA_CHILD"

// ExitLaunch is the exit status of a child that could not become the program.
const ExitLaunch = 125

// Policy is what a program may have. System libraries can always be read.
type Policy struct {
	Read        []string `json:"read,omitempty"`   // files, or folders with all below
	Exec        string   `json:"exec"`             // the one program that may be executed
	MemoryBytes uint64   `json:"memory,omitempty"` // address space; 0 leaves it open
	CPUSeconds  uint64   `json:"cpu,omitempty"`    // processor time; 0 leaves it open
	Files       uint64   `json:"files"`            // open descriptors
}

// Report says what this machine's kernel offers.
type Report struct {
	LandlockABI int  // 0 when the kernel has no Landlock
	Seccomp     bool // system call filters
}

// Full tells whether nothing is missing.
func (r Report) Full() bool { return r.LandlockABI > 0 && r.Seccomp }

// String names the means in force.
func (r Report) String() string {
	return fmt.Sprintf("rlimits, landlock abi %d, seccomp %t", r.LandlockABI, r.Seccomp)
}

// Probe asks the kernel.
func Probe() Report {
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		abi = 0
	}
	action := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, errno = unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
	return Report{LandlockABI: int(abi), Seccomp: errno == 0}
}

// Command prepares a program: path, then its arguments, the first of which is
// the name it runs under. The program gets no environment but env, the root as
// its folder, a process group of its own, and dies with this process. Start it
// with a Starter.
func Command(p Policy, env []string, path string, argv ...string) (*exec.Cmd, error) {
	policy, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return &exec.Cmd{
		Path: "/proc/self/exe",
		Args: append([]string{launchName, string(policy), path}, argv...),
		Env:  append([]string{childEnv + "=1"}, env...),
		Dir:  "/",
		SysProcAttr: &syscall.SysProcAttr{
			Setpgid:   true,
			Pdeathsig: syscall.SIGKILL,
		},
	}, nil
}

// Kill ends a started program and whatever it started.
func Kill(cmd *exec.Cmd) {
	// The group may be gone already, which is as good.
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

// Starter starts commands from one thread that lives until Close. The kernel
// kills a child when the thread that started it ends, and Go may end threads.
type Starter struct {
	work chan func()
	done chan struct{}
	once sync.Once
}

// NewStarter is refused inside a child.
func NewStarter() (*Starter, error) {
	if os.Getenv(childEnv) != "" {
		return nil, fmt.Errorf("sandbox: started inside a child: main must call media.Child first")
	}
	if err := keepInherited(); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s := &Starter{work: make(chan func()), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		runtime.LockOSThread() // never undone: the thread ends with the goroutine
		for f := range s.work {
			f()
		}
	}()
	return s, nil
}

// keepInherited sees to it that files which whoever started this process left open
// in it do not pass on to children. Those that Go opens never do.
func keepInherited() error {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return err
	}
	for _, e := range open {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			unix.CloseOnExec(fd)
		}
	}
	return nil
}

// Start starts the command. It may be called from several goroutines, not after
// Close.
func (s *Starter) Start(cmd *exec.Cmd) error {
	done := make(chan error)
	s.work <- func() { done <- cmd.Start() }
	return <-done
}

// Close ends the thread and with it every child that still runs.
func (s *Starter) Close() {
	s.once.Do(func() { close(s.work) })
	<-s.done
}

// Child does the launcher's work when args, the arguments of this process, name
// it; it then never returns. Otherwise it returns at once.
func Child(args []string) {
	if len(args) < 4 || args[0] != launchName {
		return
	}
	err := launch(args[1], args[2], args[3:])
	_, _ = io.WriteString(os.Stderr, "sandbox: "+err.Error()+"\n")
	os.Exit(ExitLaunch)
}

func launch(policy, path string, argv []string) error {
	var p Policy
	if err := json.Unmarshal([]byte(policy), &p); err != nil {
		return err
	}
	// What follows binds this thread, and the program goes on in this thread.
	runtime.LockOSThread()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("death signal: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	// Where memory runs out all the same, the kernel is to take this process. A
	// container without /proc does without.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	have := Probe()
	if have.LandlockABI > 0 {
		if err := restrictFiles(p, have.LandlockABI); err != nil {
			return fmt.Errorf("landlock: %w", err)
		}
	}
	if have.Seccomp {
		if err := filter(deniedToAll()); err != nil {
			return fmt.Errorf("seccomp: %w", err)
		}
	}
	return become(p, path, argv)
}

// become limits the process and executes the program. All memory that the last
// step needs is taken before: under the limits the launcher itself, which has
// more address space than they leave, may get none.
func become(p Policy, path string, argv []string) error {
	name, err := syscall.BytePtrFromString(path)
	if err != nil {
		return err
	}
	args, err := syscall.SlicePtrFromStrings(argv)
	if err != nil {
		return err
	}
	env, err := syscall.SlicePtrFromStrings(os.Environ())
	if err != nil {
		return err
	}
	debug.SetGCPercent(-1)
	if err := limit(p); err != nil {
		return fmt.Errorf("rlimits: %w", err)
	}
	_, _, errno := syscall.RawSyscall(syscall.SYS_EXECVE, uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&args[0])), uintptr(unsafe.Pointer(&env[0])))
	return fmt.Errorf("execute: %w", errno)
}

// limit comes last: the launcher itself has more address space than a small
// policy leaves.
func limit(p Policy) error {
	set := []struct {
		what  int
		value uint64
		skip  bool
	}{
		{what: unix.RLIMIT_CORE, value: 0},
		{what: unix.RLIMIT_FSIZE, value: 0},
		{what: unix.RLIMIT_NOFILE, value: p.Files},
		{what: unix.RLIMIT_CPU, value: p.CPUSeconds, skip: p.CPUSeconds == 0},
		{what: unix.RLIMIT_AS, value: p.MemoryBytes, skip: p.MemoryBytes == 0},
	}
	for _, l := range set {
		if l.skip {
			continue
		}
		if err := syscall.Setrlimit(l.what, &syscall.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("%d: %w", l.what, err)
		}
	}
	return nil
}

// LimitMemory lets a running child grow by so many bytes of address space and
// no more. A Go program reserves far more than it uses, so the bound is drawn
// above what it has when it is ready to work.
func LimitMemory(pid int, growth uint64) error {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(raw), &pages); err != nil {
		return fmt.Errorf("statm: %w", err)
	}
	limit := pages*uint64(os.Getpagesize()) + growth
	return unix.Prlimit(pid, unix.RLIMIT_AS, &unix.Rlimit{Cur: limit, Max: limit}, nil)
}
