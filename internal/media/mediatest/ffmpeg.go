package mediatest

import (
	"embed"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed testdata
var samples embed.FS

// Sample gives one of the small files that come with the package: clip.mp4,
// clip.mov, clip.mkv, clip.avi, live.webm, lossy.webp, lossless.webp,
// animated.webp, still.hevc, progressive.jpg, ycck.jpg.
func Sample(name string) []byte {
	b, err := samples.ReadFile("testdata/" + name)
	must(err)
	return b
}

// NeedFFmpeg skips the test, aloud, on a machine without ffmpeg or without one of
// the encoders.
func NeedFFmpeg(t testing.TB, encoders ...string) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("SKIPPED: ffmpeg is not installed, video is not tested")
	}
	for _, e := range encoders {
		out, err := exec.Command("ffmpeg", "-v", "error", "-h", "encoder="+e).CombinedOutput()
		if err != nil || strings.Contains(string(out), "not recognized") {
			t.Skipf("SKIPPED: ffmpeg has no encoder %s", e)
		}
	}
}

// FFmpeg runs ffmpeg and gives the path of the file that it wrote, whose name
// ends in ext. Call NeedFFmpeg first.
func FFmpeg(t testing.TB, ext string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made."+ext)
	args = append(append([]string{"-v", "error", "-nostdin", "-y"}, args...), path)
	if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return path
}

// File writes the bytes to a file of the test and gives its path.
func File(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "media")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
