package quality_test

import (
	"bytes"
	"errors"
	"image/jpeg"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// examine gives the capture and the liveness finding of one media.
func examine(t *testing.T, s *sample.Sample, p bonafide.Params) (capture, live bonafide.Finding) {
	t.Helper()
	findings, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}, Params: p})
	if err != nil {
		t.Fatal(err)
	}
	if len(findings) != 2 || findings[0].Kind != bonafide.FindingCapture || findings[1].Kind != bonafide.FindingLiveness {
		t.Fatalf("got %+v", findings)
	}
	return findings[0], findings[1]
}

func codes(f bonafide.Finding) []string {
	var out []string
	for _, r := range f.Failures {
		out = append(out, r.Code)
	}
	return out
}

func repeat(n int, s sampletest.Shot) []sampletest.Shot {
	return slices.Repeat([]sampletest.Shot{s}, n)
}

func TestAGoodStillIsScored(t *testing.T) {
	capture, live := examine(t, sampletest.New().Sample("a", sampletest.Front()), bonafide.Params{})
	if len(capture.Failures) > 0 || capture.Measures["face_width_px"] != 160 || capture.Measures["usable_frames"] != 1 {
		t.Errorf("capture %+v", capture)
	}
	if live.Score == nil || math.Abs(*live.Score-1/(1+math.Exp(-3))) > 1e-9 || *live.Raw != 3 || live.Frames != 1 {
		t.Errorf("liveness %+v", live)
	}
}

func TestFramesAreLookedAtSideBySideWhereCoresAreIdle(t *testing.T) {
	shots := repeat(12, sampletest.Front())
	for i := range shots {
		shots[i].Logit = float64(i)
	}
	shots[3] = sampletest.Shot{} // shows nobody
	alone, aside := sampletest.New(), sampletest.New()
	_, want := examine(t, alone.Sample("a", shots...), bonafide.Params{})
	findings, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{aside.Sample("a", shots...)}, Parallel: func(work func()) func() {
		var done sync.WaitGroup
		done.Go(work)
		return done.Wait
	}})
	if err != nil || len(findings) != 2 {
		t.Fatal(findings, err)
	}
	if got := findings[1]; got.Score == nil || *got.Score != *want.Score || *got.Raw != *want.Raw || got.Frames != want.Frames {
		t.Errorf("%+v, want %+v", got, want)
	}
	for name, n := range map[string][2]int32{
		"detected": {aside.Detected.Load(), alone.Detected.Load()}, "meshed": {aside.Meshed.Load(), alone.Meshed.Load()}, "scored": {aside.Scored.Load(), alone.Scored.Load()},
	} {
		if n[0] != n[1] {
			t.Errorf("%s %d times side by side, %d one after the other", name, n[0], n[1])
		}
	}
	aside.Fault = errors.New("fault")
	if _, err := (quality.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{aside.Sample("b", shots...)}}); !errors.Is(err, aside.Fault) {
		t.Errorf("got %v", err)
	}
}

