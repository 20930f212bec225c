package model_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/infer/fake"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

func row(values ...float32) infer.Tensor {
	return infer.Tensor{Shape: []int64{1, int64(len(values))}, Data: values}
}

// yunet answers with one face: the cell of a grid, its box and the probability.
type cell struct {
	stride, column, row int
	score               float32
	box                 [4]float32
	points              [10]float32
}

func yunet(shapes *[][]int64, faces func(width int) []cell) fake.Network {
	n := fake.Network{Inputs: []string{"input"}}
	for _, part := range []string{"kps", "cls", "obj", "bbox"} { // the order does not matter
		for _, s := range []int{8, 16, 32} {
			n.Outputs = append(n.Outputs, fmt.Sprintf("%s_%d", part, s))
		}
	}
	n.Answer = func(in []infer.Tensor) ([]infer.Tensor, error) {
		height, width := int(in[0].Shape[2]), int(in[0].Shape[3])
		*shapes = append(*shapes, in[0].Shape)
		var out []infer.Tensor
		for _, per := range []int{10, 1, 1, 4} {
			for _, s := range []int{8, 16, 32} {
				t := fake.Zeros(1, int64(height/s*(width/s)), int64(per))
				for _, c := range faces(width) {
					if c.stride != s {
						continue
					}
					at := t.Data[per*(c.row*(width/s)+c.column):]
					switch per {
					case 10:
						copy(at, c.points[:])
					case 4:
						copy(at, c.box[:])
					default:
						at[0] = c.score
					}
				}
				out = append(out, t)
			}
		}
		return out, nil
	}
	return n
}

// blaze answers with a logit and a box at one anchor of the first grid, and a
// score of nearly 0 elsewhere.
func blaze(anchor int, logit float32, values [16]float32, seen func(infer.Tensor) bool) fake.Network {
	return fake.Network{
		Inputs: []string{"input"}, Outputs: []string{"s1", "s2", "b1", "b2"},
		Answer: func(in []infer.Tensor) ([]infer.Tensor, error) {
			scores := fake.Zeros(1, 4*4*2, 1)
			boxes := fake.Zeros(1, 4*4*2, 16)
			others := fake.Zeros(1, 2*2*6, 1)
			for i := range scores.Data {
				scores.Data[i] = -20
			}
			for i := range others.Data {
				others.Data[i] = -20
			}
			if seen(in[0]) {
				scores.Data[anchor] = logit
				copy(boxes.Data[16*anchor:], values[:])
			}
			return []infer.Tensor{scores, others, boxes, fake.Zeros(1, 2*2*6, 16)}, nil
		},
	}
}

// mesh answers with the same points, in pixels of the input; those that are not
// given lie in two of its corners.
func mesh(flag float32, at map[int][3]float32) fake.Network {
	points := fake.Zeros(1, 1404)
	for i := 3 * 400; i < 3*401; i++ {
		points.Data[i] = 64
	}
	for i, p := range at {
		copy(points.Data[3*i:], p[:])
	}
	return fake.Constant(points, row(flag))
}

// means answers with the mean of each channel, corners with the mean of each
// quarter of the first.
func means(in []infer.Tensor) ([]infer.Tensor, error) {
	out := make([]float32, 3)
	n := len(in[0].Data) / 3
	for i, v := range in[0].Data {
		out[i/n] += v / float32(n)
	}
	return []infer.Tensor{row(out...)}, nil
}

func corners(in []infer.Tensor) ([]infer.Tensor, error) {
	out := make([]float32, 4)
	for i, v := range in[0].Data[:64*64] {
		out[i%64/32+i/64/32*2] += v / 1024
	}
	return []infer.Tensor{row(out...)}, nil
}

// house is a set of fakes; a test changes what it is about before opening it.
type house struct {
	cards  map[string]string
	nets   fake.Runtime
	shapes [][]int64 // of yunet's inputs
	closed int
}

func newHouse() *house {
	h := &house{cards: cards()}
	h.nets = fake.Runtime{
		"yunet":     yunet(&h.shapes, func(int) []cell { return nil }),
		"blazeface": blaze(0, -9, [16]float32{}, func(infer.Tensor) bool { return false }),
		"facemesh":  mesh(0.9, nil),
		"means":     {Inputs: []string{"in"}, Outputs: []string{"out"}, Answer: means},
		"corners":   {Inputs: []string{"in"}, Outputs: []string{"out"}, Answer: corners},
		"pad":       fake.Constant(row(0, 1, 0)),
	}
	return h
}

