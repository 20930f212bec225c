package quality_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// checked is a studio whose set makes all stream checks; every hint weighs 0.5 but
// for the edited recording, which is told and not counted.
func checked() *sampletest.Studio {
	studio := sampletest.New()
	weights := map[string]float64{}
	for _, code := range bonafide.StreamReasons() {
		weights[code] = 0.5
	}
	weights[bonafide.ReasonEdited], weights[bonafide.ReasonCut] = 0, 0
	studio.Set.Stream = &model.StreamChecks{
		StillChange: 0.1, FrozenShare: 0.5, RepeatedShare: 0.2, MinNoise: 0.05, MinCosine: 0.3,
		SteadyMS: 0.1, SteadyFrames: 10, CopyBits: 3, RetryMinutes: 10, Weights: weights,
	}
	return studio
}

func hintCodes(f bonafide.Finding) []string {
	var out []string
	for _, h := range f.Hints {
		out = append(out, h.Code)
	}
	slices.Sort(out)
	return out
}

// grain is a wall, brighter to the right, as a sensor sees it: another noise in
// every picture.
func grain(seed uint64) *vision.Image { return slope(seed, 1) }

func slope(seed uint64, direction int) *vision.Image {
	im := sampletest.Noise(seed)
	for i, v := range im.Pix {
		im.Pix[i] = uint8(120 + 20*(i%3) + direction*(i/3%im.Width)/16 + int(v)%7)
	}
	return im
}

func walls(n int) []sampletest.Shot {
	var out []sampletest.Shot
	for i := range n {
		s := sampletest.Front()
		s.Image = grain(uint64(i))
		out = append(out, s)
	}
	return out
}

func TestAStreamGivesItselfAway(t *testing.T) {
	still := sampletest.Front()
	still.Image = grain(100)
	other := sampletest.Front()
	other.Image, other.Person = grain(101), math.Pi/2
	phone := sampletest.Front()
	phone.Logit = -2
	tests := map[string]struct {
		shots []sampletest.Shot
		want  []string
	}{
		"a camera on a wall":             {walls(15), nil},
		"one picture":                    {walls(1), nil},
		"the same picture twice":         {repeat(2, still), nil},
		"the same picture five times":    {repeat(5, still), []string{"frozen_frames"}},
		"half of it stands still":        {append(walls(7), repeat(8, still)...), []string{"frozen_frames"}},
		"a third of it stands still":     {append(walls(10), repeat(5, still)...), nil},
		"every picture twice":            {double(walls(6)), nil},
		"three pictures again and again": {slices.Concat(walls(3), walls(3), walls(3)), []string{"repeated_frames"}},
		"no noise at all":                {shifting(15), []string{"no_sensor_noise"}},
		"another person from halfway on": {append(walls(7), strangers(other, 8)...), []string{"person_changed"}},
		"another person for a moment":    {slices.Concat(walls(7), strangers(other, 2), walls(14)[7:]), []string{"person_changed"}},
		"a phone for a fifth of it":      {append(walls(12), seeded(phone, 3)...), []string{"inconsistent"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, live := examine(t, checked().Sample("a", tt.shots...), bonafide.Params{})
			if live.Score == nil || !slices.Equal(hintCodes(live), tt.want) {
				t.Fatalf("got %v, want %v: %+v", hintCodes(live), tt.want, live)
			}
			passive := *live.Passive
			if want := passive * math.Pow(0.5, float64(len(tt.want))); math.Abs(*live.Score-want) > 1e-12 {
				t.Errorf("score %v of %v with %v", *live.Score, passive, live.Hints)
			}
		})
	}
}

// TestASteadyFaceNeedsNoTemplates: people are compared where the face changes by
// more than the card allows one person, and only there.
func TestASteadyFaceNeedsNoTemplates(t *testing.T) {
	other := sampletest.Front()
	other.Person = math.Pi / 2
	shots := append(walls(7), strangers(other, 8)...)
	_, live := examine(t, checked().Sample("a", shots...), bonafide.Params{})
	jump := live.Measures["face_jump"]
	for _, tt := range []struct {
		allowed  float64
		compared bool
	}{{jump - 0.01, true}, {jump, false}} {
		studio := checked()
		studio.Set.Stream.SameFace = tt.allowed
		_, live := examine(t, studio.Sample("a", shots...), bonafide.Params{})
		_, compared := live.Measures["person_cosine"]
		if compared != tt.compared || slices.Contains(hintCodes(live), bonafide.ReasonPersonChanged) != tt.compared {
			t.Errorf("a jump of %v where %v is allowed: compared is %v, hints %v", jump, tt.allowed, compared, live.Hints)
		}
	}
}

// double gives every shot twice in a row, as a page does that asks faster than the
// camera delivers. Every second change is then none at all.
func double(shots []sampletest.Shot) []sampletest.Shot {
	out := slices.Clone(shots)
	// One of two neighbours is equal, less than the half from which it is frozen.
	for i := 1; i < len(out)-1; i += 3 {
		out = slices.Insert(out, i, out[i])
	}
	return out
}

// strangers gives pictures of another face, each with a noise of its own.
func strangers(s sampletest.Shot, n int) []sampletest.Shot {
	out := seeded(s, n)
	for i := range out {
		out[i].Image = slope(uint64(2000+i), -1)
	}
	return out
}