func TestTheGateRefusesWhatCannotBeJudged(t *testing.T) {
	spoil := func(f func(*sampletest.Shot)) sampletest.Shot {
		s := sampletest.Front()
		f(&s)
		return s
	}
	box := func(x, y, w, h float32) func(*sampletest.Shot) {
		return func(s *sampletest.Shot) { s.Boxes = []vision.Box{{X: x, Y: y, W: w, H: h}} }
	}
	tests := map[string]struct {
		shot sampletest.Shot
		want []string
	}{
		"no face":          {sampletest.Shot{}, []string{"no_face"}},
		"a second face":    {spoil(func(s *sampletest.Shot) { s.Boxes = append(s.Boxes, vision.Box{W: 100, H: 100}) }), []string{"several_faces"}},
		"a small second":   {spoil(func(s *sampletest.Shot) { s.Boxes = append(s.Boxes, vision.Box{W: 80, H: 80}) }), nil},
		"narrow":           {spoil(box(270, 190, 90, 90)), []string{"face_too_small"}},
		"too wide":         {spoil(box(170, 150, 300, 180)), []string{"face_too_close"}},
		"too high":         {spoil(box(240, 100, 160, 230)), []string{"face_too_close"}},
		"small, yet close": {spoil(box(270, 100, 90, 250)), []string{"resolution_too_low"}},
		"over the edge":    {spoil(box(-10, 160, 160, 160)), []string{"face_cut"}},
		"turned left":      {spoil(func(s *sampletest.Shot) { s.Pose.YawDeg = 31 }), []string{"face_turned"}},
		"turned right":     {spoil(func(s *sampletest.Shot) { s.Pose.YawDeg = -31 }), []string{"face_turned"}},
		"looking up":       {spoil(func(s *sampletest.Shot) { s.Pose.PitchDeg = 31 }), []string{"face_turned"}},
		"tilted":           {spoil(func(s *sampletest.Shot) { s.Pose.RollDeg = 29 }), nil},
		"on its side":      {spoil(func(s *sampletest.Shot) { s.Pose.RollDeg = -90 }), []string{"face_rolled"}},
		"upside down":      {spoil(func(s *sampletest.Shot) { s.Pose.RollDeg = 180 }), []string{"face_rolled"}},
		"an unknown roll":  {spoil(func(s *sampletest.Shot) { s.Pose.RollDeg = math.NaN() }), []string{"face_rolled"}},
		"no clear face":    {spoil(func(s *sampletest.Shot) { s.Unclear = true }), []string{"face_unclear"}},
		"an unknown pose":  {spoil(func(s *sampletest.Shot) { s.Pose.YawDeg = math.NaN() }), []string{"face_turned"}},
		"black":            {spoil(func(s *sampletest.Shot) { s.Image = sampletest.Plain(0, 0, 0) }), []string{"blurred", "too_dark", "no_colour"}},
		"white":            {spoil(func(s *sampletest.Shot) { s.Image = sampletest.Plain(255, 255, 255) }), []string{"blurred", "too_bright", "no_colour"}},
		"small and turned": {spoil(func(s *sampletest.Shot) { box(270, 190, 90, 90)(s); s.Pose.YawDeg = 50 }), []string{"face_too_small", "face_turned"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			studio := sampletest.New()
			capture, live := examine(t, studio.Sample("a", tt.shot), bonafide.Params{})
			if !slices.Equal(codes(capture), tt.want) {
				t.Errorf("got %v, want %v", codes(capture), tt.want)
			}
			refused := len(tt.want) > 0
			if (live.Score == nil) != refused || !slices.Equal(codes(live), tt.want) || refused && (studio.Scored.Load() > 0 || live.BestShotJPEG != nil) {
				t.Errorf("liveness %+v", live)
			}
		})
	}
}

func TestTheMeanOfTheUsableFramesIsTheScore(t *testing.T) {
	var shots []sampletest.Shot
	for i := range 10 {
		s := sampletest.Front()
		s.Logit = float64(i)
		shots = append(shots, s)
	}
	away := sampletest.Front()
	away.Pose.YawDeg, away.Logit = 60, -100
	shots = append(shots, away, sampletest.Shot{Logit: -100})
	capture, live := examine(t, sampletest.New().Sample("a", shots...), bonafide.Params{})
	if *live.Raw != 4.5 || live.Frames != 10 || capture.Frames != 12 || capture.Measures["usable_frames"] != 10 {
		t.Errorf("capture %+v, liveness %+v", capture, live)
	}
	if worst := live.Measures["worst_fifth_score"]; math.Abs(worst-1/(1+math.Exp(-0.5))) > 1e-9 {
		t.Errorf("worst fifth %v", worst)
	}
}

