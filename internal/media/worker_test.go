package media

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/still"
)

// watched is a decoder that lists the workers it starts.
func watched(t *testing.T, change func(*Limits, *Options)) (d *Decoder, started func() []*worker) {
	d = newDecoder(t, change)
	var mu sync.Mutex
	var list []*worker
	start := d.pool.start
	d.pool.start = func() (*worker, error) {
		w, err := start()
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			list = append(list, w)
		}
		return w, err
	}
	return d, func() []*worker {
		mu.Lock()
		defer mu.Unlock()
		return append([]*worker(nil), list...)
	}
}

func small(t *testing.T) string {
	return mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(32, 24))))
}

func TestOneWorkerServesManyRequests(t *testing.T) {
	d, started := watched(t, nil)
	path := small(t)
	for range 20 {
		open(t, d, path)
	}
	if n := len(started()); n != 1 {
		t.Fatalf("%d workers were started", n)
	}
}

func TestNoMoreWorkersThanAllowed(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 2 })
	path := small(t)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := d.Open(t.Context(), Source{Path: path}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(started()); n < 1 || n > 2 {
		t.Fatalf("%d workers were started", n)
	}
}

func TestWorkerHasGivenUpItsRights(t *testing.T) {
	d, started := watched(t, nil)
	open(t, d, small(t))
	pid := started()[0].cmd.Process.Pid
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(status), "NoNewPrivs:\t1") {
		t.Error("it may gain privileges")
	}
	if d.Sandbox().Seccomp && !strings.Contains(string(status), "Seccomp:\t2") {
		t.Error("its system calls are not filtered")
	}
	if score, err := os.ReadFile(fmt.Sprintf("/proc/%d/oom_score_adj", pid)); err != nil || string(score) != "1000\n" {
		t.Errorf("it is not the first to go when memory runs out: %q, %v", score, err)
	}
	var as unix.Rlimit
	if err := unix.Prlimit(pid, unix.RLIMIT_AS, nil, &as); err != nil || as.Cur == unix.RLIM_INFINITY {
		t.Errorf("its memory is not limited: %+v, %v", as, err)
	}
	fds, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		target, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%s", pid, fd.Name()))
		if strings.HasPrefix(target, "/") && target != "/dev/null" && !strings.HasPrefix(target, "/memfd:") {
			t.Errorf("it holds %s", target)
		}
	}
}

func TestWorkerKilledAtWorkCostsItsOwnRequestOnly(t *testing.T) {
	d := newDecoder(t, nil)
	photo := mediatest.JPEG(mediatest.RGBA(mediatest.Scene(32, 24)))
	f, err := os.Open(mediatest.File(t, mediatest.Zip(mediatest.Entry{Name: "1.jpg", Data: photo}, mediatest.Entry{Name: "2.jpg", Data: photo})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := d.startWorker()
	if err != nil {
		t.Fatal(err)
	}
	d.pool.give(w)
	frames := 0
	q := request{Format: sniff.Zip, MaxPixels: 1e6, MaxSide: 100, MaxEntries: 10, MaxBytes: 1e6, ZipPixels: 1e6, Sampled: 1e6, Frames: 2}
	err = w.decode(t.Context(), f, q, func(reply) error {
		frames++
		return w.cmd.Process.Signal(syscall.SIGKILL)
	})
	if err == nil || bonafide.CodeOf(err) == bonafide.CodeValue || frames != 1 {
		t.Fatalf("%d frames, %v", frames, err)
	}
	// It still lies among the idle ones, dead; the next request finds another.
	open(t, d, small(t))
}

func TestWorkerThatDiedIdleIsReplaced(t *testing.T) {
	d, started := watched(t, nil)
	open(t, d, small(t))
	pid := started()[0].cmd.Process.Pid
	if err := unix.Kill(pid, unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	// Wait for its death without taking the news from its owner.
	if err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	open(t, d, small(t))
	if n := len(started()); n != 2 {
		t.Fatalf("%d workers were started", n)
	}
}

// stopped makes the decoder's one worker hang in its next request.
func stopped(t *testing.T, d *Decoder, started func() []*worker) {
	t.Helper()
	open(t, d, small(t))
	if err := started()[0].cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
}

func TestHungWorkerIsKilled(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 1 })
	stopped(t, d, started)
	d.limits.DecodeTimeout = time.Second
	_, err := d.Open(t.Context(), Source{Path: small(t)})
	if e := new(bonafide.Error); !errors.As(err, &e) || e.Code != bonafide.CodeBusy || e.RetryAfter <= 0 {
		t.Errorf("a decoder that somebody stopped: %v", err)
	}
	if started()[0].cmd.ProcessState == nil {
		t.Error("it lives on")
	}
	d.limits.DecodeTimeout = 5 * time.Minute
	open(t, d, small(t))
}

func TestCallerThatGivesUpFreesTheWorker(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 1 })
	stopped(t, d, started)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := d.Open(ctx, Source{Path: small(t)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
	open(t, d, small(t))
}

func TestCloseEndsAHungDecoding(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 1 })
	stopped(t, d, started)
	path := small(t)
	failed := make(chan error)
	go func() {
		_, err := d.Open(context.Background(), Source{Path: path})
		failed <- err
	}()
	_ = d.Close()
	if err := <-failed; err == nil {
		t.Fatal("decoded by a stopped worker")
	}
}