// Load and Close make the house a runtime that counts closed sessions.
func (h *house) Load(graph []byte) (infer.Session, error) {
	s, err := h.nets.Load(graph)
	return counted{s, h}, err
}

func (h *house) Close() error { return nil }

type counted struct {
	infer.Session
	h *house
}

func (c counted) Close() error {
	c.h.closed++
	return c.Session.Close()
}

func (h *house) graph(name string) ([]byte, error) {
	if _, ok := h.nets[name]; !ok {
		return nil, bonafide.Wrap(bonafide.CodeModel, "not installed", fs.ErrNotExist)
	}
	return []byte(name), nil
}

func (h *house) tryOpen(t *testing.T, name string) (*model.Set, error) {
	t.Helper()
	return h.choose(t, model.Choice{Set: name})
}

func (h *house) choose(t *testing.T, c model.Choice) (*model.Set, error) {
	t.Helper()
	var all []*model.Card
	for _, raw := range h.cards {
		all = append(all, read(t, raw))
	}
	return model.Open(all, h.graph, h, c)
}

func (h *house) open(t *testing.T) *model.Set {
	t.Helper()
	s, err := h.tryOpen(t, "test")
	if err != nil {
		t.Fatal(err)
	}
	h.shapes = nil
	return s
}

// replace changes a card.
func (h *house) replace(t *testing.T, card, old, new string) {
	t.Helper()
	changed := strings.Replace(h.cards[card], old, new, 1)
	if changed == h.cards[card] {
		t.Fatalf("card %s: nothing changed", card)
	}
	h.cards[card] = changed
}

func picture(width, height int) *vision.Image {
	r := rand.New(rand.NewPCG(5, 5))
	im := vision.NewImage(width, height)
	for i := range im.Pix {
		im.Pix[i] = uint8(r.Uint32())
	}
	return im
}

func closeTo(a, b float32) bool { return math.Abs(float64(a-b)) < 0.02 }

func TestYuNetPlacesFacesInThePicture(t *testing.T) {
	h := newHouse()
	h.nets["yunet"] = yunet(&h.shapes, func(int) []cell {
		return []cell{
			{stride: 16, column: 2, row: 1, score: 0.9, box: [4]float32{0.5, 0.25, 0, float32(math.Log(2))}, points: [10]float32{1, 0, 2, 0, 0, 0, 0, 1, 0, 2}},
			{stride: 8, column: 3, row: 2, score: 0.7}, // overlaps nothing
			{stride: 32, column: 1, row: 0, score: 0.5},
		}
	})
	faces, err := h.open(t).Detector.Detect(t.Context(), picture(128, 96), model.Look{})
	if err != nil || len(faces) != 2 {
		t.Fatalf("got %v, %v", faces, err)
	}
	if want := []int64{1, 3, 64, 64}; len(h.shapes) != 1 || !slices.Equal(h.shapes[0], want) {
		t.Errorf("looked with %v, want %v", h.shapes, want)
	}
	// 128 x 96 is seen at half its size; cells are 32 pixels of the picture wide.
	f := faces[0]
	if !closeTo(f.Score, 0.9) || f.Box != (vision.Box{X: 64, Y: 8, W: 32, H: 64}) {
		t.Errorf("got %+v", f)
	}
	if want := [5]vision.Point{{X: 96, Y: 32}, {X: 128, Y: 32}, {X: 64, Y: 32}, {X: 64, Y: 64}, {X: 64, Y: 96}}; f.Points != want {
		t.Errorf("points %v, want %v", f.Points, want)
	}
}

