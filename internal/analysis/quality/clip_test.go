package quality_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
)

func TestMain(m *testing.M) {
	media.Child(os.Args)
	os.Exit(m.Run())
}

// made runs ffmpeg and gives the path of the clip that it wrote, or skips.
func made(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("SKIPPED: ffmpeg is not installed")
	}
	path := filepath.Join(t.TempDir(), "clip.mp4")
	args = append(append([]string{"-v", "error", "-nostdin", "-y"}, args...),
		"-an", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", path)
	if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v\n%s", err, out)
	}
	return path
}

func TestRealClipsAreJudgedAsAWhole(t *testing.T) {
	shared := func(elements ...string) string {
		return modeltest.Shared(t, append([]string{"data"}, elements...)...)
	}
	phone := shared("pad", "video", "live__WOLF-huo__videos_eff17845a21796d55db31abd0579ac76.mp4")
	webcam := shared("pad", "video", "live__saikan45__output.avi")
	picture := shared("pad", "still", "live_ClientRaw_0001_0001_00_00_01_0.jpg")
	set := modeltest.Standard(t)
	decoder, err := media.New(media.DefaultLimits(), media.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	live := func(path string) bonafide.Finding {
		t.Helper()
		_, f := examine(t, sample.Open(bonafide.Media{ID: "a"}, media.Source{Path: path}, decoder, set), bonafide.Params{})
		if f.Score == nil {
			t.Fatalf("%s: %v", filepath.Base(path), codes(f))
		}
		t.Logf("%.40s: score %.4f, hints %v, measures %v", filepath.Base(path), *f.Score, f.Hints, f.Measures)
		return f
	}
	// Nothing that a stream check finds may turn a person away who passes without.
	for _, path := range []string{
		phone, webcam,
		shared("pad", "video", "live__Apfol__videos_real2.webm"), shared("pad", "video", "live__ZubairCracksCode__videos_real.mov"),
		shared("clips", "lp_driving_d9.mp4"), shared("clips", "lp_driving_d13.mp4"),
	} {
		if f := live(path); !(1-*f.Score < 0.5) {
			t.Errorf("%s is declined: %v", filepath.Base(path), f.Hints)
		}
	}
	half := []string{"-i", phone, "-vf", "trim=end_frame=50,tpad=stop_mode=clone:stop_duration=3,setpts=N/30/TB"}
	// Of the same shape, because bars at the sides are a border that was made up.
	swapped := []string{"-i", phone, "-i", shared("pad", "field", "Fellway__media_me.mp4"), "-filter_complex",
		"[0:v]fps=20,trim=end_frame=50,setsar=1[a];[1:v]fps=20,scale=544:960,trim=end_frame=61,setsar=1[b];[a][b]concat"}
	for code, args := range map[string][]string{
		bonafide.ReasonFrozen:        half,
		bonafide.ReasonNoNoise:       {"-loop", "1", "-i", picture, "-t", "2", "-r", "25"},
		bonafide.ReasonEdited:        {"-i", phone, "-t", "1", "-metadata", "title=HandBrake"},
		bonafide.ReasonPersonChanged: swapped,
	} {
		if f := live(made(t, args...)); !slices.Contains(hintCodes(f), code) {
			t.Errorf("%s is not found: %v", code, f.Hints)
		}
	}
}
