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
// largest face of a photo. Lengths are in pixels, angles in degrees.
type measuredFace struct {
	Photo  string                `json:"photo"` // of the pinned package @vladmandic/face-api
	Size   [2]int                `json:"size"`
	Box    map[string]float64    `json:"box"`
	Pose   map[string]float64    `json:"pose"`
	Points map[string][3]float64 `json:"points"` // of the mesh, those that poses and gestures are measured on
}

// measuredPoints are those that tracker and gestures use.
var measuredPoints = []int{1, 10, 13, 14, 17, 33, 61, 133, 145, 152, 153, 158, 159, 234, 263, 291, 362, 374, 380, 385, 386, 454}

// TestBrowsersAreHeldToTheServersMeasures keeps the file that the tests of web/capture
// compare with: formulas on its points, the whole tracker on its photos.
func TestBrowsersAreHeldToTheServersMeasures(t *testing.T) {
	const file = "../../api/capture/faces.json"
	s := modeltest.Starter(t)
	var got []measuredFace
	for i := range 6 {
		got = append(got, measure(t, s, fmt.Sprintf("sample%d.jpg", i+1)))
	}
	if *rewriteFaces {
		raw, err := json.Marshal(got)
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
	var want []measuredFace
	if err := json.Unmarshal(raw, &want); err != nil || len(want) != len(got) {
		t.Fatalf("%d photos in the file: %v", len(want), err)
	}
	for i, w := range want {
		for _, angle := range []string{"yaw", "pitch", "roll"} {
			if off := got[i].Pose[angle] - w.Pose[angle]; !(math.Abs(off) < 0.5) {
				t.Errorf("%s: %s is %.2f, the file has %.2f", w.Photo, angle, got[i].Pose[angle], w.Pose[angle])
			}
		}
	}
}

func measure(t *testing.T, s *model.Set, photo string) measuredFace {
	t.Helper()
	im := modeltest.Picture(t, filepath.Join("../../build/node_modules/@vladmandic/face-api/demo", photo))
	faces, err := s.Detector.Detect(t.Context(), im, model.Look{})
	if err != nil || len(faces) == 0 {
		t.Fatalf("%s: %d faces, %v", photo, len(faces), err)
	}
	f := slices.MaxFunc(faces, func(a, b model.Face) int { return int(a.Box.W*a.Box.H - b.Box.W*b.Box.H) })
	m, err := s.Landmarker.Landmarks(t.Context(), im, f)
	if err != nil {
		t.Fatal(err)
	}
	rounded := func(v float32) float64 { return math.Round(float64(v)*100) / 100 }
	out := measuredFace{Photo: photo, Size: [2]int{im.Width, im.Height}, Points: map[string][3]float64{},
		Box:  map[string]float64{"left": rounded(f.Box.X), "top": rounded(f.Box.Y), "right": rounded(f.Box.X + f.Box.W), "bottom": rounded(f.Box.Y + f.Box.H)},
		Pose: map[string]float64{"yaw": m.Pose.YawDeg, "pitch": m.Pose.PitchDeg, "roll": m.Pose.RollDeg}}
	at := func(i int) vision.Point { return m.Points[i] }
	for _, i := range measuredPoints {
		out.Points[fmt.Sprint(i)] = [3]float64{rounded(at(i).X), rounded(at(i).Y), rounded(m.Z[i])}
	}
	return out
}