func TestPictureThatTakesTooMuchMemoryIsRefused(t *testing.T) {
	if raced {
		t.Skip("SKIPPED: memory cannot be limited to this degree under the race detector")
	}
	// More than an arena of Go's, which it may hold in reserve beyond the limit.
	d := newDecoder(t, func(l *Limits, _ *Options) { l.MemoryBytes, l.MaxPixels = 40<<20, 11000*11000 })
	_, err := d.Open(t.Context(), Source{Path: mediatest.File(t, mediatest.BlankPNG(11000, 11000))})
	refused(t, err, "The picture could not be decoded")
	open(t, d, small(t))
}

func TestForgedRepliesAreNotBelieved(t *testing.T) {
	q := request{MaxPixels: 1000, MaxSide: 100, MaxEntries: 10}
	good := reply{Width: 10, Height: 10, FullWidth: 20, FullHeight: 20, Total: 1}
	if !good.valid(q) {
		t.Fatal("a good reply is refused")
	}
	for name, change := range map[string]func(*reply){
		"wide":            func(r *reply) { r.Width = 101 },
		"high":            func(r *reply) { r.Height = 101 },
		"empty":           func(r *reply) { r.Width = 0 },
		"negative":        func(r *reply) { r.Height = -1 },
		"huge original":   func(r *reply) { r.FullWidth = 51 },
		"overflow":        func(r *reply) { r.FullWidth, r.FullHeight = 1<<62, 4 },
		"index too high":  func(r *reply) { r.Index = 1 },
		"index too low":   func(r *reply) { r.Index = -1 },
		"too many frames": func(r *reply) { r.Total = 11 },
	} {
		r := good
		change(&r)
		if r.valid(q) {
			t.Errorf("%s is believed", name)
		}
	}
	if printable("two\nlines") || printable(strings.Repeat("x", 201)) || !printable("The picture is damaged") {
		t.Error("printable")
	}
}

func TestHostileFilesEndInAClearErrorOrAClip(t *testing.T) {
	d := newDecoder(t, func(l *Limits, _ *Options) { l.MaxZipBytes = 32 << 20 })
	files := make(chan mediatest.Hostile)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for f := range files {
				path := mediatest.File(t, f.Data)
				c, err := d.Open(t.Context(), Source{Path: path})
				switch {
				case err == nil && (f.Refused || len(c.Frames) == 0):
					t.Errorf("%s was accepted: %+v", f.Name, c.Info)
				case err != nil && bonafide.CodeOf(err) != bonafide.CodeValue && bonafide.CodeOf(err) != bonafide.CodeUnsupported:
					t.Errorf("%s: code %q of %v", f.Name, bonafide.CodeOf(err), err)
				case err != nil && strings.Contains(err.(*bonafide.Error).Message, "/"):
					t.Errorf("%s: the message shows a path: %v", f.Name, err)
				}
				_ = os.Remove(path)
			}
		})
	}
	for _, f := range mediatest.HostileFiles(7) {
		files <- f
	}
	close(files)
	all.Wait()
	open(t, d, small(t))
}

// BenchmarkStill720p compares a decoding in a worker with one in this process.
func BenchmarkStill720p(b *testing.B) {
	file := mediatest.JPEG(mediatest.RGBA(mediatest.Noisy(1280, 720)))
	path := mediatest.File(b, file)
	b.Run("isolated", func(b *testing.B) {
		d := newDecoder(b, nil)
		open(b, d, path)
		defer reportCPU(b, d.pool.idle[0].cmd.Process.Pid)()
		for b.Loop() {
			open(b, d, path)
		}
	})
	b.Run("in process", func(b *testing.B) {
		defer reportCPU(b)()
		for b.Loop() {
			data, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := still.Decode(sniff.JPEG, data, still.Limits{MaxPixels: 1e8, MaxSide: stillSide}, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