func TestAVideoNeedsEnoughUsableFrames(t *testing.T) {
	front, nobody := sampletest.Front(), sampletest.Shot{}
	turned, dark := front, front
	turned.Pose.YawDeg = 60
	dark.Image = sampletest.Plain(2, 1, 0)
	far, near := front, front
	far.Boxes, near.Boxes = []vision.Box{{X: 270, Y: 190, W: 90, H: 90}}, []vision.Box{{X: 150, Y: 60, W: 350, H: 360}}
	tests := map[string]struct {
		shots []sampletest.Shot
		want  []string
	}{
		"a single picture":               {repeat(1, front), nil},
		"a short zip":                    {repeat(3, front), nil},
		"a short zip with a bad picture": {append(repeat(3, front), turned), []string{"face_turned", "too_few_frames"}},
		"just enough":                    {append(repeat(5, front), repeat(10, turned)...), nil},
		"one too few":                    {append(repeat(4, front), repeat(11, turned)...), []string{"face_turned", "too_few_frames"}},
		"nobody there":                   {repeat(15, nobody), []string{"no_face"}},
		"the majority is named":          {append(repeat(3, nobody), repeat(12, turned)...), []string{"face_turned"}},
		"halves are both named":          {append(repeat(6, nobody), repeat(6, turned)...), []string{"no_face", "face_turned"}},
		"never both ways":                {append(repeat(6, far), repeat(6, near)...), []string{"face_too_close"}},
		"the way of most frames":         {append(repeat(8, far), repeat(6, near)...), []string{"face_too_small"}},
		"else the most frequent":         {slices.Concat(repeat(5, turned), repeat(4, nobody), repeat(3, sampletest.Shot{Boxes: []vision.Box{{X: -50, Y: 160, W: 160, H: 160}}})), []string{"face_turned"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			capture, live := examine(t, sampletest.New().Sample("a", tt.shots...), bonafide.Params{})
			if !slices.Equal(codes(capture), tt.want) || (live.Score == nil) != (len(tt.want) > 0) {
				t.Errorf("got %v, score %v, want %v", codes(capture), live.Score, tt.want)
			}
		})
	}
}

func TestAClipMayComeCloserThanAStill(t *testing.T) {
	near, nearer := sampletest.Front(), sampletest.Front()
	near.Boxes = []vision.Box{{X: 220, Y: 120, W: 200, H: 240}}
	nearer.Boxes = []vision.Box{{X: 190, Y: 70, W: 260, H: 340}}
	tests := map[string]struct {
		shots []sampletest.Shot
		want  []string
	}{
		"a still":             {repeat(1, near), []string{"face_too_close"}},
		"four pictures":       {repeat(4, near), []string{"face_too_close"}},
		"a clip":              {repeat(5, near), nil},
		"a clip nearer still": {repeat(5, nearer), []string{"face_too_close"}},
	}
	for name, tt := range tests {
		if capture, _ := examine(t, sampletest.New().Sample("a", tt.shots...), bonafide.Params{}); !slices.Equal(codes(capture), tt.want) {
			t.Errorf("%s: got %v, want %v", name, codes(capture), tt.want)
		}
	}
}

func TestNoMoreFramesAreScoredThanTheGateSays(t *testing.T) {
	studio := sampletest.New()
	studio.Set.Gate.MaxFrames = 7
	s := studio.Sample("a", repeat(15, sampletest.Front())...)
	if _, live := examine(t, s, bonafide.Params{}); live.Frames != 7 || studio.Scored.Load() != 7 {
		t.Errorf("%d frames, %d scored", live.Frames, studio.Scored.Load())
	}
}

func TestTheBestShotIsTheBestUsableFrame(t *testing.T) {
	turned := sampletest.Front()
	turned.Pose.YawDeg = 25
	shots := append(repeat(5, turned), sampletest.Front())
	_, live := examine(t, sampletest.New().Sample("a", shots...), bonafide.Params{})
	im, err := jpeg.Decode(bytes.NewReader(live.BestShotJPEG))
	if err != nil {
		t.Fatal(err)
	}
	if b := im.Bounds(); b.Dx() != sampletest.Width || b.Dy() != sampletest.Height {
		t.Errorf("%v", b)
	}
	no := false
	if _, live := examine(t, sampletest.New().Sample("a", shots...), bonafide.Params{ExtractBestShot: &no}); live.BestShotJPEG != nil {
		t.Error("a best shot that nobody wanted")
	}
}

