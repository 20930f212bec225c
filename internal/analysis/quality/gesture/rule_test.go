package gesture

import (
	"testing"

	"github.com/bonafide-id/bonafide"
)

// clip is a movement of two seconds at fifteen frames a second, calm for the first, of a
// face that is 100 pixels between the eyes wide; change makes of each step after that what
// the test wants, since when is the time from then on in milliseconds.
func clip(change func(s *Step, since float64)) []Step {
	var steps []Step
	for i := range 45 {
		s := Step{AtMS: float64(i) * 1000 / 15, Seen: true, YawDeg: 3, PitchDeg: -4, MouthWidth: 0.5, EyeDistancePx: 100, EyeShare: 0.6, EyeSpread: 1.4, EyesOpen: 0.3}
		if since := s.AtMS - 1000; since >= 0 {
			change(&s, since)
		}
		steps = append(steps, s)
	}
	return steps
}

// shows are movements that show one gesture each.
func shows() map[Kind]func(s *Step, since float64) {
	return map[Kind]func(s *Step, since float64){
		Left:    func(s *Step, since float64) { s.YawDeg += min(since/20, 30) },
		Right:   func(s *Step, since float64) { s.YawDeg -= min(since/20, 30) },
		Up:      func(s *Step, since float64) { s.PitchDeg += min(since/20, 20) },
		Down:    func(s *Step, since float64) { s.PitchDeg -= min(since/20, 20) },
		Smile:   func(s *Step, since float64) { s.MouthWidth, s.MouthLift = 0.6, 0.04 },
		Blink:   func(s *Step, since float64) { s.EyesOpen = 0.3 - 0.25*float64(int(since/200)%5/4) },
		Closer:  func(s *Step, since float64) { s.EyeDistancePx, s.EyeShare = 140, 0.66 },
		Farther: func(s *Step, since float64) { s.EyeDistancePx, s.EyeShare = 70, 0.55 },
	}
}

func TestEachGestureCountsForItselfAlone(t *testing.T) {
	for shown, change := range shows() {
		for _, asked := range Kinds() {
			o := judge(asked, clip(change))
			switch {
			case asked == Scan:
				if o.Code != "" || !o.Unverified {
					t.Errorf("scan, %s shown: %+v", shown, o)
				}
			case asked == shown:
				if o.Code != "" || o.Unverified || o.Shown < 15 || o.Baseline < 0 || o.Baseline > 9 {
					t.Errorf("%s: %q, unverified %v, at %d, baseline %d", asked, o.Code, o.Unverified, o.Shown, o.Baseline)
				}
			case shown == Blink:
				if o.Code != bonafide.ReasonGestureMissing {
					t.Errorf("%s asked, %s shown: %q", asked, shown, o.Code)
				}
			case o.Code != bonafide.ReasonGestureWrong:
				t.Errorf("%s asked, %s shown: %q", asked, shown, o.Code)
			}
		}
	}
}

func TestWhatIsNotAGestureIsRefused(t *testing.T) {
	still := func(*Step, float64) {}
	for name, tt := range map[string]struct {
		asked Kind
		steps []Step
		code  string
	}{
		"a still face":      {Left, clip(still), bonafide.ReasonGestureMissing},
		"a half turn":       {Left, clip(func(s *Step, _ float64) { s.YawDeg += 21 }), bonafide.ReasonGestureMissing},
		"one frame":         {Left, clip(func(s *Step, since float64) { s.YawDeg += 40 - 40*min(since, 1) }), bonafide.ReasonGestureMissing},
		"a word":            {Smile, clip(func(s *Step, since float64) { s.MouthWidth, s.MouthLift = 0.6-0.1*float64(int(since/400)%2), 0.04 }), bonafide.ReasonGestureMissing},
		"a wide mouth":      {Smile, clip(func(s *Step, _ float64) { s.MouthWidth = 0.8 }), bonafide.ReasonGestureMissing},
		"eyes that narrow":  {Blink, clip(func(s *Step, since float64) { s.EyesOpen = 0.15 }), bonafide.ReasonGestureMissing},
		"eyes never open":   {Blink, asleep(), bonafide.ReasonGestureMissing},
		"a lowered head":    {Blink, clip(func(s *Step, since float64) { shows()[Blink](s, since); s.PitchDeg -= 15 }), bonafide.ReasonGestureMissing},
		"turned from start": {Left, turned(), bonafide.ReasonGestureNoBaseline},
		"restless":          {Left, restless(), bonafide.ReasonGestureNoBaseline},
		"no face":           {Left, make([]Step, 0), bonafide.ReasonFramesTooFew},
		"one picture":       {Smile, clip(still)[:1], bonafide.ReasonFramesTooFew},
		"a slow camera":     {Left, sparse(clip(shows()[Left]), 2), bonafide.ReasonFramesTooFew},
	} {
		if o := judge(tt.asked, tt.steps); o.Code != tt.code {
			t.Errorf("%s: %q, want %q", name, o.Code, tt.code)
		}
	}
}

func turned() []Step {
	steps := clip(func(*Step, float64) {})
	for i := range steps {
		steps[i].YawDeg = 25
	}
	return steps
}

func restless() []Step {
	steps := clip(func(*Step, float64) {})
	for i := range steps {
		steps[i].YawDeg = float64(i%2) * 12
	}
	return steps
}

// asleep opens the eyes at the very end only.
func asleep() []Step {
	steps := clip(func(*Step, float64) {})
	for i := range steps[:30] {
		steps[i].EyesOpen = 0.05
	}
	return steps
}

