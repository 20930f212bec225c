package gesture

import (
	"math"

	"github.com/bonafide-id/bonafide"
)

// course is a movement against its baseline.
type course struct {
	Limits
	steps    []Step
	from     int     // first step of the baseline
	until    int     // first step after it
	stepMS   float64 // from one step to the next, on average
	base     Step    // medians of the baseline
	open     float64 // the person's own open eyes
	measures map[string]float64
}

// judge says what became of a gesture.
func judge(k Kind, steps []Step) Outcome {
	c := &course{Limits: Standard(), steps: steps, measures: map[string]float64{}}
	out := Outcome{Measures: c.measures, Baseline: -1, Shown: -1, course: c}
	if !c.timed() {
		out.Code = bonafide.ReasonFramesTooFew
		return out
	}
	if !c.calm() {
		out.Code = bonafide.ReasonGestureNoBaseline
		return out
	}
	out.Baseline = c.calmest()
	if k.Eyes() {
		out.Eyes = c.eyes()
	}
	c.extremes()
	begins, ends := c.find(k)
	at := (begins + ends) / 2
	switch {
	case k == Scan:
		out.Unverified = true
	case begins < 0:
		out.Code = bonafide.ReasonGestureMissing
		for _, other := range []Kind{Left, Right, Up, Down, Smile, Closer, Farther} {
			if begins, _ := c.find(other); other != k && begins >= 0 {
				out.Code = bonafide.ReasonGestureWrong
			}
		}
	case steps[begins].AtMS-steps[0].AtMS > c.DeadlineMS:
		out.Code = bonafide.ReasonGestureTooSlow
	case k == Closer || k == Farther:
		out.Unverified = !c.perspective(k, at)
	}
	if begins >= 0 {
		out.Shown = at
		c.measures["shown_at_ms"] = steps[at].AtMS - steps[0].AtMS
	}
	return out
}

// timed tells whether there are frames enough, close enough to each other.
func (c *course) timed() bool {
	n := len(c.steps)
	c.measures["frames"] = float64(n)
	if n < 2 {
		return false
	}
	c.stepMS = (c.steps[n-1].AtMS - c.steps[0].AtMS) / float64(n-1)
	fps := 1000 / c.stepMS
	c.measures["fps"] = fps
	// A camera that is asked for so many frames gives a few less.
	return n >= c.MinFrames && fps >= 0.95*c.MinFPS && !math.IsInf(fps, 0)
}

// calm finds the baseline: the first while of a face that is held still and straight.
func (c *course) calm() bool {
	for i, s := range c.steps {
		if s.AtMS-c.steps[0].AtMS > c.BaselineLateMS {
			return false
		}
		end := i
		for end < len(c.steps) && c.steps[end].AtMS-s.AtMS < c.BaselineMS {
			end++
		}
		if end < len(c.steps) && c.baseline(c.steps[i:end]) {
			c.from, c.until = i, end
			return true
		}
	}
	return false
}

func (c *course) baseline(part []Step) bool {
	yaw, pitch := of(part, yawOf), of(part, pitchOf)
	if len(part) < c.BaselineFrames || float64(len(yaw)) < c.BaselineSeen*float64(len(part)) {
		return false
	}
	median := func(number func(Step) float64) float64 { return quantile(of(part, number), 0.5) }
	c.base = Step{
		YawDeg: median(yawOf), PitchDeg: median(pitchOf),
		MouthWidth:    median(func(s Step) float64 { return s.MouthWidth }),
		MouthLift:     median(func(s Step) float64 { return s.MouthLift }),
		EyeDistancePx: median(func(s Step) float64 { return s.EyeDistancePx }),
		EyeShare:      median(func(s Step) float64 { return s.EyeShare }),
		EyeSpread:     median(func(s Step) float64 { return s.EyeSpread }),
	}
	straight := math.Abs(c.base.YawDeg) <= c.BaselineYawDeg && math.Abs(c.base.PitchDeg) <= c.BaselinePitchDeg
	return straight && spreadOf(yaw) <= c.BaselineTurnDeg && spreadOf(pitch) <= c.BaselineTurnDeg
}

func yawOf(s Step) float64   { return s.YawDeg }
func pitchOf(s Step) float64 { return s.PitchDeg }

// calmest is the step of the baseline that is nearest to it.
func (c *course) calmest() int {
	best, least := -1, math.Inf(1)
	for i := c.from; i < c.until; i++ {
		s := c.steps[i]
		if d := math.Hypot(s.YawDeg-c.base.YawDeg, s.PitchDeg-c.base.PitchDeg); s.Seen && d < least {
			best, least = i, d
		}
	}
	return best
}

