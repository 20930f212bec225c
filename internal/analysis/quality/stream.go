package quality

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// examination collects the hints that one recording gives, beside its pictures.
type examination struct {
	checks   *model.StreamChecks
	hints    []bonafide.Hint
	measures map[string]float64
}

// hint writes down what was found, with the card's weight.
func (e *examination) hint(code string, found bool) {
	if weight, ok := e.checks.Wants(code); ok && found {
		e.hints = append(e.hints, bonafide.Hint{Code: code, Weight: weight})
	}
}

func (e *examination) measure(name string, v float64) {
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		e.measures[name] = v
	}
}

// examine makes the stream checks of the set's card on a sample of which the
// faces of the usable frames are given.
func (e *examination) examine(ctx context.Context, s *sample.Sample, usable []*sample.Face) error {
	if e.checks == nil {
		return nil
	}
	stream, err := s.Stream(ctx)
	if err != nil {
		return err
	}
	e.frames(stream)
	e.container(stream)
	if err := e.identity(ctx, usable); err != nil {
		return err
	}
	return e.history(ctx, s)
}

// frames looks for pictures that stand still, come again, or lack a sensor's
// noise. Two pictures tell nothing yet: clients send the same one twice.
func (e *examination) frames(s *sample.Stream) {
	if len(s.Changes) < 2 {
		return
	}
	still, neighbours := 0, float64(len(s.Changes))
	var noise []float64
	for _, c := range s.Changes {
		if c.Same || c.Mean < e.checks.StillChange {
			still++
		}
		if !math.IsNaN(c.Noise) {
			noise = append(noise, c.Noise)
		}
	}
	frozen, repeated := float64(still)/neighbours, float64(s.Repeats)/(neighbours+1)
	e.measure("still_share", frozen)
	e.measure("repeated_share", repeated)
	e.hint(bonafide.ReasonFrozen, frozen >= e.checks.FrozenShare)
	e.hint(bonafide.ReasonRepeated, repeated >= e.checks.RepeatedShare)
	if 2*len(noise) >= len(s.Changes) {
		slices.Sort(noise)
		quiet := noise[len(noise)/2]
		e.measure("noise_levels", quiet)
		e.hint(bonafide.ReasonNoNoise, quiet < e.checks.MinNoise)
	}
}

// container looks at what the file says about itself.
func (e *examination) container(s *sample.Stream) {
	c := s.Container
	e.hint(bonafide.ReasonEdited, c.Editor)
	e.hint(bonafide.ReasonScreenRecorded, c.Recorder)
	e.hint(bonafide.ReasonUntimed, c.Untimed > 0)
	e.hint(bonafide.ReasonCut, c.Cut)
	if c.Frames >= e.checks.SteadyFrames {
		e.measure("timestamp_stray_ms", c.StrayMS)
		e.hint(bonafide.ReasonConstantTimes, c.Untimed == 0 && c.StrayMS <= e.checks.SteadyMS)
	}
}

// identity compares the person before and after the moment at which the face
// changes most, by one network of the embedder. Nobody is swapped for another
// without such a moment, and two templates cost a fraction of what one per frame
// would. A face that hardly moves from frame to frame needs none.
func (e *examination) identity(ctx context.Context, usable []*sample.Face) error {
	if _, ok := e.checks.Wants(bonafide.ReasonPersonChanged); !ok || len(usable) < 2 {
		return nil
	}
	at, most := 1, -1.0
	last := usable[0].Gist()
	for i, f := range usable[1:] {
		g := f.Gist()
		if d := last.Unlike(&g); d > most {
			at, most = i+1, d
		}
		last = g
	}
	e.measure("face_jump", most)
	if most <= e.checks.SameFace {
		return nil
	}
	before, err := usable[at-1].Person(ctx)
	if err != nil {
		return fmt.Errorf("frame %d: template: %w", usable[at-1].Frame.Index, err)
	}
	after, err := usable[at].Person(ctx)
	if err != nil {
		return fmt.Errorf("frame %d: template: %w", usable[at].Frame.Index, err)
	}
	cosine, err := model.Cosine(before, after)
	if err != nil {
		return err
	}
	e.measure("person_cosine", cosine)
	// NaN counts as a change of person.
	e.hint(bonafide.ReasonPersonChanged, !(cosine >= e.checks.MinCosine))
	return nil
}

// history asks whether the media, or a copy that is not the same to the byte, was
// seen in another folder. Within a while after the first time it is taken for a
// second attempt: of the client to send it, or of a person who still sits before
// the same camera, whose pictures look like copies of each other.
func (e *examination) history(ctx context.Context, s *sample.Sample) error {
	_, exact := e.checks.Wants(bonafide.ReasonReused)
	_, near := e.checks.Wants(bonafide.ReasonReusedCopy)
	if !exact && !near {
		return nil
	}
	earlier, err := s.Earlier(ctx, e.checks.CopyBits)
	if err != nil {
		return fmt.Errorf("earlier media: %w", err)
	}
	retry := time.Duration(e.checks.RetryMinutes * float64(time.Minute))
	var same, copied *bonafide.Sighting // the first of each
	for i := range earlier {
		m := &earlier[i]
		switch {
		case s.Media.TimeCreated.Sub(m.TimeCreated) <= retry:
		case m.Exact:
			same = first(same, m)
		default:
			copied = first(copied, m)
		}
	}
	if same != nil {
		e.seen(bonafide.ReasonReused, same)
	} else if copied != nil {
		e.seen(bonafide.ReasonReusedCopy, copied)
	}
	return nil
}

// first gives the earlier of two sightings; a may be nil.
func first(a, b *bonafide.Sighting) *bonafide.Sighting {
	if a != nil && !b.TimeCreated.Before(a.TimeCreated) {
		return a
	}
	return b
}

// seen is hint with the place of the sighting.
func (e *examination) seen(code string, m *bonafide.Sighting) {
	if weight, ok := e.checks.Wants(code); ok {
		e.hints = append(e.hints, bonafide.Hint{Code: code, Weight: weight, SeenFolder: m.FolderID, SeenMedia: m.MediaID})
	}
}

// unexplained is the probability that none of the hints stands for an attack, each
// being taken by itself (noisy-or).
func unexplained(hints []bonafide.Hint) float64 {
	p := 1.0
	for _, h := range hints {
		p *= 1 - h.Weight
	}
	return p
}