func TestYuNetLooksCloserUntilItFindsAFace(t *testing.T) {
	h := newHouse()
	h.nets["yunet"] = yunet(&h.shapes, func(width int) []cell {
		if width < 128 {
			return nil
		}
		return []cell{{stride: 8, column: 3, row: 2, score: 0.7}}
	})
	s := h.open(t)
	faces, err := s.Detector.Detect(t.Context(), picture(400, 100), model.Look{})
	if err != nil || len(faces) != 1 || len(h.shapes) != 2 {
		t.Fatalf("%v, %v, looked with %v", faces, err, h.shapes)
	}
	if first, second := h.shapes[0], h.shapes[1]; !slices.Equal(first, []int64{1, 3, 32, 64}) || !slices.Equal(second, []int64{1, 3, 32, 128}) {
		t.Errorf("looked with %v", h.shapes)
	}
}

func TestFacesThatMakeNoSenseAreDropped(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, c := range map[string]cell{
		"no score":         {score: nan},
		"no place":         {score: 0.9, box: [4]float32{nan, 0, 0, 0}},
		"endless":          {score: 0.9, box: [4]float32{0, 0, 200, 200}},
		"of no extent":     {score: 0.9, box: [4]float32{0, 0, -200, -200}},
		"far away":         {score: 0.9, box: [4]float32{1e9, 0, 0, 0}},
		"beside it":        {score: 0.9, box: [4]float32{-9, 0, 0, 0}},
		"an eye nowhere":   {score: 0.9, points: [10]float32{inf}},
		"an eye far away":  {score: 0.9, points: [10]float32{1e6}},
		"a score too high": {score: inf, box: [4]float32{nan}},
	} {
		h := newHouse()
		c.stride, c.column, c.row = 8, 2, 2
		h.nets["yunet"] = yunet(&h.shapes, func(int) []cell { return []cell{c} })
		if faces, err := h.open(t).Detector.Detect(t.Context(), picture(64, 64), model.Look{}); err != nil || len(faces) > 0 {
			t.Errorf("%s: got %v, %v", name, faces, err)
		}
	}
}

func always(infer.Tensor) bool { return true }

func TestBlazeFacePlacesFacesInThePicture(t *testing.T) {
	h := newHouse()
	h.replace(t, "set-test", `"detector":"yunet"`, `"detector":"blazeface"`)
	// Anchor 13 is the second one of column 2 and row 1: its centre is (40, 24).
	h.nets["blazeface"] = blaze(13, 2, [16]float32{-8, 8, 20, 10, -4, 0, 4, 0, 0, 4, 0, 8}, always)
	faces, err := h.open(t).Detector.Detect(t.Context(), picture(128, 128), model.Look{})
	if err != nil || len(faces) != 1 {
		t.Fatalf("got %v, %v", faces, err)
	}
	// Half the size: centre (64, 64), 40 x 20. The mesh fills a square of 60, which is
	// moved up by a tenth and stretched.
	f := faces[0]
	if want := (vision.Box{X: 34, Y: 22, W: 60, H: 72}); !closeTo(f.Box.X, want.X) || !closeTo(f.Box.Y, want.Y) || !closeTo(f.Box.W, want.W) || !closeTo(f.Box.H, want.H) {
		t.Errorf("box %v, want %v", f.Box, want)
	}
	if want := [5]vision.Point{{X: 72, Y: 48}, {X: 88, Y: 48}, {X: 80, Y: 56}, {X: 80, Y: 64}, {X: 80, Y: 64}}; f.Points != want {
		t.Errorf("points %v, want %v", f.Points, want)
	}
	if !closeTo(f.Score, 0.8808) {
		t.Errorf("score %v", f.Score)
	}
}

func TestBlazeFaceLooksAtSquaresWhenTheWholeShowsNothing(t *testing.T) {
	h := newHouse()
	h.replace(t, "set-test", `"detector":"yunet"`, `"detector":"blazeface"`)
	looks := 0
	h.nets["blazeface"] = blaze(0, 2, [16]float32{8, 8, 32, 32}, func(in infer.Tensor) bool {
		looks++
		return in.Data[32*64] != 0 // the letterboxed whole is black from there on
	})
	s := h.open(t)
	looks = 0
	faces, err := s.Detector.Detect(t.Context(), picture(200, 64), model.Look{})
	if err != nil || looks != 3 || len(faces) != 2 {
		t.Fatalf("%d looks, %v, %v", looks, faces, err)
	}
	if x := []float32{faces[0].Box.X, faces[1].Box.X}; !closeTo(min(x[0], x[1]), -8) || !closeTo(max(x[0], x[1]), 128) {
		t.Errorf("faces at %v", x)
	}
	looks = 0
	if _, err := s.Detector.Detect(t.Context(), picture(66, 64), model.Look{}); err != nil || looks != 1 {
		t.Errorf("a square picture: %d looks, %v", looks, err)
	}
}

