package media

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/bonafide-id/bonafide/internal/media/mediatest"
)

// BenchmarkClip compares the handling of a clip of five seconds of 720p with a
// plain decoding of all its frames by ffmpeg.
func BenchmarkClip(b *testing.B) {
	mediatest.NeedFFmpeg(b, "libx264", "libvpx")
	for name, c := range map[string]struct {
		ext   string
		flags []string
	}{
		"h264": {"mp4", []string{"-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"}},
		"vp8":  {"webm", []string{"-c:v", "libvpx", "-deadline", "realtime", "-b:v", "2M"}},
	} {
		path := mediatest.FFmpeg(b, c.ext, append(moving("1280x720", 30, "5"), c.flags...)...)
		b.Run(name+"/handled", func(b *testing.B) {
			d := newDecoder(b, nil)
			defer reportCPU(b)()
			for b.Loop() {
				open(b, d, path)
			}
		})
		b.Run(name+"/plain", func(b *testing.B) {
			defer reportCPU(b)()
			for b.Loop() {
				out, err := exec.Command("ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-y", "/dev/null").CombinedOutput()
				if err != nil {
					b.Fatalf("%v: %s", err, out)
				}
			}
		})
	}
}

// reportCPU adds processor time, of this process, of children that ended and of
// the ones named, which tells more than the clock on a busy machine.
func reportCPU(b *testing.B, living ...int) func() {
	spent := func() (ns int64) {
		for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
			var u syscall.Rusage
			if err := syscall.Getrusage(who, &u); err != nil {
				b.Fatal(err)
			}
			ns += u.Utime.Nano() + u.Stime.Nano()
		}
		for _, pid := range living {
			raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			if err != nil {
				b.Fatal(err)
			}
			// After the name in brackets: state, then ten numbers, then user and
			// system time in hundredths of a second.
			fields := strings.Fields(string(raw[strings.LastIndex(string(raw), ")")+1:]))
			for _, f := range fields[11:13] {
				ticks, err := strconv.ParseInt(f, 10, 64)
				if err != nil {
					b.Fatal(err)
				}
				ns += ticks * 1e7
			}
		}
		return ns
	}
	before := spent()
	return func() { b.ReportMetric(float64(spent()-before)/1e6/float64(b.N), "cpu-ms/op") }
}
