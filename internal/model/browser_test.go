package model_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

var rewriteFaces = flag.Bool("rewrite-faces", false, "write api/capture/faces.json anew")

// measuredFace is what both the server and the tracker of web/capture measure on the
// largest face of a part of a photo. Lengths are in pixels, angles in degrees.
type measuredFace struct {
	Photo  string                `json:"photo"` // of the pinned package @vladmandic/face-api
	Part   part                  `json:"part"`
	Box    map[string]float64    `json:"box"`
	Pose   map[string]float64    `json:"pose"`
	Points map[string][3]float64 `json:"points"` // of the mesh, those that poses and gestures are measured on
}

// part is a square of a photo.
type part struct {
	X    int `json:"x"`
	Y    int `json:"y"`
	Side int `json:"side"`
}

// measuredPoints are those that tracker and gestures use.
var measuredPoints = []int{1, 10, 13, 14, 17, 33, 61, 133, 145, 152, 153, 158, 159, 234, 263, 291, 362, 374, 380, 385, 386, 454}

// TestBrowsersAreHeldToTheServersMeasures keeps the file that the tests of web/capture
// compare with: formulas on its points, the whole tracker on its photos.
func TestBrowsersAreHeldToTheServersMeasures(t *testing.T) {
	const file = "../../api/capture/faces.json"
	s := modeltest.Starter(t)
	if *rewriteFaces {
		raw, err := json.Marshal(measuredAnew(t, s))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []measuredFace
	if err := json.Unmarshal(raw, &all); err != nil || len(all) < 6 {
		t.Fatalf("%d faces in the file: %v", len(all), err)
	}
	for _, want := range all {
		got := measured(t, s, want.Photo, want.Part)
		if got == nil {
			t.Errorf("%s: no face", want.Photo)
			continue
		}
		for _, angle := range []string{"yaw", "pitch", "roll"} {
			if off := got.Pose[angle] - want.Pose[angle]; !(math.Abs(off) < 0.5) {
				t.Errorf("%s: %s is %.2f, the file has %.2f", want.Photo, angle, got.Pose[angle], want.Pose[angle])
			}
		}
	}
}

func demoPhoto(t *testing.T, name string) *vision.Image {
	t.Helper()
	return modeltest.Picture(t, filepath.Join("../../build/node_modules/@vladmandic/face-api/demo", name))
}

// measuredAnew measures the faces of a size that captures have.
func measuredAnew(t *testing.T, s *model.Set) []measuredFace {
	t.Helper()
	var all []measuredFace
	for i := range 6 {
		name := fmt.Sprintf("sample%d.jpg", i+1)
		im := demoPhoto(t, name)
		faces, err := s.Detector.Detect(t.Context(), im, model.Look{Far: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faces {
			side := int(2.4 * max(f.Box.W, f.Box.H))
			c := f.Box.Center()
			p := part{X: int(c.X) - side*45/100, Y: int(c.Y) - side*45/100, Side: side}
			if f.Box.W < 90 || p.X < 0 || p.Y < 0 || p.X+side > im.Width || p.Y+side > im.Height {
				continue
			}
			if m := measured(t, s, name, p); m != nil {
				all = append(all, *m)
			}
		}
	}
	return all
}

func cut(im *vision.Image, p part) *vision.Image {
	out := vision.NewImage(p.Side, p.Side)
	for y := range p.Side {
		from := 3 * (im.Width*(p.Y+y) + p.X)
		copy(out.Pix[3*p.Side*y:3*p.Side*(y+1)], im.Pix[from:from+3*p.Side])
	}
	return out
}

// measured gives nil where the part shows no face to the detector.
func measured(t *testing.T, s *model.Set, photo string, p part) *measuredFace {
	t.Helper()
	im := cut(demoPhoto(t, photo), p)
	faces, err := s.Detector.Detect(t.Context(), im, model.Look{})
	if err != nil {
		t.Fatal(err)
	}
	if len(faces) == 0 {
		return nil
	}
	f := slices.MaxFunc(faces, func(a, b model.Face) int { return int(a.Box.W*a.Box.H - b.Box.W*b.Box.H) })
	m, err := s.Landmarker.Landmarks(t.Context(), im, f)
	if err != nil {
		t.Fatal(err)
	}
	rounded := func(v float32) float64 { return math.Round(float64(v)*100) / 100 }
	out := &measuredFace{Photo: photo, Part: p, Points: map[string][3]float64{},
		Box:  map[string]float64{"left": rounded(f.Box.X), "top": rounded(f.Box.Y), "right": rounded(f.Box.X + f.Box.W), "bottom": rounded(f.Box.Y + f.Box.H)},
		Pose: map[string]float64{"yaw": m.Pose.YawDeg, "pitch": m.Pose.PitchDeg, "roll": m.Pose.RollDeg}}
	for _, i := range measuredPoints {
		out.Points[fmt.Sprint(i)] = [3]float64{rounded(m.Points[i].X), rounded(m.Points[i].Y), rounded(m.Z[i])}
	}
	return out
}