func TestTwoFindsOfOneMeshAreOneFace(t *testing.T) {
	h := newHouse()
	h.replace(t, "set-test", `"detector":"yunet"`, `"detector":"blazeface"`)
	h.replace(t, "blazeface", `"mesh_box":[0,-0.1,1,1.2]`, `"mesh_box":[0,0,4,4]`)
	answer := blaze(0, 2, [16]float32{16, 16, 8, 8, 12: 24}, always).Answer
	h.nets["blazeface"] = fake.Network{Inputs: []string{"in"}, Outputs: []string{"s1", "s2", "b1", "b2"}, Answer: func(in []infer.Tensor) ([]infer.Tensor, error) {
		out, err := answer(in)
		out[0].Data[2] = 1 // an anchor of the next cell: its box lies beside the first
		copy(out[2].Data[16*2:], []float32{8, 16, 8, 8})
		return out, err
	}}
	faces, err := h.open(t).Detector.Detect(t.Context(), picture(64, 64), model.Look{})
	if err != nil || len(faces) != 1 || !closeTo(faces[0].Score, 0.8808) {
		t.Errorf("got %v, %v", faces, err)
	}
}

func TestWhatTheLandmarkerDoesNotConfirmIsNoFace(t *testing.T) {
	for flag, want := range map[float32]int{0.49: 0, 0.5: 1, float32(math.NaN()): 0} {
		h := newHouse()
		h.replace(t, "set-test", `"detector":"yunet"`, `"detector":"blazeface"`)
		h.nets["blazeface"] = blaze(0, 2, [16]float32{8, 8, 32, 32}, always)
		h.nets["facemesh"] = mesh(flag, nil)
		s := h.open(t)
		faces, err := s.Detector.Detect(t.Context(), picture(64, 64), model.Look{})
		if err != nil || len(faces) != want {
			t.Errorf("flag %v: %d faces, %v", flag, len(faces), err)
		}
		if faces, err = s.Detector.Detect(t.Context(), picture(64, 64), model.Look{Doubtful: true}); err != nil || len(faces) != 1 {
			t.Errorf("flag %v: %d doubtful faces, %v", flag, len(faces), err)
		}
	}
}

// front is a face whose mesh input lies pixel on pixel: 1.5 times 64 x 2/3.
func front() model.Face {
	const side = 64 / 1.5
	return model.Face{
		Box:    vision.Box{X: 50 - side/2, Y: 60 - side/2, W: side, H: side},
		Points: [5]vision.Point{{X: 40, Y: 50}, {X: 60, Y: 50}},
	}
}

func TestTheMeshComesBackIntoThePicture(t *testing.T) {
	h := newHouse()
	h.nets["facemesh"] = mesh(0.7, map[int][3]float32{0: {32, 32, 4}, 1: {64, 32, 0}})
	s := h.open(t)
	f := front()
	m, err := s.Landmarker.Landmarks(t.Context(), picture(100, 100), f)
	if err != nil || m.Flag != 0.7 {
		t.Fatal(m, err)
	}
	// Half a pixel lies between the grid of edges and that of centres.
	if p := m.Points[0]; !closeTo(p.X, 49.5) || !closeTo(p.Y, 59.5) || m.Z[0] != 4 {
		t.Errorf("the middle lies at %v, %v", p, m.Z[0])
	}
	if p := m.Points[1]; !closeTo(p.X, 81.5) || !closeTo(p.Y, 59.5) {
		t.Errorf("the right edge lies at %v", p)
	}
	// A head on its side, twice as large.
	f.Points = [5]vision.Point{{X: 50, Y: 40}, {X: 50, Y: 60}}
	f.Box = vision.Box{X: 50 - f.Box.W, Y: 60 - f.Box.W, W: 2 * f.Box.W, H: 1}
	f.Box.Y = 60 - f.Box.H/2
	if m, err = s.Landmarker.Landmarks(t.Context(), picture(100, 100), f); err != nil {
		t.Fatal(err)
	}
	if p := m.Points[1]; math.Abs(float64(p.X)-50) > 1.1 || math.Abs(float64(p.Y)-124) > 1.1 || m.Z[0] != 8 {
		t.Errorf("the right edge lies at %v, depth %v", p, m.Z[0])
	}
}

