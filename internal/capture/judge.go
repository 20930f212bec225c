package capture

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/light"
)

// What a client's clock may be off by, and what a recording may take beyond what was
// given for it.
const (
	clockSlack = 2 * time.Second
	// ActionTime is how long one action may take.
	ActionTime  = 10 * time.Second
	actionSlack = 2 * time.Second
	// frozenShare of the frames being the one before again is more than a slow camera
	// gives.
	frozenShare = 1.0 / 3
)

// Demand is what a capture had to be.
type Demand struct {
	Actions []string  // in order; none: anything
	Drawn   time.Time // when the session began
	Arrived time.Time // when the capture was there
	Seen    int       // frames of it that an earlier capture had, too
	Colors  []string  // that the screen had to show; none: it did not have to
}

// Decisive gives the codes of what no capture shows that was made as it was asked for.
// Each is a reason by itself.
func (c *Content) Decisive(d Demand) []string {
	var codes []string
	if code := c.Manifest.answers(d.Actions); code != "" {
		codes = append(codes, code)
	}
	if !c.ordered(d) {
		codes = append(codes, bonafide.ReasonTimeOrder)
	}
	if c.late() {
		codes = append(codes, bonafide.ReasonLate)
	}
	if repeated, looped := c.duplicates(); d.Seen > 0 || looped || repeated > frozenShare {
		codes = append(codes, bonafide.ReasonDuplicateFrames)
	}
	return codes
}

// answers tells by a code how the actions fail the demand. Passive ones may be there
// besides; any other would let one recording of all gestures answer every challenge.
func (m *Manifest) answers(demanded []string) string {
	if len(demanded) == 0 {
		return ""
	}
	var gestures, photos, have []string
	for _, d := range demanded {
		if photo.MatchString(d) {
			photos = append(photos, d)
			continue
		}
		gestures = append(gestures, alias(d))
	}
	for _, p := range m.Photos {
		have = append(have, p.Tag)
	}
	for _, p := range photos {
		if !slices.Contains(have, p) {
			return bonafide.ReasonActionMissing
		}
	}
	var shown []string
	for _, a := range m.Actions {
		if name := alias(a.Action); !passive(name) || slices.Contains(gestures, name) {
			shown = append(shown, name)
		}
	}
	for _, g := range gestures {
		if !slices.Contains(shown, g) {
			return bonafide.ReasonActionMissing
		}
	}
	if !slices.Equal(gestures, shown) {
		return bonafide.ReasonActionOrder
	}
	return ""
}

// alias gives the two names of one action as one.
func alias(action string) string {
	if action == OneShot {
		return Best
	}
	return action
}

// ordered tells whether the times can be those of one recording between the draw and the
// arrival.
func (c *Content) ordered(d Demand) bool {
	last := 0.0
	for _, a := range c.Manifest.Actions {
		if a.StartedMS < last || a.EndedMS < a.StartedMS {
			return false
		}
		last = a.StartedMS
		for _, at := range a.TimesMS {
			if at < last || at > a.EndedMS+float64(actionSlack.Milliseconds()) {
				return false
			}
			last = at
		}
		last = max(last, a.EndedMS)
	}
	return time.Duration(last)*time.Millisecond <= d.Arrived.Sub(d.Drawn)+clockSlack
}

// disordered tells whether a frame was captured before the one before it, as the camera
// says. A change of cameras may do that, too.
func (m *Manifest) disordered() bool {
	last := math.Inf(-1)
	for _, a := range m.Actions {
		for _, at := range a.CaptureMS {
			if at == nil {
				continue
			}
			if *at < last {
				return true
			}
			last = *at
		}
	}
	return false
}

// late tells whether an action took longer than it may.
func (c *Content) late() bool {
	most := float64((ActionTime + actionSlack).Milliseconds())
	return slices.ContainsFunc(c.Manifest.Actions, func(a Action) bool {
		return a.EndedMS-a.StartedMS > most || a.TimesMS[len(a.TimesMS)-1]-a.TimesMS[0] > most
	})
}

// duplicates gives the share of the frames that are the one before them again, to the
// byte, and tells whether any comes back later.
func (c *Content) duplicates() (repeated float64, looped bool) {
	seen := map[uint64]bool{}
	n, again, previous := 0, 0, uint64(0)
	for _, action := range c.Digests {
		for _, d := range action {
			switch {
			case n > 0 && d == previous:
				again++
			case seen[d]:
				looped = true
			}
			seen[d], previous = true, d
			n++
		}
	}
	return float64(again) / float64(max(n, 1)), looped
}

