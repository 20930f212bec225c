package sample_test

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// only gives the main face of a sample of one frame.
func only(t *testing.T, s *sample.Sample) *sample.Face {
	t.Helper()
	faces, err := s.Faces(t.Context())
	if err != nil || len(faces) != 1 {
		t.Fatalf("%d frames, %v", len(faces), err)
	}
	return faces[0]
}

func TestOpeningCostsNothing(t *testing.T) {
	studio := sampletest.New()
	studio.Sample("a", sampletest.Front())
	if studio.Opened.Load() != 0 {
		t.Error("opened before anybody asked")
	}
}

func TestSharedWorkIsDoneOnce(t *testing.T) {
	studio := sampletest.New()
	s := studio.Sample("a", sampletest.Front(), sampletest.Front())
	var askers sync.WaitGroup
	for range 8 {
		askers.Go(func() {
			best, err := s.Best(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := best.Logit(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := best.Template(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	askers.Wait()
	got := [5]int32{studio.Opened.Load(), studio.Detected.Load(), studio.Meshed.Load(), studio.Embedded.Load(), studio.Scored.Load()}
	if want := [5]int32{1, 2, 2, 1, 1}; got != want {
		t.Errorf("opened, detected, meshed, embedded, scored %v times, want %v", got, want)
	}
}

func TestAskingForFramesRunsNoModel(t *testing.T) {
	studio := sampletest.New()
	studio.Set = &model.Set{} // whichever model is asked, the test panics
	s := studio.Sample("a", sampletest.Front(), sampletest.Front())
	frames, err := s.Frames(t.Context())
	if err != nil || len(frames) != 2 || frames[0].Image == nil {
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	if _, err := s.Stream(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAFaceIsLookedForWhenItIsAskedFor(t *testing.T) {
	studio := sampletest.New()
	frames, err := studio.Sample("a", sampletest.Front(), sampletest.Front()).Frames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if f, err := frames[1].Face(t.Context()); err != nil || f == nil || f.Frame != frames[1] {
			t.Errorf("got %+v, %v", f, err)
		}
	}
	if got, want := [2]int32{studio.Detected.Load(), studio.Meshed.Load()}, [2]int32{1, 1}; got != want {
		t.Errorf("detected, meshed %v times, want %v", got, want)
	}
}

type broken struct{ model.Detector }

func (broken) Detect(context.Context, *vision.Image, model.Look) ([]model.Face, error) {
	return nil, errors.New("no memory")
}

func TestABrokenDetectorIsAnError(t *testing.T) {
	studio := sampletest.New()
	studio.Set.Detector = broken{}
	s := studio.Sample("a", sampletest.Front())
	if _, err := s.Frames(t.Context()); err != nil {
		t.Error(err)
	}
	if best, err := s.Best(t.Context()); best != nil || err == nil || err.Error() != "media a: frame 0: faces: no memory" {
		t.Errorf("best %v, %v", best, err)
	}
}

func TestErrorsAreSharedToo(t *testing.T) {
	studio := sampletest.New()
	studio.Fault = errors.New("no such file")
	s := studio.Sample("a", sampletest.Front())
	for range 2 {
		if _, err := s.Frames(t.Context()); !errors.Is(err, studio.Fault) {
			t.Errorf("got %v", err)
		}
	}
	if n := studio.Opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

func TestACancelledAskerSpoilsNothing(t *testing.T) {
	studio := sampletest.New()
	s := studio.Sample("a", sampletest.Front())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	studio.Fault = ctx.Err()
	if _, err := s.Frames(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	studio.Fault = nil
	if _, err := s.Frames(t.Context()); err != nil {
		t.Error(err)
	}
}

type empty struct{}

func (empty) Open(context.Context, media.Source) (*media.Clip, error) { return &media.Clip{}, nil }

func TestMediaWithoutFramesAreAnError(t *testing.T) {
	studio := sampletest.New()
	s := sample.Open(studio.Sample("a").Media, media.Source{}, empty{}, studio.Set)
	if _, err := s.Frames(t.Context()); err == nil {
		t.Error("no error")
	}
}

func TestAFrameWithoutFaceIsNews(t *testing.T) {
	s := sampletest.New().Sample("a", sampletest.Shot{})
	if f := only(t, s); f != nil {
		t.Errorf("got %+v", f)
	}
	if best, err := s.Best(t.Context()); best != nil || err != nil {
		t.Errorf("best %v, %v", best, err)
	}
}

func TestTheMainFaceIsLargeAndCentral(t *testing.T) {
	middle := vision.Box{X: 270, Y: 190, W: 100, H: 100}
	tests := map[string]struct {
		boxes []vision.Box
		want  int
	}{
		"the larger of two":                        {[]vision.Box{{X: 100, Y: 190, W: 80, H: 80}, {X: 440, Y: 190, W: 100, H: 100}}, 1},
		"the central of two equals":                {[]vision.Box{{X: 0, Y: 0, W: 100, H: 100}, middle}, 1},
		"a slightly larger one in the corner":      {[]vision.Box{middle, {X: 0, Y: 0, W: 110, H: 110}}, 0},
		"a far larger one beside the middle":       {[]vision.Box{middle, {X: 380, Y: 100, W: 200, H: 200}}, 1},
		"the detector's order does not matter":     {[]vision.Box{{X: 380, Y: 100, W: 200, H: 200}, middle}, 0},
		"a box without area is never the main one": {[]vision.Box{{X: 320, Y: 240}, middle}, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := only(t, sampletest.New().Sample("a", sampletest.Shot{Boxes: tt.boxes}))
			if f == nil || f.Box != tt.boxes[tt.want] {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestMeasuresDescribeTheMainFace(t *testing.T) {
	f := only(t, sampletest.New().Sample("a", sampletest.Shot{
		Boxes: []vision.Box{{X: 240, Y: 160, W: 160, H: 120}, {X: 20, Y: 20, W: 40, H: 60}, {X: 600, Y: 20, W: 10, H: 10}},
		Pose:  model.Pose{YawDeg: 5},
	}))
	m := f.Measures
	want := sample.Measures{
		EyeDistancePx: 80, WidthPx: 160, HeightPx: 120, WidthShare: 0.25, HeightShare: 0.25, SecondFaceShare: 0.125,
		Rivalry: m.Rivalry,
		Pose:    model.Pose{YawDeg: 5}, Sharpness: m.Sharpness, Brightness: m.Brightness, Colourfulness: m.Colourfulness, Exposure: m.Exposure,
	}
	if m != want {
		t.Errorf("got %+v, want %+v", m, want)
	}
	// The small face lies 338 of 400 pixels off the middle, the main one 20.
	if want := 0.125 * math.Pow((1-0.846)/(1-0.05), 2); math.Abs(m.Rivalry-want) > 1e-4 {
		t.Errorf("rivalry %v, want %v", m.Rivalry, want)
	}
	if m.Sharpness <= 0 || m.Brightness <= 0 || m.Colourfulness <= 0 {
		t.Errorf("noise measures as %+v", m)
	}
}

func TestAFaceOverTheEdgeIsCut(t *testing.T) {
	for name, box := range map[string]vision.Box{
		"left":   {X: -1, Y: 160, W: 160, H: 160},
		"top":    {X: 240, Y: -1, W: 160, H: 160},
		"right":  {X: 481, Y: 160, W: 160, H: 160},
		"bottom": {X: 240, Y: 321, W: 160, H: 160},
	} {
		if f := only(t, sampletest.New().Sample("a", sampletest.Shot{Boxes: []vision.Box{box}})); !f.Measures.Cut {
			t.Errorf("%s: not cut", name)
		}
	}
	if f := only(t, sampletest.New().Sample("a", sampletest.Front())); f.Measures.Cut {
		t.Error("a face in the middle is cut")
	}
}

func TestTheBestFrameIsSharpFrontalAndWhole(t *testing.T) {
	front := sampletest.Front()
	turned, nodding, cut, blurred := front, front, front, front
	turned.Pose.YawDeg = -25
	nodding.Pose.PitchDeg = 25
	cut.Boxes = []vision.Box{{X: -10, Y: 160, W: 160, H: 160}}
	blurred.Image = sampletest.Plain(90, 90, 90)
	s := sampletest.New().Sample("a", sampletest.Shot{}, turned, nodding, cut, front, blurred)
	best, err := s.Best(t.Context())
	if err != nil || best == nil || best.Frame.Index != 4 {
		t.Errorf("got %+v, %v", best, err)
	}
}
