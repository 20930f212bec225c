package gestures

import (
	"bytes"
	"encoding/csv"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

func TestMain(m *testing.M) {
	media.Child(os.Args)
	os.Exit(m.Run())
}

// real is the starter set on the clips of the shared folder.
func real(t *testing.T, files ...string) *System {
	t.Helper()
	rt := remembering(t, modeltest.Runtime(t), os.Getenv("BONAFIDE_MEMO"))
	set, err := model.Open(modeltest.Cards(t), func(name string) ([]byte, error) { return modeltest.Graph(t, name), nil }, rt, model.Choice{Set: "starter"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { set.Close() })
	s := &System{Set: set, Paths: map[string]string{}}
	for _, f := range files {
		s.Paths[f] = modeltest.Shared(t, "data", f)
	}
	limits := media.DefaultLimits()
	limits.DecodeTimeout = 10 * time.Minute // figures do not depend on how busy the machine is
	decoder, err := media.New(limits, media.Options{})
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

// tried are the people on whose windows and photos rules were tried. All others were
// looked at once they were fixed.
func tried() []string { return []string{"Alaa", "Apfol", "Zubair", "d0", "d12", "d13"} }

// TestEvaluation prints the tables of docs/judge/gestures.md, for those on whom rules were
// tried and for all others. It takes some ten minutes of every core and runs where
// BONAFIDE_EVALUATE is set. BONAFIDE_MEMO names a folder in which the answers of the networks
// are kept for the next time.
func TestEvaluation(t *testing.T) {
	if os.Getenv("BONAFIDE_EVALUATE") == "" {
		t.Skip("SKIPPED: BONAFIDE_EVALUATE is not set")
	}
	f, err := os.Open("testdata/windows.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	windows, err := ReadWindows(f, Known())
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, w := range windows {
		files = append(files, w.File)
	}
	photos := readPhotos(t)
	s := real(t, slices.Concat(files, photos["tried"], photos["unseen"])...)
	for _, part := range []string{"tried", "unseen"} {
		t.Run(part, func(t *testing.T) {
			g := &Gestures{System: "starter, " + part, Known: Known(), Ways: Ways(), Photos: photos[part]}
			for _, w := range windows {
				if slices.Contains(tried(), w.Subject) == (part == "tried") {
					g.Windows = append(g.Windows, w)
				}
			}
			if err := g.Tell(t.Context(), runtime.NumCPU(), s); err != nil {
				t.Fatal(err)
			}
			for _, m := range slices.Concat(g.Mistakes(), g.Passes()) {
				t.Log(m)
			}
			turns, others := Draw()
			for _, table := range Tables([]*Gestures{g}, turns, others) {
				if err := table.WriteText(os.Stdout); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// readPhotos gives the photos that clips are made of, by part.
func readPhotos(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/photos.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	photos := map[string][]string{}
	for _, row := range rows[1:] {
		photos[row[2]] = append(photos[row[2]], row[0])
	}
	return photos
}