// Marks are those digests of the frames by which the capture is known again: the smallest
// ones, so that two captures with frames in common are likely to have the same.
func (c *Content) Marks() []uint64 {
	all := slices.Concat(c.Digests...)
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), maxMarks)]
}

// maxMarks is how many frames of a capture are remembered. Of a capture whose second half
// is sent again, none of sixteen is missed in 65,535 of 65,536 cases.
const maxMarks = 16

// Weak are the codes of what attacks show more often than captures do.
const (
	weakCanvas    = "canvas_track"     // frames come of a canvas
	weakGroup     = "no_group_id"      // the camera belongs to no device
	weakStats     = "no_track_stats"   // the browser counts no frames of it
	weakTimes     = "no_capture_times" // frames do not say when they were taken
	weakPatched   = "patched_functions"
	weakVirtual   = "virtual_label" // the camera's name is that of a program
	weakDriver    = "webdriver"     // the browser is remote-controlled
	weakDevices   = "devices_changed"
	weakJitter    = "even_times" // frames come more evenly than a camera's
	weakDisorder  = "disordered_capture_times"
	weakRepeated  = "repeated_frames"
	weakWaited    = "arrived_late"    // long after the last frame
	weakNoSignals = "no_signals"      // the client tells nothing
	weakNotShown  = "light_not_shown" // the screen did not show the colours that were drawn
)

const (
	// evenMS is a jitter below that of any camera that was measured (6 ms).
	evenMS = 0.2
	// waited is longer than an upload over a slow link takes.
	waited = 5 * time.Minute
)

// Weak gives what the client noticed and what times tell, with weights that are guesses
// until captures of a deployment are counted. They are never decisive.
func (c *Content) Weak(d Demand) []bonafide.Hint {
	s, engine := c.Manifest.Signals, c.Manifest.Device.Engine
	repeated, _ := c.duplicates()
	var hints []bonafide.Hint
	add := func(there bool, code string, weight float64) {
		if there {
			hints = append(hints, bonafide.Hint{Code: code, Weight: weight})
		}
	}
	if s.TrackClass == "" && s.LabelHash == "" && len(s.CaptureTime) == 0 {
		add(true, weakNoSignals, 0.2)
	} else if engine == "chromium" { // others give these for no camera
		add(s.TrackClass == "CanvasCaptureMediaStreamTrack", weakCanvas, 0.5)
		add(!s.HasGroupID, weakGroup, 0.3)
		add(!s.HasTrackStats, weakStats, 0.2)
		add(len(s.CaptureTime) == 2 && 2*s.CaptureTime[0] < s.CaptureTime[1], weakTimes, 0.2)
	}
	add(len(s.Patched) > 0, weakPatched, 0.4)
	add(s.LabelVirtual, weakVirtual, 0.4)
	add(s.Webdriver, weakDriver, 0.3)
	add(s.DevicesChanged, weakDevices, 0.1)
	add(s.JitterMS > 0 && s.JitterMS < evenMS, weakJitter, 0.1)
	add(c.Manifest.disordered(), weakDisorder, 0.3)
	add(len(d.Colors) > 0 && !c.Manifest.showed(d.Colors), weakNotShown, 0.2)
	add(repeated > 0, weakRepeated, 0.1)
	add(d.Arrived.Sub(d.Drawn)-time.Duration(c.Manifest.end())*time.Millisecond > waited, weakWaited, 0.1)
	slices.SortStableFunc(hints, func(a, b bonafide.Hint) int { return cmp.Compare(b.Weight, a.Weight) })
	return hints
}

// showed tells whether the screen showed these colours, in their order.
func (m *Manifest) showed(colors []string) bool {
	return slices.EqualFunc(m.shown(), colors, func(s Symbol, color string) bool { return s.Color == color })
}

// light is what was shown of these colours, for who looks for them in the recordings. ok is
// false where they were not.
func (m *Manifest) light(colors []string) (s light.Shown, ok bool) {
	if len(colors) == 0 || !m.showed(colors) {
		return s, false
	}
	s = light.Shown{SymbolMS: symbolMS, Begins: map[string]float64{}}
	for _, shown := range m.shown() {
		s.Symbols = append(s.Symbols, light.Symbol{Color: shown.Color, AtMS: shown.AtMS})
	}
	for _, a := range m.Actions {
		if _, twice := s.Begins[a.Action]; twice {
			return s, false // nobody knows which recording is which
		}
		s.Begins[a.Action] = a.TimesMS[0]
	}
	return s, true
}

// end is the end of the last action.
func (m *Manifest) end() float64 {
	end := 0.0
	for _, a := range m.Actions {
		end = max(end, a.EndedMS)
	}
	return end
}
