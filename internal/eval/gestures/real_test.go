package gestures

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

func TestMain(m *testing.M) {
	media.Child(os.Args)
	os.Exit(m.Run())
}

// real is the starter set on the clips of the shared folder.
func real(t *testing.T, files ...string) *System {
	t.Helper()
	s := &System{Set: modeltest.Starter(t), Paths: map[string]string{}}
	for _, f := range files {
		s.Paths[f] = modeltest.Shared(t, "data", f)
	}
	decoder, err := media.New(media.DefaultLimits(), media.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { decoder.Close() })
	s.Opener = decoder
	return s
}

// The writing on the wall behind this person is mirrored: the recording is what they saw
// of themselves. In a mirror again it shows what a camera sees.
const beforeWriting = "pad/field/AlaaAElshafei__test_video.mp4"

func TestLeftIsThePersonsOwn(t *testing.T) {
	s := real(t, beforeWriting)
	for _, tt := range []struct {
		from, till float64
		camera     string // of the picture as a camera sees it
		mirror     string
	}{{500, 5000, "left", "right"}, {5000, 8900, "right", "left"}} {
		for mirror, want := range map[bool]string{true: tt.camera, false: tt.mirror} {
			a, err := s.Window(t.Context(), Window{File: beforeWriting, FromMS: tt.from, TillMS: tt.till, Mirror: mirror})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range []string{"left", "right"} {
				if (a[g] == "") != (g == want) {
					t.Errorf("from %g ms, turned round %v: %s is %q", tt.from, mirror, g, a[g])
				}
			}
		}
	}
}

func TestGesturesOfRealClipsAreTold(t *testing.T) {
	const smile, blink, still = "pad/field/KwaiVGI__assets_examples_driving_d0.mp4", "clips/lp_driving_d13.mp4", "pad/field/AryanBhushan__test_video.mp4"
	s := real(t, beforeWriting, smile, blink, still)
	for _, tt := range []struct {
		window Window
		shown  string
		not    []string
	}{
		{Window{File: beforeWriting, FromMS: 8900, TillMS: 12600}, "high", []string{"left", "right", "down", "smile"}},
		{Window{File: smile, FromMS: 0, TillMS: 3100}, "smile", []string{"left", "right", "high", "down"}},
		{Window{File: blink, FromMS: 200, TillMS: 2600}, "eyes", []string{"left", "right", "high", "down"}},
		{Window{File: still, FromMS: 0, TillMS: 4000}, "", []string{"left", "right", "high", "down", "smile", "eyes", "zoom_in", "zoom_out"}},
	} {
		a, err := s.Window(t.Context(), tt.window)
		if err != nil {
			t.Fatal(err)
		}
		if tt.shown != "" && a[tt.shown] != "" {
			t.Errorf("%s: %s is %q", tt.window.File, tt.shown, a[tt.shown])
		}
		for _, g := range tt.not {
			if a[g] == "" {
				t.Errorf("%s: %s is accepted", tt.window.File, g)
			}
		}
	}
}

func TestAPhotoThatIsMovedShowsNoGesture(t *testing.T) {
	const photo = "photos/deepface/tests__unit__dataset__img10.jpg"
	s := real(t, photo)
	for way, w := range Ways() {
		if way%5 != 3 {
			continue
		}
		a, err := s.Forge(t.Context(), photo, way)
		if err != nil || a == nil {
			t.Fatalf("%s: %v, %v", w.Name, a, err)
		}
		for _, g := range Known() {
			if a[g] == "" {
				t.Errorf("%s: %s is accepted", w.Name, g)
			}
		}
	}
}

func TestTheListOfWindowsIsRead(t *testing.T) {
	f, err := os.Open("testdata/windows.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	windows, err := ReadWindows(f, Known())
	if err != nil || len(windows) < 90 {
		t.Errorf("%d windows, %v", len(windows), err)
	}
}

// TestEvaluation prints the tables of docs/judge/gestures.md. It takes some minutes of
// every core and runs where BONAFIDE_EVALUATE is set.
func TestEvaluation(t *testing.T) {
	if os.Getenv("BONAFIDE_EVALUATE") == "" {
		t.Skip("SKIPPED: BONAFIDE_EVALUATE is not set")
	}
	f, err := os.Open("testdata/windows.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g := &Gestures{System: "starter", Known: Known(), Ways: Ways()}
	if g.Windows, err = ReadWindows(f, Known()); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, w := range g.Windows {
		files = append(files, w.File)
	}
	for folder, most := range map[string]int{"deepface": 14, "compreface": 8} {
		all, err := filepath.Glob(filepath.Join(modeltest.Shared(t, "data", "photos", folder), "*.jpg"))
		if err != nil || len(all) < most {
			t.Fatalf("%d photos, %v", len(all), err)
		}
		for i := range most {
			g.Photos = append(g.Photos, "photos/"+folder+"/"+filepath.Base(all[i*len(all)/most]))
		}
	}
	if err := g.Tell(t.Context(), runtime.NumCPU(), real(t, slices.Concat(files, g.Photos)...)); err != nil {
		t.Fatal(err)
	}
	for _, m := range g.Mistakes() {
		t.Log(m)
	}
	turns, others := Draw()
	for _, table := range Tables([]*Gestures{g}, turns, others) {
		if err := table.WriteText(os.Stdout); err != nil {
			t.Error(err)
		}
	}
}
