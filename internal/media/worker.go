package media

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sandbox"
)

// worker is a child that decodes pictures, as seen by its owner. It serves one
// request at a time.
type worker struct {
	cmd    *exec.Cmd
	conn   *net.UnixConn
	pixels *os.File // shared memory, as large as the largest frame
	stderr *head
	buf    [maxMessage]byte
}

// startTimeout bounds the time from starting a worker to its first word. It is
// generous: on a machine with much else to do, starting takes long.
const startTimeout = 30 * time.Second

// startWorker starts a worker and waits until it has given up its rights.
func (d *Decoder) startWorker() (*worker, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("media worker: socket: %w", err)
	}
	theirs := os.NewFile(uintptr(fds[1]), "worker socket")
	defer theirs.Close()
	ours := os.NewFile(uintptr(fds[0]), "worker socket")
	conn, err := net.FileConn(ours)
	ours.Close()
	if err != nil {
		return nil, fmt.Errorf("media worker: socket: %w", err)
	}
	w := &worker{conn: conn.(*net.UnixConn), stderr: new(head)}
	if w.pixels, err = sharedMemory(3 * stillSide * stillSide); err != nil {
		conn.Close()
		return nil, fmt.Errorf("media worker: shared memory: %w", err)
	}
	if err := w.start(d.starter, theirs, d.limits.MemoryBytes); err != nil {
		w.conn.Close()
		w.pixels.Close()
		return nil, fmt.Errorf("media worker: %w", err)
	}
	if err := w.ready(d.limits.MemoryBytes); err != nil {
		cause := w.discard(false)
		return nil, fmt.Errorf("media worker: %w: %w", err, cause)
	}
	return w, nil
}

func (w *worker) start(s *sandbox.Starter, theirs *os.File, memory uint64) error {
	// One processor's worth of Go, one arena of malloc: a worker does one thing
	// at a time, and idle ones should be small. Go is to collect garbage rather
	// than run into the limit.
	env := []string{"GOMAXPROCS=1", "MALLOC_ARENA_MAX=1", "GOTRACEBACK=single", fmt.Sprintf("GOMEMLIMIT=%d", memory/2)}
	policy := sandbox.Policy{Exec: "/proc/self/exe", Files: 16}
	cmd, err := sandbox.Command(policy, env, "/proc/self/exe", workerName)
	if err != nil {
		return err
	}
	cmd.Stderr = w.stderr
	cmd.ExtraFiles = []*os.File{theirs, w.pixels}
	w.cmd = cmd
	return s.Start(cmd)
}

// ready waits for the worker's first word and then bounds its memory.
func (w *worker) ready(memory uint64) error {
	if err := w.conn.SetDeadline(time.Now().Add(startTimeout)); err != nil {
		return err
	}
	if _, err := w.receive(); err != nil {
		return err
	}
	if err := sandbox.LimitMemory(w.cmd.Process.Pid, memory); err != nil {
		return err
	}
	return w.conn.SetDeadline(time.Time{})
}

