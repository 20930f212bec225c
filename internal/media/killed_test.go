package media

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
)

func TestAWorkerThatIsKilledAtWorkIsReplacedOnce(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 1 })
	stopped(t, d, started)
	time.AfterFunc(100*time.Millisecond, func() { _ = started()[0].cmd.Process.Signal(syscall.SIGKILL) })
	open(t, d, small(t))
	if n := len(started()); n != 2 {
		t.Errorf("%d workers were started", n)
	}
}

func TestWorkersThatAreKilledAreTheMachinesFault(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		d := newDecoder(t, func(_ *Limits, o *Options) { o.Workers = 1 })
		start := d.pool.start
		d.pool.start = func() (*worker, error) {
			w, err := start()
			if err == nil {
				_ = w.cmd.Process.Signal(syscall.SIGSTOP)
				time.AfterFunc(50*time.Millisecond, func() {
					_ = w.cmd.Process.Signal(signal)
					_ = w.cmd.Process.Signal(syscall.SIGCONT)
				})
			}
			return w, err
		}
		// The work must not be done before the signal comes.
		big := mediatest.File(t, mediatest.BlankPNG(6000, 6000))
		if _, err := d.Open(t.Context(), Source{Path: big}); err == nil || bonafide.CodeOf(err) != bonafide.CodeUnknown {
			t.Errorf("%v: got %v with code %q", signal, err, bonafide.CodeOf(err))
		}
	}
}

// hunt signals the children of this process that have the name, one after the
// other and at most so many, until the test ends.
func hunt(t *testing.T, name string, signal syscall.Signal, most int) {
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		seen := map[int]bool{}
		for ctx.Err() == nil && len(seen) < most {
			for _, pid := range childrenOf(os.Getpid()) {
				comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
				if strings.TrimSpace(string(comm)) == name && !seen[pid] {
					seen[pid] = true
					_ = syscall.Kill(pid, signal)
				}
			}
			time.Sleep(time.Millisecond)
		}
	})
	t.Cleanup(func() {
		cancel()
		all.Wait()
	})
}

func childrenOf(parent int) (pids []int) {
	tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", parent))
	for _, task := range tasks {
		raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", parent, task.Name()))
		for _, field := range strings.Fields(string(raw)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

func TestFFmpegThatIsKilledIsTheMachinesFault(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("1280x720", 30, "5"), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")...)
	for _, c := range []struct {
		program string
		signal  syscall.Signal
		times   int
	}{
		{"ffmpeg", syscall.SIGKILL, 9}, {"ffmpeg", syscall.SIGTERM, 9}, {"ffprobe", syscall.SIGKILL, 9}, {"ffmpeg", syscall.SIGKILL, 1},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			d := newDecoder(t, nil)
			hunt(t, c.program, c.signal, c.times)
			_, err := d.Open(t.Context(), Source{Path: path})
			switch {
			case c.times == 1 && err != nil:
				t.Errorf("killed once: %v", err)
			case c.times > 1 && (err == nil || bonafide.CodeOf(err) != bonafide.CodeUnknown):
				t.Errorf("got %v with code %q", err, bonafide.CodeOf(err))
			}
		})
	}
}