// eyes gives the opening of the eyes by the person's own open value, which it notes; 0
// where they are not seen.
func (c *course) eyes() []float64 {
	c.open = quantile(of(c.steps, func(s Step) float64 { return s.EyesOpen }), c.OpenEyesShare)
	out := make([]float64, len(c.steps))
	for i, s := range c.steps {
		if s.Seen {
			out[i] = s.EyesOpen / c.open
		}
	}
	return out
}

// find gives the first and the last step of the first time that a gesture is held as long
// as it must, -1 for none.
func (c *course) find(k Kind) (first, last int) {
	switch k {
	case Left:
		return c.held(c.PoseMS, func(s Step) bool {
			return s.YawDeg >= c.TurnDeg && math.Abs(s.PitchDeg) < c.TurnPitchDeg && c.headlike(s)
		})
	case Right:
		return c.held(c.PoseMS, func(s Step) bool {
			return s.YawDeg <= -c.TurnDeg && math.Abs(s.PitchDeg) < c.TurnPitchDeg && c.headlike(s)
		})
	case Up:
		return c.held(c.PoseMS, func(s Step) bool {
			return s.PitchDeg >= c.TiltDeg && math.Abs(s.YawDeg) < c.TiltYawDeg && c.headlike(s)
		})
	case Down:
		return c.held(c.PoseMS, func(s Step) bool { return s.PitchDeg <= -c.TiltDeg && math.Abs(s.YawDeg) < c.TiltYawDeg })
	case Smile:
		return c.held(c.SmileMS, func(s Step) bool {
			return s.MouthWidth >= c.SmileWidth && s.MouthLift >= c.SmileLift && math.Abs(s.YawDeg) < c.SmileYawDeg
		})
	case Closer:
		return c.held(c.ZoomMS, func(s Step) bool { return s.EyeDistancePx >= c.CloserRatio && math.Abs(s.YawDeg) < c.ZoomYawDeg })
	case Farther:
		return c.held(c.ZoomMS, func(s Step) bool { return s.EyeDistancePx <= c.FartherRatio && math.Abs(s.YawDeg) < c.ZoomYawDeg })
	case Blink:
		return c.blink()
	}
	return -1, -1
}

// against gives a step as change from the baseline: differences of angles and of the lift,
// factors of lengths.
func (c *course) against(s Step) Step {
	s.YawDeg -= c.base.YawDeg
	s.PitchDeg -= c.base.PitchDeg
	s.MouthLift -= c.base.MouthLift
	s.MouthWidth /= c.base.MouthWidth
	s.EyeDistancePx /= c.base.EyeDistancePx
	s.EyeShare /= c.base.EyeShare
	s.EyeSpread /= c.base.EyeSpread
	return s
}

// held finds the first run of steps after the baseline that lasts so long. What must last
// longer than the mesh is led without the detector may be interrupted by one step: where the
// mesh is placed afresh it jumps.
func (c *course) held(ms float64, is func(Step) bool) (first, last int) {
	shows := func(i int) bool { return i < len(c.steps) && c.steps[i].Seen && is(c.against(c.steps[i])) }
	from := -1
	for i := c.until; i <= len(c.steps); i++ {
		if shows(i) {
			if from < 0 {
				from = i
			}
			continue
		}
		if ms >= c.SmileMS && from >= 0 && shows(i+1) {
			continue
		}
		if from >= 0 && c.lasted(from, i) >= ms {
			return from, i - 1
		}
		from = -1
	}
	return -1, -1
}

// headlike tells whether a face that is turned or raised has the proportions of a head in
// that pose. A flat or a widely bent sheet must be turned much further until a mesh
// takes it for a head that looks aside or up, and is squeezed by that. Of a lowered face
// the distance from eyes to mouth tells nothing.
func (c *course) headlike(s Step) bool {
	if c.raised(s) {
		return posed(s) <= c.RaisedSpread
	}
	return posed(s) >= c.TurnedSpread
}

func (c *course) raised(s Step) bool {
	return s.PitchDeg >= c.TiltDeg && math.Abs(s.YawDeg) < c.TiltYawDeg
}

// posed is the distance of the eyes by that to the mouth, against a head in the same pose.
func posed(s Step) float64 {
	const short = 1.1 * math.Pi / 180 // heads are turned a tenth further than the mesh says
	return s.EyeSpread / math.Cos(short*s.YawDeg) * math.Cos(short*s.PitchDeg)
}