// sparse leaves every n-th step.
func sparse(steps []Step, n int) []Step {
	var out []Step
	for i := 0; i < len(steps); i += n {
		out = append(out, steps[i])
	}
	return out
}

func TestAGestureAfterTheDeadlineIsTooSlow(t *testing.T) {
	for pause, code := range map[float64]string{9000: "", 11_000: bonafide.ReasonGestureTooSlow} {
		steps := clip(shows()[Left])
		var calm []Step
		for at := 0.0; at < pause; at += 1000.0 / 15 {
			s := steps[0]
			s.AtMS = at
			calm = append(calm, s)
		}
		for _, s := range steps[15:] {
			s.AtMS += pause - 1000
			calm = append(calm, s)
		}
		if o := judge(Left, calm); o.Code != code {
			t.Errorf("after %g ms: %q", pause, o.Code)
		}
	}
}

func TestAZoomedPlaneIsNotVerified(t *testing.T) {
	o := judge(Closer, clip(func(s *Step, _ float64) { s.EyeDistancePx, s.EyeShare = 160, 0.62 }))
	if o.Code != "" || !o.Unverified {
		t.Errorf("got %+v", o)
	}
}

func TestASheetThatIsTurnedOrTiltedIsNoHead(t *testing.T) {
	for name, tt := range map[string]struct {
		asked  Kind
		change func(s *Step, since float64)
		code   string
	}{
		"a head aside":     {Left, func(s *Step, _ float64) { s.YawDeg += 28; s.EyeSpread *= 0.88 }, ""},
		"a sheet aside":    {Left, func(s *Step, _ float64) { s.YawDeg += 28; s.EyeSpread *= 0.65 }, bonafide.ReasonGestureMissing},
		"a raised head":    {Up, func(s *Step, _ float64) { s.PitchDeg += 20; s.EyeSpread *= 1.1 }, ""},
		"a tilted sheet":   {Up, func(s *Step, _ float64) { s.PitchDeg += 20; s.EyeSpread *= 1.7 }, bonafide.ReasonGestureMissing},
		"a smile, a jump":  {Smile, smiling(1), ""},
		"a smile, a pause": {Smile, smiling(3), bonafide.ReasonGestureMissing},
	} {
		if o := judge(tt.asked, clip(tt.change)); o.Code != tt.code {
			t.Errorf("%s: %q, want %q", name, o.Code, tt.code)
		}
	}
	o := judge(Farther, clip(func(s *Step, _ float64) { s.EyeDistancePx, s.EyeShare, s.EyeSpread = 70, 0.55, 1 }))
	if o.Code != "" || !o.Unverified {
		t.Errorf("a turned sheet is farther: %+v", o)
	}
}

// smiling smiles for 0.8 s, and not for so many frames in the middle of it.
func smiling(pause float64) func(s *Step, since float64) {
	return func(s *Step, since float64) {
		if since < 800 && !(since > 380 && since < 380+pause*1000/15) {
			s.MouthWidth, s.MouthLift = 0.6, 0.04
		}
	}
}

func TestTagsNameGestures(t *testing.T) {
	m := &bonafide.Media{Tags: []string{"video_selfie", "video_selfie_blank", "orientation_portrait", "left", "video_selfie_high"}}
	if got := Of(m); len(got) != 1 || got[0] != Up {
		t.Errorf("got %v", got)
	}
	for _, k := range Kinds() {
		if got := Of(&bonafide.Media{Tags: []string{k.Tag()}}); len(got) != 1 || got[0] != k {
			t.Errorf("%s: %v", k, got)
		}
	}
}

func TestMeasuresTellHowFarTheHeadWent(t *testing.T) {
	o := judge(Right, clip(shows()[Left]))
	if m := o.Measures; m["left_deg"] < 29 || m["right_deg"] < -1 || m["baseline_yaw_deg"] != 3 || m["fps"] < 14.9 || m["frames"] != 45 {
		t.Errorf("got %v", m)
	}
	if o = judge(Blink, clip(shows()[Blink])); len(o.Eyes) != 45 || o.Measures["eyes_open_least"] > 0.2 || o.Measures["baseline_eyes_open"] != 0.3 {
		t.Errorf("got %v, %v", o.Eyes, o.Measures)
	}
}

// Both are told whether they are enough or not.
func TestTheShapeOfATurnedAndOfARaisedFaceIsMeasured(t *testing.T) {
	for name, tt := range map[string]struct {
		kind    Kind
		measure string
		spread  float64 // of a calm 1.4
		code    string
	}{
		"a turned head":    {Left, "turned_spread_most", 1.3, ""},
		"a turned sheet":   {Left, "turned_spread_most", 0.9, bonafide.ReasonGestureMissing},
		"a raised head":    {Up, "raised_spread_least", 1.5, ""},
		"a tilted sheet":   {Up, "raised_spread_least", 2.2, bonafide.ReasonGestureMissing},
		"a head that nods": {Down, "", 1.3, ""},
	} {
		o := judge(tt.kind, clip(func(s *Step, since float64) {
			shows()[tt.kind](s, since)
			s.EyeSpread = tt.spread
		}))
		if o.Code != tt.code {
			t.Errorf("%s: %q", name, o.Code)
		}
		for _, measure := range []string{"turned_spread_most", "raised_spread_least"} {
			if _, ok := o.Measures[measure]; ok != (measure == tt.measure) {
				t.Errorf("%s: %s is measured: %v", name, measure, ok)
			}
		}
		if least, ok := o.Measures["eye_spread_ratio_least"]; !ok || least > tt.spread/1.4+1e-9 {
			t.Errorf("%s: eye_spread_ratio_least is %v", name, least)
		}
	}
}