func TestPoseFollowsTheHead(t *testing.T) {
	rad := math.Pi / 180
	for _, want := range []model.Pose{{}, {YawDeg: 30}, {PitchDeg: 20}, {RollDeg: -25}, {YawDeg: -40, PitchDeg: -15, RollDeg: 10}, {YawDeg: 15, PitchDeg: 35, RollDeg: 40}} {
		turn := func(x, y float64) [3]float32 {
			sp, cp := math.Sincos(want.PitchDeg * rad)
			sy, cy := math.Sincos(want.YawDeg * rad)
			sr, cr := math.Sincos(want.RollDeg * rad)
			y, z := y*cp, -y*sp // up: the chin comes nearer
			x, z = x*cy-z*sy, x*sy+z*cy
			x, y = x*cr-y*sr, x*sr+y*cr
			return [3]float32{float32(32 + x), float32(32 + y), float32(z)}
		}
		h := newHouse()
		h.nets["facemesh"] = mesh(1, map[int][3]float32{234: turn(-20, 0), 454: turn(20, 0), 10: turn(0, -25), 152: turn(0, 25)})
		m, err := h.open(t).Landmarker.Landmarks(t.Context(), picture(100, 100), front())
		if err != nil {
			t.Fatal(err)
		}
		got := m.Pose
		got.PitchDeg += 3 // the card's offset
		if math.Abs(got.YawDeg-want.YawDeg) > 0.1 || math.Abs(got.PitchDeg-want.PitchDeg) > 0.1 || math.Abs(got.RollDeg-want.RollDeg) > 0.1 {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func alignment() *model.Mesh {
	return &model.Mesh{Align: [5]vision.Point{{X: 30, Y: 30}, {X: 54, Y: 30}, {X: 42, Y: 42}, {X: 34, Y: 54}, {X: 50, Y: 54}}}
}

func TestAFusionWeighsTheCosinesOfItsParts(t *testing.T) {
	s := newHouse().open(t)
	embed := func(im *vision.Image) bonafide.Template {
		tm, err := s.Embedder.Embed(t.Context(), im, alignment())
		if err != nil {
			t.Fatal(err)
		}
		return tm
	}
	other := picture(100, 100)
	for i := range other.Pix {
		if i%3 == 0 && i/300 < 42 {
			other.Pix[i] = 0
		}
	}
	a, b := embed(picture(100, 100)), embed(other)
	if a.Model != (bonafide.ModelRef{Name: "joined", Version: "3"}) || len(a.Vector()) != 7 {
		t.Fatalf("%v of %d numbers", a.Model, len(a.Vector()))
	}
	dot := func(v, w []float32) (sum float64) {
		for i := range v {
			sum += float64(v[i]) * float64(w[i])
		}
		return sum
	}
	first, second := dot(a.Vector()[:3], b.Vector()[:3])/0.7, dot(a.Vector()[3:], b.Vector()[3:])/0.3
	cosine, similarity, err := s.Embedder.Compare(a, b)
	if err != nil || math.Abs(cosine-0.7*first-0.3*second) > 1e-6 || cosine > 0.99 || cosine < 0.5 {
		t.Errorf("cosine %v of %v and %v, %v", cosine, first, second, err)
	}
	if math.Abs(similarity-(0.85+0.15*(cosine-0.5)/0.5)) > 1e-6 {
		t.Errorf("similarity %v of cosine %v", similarity, cosine)
	}
	if c, sim, err := s.Embedder.Compare(a, a); err != nil || math.Abs(c-1) > 1e-6 || math.Abs(sim-1) > 1e-6 {
		t.Errorf("with itself: %v, %v, %v", c, sim, err)
	}
	if back, _, _ := s.Embedder.Compare(b, a); back != cosine {
		t.Errorf("the other way round: %v", back)
	}
}

func TestAMirroredPartDoesNotCareForSides(t *testing.T) {
	im, m := picture(100, 100), alignment()
	m.Align[2].X += 3 // no face is even
	back := &model.Mesh{}
	for i, from := range [5]int{1, 0, 2, 4, 3} {
		back.Align[i] = vision.Point{X: 99 - m.Align[from].X, Y: m.Align[from].Y}
	}
	for card, mirror := range map[string]bool{`"weight":0.3`: false, `"weight":0.3,"mirror":true`: true} {
		h := newHouse()
		h.cards["joined"] = strings.Replace(h.cards["joined"], `"weight":0.3`, card, 1)
		s := h.open(t)
		a, err := s.Embedder.Embed(t.Context(), im, m)
		b, other := s.Embedder.Embed(t.Context(), mirrored(im), back)
		if err != nil || other != nil {
			t.Fatal(err, other)
		}
		apart := 0.0
		for i, x := range a.Vector()[3:] {
			apart = max(apart, math.Abs(float64(x-b.Vector()[3+i])))
		}
		if mirror != (apart < 1e-5) {
			t.Errorf("mirrored %v: the vectors are %v apart", mirror, apart)
		}
	}
}

func TestTemplatesOfAnotherModelAreNeverCompared(t *testing.T) {
	s := newHouse().open(t)
	vector := []float32{1, 0, 0}
	own := bonafide.NewTemplate(s.Embedder.Ref(), vector)
	for name, other := range map[string]bonafide.Template{
		"another model":   bonafide.NewTemplate(bonafide.ModelRef{Name: "other", Version: "3"}, vector),
		"another version": bonafide.NewTemplate(bonafide.ModelRef{Name: "joined", Version: "2"}, vector),
		"another length":  bonafide.NewTemplate(s.Embedder.Ref(), vector[:2]),
		"empty":           bonafide.NewTemplate(s.Embedder.Ref(), nil),
	} {
		for _, pair := range [][2]bonafide.Template{{own, other}, {other, own}} {
			if c, sim, err := s.Embedder.Compare(pair[0], pair[1]); bonafide.CodeOf(err) != bonafide.CodeModel || c != 0 || sim != 0 {
				t.Errorf("%s: %v, %v, %v", name, c, sim, err)
			}
		}
	}
	broken := bonafide.NewTemplate(s.Embedder.Ref(), []float32{float32(math.NaN()), 0, 0})
	if _, sim, err := s.Embedder.Compare(own, broken); err == nil || sim != 0 {
		t.Errorf("not a number: similarity %v, %v", sim, err)
	}
}

func TestFacesWithoutExtentOrLightAreRefused(t *testing.T) {
	s := newHouse().open(t)
	if _, err := s.Embedder.Embed(t.Context(), picture(64, 64), &model.Mesh{}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("without extent: %v", err)
	}
	if _, err := s.Embedder.Embed(t.Context(), vision.NewImage(64, 64), alignment()); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("black: %v", err)
	}
	if _, err := s.PAD.Logit(t.Context(), picture(64, 64), model.Face{Box: vision.Box{X: 100, W: 5, H: 5}}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("outside: %v", err)
	}
}

func TestLogitsAreClipped(t *testing.T) {
	nan := float32(math.NaN())
	tests := map[string]struct {
		out  infer.Tensor
		want float64
		bad  bool
	}{
		"even":             {row(0, 0), 0, false},
		"one of three":     {row(1, 1, 1), math.Log(0.5), false},
		"alive":            {row(0, 2), 2, false},
		"surely alive":     {row(-50, 50), math.Log(0.999 / 0.001), false},
		"surely an attack": {row(300, -300), -math.Log(0.999 / 0.001), false},
		"not a number":     {row(nan, 1), 0, true},
		"no such class":    {row(1), 0, true},
	}
	for name, tt := range tests {
		h := newHouse()
		s := h.open(t)
		h.nets["pad"] = fake.Constant(tt.out)
		again, err := h.tryOpen(t, "test")
		if tt.bad {
			if err == nil {
				t.Errorf("%s: the set opened", name)
			}
			continue
		}
		if err != nil {
			t.Fatal(name, err)
		}
		l, err := again.PAD.Logit(t.Context(), picture(64, 64), front())
		if err != nil || math.Abs(l-tt.want) > 1e-5 {
			t.Errorf("%s: %v, %v, want %v", name, l, err, tt.want)
		}
		if got, want := s.PAD.Calibrate(l), 1/(1+math.Exp(-2*l-1)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: calibrated to %v, want %v", name, got, want)
		}
	}
}

func TestASetKnowsItsMembers(t *testing.T) {
	h := newHouse()
	s := h.open(t)
	if s.Name != "test" || s.Gate.MaxFrames != 15 {
		t.Errorf("got %s, %+v", s.Name, s.Gate)
	}
	var names []string
	for _, r := range s.Refs() {
		names = append(names, r.Name)
	}
	if want := []string{"yunet", "facemesh", "joined", "pads"}; !slices.Equal(names, want) {
		t.Errorf("got %v", names)
	}
	if err := s.Close(); err != nil || h.closed != 5 {
		t.Errorf("%d sessions closed, %v", h.closed, err)
	}
}

func TestAutoTakesTheBestSetThatIsInstalled(t *testing.T) {
	lesser := strings.NewReplacer(`"set-test"`, `"set-lesser"`, `"rank":2`, `"rank":1`, `"pad":"pads",`, ``).Replace(cards()["set-test"])
	h := newHouse()
	h.cards["set-lesser"] = lesser
	if s, err := h.tryOpen(t, model.Auto); err != nil || s.Name != "test" {
		t.Fatalf("got %v, %v", s, err)
	}
	delete(h.nets, "pad")
	s, err := h.tryOpen(t, model.Auto)
	if err != nil || s.Name != "lesser" || s.PAD != nil {
		t.Fatalf("got %v, %v", s, err)
	}
	if h.closed != 4 {
		t.Errorf("%d sessions of the incomplete set closed", h.closed)
	}
	delete(h.nets, "means")
	if _, err := h.tryOpen(t, model.Auto); bonafide.CodeOf(err) != bonafide.CodeModel || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing installed: %v", err)
	}
}

func TestAnInstallationNeverFallsBackToALesserSetByItself(t *testing.T) {
	h := newHouse()
	h.cards["set-lesser"] = strings.NewReplacer(`"set-test"`, `"set-lesser"`, `"rank":2`, `"rank":1`, `"pad":"pads",`, ``).Replace(cards()["set-test"])
	if s, err := h.choose(t, model.Choice{Set: model.Auto, Used: "lesser"}); err != nil || s.Name != "test" {
		t.Errorf("after the lesser set, with all installed: %v, %v", s, err)
	}
	delete(h.nets, "pad")
	_, err := h.choose(t, model.Choice{Set: model.Auto, Used: "test"})
	if bonafide.CodeOf(err) != bonafide.CodeModel || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "the test set") || strings.Contains(err.Error(), "\n") {
		t.Errorf("after the better set, without a part of it: %v", err)
	}
	for _, c := range []model.Choice{{Set: "lesser", Used: "test"}, {Set: model.Auto, Used: "lesser"}, {Set: model.Auto}} {
		if s, err := h.choose(t, c); err != nil || s.Name != "lesser" {
			t.Errorf("%+v: %v, %v", c, s, err)
		}
	}
	delete(h.cards, "set-test")
	if s, err := h.choose(t, model.Choice{Set: model.Auto, Used: "test"}); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("the card of the set is gone: %v, %v", s, err)
	}
}

