// Package gesture tells whether a movement shows the gesture that was asked for: against
// the person's own calm face, in time, and by one person. It measures and knows the limits
// of gestures; what follows from a gesture that is missing is decided elsewhere.
//
// Left and right are the person's own, whichever camera was used, of a picture that is not
// mirrored: a preview may be mirrored, a recording may not, as in the mobile clients of the
// Oz API.
package gesture

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Kind is a gesture: the last words of its tag.
type Kind string

// The gestures.
const (
	Left    Kind = "left"  // the head turned to the person's left
	Right   Kind = "right" // to their right
	Up      Kind = "high"  // raised
	Down    Kind = "down"  // lowered
	Smile   Kind = "smile"
	Blink   Kind = "eyes"     // both closed and opened again
	Scan    Kind = "scan"     // a moving text followed with the eyes; nothing tells yet whether it was
	Closer  Kind = "zoom_in"  // the face brought near
	Farther Kind = "zoom_out" // moved away
)

// prefix is what tags of gestures begin with.
const prefix = "video_selfie_"

// Kinds lists them.
func Kinds() []Kind { return []Kind{Left, Right, Up, Down, Smile, Blink, Scan, Closer, Farther} }

// Tag is how a media says that it shows the gesture.
func (k Kind) Tag() string { return prefix + string(k) }

// Of gives the gestures that the tags of a media promise.
func Of(m *bonafide.Media) []Kind {
	var out []Kind
	for _, k := range Kinds() {
		if m.HasTag(k.Tag()) {
			out = append(out, k)
		}
	}
	return out
}

// Eyes tells whether the iris network must look.
func (k Kind) Eyes() bool { return k == Blink || k == Scan }

// Turns tells whether the head leaves the frontal pose, which costs frames for liveness.
func (k Kind) Turns() bool { return k == Left || k == Right || k == Up || k == Down }

// Outcome is what became of one gesture.
type Outcome struct {
	// Code is the reason for which the gesture does not count; empty where it was shown.
	Code string
	// Unverified is set where all that can be measured is there, but does not prove it.
	Unverified bool
	Measures   map[string]float64 // by name with unit
	Eyes       []float64          // opening of the eyes, by frame, in their own open value; of Blink and Scan
	// Baseline and Shown are the numbers of a calm moment and of one that shows the
	// gesture, to see that they show one person; -1 for none.
	Baseline, Shown int

	course *course
}

// Confirmed tells whether a moment that was looked at afresh shows the pose, too, and notes
// how far the head is turned in it.
func (o *Outcome) Confirmed(k Kind, afresh *sample.Moment) bool {
	s := StepOf(afresh)
	if !s.Seen {
		return false
	}
	s = o.course.against(s)
	o.Measures["afresh_yaw_deg"], o.Measures["afresh_pitch_deg"] = s.YawDeg, s.PitchDeg
	slack := o.course.AfreshDeg
	switch k {
	case Left:
		return s.YawDeg >= o.course.TurnDeg-slack
	case Right:
		return s.YawDeg <= slack-o.course.TurnDeg
	case Up:
		return s.PitchDeg >= o.course.TiltDeg-slack
	case Down:
		return s.PitchDeg <= slack-o.course.TiltDeg
	}
	return true
}

// Judge looks for a gesture in a movement.
func Judge(k Kind, moments []*sample.Moment) Outcome {
	steps := make([]Step, len(moments))
	for i, m := range moments {
		steps[i] = StepOf(m)
	}
	return judge(k, steps)
}