// sharedMemory gives anonymous memory that nobody can make smaller or larger.
func sharedMemory(size int64) (*os.File, error) {
	fd, err := unix.MemfdCreate("bonafide-pixels", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), "bonafide-pixels")
	if err := f.Truncate(size); err != nil {
		f.Close()
		return nil, err
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// errGone means that the worker had died before it got the request.
var errGone = errors.New("media worker: gone")

// decode has the file's frames decoded and hands each of them to frame. An error
// that is not a CodeValue error leaves the worker unfit for more.
func (w *worker) decode(ctx context.Context, file *os.File, q request, frame func(reply) error) (err error) {
	stop := context.AfterFunc(ctx, func() { _ = w.conn.SetDeadline(time.Unix(1, 0)) })
	defer func() {
		// With the deadline set the socket is of no use, whatever has been read.
		if !stop() {
			err = ctx.Err()
		}
	}()
	raw, err := json.Marshal(q)
	if err != nil {
		return err
	}
	if _, _, err := w.conn.WriteMsgUnix(raw, unix.UnixRights(int(file.Fd())), nil); err != nil {
		if isGone(err) {
			return errGone
		}
		return err
	}
	for {
		r, err := w.receive()
		if err != nil {
			return err
		}
		if r.Refusal != "" {
			if !printable(r.Refusal) {
				return errors.New("unreadable refusal")
			}
			return bonafide.Wrap(bonafide.CodeValue, r.Refusal, causeOf(r))
		}
		if !r.valid(q) {
			return fmt.Errorf("impossible frame %dx%d of %dx%d", r.Width, r.Height, r.FullWidth, r.FullHeight)
		}
		if err := frame(r); err != nil || r.Last {
			return err
		}
		if _, err := w.conn.Write([]byte{1}); err != nil {
			return err
		}
	}
}

func causeOf(r reply) error {
	if r.Cause == "" {
		return nil
	}
	return errors.New(r.Cause)
}

func (w *worker) receive() (reply, error) {
	var r reply
	n, err := w.conn.Read(w.buf[:])
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(w.buf[:n], &r)
}

// keepPixels is how much of the shared memory an idle worker keeps: a picture of
// 1080p.
const keepPixels = 3 * 1920 * 1080

// copyPixels takes a frame out of the shared memory.
func (w *worker) copyPixels(dst []byte) error {
	if _, err := w.pixels.ReadAt(dst, 0); err != nil {
		return err
	}
	if len(dst) <= keepPixels {
		return nil
	}
	return unix.Fallocate(int(w.pixels.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, keepPixels, int64(len(dst)-keepPixels))
}

// discard ends the worker and tells, for the log, how it ended. One that died by
// itself is waited for; it has closed its socket, which is the last but one thing
// that a process does.
func (w *worker) discard(died bool) error {
	if !died {
		sandbox.Kill(w.cmd)
	}
	// Whatever it may still be up to does not keep us.
	late := time.AfterFunc(time.Second, func() { sandbox.Kill(w.cmd) })
	err := w.cmd.Wait()
	if late.Stop() && died && killed(w.cmd.ProcessState) {
		err = fmt.Errorf("%w: %w", errKilled, err)
	}
	w.conn.Close()
	w.pixels.Close()
	return fmt.Errorf("%w: %s", err, w.stderr.kept)
}

// meter gives a function that tells how much time has passed since then, and how much
// of it the worker had a core.
func (w *worker) meter() func() (passed, used time.Duration) {
	// A process has a clock of its time on cores, whose number is made of its own.
	clock := func() (t unix.Timespec) {
		const ofProcess = 2
		_ = unix.ClockGettime(int32(^w.cmd.Process.Pid<<3|ofProcess), &t) // 0 of one that is gone
		return t
	}
	from, before := time.Now(), clock()
	return func() (time.Duration, time.Duration) {
		now := clock()
		return time.Since(from), time.Duration(now.Nano() - before.Nano())
	}
}

// starved tells whether somebody else had the machine: a decoder that is kept from its
// work by nothing but its file has a core to itself.
func starved(passed, used time.Duration) bool { return used < passed/2 }

// errStarved means that a decoder did not get done since it had too little of a core.
// That is no fault of the file's.
var errStarved = errors.New("the decoder had no core")

// errKilled means that something outside ended a child: the kernel, for want of
// memory, or whoever stops the service. That is no fault of the file's.
var errKilled = errors.New("the decoder was killed")

// killed tells whether a process that we left alone was ended from outside.
// Signals that a process brings upon itself, by a wrong access for one, are not
// meant.
func killed(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return false
	}
	switch status.Signal() {
	case syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGPWR:
		return true
	}
	return false
}

// head keeps the beginning of what is written to it.
type head struct{ kept []byte }

func (h *head) Write(b []byte) (int, error) {
	const most = 2048
	h.kept = append(h.kept, b[:min(len(b), most-len(h.kept))]...)
	return len(b), nil
}