func TestDamagedModelsAreNotPassedOver(t *testing.T) {
	tests := map[string]func(*house){
		"damaged graph": func(h *house) {
			h.nets["pad"] = fake.Network{Inputs: []string{"in"}, Answer: func([]infer.Tensor) ([]infer.Tensor, error) { return nil, errors.New("broken") }}
		},
		"mesh of another kind":     func(h *house) { h.nets["facemesh"] = fake.Constant(row(1, 2, 3), row(1)) },
		"detector of another kind": func(h *house) { h.nets["yunet"] = fake.Constant(row(1)) },
		"embedding of two outputs": func(h *house) { h.nets["means"] = fake.Constant(row(1), row(1)) },
		"part of another version": func(h *house) {
			h.cards["means"] = strings.Replace(h.cards["means"], `"version":"1"`, `"version":"2"`, 1)
		},
		"member without a card":  func(h *house) { delete(h.cards, "facemesh") },
		"member of another role": func(h *house) { h.cards["set-test"] = strings.Replace(h.cards["set-test"], `"pads"`, `"means"`, 1) },
		"member without scale":   func(h *house) { h.cards["set-test"] = strings.Replace(h.cards["set-test"], `"pads"`, `"pad"`, 1) },
		"member without decoder": func(h *house) { h.cards["pad"] = strings.Replace(h.cards["pad"], `"decoder":"softmax",`, ``, 1) },
		"continuity of a stranger": func(h *house) {
			h.cards["set-test"] = strings.Replace(h.cards["set-test"], `"pad"`, `"continuity":"pad","pad"`, 1)
		},
		"a fusion of itself": func(h *house) {
			h.cards["joined"] = strings.Replace(h.cards["joined"], `"corners","version":"1"`, `"joined","version":"3"`, 1)
		},
	}
	for name, spoil := range tests {
		h := newHouse()
		spoil(h)
		for _, set := range []string{model.Auto, "test"} {
			if s, err := h.tryOpen(t, set); bonafide.CodeOf(err) != bonafide.CodeModel {
				t.Errorf("%s, %s: got %v, %v", name, set, s, err)
			}
		}
	}
	if _, err := newHouse().tryOpen(t, "unheard-of"); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("unknown set: %v", err)
	}
}

