package quality_test

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// painted is a frame of noise in which the upper share of the face has one colour, and
// the picture around the face another.
func painted(share float64, face, around uint8) sampletest.Shot {
	s := sampletest.Front()
	s.Image = sampletest.Noise(1)
	b := s.Boxes[0]
	for i := 0; i < len(s.Image.Pix); i += 3 {
		x, y := float32(i/3%sampletest.Width), float32(i/3/sampletest.Width)
		p := s.Image.Pix[i : i+3]
		switch inside := x >= b.X && x < b.X+b.W && y >= b.Y && y < b.Y+b.H; {
		case inside && float64(y-b.Y) < share*float64(b.H):
			p[0], p[1], p[2] = face, face, face
		case inside:
			p[0], p[1], p[2] = p[0]/2+40, p[1]/2, p[2]/2
		default:
			p[0], p[1], p[2] = around/2+p[0]/4, around/2+p[1]/4, around/2+p[2]/4
		}
	}
	return s
}

func TestAFaceThatTheLightHidesIsRefused(t *testing.T) {
	studio := sampletest.New()
	g := &studio.Set.Gate
	g.MaxBurntShare, g.MaxCrushedShare, g.MaxBackLight, g.MinBrightness = 0.5, 0.35, 0.42, 0.05
	for name, tt := range map[string]struct {
		shot sampletest.Shot
		want []string
	}{
		"even light":          {painted(0, 0, 120), nil},
		"a white forehead":    {painted(0.3, 255, 120), nil},
		"mostly white":        {painted(0.7, 255, 120), []string{bonafide.ReasonBurntOut}},
		"a black beard":       {painted(0.25, 0, 60), nil},
		"half black":          {painted(0.6, 2, 60), []string{bonafide.ReasonCrushed}},
		"a window behind":     {painted(0.99, 30, 255), []string{bonafide.ReasonBackLight}},
		"a bright room":       {painted(0, 0, 200), nil},
		"black before a lamp": {painted(0.5, 0, 255), []string{bonafide.ReasonCrushed}},
	} {
		if capture, _ := examine(t, studio.Sample("a", tt.shot), bonafide.Params{}); !slices.Equal(codes(capture), tt.want) {
			t.Errorf("%s: got %v, want %v (%v)", name, codes(capture), tt.want, capture.Measures)
		}
	}
}

// bordered is a frame whose rows beyond the face repeat the last ones.
func bordered() sampletest.Shot {
	s := sampletest.Front()
	s.Boxes = []vision.Box{{X: 230, Y: 130, W: 180, H: 200}}
	s.Image = sampletest.Noise(1)
	row := func(y int) []uint8 { return s.Image.Pix[3*sampletest.Width*y : 3*sampletest.Width*(y+1)] }
	for y := range 90 {
		copy(row(y), row(90))
		copy(row(sampletest.Height-1-y), row(sampletest.Height-91))
	}
	return s
}

func TestRoomThatWasMadeUpIsNoRoom(t *testing.T) {
	studio := sampletest.New()
	studio.Set.Gate.MaxBorderedShare = 0.43
	studio.Set.Gate.MaxClipFaceShare = 0.6
	front := sampletest.Front()
	for name, tt := range map[string]struct {
		shots []sampletest.Shot
		want  []string
	}{
		"a still":                {repeat(1, bordered()), []string{bonafide.ReasonBorder}},
		"a clip":                 {repeat(12, bordered()), []string{bonafide.ReasonBorder}},
		"half of a clip":         {append(repeat(6, bordered()), repeat(6, front)...), nil},
		"most frames of a clip":  {append(repeat(11, bordered()), repeat(4, front)...), []string{bonafide.ReasonBorder, bonafide.ReasonTooFewFrames}},
		"a still without":        {repeat(1, front), nil},
		"a border with room yet": {repeat(1, small(bordered())), nil},
	} {
		capture, live := examine(t, studio.Sample("a", tt.shots...), bonafide.Params{})
		if !slices.Equal(codes(capture), tt.want) || (live.Score == nil) != (len(tt.want) > 0) {
			t.Errorf("%s: got %v, want %v", name, codes(capture), tt.want)
		}
	}
}

// small is the frame with a face that leaves room in what was captured.
func small(s sampletest.Shot) sampletest.Shot {
	s.Boxes = []vision.Box{{X: 260, Y: 180, W: 120, H: 120}}
	return s
}