func TestWithoutALivenessModelNothingIsFound(t *testing.T) {
	studio := sampletest.New()
	studio.Set.PAD = nil
	findings, err := quality.Analysis{}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{studio.Sample("a", sampletest.Front())}})
	if bonafide.CodeOf(err) != bonafide.CodeModel || findings != nil {
		t.Errorf("%v, %v", findings, err)
	}
}

func TestALogitThatIsNoNumberIsAnError(t *testing.T) {
	for _, l := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		bad := sampletest.Front()
		bad.Logit = l
		s := sampletest.New().Sample("a", append(repeat(5, sampletest.Front()), bad)...)
		if _, err := (quality.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}}); err == nil {
			t.Errorf("%v: no error", l)
		}
	}
}

func TestUnreadableMediaAreAnError(t *testing.T) {
	studio := sampletest.New()
	studio.Fault = errors.New("truncated")
	s := studio.Sample("a", sampletest.Front())
	if _, err := (quality.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}}); !errors.Is(err, studio.Fault) {
		t.Errorf("got %v", err)
	}
}

func TestPhotosOfDocumentsAreLeftOut(t *testing.T) {
	tests := map[string]struct {
		media bonafide.Media
		want  bool
	}{
		"a video":             {bonafide.Media{Kind: bonafide.Video, Tags: []string{"video_selfie"}}, true},
		"a zip":               {bonafide.Media{Kind: bonafide.ShotsSet}, true},
		"a photo":             {bonafide.Media{Kind: bonafide.Image}, true},
		"a selfie":            {bonafide.Media{Kind: bonafide.Image, Tags: []string{"photo_selfie", "orientation_portrait"}}, true},
		"a document":          {bonafide.Media{Kind: bonafide.Image, Tags: []string{"photo_id"}}, false},
		"its front":           {bonafide.Media{Kind: bonafide.Image, Tags: []string{"x", "photo_id_front"}}, false},
		"its back":            {bonafide.Media{Kind: bonafide.Image, Tags: []string{"photo_id_back"}}, false},
		"another tag like it": {bonafide.Media{Kind: bonafide.Image, Tags: []string{"photo_id_side"}}, true},
	}
	for name, tt := range tests {
		if got := (quality.Analysis{}).Spec().Accepts(&tt.media); got != tt.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestUngatedTakesAnyFace(t *testing.T) {
	ungated := sampletest.Gate().Ungated()
	bad := sampletest.Front()
	bad.Boxes, bad.Image, bad.Pose.YawDeg = []vision.Box{{X: -10, Y: 100, W: 60, H: 60}}, sampletest.Plain(0, 0, 0), 80
	for name, tt := range map[string]struct {
		shot sampletest.Shot
		want []string
	}{"a bad picture": {bad, nil}, "nobody": {sampletest.Shot{}, []string{"no_face"}}} {
		s := sampletest.New().Sample("a", tt.shot)
		findings, err := quality.Analysis{Gate: &ungated}.Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}})
		if err != nil || !slices.Equal(codes(findings[1]), tt.want) {
			t.Errorf("%s: %+v, %v", name, findings, err)
		}
	}
}

func TestTheThresholdIsChecked(t *testing.T) {
	for v, ok := range map[float64]bool{0: true, 0.5: true, 1: true, -0.1: false, 1.1: false} {
		if err := (quality.Analysis{}).Spec().Check(nil, bonafide.Params{ThresholdSpoofing: &v}); (err == nil) != ok {
			t.Errorf("%v: %v", v, err)
		}
	}
	nan := math.NaN()
	if err := (quality.Analysis{}).Spec().Check(nil, bonafide.Params{ThresholdSpoofing: &nan}); bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Errorf("NaN: %v", err)
	}
}
