package model_test

import (
	"math"
	"testing"

	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/infer/fake"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// slope is a picture that grows brighter in the direction of the chin of a face that is
// rolled clockwise by deg, and that face.
func slope(deg float64) (*vision.Image, model.Face) {
	im := vision.NewImage(100, 120)
	sin, cos := math.Sincos(deg * math.Pi / 180)
	for y := range im.Height {
		for x := range im.Width {
			v := uint8(128 + (cos*float64(y-60) - sin*float64(x-50)))
			i := 3 * (y*im.Width + x)
			im.Pix[i], im.Pix[i+1], im.Pix[i+2] = v, v, v
		}
	}
	return im, front()
}

// compass is a landmarker that sees how far the picture in its input is rolled, at most
// 60 degrees, and is the less certain the farther.
func compass(looks *int) fake.Network {
	return fake.Network{Inputs: []string{"in"}, Outputs: []string{"points", "flag"}, Answer: func(in []infer.Tensor) ([]infer.Tensor, error) {
		*looks++
		side := int(math.Sqrt(float64(len(in[0].Data) / 3)))
		pixel := func(x, y int) float64 { return float64(in[0].Data[y*side+x]) }
		if in[0].Shape[3] == 3 {
			pixel = func(x, y int) float64 { return float64(in[0].Data[3*(y*side+x)]) }
		}
		dx := pixel(3*side/4, side/2) - pixel(side/4, side/2)
		dy := pixel(side/2, 3*side/4) - pixel(side/2, side/4)
		roll := math.Atan2(-dx, dy)
		off := math.Abs(roll)
		if off > math.Pi/3 {
			roll = 0
		}
		sin, cos := math.Sincos(roll)
		points := fake.Zeros(1, 1404)
		put := func(x, y float64, to ...int) {
			for _, i := range to {
				points.Data[3*i], points.Data[3*i+1] = float32(32+x*cos-y*sin), float32(32+x*sin+y*cos)
			}
		}
		put(-20, 0, 234)
		put(20, 0, 454)
		put(0, -25, 10)
		put(0, 25, 152)
		put(-8, -6, 33, 133, 159, 145)
		put(8, -6, 362, 263, 386, 374)
		put(0, 3, 1)
		put(-6, 10, 61)
		put(6, 10, 291)
		return []infer.Tensor{points, row(float32(1 / (1 + math.Exp(4*off-6))))}, nil
	}}
}

func TestAllDirectionsAreTriedAndTheMostCertainOneCounts(t *testing.T) {
	looks := 0
	h := newHouse()
	h.replace(t, "facemesh", `"level_deg":180`, `"level_deg":8`)
	h.nets["facemesh"] = compass(&looks)
	s := h.open(t)
	for deg := -170.0; deg <= 180; deg += 25 {
		im, f := slope(deg)
		m, err := s.Landmarker.Rolled(t.Context(), im, f)
		if err != nil {
			t.Fatal(err)
		}
		if off := math.Abs(math.Remainder(m.Pose.RollDeg-deg, 360)); off > 4 || !m.Verified || !m.Sure || m.Margin < 2 {
			t.Errorf("%g degrees: roll %.1f, sure %v, margin %.1f", deg, m.Pose.RollDeg, m.Sure, m.Margin)
		}
	}
}

func TestTheInputIsTurnedUntilTheEyesAreLevel(t *testing.T) {
	looks := 0
	h := newHouse()
	h.replace(t, "facemesh", `"level_deg":180`, `"level_deg":8`)
	h.nets["facemesh"] = compass(&looks)
	s := h.open(t)
	for deg, want := range map[float64]int{0: 1, 5: 1, 40: 2, -40: 2} {
		looks = 0
		im, f := slope(deg)
		m, err := s.Landmarker.Landmarks(t.Context(), im, f)
		if err != nil || looks != want || math.Abs(m.Pose.RollDeg-deg) > 4 {
			t.Errorf("%g degrees: %d looks, roll %.1f, %v", deg, looks, m.Pose.RollDeg, err)
		}
	}
}

func TestOnlyAPlainFaceIsSureAtFirstSight(t *testing.T) {
	looks := 0
	h := newHouse()
	h.nets["facemesh"] = compass(&looks)
	s := h.open(t)
	im, f := slope(0)
	if m, err := s.Landmarker.Landmarks(t.Context(), im, f); err != nil || m.Sure || m.Verified {
		t.Errorf("not plain: %+v, %v", m, err)
	}
	f.Plain = true
	m, err := s.Landmarker.Landmarks(t.Context(), im, f)
	if err != nil || !m.Sure || !m.Verified {
		t.Errorf("plain: sure %v, %v", m.Sure, err)
	}
	h.replace(t, "facemesh", `"sure_miss":9`, `"sure_miss":0.01`)
	if m, err = h.open(t).Landmarker.Landmarks(t.Context(), im, f); err != nil || m.Sure {
		t.Errorf("detector and mesh do not agree: sure %v, %v", m.Sure, err)
	}
}

func TestADirectionThatDoesNotStandOutIsNotVerified(t *testing.T) {
	for name, flag := range map[string]float32{"certain of all": 0.99, "certain of none": 0.001, "not a number": float32(math.NaN())} {
		h := newHouse()
		h.nets["facemesh"] = mesh(flag, map[int][3]float32{234: {12, 32}, 454: {52, 32}, 10: {32, 7}, 152: {32, 57},
			33: {24, 26}, 133: {24, 26}, 159: {24, 26}, 145: {24, 26}, 362: {40, 26}, 263: {40, 26}, 386: {40, 26}, 374: {40, 26},
			1: {32, 35}, 61: {26, 42}, 291: {38, 42}})
		m, err := h.open(t).Landmarker.Rolled(t.Context(), picture(100, 120), front())
		if err != nil || m.Verified || m.Sure {
			t.Errorf("%s: %+v, %v", name, m.Margin, err)
		}
	}
}

func TestPointsThatNoFaceHasAreNotVerified(t *testing.T) {
	looks := 0
	h := newHouse()
	h.nets["facemesh"] = compass(&looks)
	good, answer := h.nets["facemesh"], h.nets["facemesh"].Answer
	good.Answer = func(in []infer.Tensor) ([]infer.Tensor, error) {
		out, err := answer(in)
		for i := range 468 { // upside down
			out[0].Data[3*i+1] = 64 - out[0].Data[3*i+1]
		}
		return out, err
	}
	h.nets["facemesh"] = good
	im, f := slope(0)
	f.Plain = true
	s := h.open(t)
	if m, err := s.Landmarker.Landmarks(t.Context(), im, f); err != nil || m.Verified {
		t.Errorf("the mouth above the eyes: %v", err)
	}
	if m, err := s.Landmarker.Rolled(t.Context(), im, f); err != nil || m.Verified {
		t.Errorf("the mouth above the eyes, in all directions: %v", err)
	}
}