// lasted is how long the steps from one to before another lasted.
func (c *course) lasted(from, to int) float64 {
	return c.steps[to-1].AtMS - c.steps[from].AtMS + c.stepMS
}

// blink finds closed eyes between open ones. Eyes that are closed may not be seen well
// enough to be counted in every frame; what counts are those that are.
func (c *course) blink() (first, last int) {
	eyes := c.eyes()
	from := -1
	for i := c.until; i <= len(eyes); i++ {
		if i < len(eyes) && c.steps[i].Seen && eyes[i] < c.ClosedEyes {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 && c.blinked(eyes, from, i) {
			return from, i - 1
		}
		from = -1
	}
	return -1, -1
}

// blinked tells whether the eyes, closed from one step to before another, were so for as
// long as when somebody is asked to close them, and open before and after. A recording may
// end with them closed: clients stop it soon after they have seen that.
func (c *course) blinked(eyes []float64, from, to int) bool {
	opened := func(part []float64) bool {
		for _, e := range part {
			if e > c.OpenEyes {
				return true
			}
		}
		return false
	}
	tilt := quantile(of(c.steps[from:to], pitchOf), 0.5) - c.base.PitchDeg
	ms := c.lasted(from, to)
	if !(math.Abs(tilt) < c.ClosedPitchDeg) || !opened(eyes[:from]) {
		return false
	}
	if to == len(eyes) {
		return ms >= c.ClosedEndMS
	}
	return ms >= c.ClosedMinMS && ms <= c.ClosedMaxMS && opened(eyes[to:])
}

// perspective tells whether the face changed its shape as one does that comes nearer, or
// moves away: near a camera the middle of a face grows more than its edges. A sheet that is
// turned or tilted meanwhile changes the distance of the eyes by that to the mouth, too.
func (c *course) perspective(k Kind, at int) bool {
	s := c.against(c.steps[at])
	if math.Abs(s.EyeSpread-1) > c.ZoomSpread {
		return false
	}
	change := s.EyeShare - 1
	if k == Farther {
		change = -change
	}
	return change >= c.ZoomPerspective
}

// extremes notes the baseline and how far the movement went from it.
func (c *course) extremes() {
	note := func(name string, v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			c.measures[name] = v
		}
	}
	note("baseline_from_ms", c.steps[c.from].AtMS-c.steps[0].AtMS)
	note("baseline_yaw_deg", c.base.YawDeg)
	note("baseline_pitch_deg", c.base.PitchDeg)
	note("baseline_eye_distance_px", c.base.EyeDistancePx)
	note("baseline_eyes_open", c.open)
	var after, turned, raised []Step
	for _, s := range c.steps[c.until:] {
		s = c.against(s)
		after = append(after, s)
		if c.raised(s) {
			raised = append(raised, s)
		} else if math.Abs(s.YawDeg) >= c.TurnDeg && math.Abs(s.PitchDeg) < c.TurnPitchDeg {
			turned = append(turned, s)
		}
	}
	note("turned_spread_most", quantile(of(turned, posed), 1))
	note("raised_spread_least", quantile(of(raised, posed), 0))
	note("seen_share", float64(len(of(c.steps, yawOf)))/float64(len(c.steps)))
	for _, m := range []struct {
		least, most string
		number      func(Step) float64
	}{
		{"right_deg", "left_deg", yawOf},
		{"down_deg", "up_deg", pitchOf},
		{"", "mouth_width_ratio", func(s Step) float64 { return s.MouthWidth }},
		{"", "mouth_lift", func(s Step) float64 { return s.MouthLift }},
		{"eye_distance_ratio_least", "eye_distance_ratio_most", func(s Step) float64 { return s.EyeDistancePx }},
		{"eye_spread_ratio_least", "eye_spread_ratio_most", func(s Step) float64 { return s.EyeSpread }},
		{"eye_share_ratio_least", "eye_share_ratio_most", func(s Step) float64 { return s.EyeShare }},
		{"eyes_open_least", "", func(s Step) float64 { return s.EyesOpen / c.open }},
		{"gaze_across_least", "gaze_across_most", func(s Step) float64 { return s.GazeAcross }},
		{"gaze_down_least", "gaze_down_most", func(s Step) float64 { return s.GazeDown }},
	} {
		v := of(after, m.number)
		if c.open == 0 && (m.least == "eyes_open_least" || m.most == "gaze_across_most" || m.most == "gaze_down_most") {
			continue
		}
		if m.least != "" {
			note(m.least, quantile(v, 0))
		}
		if m.most != "" {
			note(m.most, quantile(v, 1))
		}
	}
}
