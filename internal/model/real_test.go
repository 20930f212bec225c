package model_test

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Tests on real models and real pictures.

// bothSets runs a test with each set.
func bothSets(t *testing.T, test func(t *testing.T, s *model.Set)) {
	t.Run("standard", func(t *testing.T) { test(t, modeltest.Standard(t)) })
	t.Run("starter", func(t *testing.T) { test(t, modeltest.Starter(t)) })
}

// TestASetIsGivenBack lets Fresh find what closing says.
func TestASetIsGivenBack(t *testing.T) {
	for _, name := range []string{"standard", "starter"} {
		t.Run(name, func(t *testing.T) {
			if set := modeltest.Fresh(t, name); set.Name != name {
				t.Errorf("it is %q", set.Name)
			}
		})
	}
}

// pair is two portraits of one or of two people.
type pair struct {
	paths [2]string
	mated bool
}

// pairs gives the first n mated and n non-mated pairs of a fold of LFW.
func pairs(t testing.TB, n int) []pair {
	t.Helper()
	f, err := os.Open(modeltest.Shared(t, "data", "lfw", "pairs.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := func(person, number string) string {
		return modeltest.Shared(t, "data", "lfw", fmt.Sprintf("%s_%04s.jpg", person, number))
	}
	count := map[bool]int{}
	var out []pair
	for lines := bufio.NewScanner(f); lines.Scan(); {
		w := strings.Fields(lines.Text())
		var p pair
		switch len(w) {
		case 3:
			p = pair{[2]string{name(w[0], w[1]), name(w[0], w[2])}, true}
		case 4:
			p = pair{[2]string{name(w[0], w[1]), name(w[2], w[3])}, false}
		default:
			continue
		}
		if count[p.mated] < n {
			count[p.mated]++
			out = append(out, p)
		}
	}
	return out
}

// face finds the face in the middle of a picture and its mesh.
func face(t testing.TB, s *model.Set, im *vision.Image) (model.Face, *model.Mesh) {
	t.Helper()
	faces, err := s.Detector.Detect(t.Context(), im, model.Look{})
	if err != nil {
		t.Fatal(err)
	}
	middle := vision.Point{X: float32(im.Width) / 2, Y: float32(im.Height) / 2}
	i := slices.IndexFunc(faces, func(f model.Face) bool {
		b := f.Box
		return middle.X > b.X && middle.X < b.X+b.W && middle.Y > b.Y && middle.Y < b.Y+b.H
	})
	if i < 0 {
		t.Fatalf("no face in the middle, %d elsewhere", len(faces))
	}
	m, err := s.Landmarker.Landmarks(t.Context(), im, faces[i])
	if err != nil {
		t.Fatal(err)
	}
	return faces[i], m
}

func embed(t testing.TB, s *model.Set, path string) bonafide.Template {
	t.Helper()
	im := modeltest.Picture(t, path)
	_, m := face(t, s, im)
	tm, err := s.Embedder.Embed(t.Context(), im, m)
	if err != nil {
		t.Fatal(err)
	}
	return tm
}

func TestPortraitsShowOneFaceInTheirMiddle(t *testing.T) {
	bothSets(t, func(t *testing.T, s *model.Set) {
		for _, p := range pairs(t, 5) {
			im := modeltest.Picture(t, p.paths[0])
			f, m := face(t, s, im)
			if m.Flag < 0.9 || f.Score < 0.5 {
				t.Errorf("%s: flag %v, score %v", filepath.Base(p.paths[0]), m.Flag, f.Score)
			}
			if share := f.Box.W / float32(im.Width); share < 0.25 || share > 0.6 {
				t.Errorf("%s: the face fills %v of the width", filepath.Base(p.paths[0]), share)
			}
			width := math.Hypot(float64(m.Align[1].X-m.Align[0].X), float64(m.Align[1].Y-m.Align[0].Y))
			for i, q := range f.Points[:3] {
				if d := math.Hypot(float64(q.X-m.Align[i].X), float64(q.Y-m.Align[i].Y)); d > 0.35*width {
					t.Errorf("%s: point %d of detector and mesh lie %.1f px apart", filepath.Base(p.paths[0]), i, d)
				}
			}
		}
	})
}

func TestBothDetectorsMeanTheSameBox(t *testing.T) {
	standard, starter := modeltest.Standard(t), modeltest.Starter(t)
	sum, n := 0.0, 0
	for _, p := range pairs(t, 10) {
		im := modeltest.Picture(t, p.paths[1])
		a, _ := face(t, standard, im)
		b, _ := face(t, starter, im)
		overlap := vision.IoU(a.Box, b.Box)
		if overlap < 0.6 {
			t.Errorf("%s: %v and %v", filepath.Base(p.paths[1]), a.Box, b.Box)
		}
		sum, n = sum+float64(overlap), n+1
	}
	if mean := sum / float64(n); mean < 0.8 {
		t.Errorf("boxes overlap by %.2f on average", mean)
	}
}

// painted is a picture of soft colours with two dark spots and a bar where a face
// would have eyes and a mouth.
func painted() *vision.Image {
	im := vision.NewImage(320, 240)
	for i := range 320 * 240 {
		x, y := float64(i%320), float64(i/320)
		v := 150 + 60*math.Sin(x/40)*math.Cos(y/50)
		for _, spot := range [][3]float64{{130, 100, 12}, {190, 100, 12}, {160, 160, 20}} {
			dx, dy := x-spot[0], (y-spot[1])*1.5
			v -= 110 * math.Exp(-(dx*dx+dy*dy)/(spot[2]*spot[2]))
		}
		im.Pix[3*i], im.Pix[3*i+1], im.Pix[3*i+2] = uint8(v), uint8(v*0.85), uint8(v*0.7)
	}
	return im
}

// TestRecipesStayAsTheyWere pins what whole models make of a painted face: a
// change of a crop, a mean or an order of channels shows here.
func TestRecipesStayAsTheyWere(t *testing.T) {
	im := painted()
	f := model.Face{Box: vision.Box{X: 100, Y: 60, W: 120, H: 140}}
	f.Points = [5]vision.Point{{X: 130, Y: 100}, {X: 190, Y: 100}, {X: 160, Y: 130}, {X: 140, Y: 160}, {X: 180, Y: 160}}
	bothSets(t, func(t *testing.T, s *model.Set) {
		m, err := s.Landmarker.Landmarks(t.Context(), im, f)
		if err != nil {
			t.Fatal(err)
		}
		tm, err := s.Embedder.Embed(t.Context(), im, &model.Mesh{Align: f.Points})
		if err != nil {
			t.Fatal(err)
		}
		got := []float64{float64(m.Align[2].X), float64(m.Align[2].Y), 0, 0}
		for _, v := range tm.Vector() {
			got[2] += float64(v)
		}
		if got[3], err = s.PAD.Logit(t.Context(), im, f); err != nil {
			t.Fatal(err)
		}
		want := map[string][]float64{
			"standard": {150.60, 143.01, -0.639, -0.9297},
			"starter":  {150.60, 143.01, 1.596, -1.2971},
		}[s.Name]
		for i, name := range []string{"nose x", "nose y", "sum of the embedding", "live logit"} {
			if math.Abs(got[i]-want[i]) > 0.03 {
				t.Errorf("%s is %.4f, was %.4f", name, got[i], want[i])
			}
		}
	})
}

// mirrored and turned change a picture as a test knows.
func mirrored(im *vision.Image) *vision.Image {
	out := vision.NewImage(im.Width, im.Height)
	for y := range im.Height {
		for x := range im.Width {
			copy(out.Pix[3*(y*im.Width+x):][:3], im.Pix[3*(y*im.Width+im.Width-1-x):])
		}
	}
	return out
}

// turned turns a square picture clockwise about its middle.
func turned(im *vision.Image, deg float64) *vision.Image {
	middle := vision.Box{W: float32(im.Width), H: float32(im.Height)}.Center()
	f := vision.Format{Width: im.Width, Height: im.Height, Interleaved: true, Scale: [3]float32{1, 1, 1}}
	dst := make([]float32, f.Len())
	vision.Warp(dst, f, im, vision.OntoSquare(middle, float64(im.Width), -deg*math.Pi/180, im.Width))
	out := vision.NewImage(im.Width, im.Height)
	for i, v := range dst {
		out.Pix[i] = uint8(v)
	}
	return out
}

func TestPoseTurnsWithThePicture(t *testing.T) {
	bothSets(t, func(t *testing.T, s *model.Set) {
		var yaw, pitch, roll, spun float64
		all := pairs(t, 6)
		for _, p := range all {
			im := modeltest.Picture(t, p.paths[0])
			_, a := face(t, s, im)
			_, b := face(t, s, mirrored(im))
			_, c := face(t, s, turned(im, 15))
			yaw += math.Abs(a.Pose.YawDeg + b.Pose.YawDeg)
			pitch += math.Abs(a.Pose.PitchDeg - b.Pose.PitchDeg)
			roll += math.Abs(a.Pose.RollDeg + b.Pose.RollDeg)
			spun += math.Abs(c.Pose.RollDeg - a.Pose.RollDeg - 15)
		}
		for name, sum := range map[string]float64{"yaw mirrored": yaw, "pitch mirrored": pitch, "roll mirrored": roll, "roll turned": spun} {
			if mean := sum / float64(len(all)); mean > 3 {
				t.Errorf("%s is off by %.1f degrees on average", name, mean)
			}
		}
	})
}

func TestSimilarityTellsPeopleApart(t *testing.T) {
	bothSets(t, func(t *testing.T, s *model.Set) {
		wrong := map[bool]int{}
		for _, p := range pairs(t, 20) {
			_, similarity, err := s.Embedder.Compare(embed(t, s, p.paths[0]), embed(t, s, p.paths[1]))
			if err != nil {
				t.Fatal(err)
			}
			if (similarity >= 0.85) != p.mated {
				wrong[p.mated]++
			}
		}
		// Expected at FMR 1e-4: none of 20 non-mated, of 20 mated 0.7 (standard) or
		// 2.6 (starter).
		if wrong[false] > 0 || wrong[true] > 6 {
			t.Errorf("of 20 each, %d mated and %d non-mated pairs are on the wrong side", wrong[true], wrong[false])
		}
	})
}

func TestPrintedPhotosScoreLowAndLivingFacesHigh(t *testing.T) {
	s := modeltest.Standard(t)
	f, err := os.Open(modeltest.Shared(t, "data", "pad", "labels.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	taken, accepted := map[string]int{}, map[string]int{}
	for i, r := range rows { // file, dataset, subject, species, framing
		species := r[3]
		if i%5 != 0 || r[4] != "full" || filepath.Dir(r[0]) != "still" || taken[species] == 25 {
			continue
		}
		taken[species]++
		im := modeltest.Picture(t, modeltest.Shared(t, "data", "pad", r[0]))
		faces, err := s.Detector.Detect(t.Context(), im, model.Look{})
		if err != nil || len(faces) == 0 {
			t.Fatalf("%s: %d faces, %v", r[0], len(faces), err)
		}
		logit, err := s.PAD.Logit(t.Context(), im, faces[0])
		if err != nil {
			t.Fatal(err)
		}
		if s.PAD.Calibrate(logit) >= 0.5 {
			accepted[species]++
		}
	}
	if taken["print"] < 20 || taken["bona_fide"] < 20 {
		t.Fatalf("too few pictures: %v", taken)
	}
	if accepted["print"] > 0 || accepted["bona_fide"] < taken["bona_fide"]*4/5 {
		t.Errorf("accepted %v of %v", accepted, taken)
	}
}

func BenchmarkModels(b *testing.B) {
	im := modeltest.Picture(b, modeltest.Shared(b, "data", "pad", "still", "live_ClientRaw_0001_0001_00_00_01_0.jpg"))
	for name, open := range map[string]func(testing.TB) *model.Set{"standard": modeltest.Standard, "starter": modeltest.Starter} {
		s := open(b)
		f, m := face(b, s, im)
		f = model.Face{Box: f.Box, Score: f.Score, Points: f.Points} // without a mesh at hand
		steps := map[string]func() error{
			"detect":    func() error { _, err := s.Detector.Detect(b.Context(), im, model.Look{}); return err },
			"landmarks": func() error { _, err := s.Landmarker.Landmarks(b.Context(), im, f); return err },
			"embed":     func() error { _, err := s.Embedder.Embed(b.Context(), im, m); return err },
		}
		if s.PAD != nil {
			steps["pad"] = func() error { _, err := s.PAD.Logit(b.Context(), im, f); return err }
		}
		for step, run := range steps {
			b.Run(name+"/"+step, func(b *testing.B) {
				for b.Loop() {
					if err := run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkOpenStandard(b *testing.B) {
	for b.Loop() {
		modeltest.Fresh(b, "standard")
	}
}