func seeded(s sampletest.Shot, n int) []sampletest.Shot {
	var out []sampletest.Shot
	for i := range n {
		one := s
		one.Image = grain(uint64(1000 + i))
		out = append(out, one)
	}
	return out
}

// shifting is a drawn scene: flat colours that move, without any noise.
func shifting(n int) []sampletest.Shot {
	var out []sampletest.Shot
	for i := range n {
		im := vision.NewImage(sampletest.Width, sampletest.Height)
		for y := range im.Height {
			for x := range im.Width {
				at := 3 * (y*im.Width + x)
				v := uint8(100 + 10*((x+8*i)/64%2))
				im.Pix[at], im.Pix[at+1], im.Pix[at+2] = v, v+40, v+70
			}
		}
		s := sampletest.Front()
		s.Image = im
		out = append(out, s)
	}
	return out
}

// past is a history of given sightings.
type past struct {
	sightings []bonafide.Sighting
	err       error
}

func (p past) Earlier(context.Context, *bonafide.Media, int) ([]bonafide.Sighting, error) {
	return p.sightings, p.err
}

func TestMediaOfAnotherFolderAreRecognised(t *testing.T) {
	now := time.Now()
	before := func(d time.Duration, exact bool) bonafide.Sighting {
		return bonafide.Sighting{MediaID: "old", FolderID: "other", Exact: exact, TimeCreated: now.Add(-d)}
	}
	tests := map[string]struct {
		seen []bonafide.Sighting
		want []string
	}{
		"nothing before":                {nil, nil},
		"the same bytes an hour ago":    {[]bonafide.Sighting{before(time.Hour, true)}, []string{"reused_media"}},
		"a second attempt":              {[]bonafide.Sighting{before(time.Minute, true)}, nil},
		"a copy":                        {[]bonafide.Sighting{before(time.Hour, false)}, []string{"reused_copy"}},
		"a second capture in one place": {[]bonafide.Sighting{before(time.Minute, false)}, nil},
		"the same bytes and a copy":     {[]bonafide.Sighting{before(time.Hour, true), before(time.Hour, false)}, []string{"reused_media"}},
		"an attempt after an older one": {[]bonafide.Sighting{before(time.Minute, true), before(time.Hour, true)}, []string{"reused_media"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := checked().Sample("a", sampletest.Front()).WithHistory(past{sightings: tt.seen})
			s.Media.TimeCreated = now
			if _, live := examine(t, s, bonafide.Params{}); !slices.Equal(hintCodes(live), tt.want) {
				t.Errorf("got %v, want %v", live.Hints, tt.want)
			}
		})
	}
	first := bonafide.Sighting{MediaID: "first", FolderID: "there", Exact: true, TimeCreated: now.Add(-48 * time.Hour)}
	told := checked().Sample("a", sampletest.Front()).WithHistory(past{sightings: []bonafide.Sighting{before(time.Hour, true), first, before(2*time.Hour, true)}})
	told.Media.TimeCreated = now
	if _, live := examine(t, told, bonafide.Params{}); len(live.Hints) != 1 || live.Hints[0].SeenFolder != "there" || live.Hints[0].SeenMedia != "first" {
		t.Errorf("where it was first seen: %+v", live.Hints)
	}
	s := checked().Sample("a", sampletest.Front()).WithHistory(past{err: errors.New("disk")})
	if _, err := (quality.Analysis{}).Run(t.Context(), analysis.Input{Samples: []*sample.Sample{s}}); err == nil {
		t.Error("a memory that fails is no memory")
	}
}

func TestAHintWithoutWeightIsToldAndNotCounted(t *testing.T) {
	studio := checked()
	studio.Container.Editor, studio.Container.Cut = true, true
	_, live := examine(t, studio.Sample("a", walls(6)...), bonafide.Params{})
	if !slices.Equal(live.Hints, []bonafide.Hint{{Code: "edited_recording"}, {Code: "cut_recording"}}) || *live.Score != *live.Passive {
		t.Errorf("got %+v", live)
	}
}

func TestTheContainerIsAsked(t *testing.T) {
	studio := checked()
	studio.Container.Recorder, studio.Container.Frames, studio.Container.Untimed = true, 30, 2
	_, live := examine(t, studio.Sample("a", walls(6)...), bonafide.Params{})
	if want := []string{"missing_timestamps", "screen_recording"}; !slices.Equal(hintCodes(live), want) {
		t.Errorf("got %v, want %v", live.Hints, want)
	}
	studio = checked()
	studio.Container.Frames = 30
	_, live = examine(t, studio.Sample("a", walls(6)...), bonafide.Params{})
	if want := []string{"constant_timestamps"}; !slices.Equal(hintCodes(live), want) {
		t.Errorf("got %v, want %v", live.Hints, want)
	}
}

func TestTheProfileMovesTheScore(t *testing.T) {
	studio := sampletest.New()
	strict, err := studio.Set.At(model.ProfileStrict)
	if err != nil {
		t.Fatal(err)
	}
	studio.Set = strict
	shot := sampletest.Front()
	shot.Logit = math.Log(0.7 / 0.3) // the strict threshold itself
	_, live := examine(t, studio.Sample("a", shot), bonafide.Params{})
	if math.Abs(*live.Score-0.5) > 1e-12 {
		t.Errorf("score %v", *live.Score)
	}
}