// TestContinuityIsOnePartOfTheEmbedder: the card may leave the other parts out.
func TestContinuityIsOnePartOfTheEmbedder(t *testing.T) {
	h := newHouse()
	if s := h.open(t); s.Continuity.Ref() != s.Embedder.Ref() {
		t.Errorf("without a name: %v", s.Continuity.Ref())
	}
	h.replace(t, "set-test", `"pad"`, `"continuity":"corners","pad"`)
	if s := h.open(t); s.Continuity.Ref().Name != "corners" {
		t.Errorf("got %v", s.Continuity.Ref())
	}
}

// TestOtherRolesAreLoadedWhenAskedFor: their models cost nothing where no code asks.
func TestOtherRolesAreLoadedWhenAskedFor(t *testing.T) {
	h := newHouse()
	h.replace(t, "set-test", `"pad"`, `"second_look":"blazeface","pad"`)
	answer := h.nets["blazeface"]
	delete(h.nets, "blazeface")
	s := h.open(t) // complete without it
	if _, err := model.Member[model.Detector](s, "second_look"); bonafide.CodeOf(err) != bonafide.CodeModel || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("not installed: %v", err)
	}
	h.nets["blazeface"] = answer
	first, err := model.Member[model.Detector](s, "second_look")
	if err != nil || first.Ref().Name != "blazeface" {
		t.Fatalf("got %v, %v", first, err)
	}
	if again, err := model.Member[model.Detector](s.AtPoint(s.Point), "second_look"); err != nil || again != first {
		t.Errorf("again: %v, %v", again, err)
	}
	if _, err := model.Member[model.PAD](s, "second_look"); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a detector as a PAD model: %v", err)
	}
	if _, err := model.Member[model.PAD](s, "reader"); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("a role that the set lacks: %v", err)
	}
	if d, err := model.Member[model.Detector](s, model.RoleDetector); err != nil || d != s.Detector {
		t.Errorf("the detector: %v, %v", d, err)
	}
	if err := s.Close(); err != nil || h.closed != 6 {
		t.Errorf("%d sessions closed, %v", h.closed, err)
	}
}

func TestCancelledWorkStops(t *testing.T) {
	s := newHouse().open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, detect := s.Detector.Detect(ctx, picture(64, 64), model.Look{})
	_, embed := s.Embedder.Embed(ctx, picture(64, 64), alignment())
	_, score := s.PAD.Logit(ctx, picture(64, 64), front())
	for _, err := range []error{detect, embed, score} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

func TestASetIsSharedByGoroutines(t *testing.T) {
	s := newHouse().open(t)
	im := picture(80, 80)
	want, err := s.Embedder.Embed(t.Context(), im, alignment())
	if err != nil {
		t.Fatal(err)
	}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for range 20 {
				got, err := s.Embedder.Embed(t.Context(), im, alignment())
				if err != nil || !slices.Equal(got.Vector(), want.Vector()) {
					t.Errorf("another template, %v", err)
				}
				if _, err := s.PAD.Logit(t.Context(), im, front()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
}
