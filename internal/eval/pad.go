package eval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

// Assessor is the system under test. It may be used from many goroutines.
type Assessor interface {
	// Assess examines one file. A CodeValue error means that the file cannot be read; any
	// other ends the evaluation.
	Assess(ctx context.Context, file string) (*Assessment, error)
}

// Assessment is what a system found in one file.
type Assessment struct {
	// Variants holds the findings of the liveness analysis, once for every variant of the
	// system, in the same sequence for all files.
	Variants [][]bonafide.Finding
	// Trivial holds plain statistics of the face, in the sequence of TrivialNames; nil
	// where there is no face.
	Trivial []float64
}

// Outcome is what became of one sample.
type Outcome struct {
	Label
	Score     float64  // live score; NaN for a non-response
	Raw       float64  // mean logit behind it; NaN when unknown
	Accepted  bool     // by the policy that the server applies
	Reasons   []string // codes, why there was no response
	FaceShare float64  // the larger of face width by frame width and height by height; NaN when unknown
	Frames    int      // that the score rests on
	Looked    int      // frames that were looked at: one of a still, more of a clip; 0 when unknown
	Trivial   []float64
	Took      time.Duration
}

// Answered tells that the sample has a score.
func (o *Outcome) Answered() bool { return !math.IsNaN(o.Score) }

// PAD is one evaluated list of labels.
type PAD struct {
	System    string  // set and variant, as shown
	Threshold float64 // threshold_spoofing: a sample is accepted while 1-score is below it
	Outcomes  []Outcome
}

// noScore is the reason where the system gave neither a score nor a reason.
const noScore = "no_score"

// Detect has every sample assessed and decided at the threshold, by each of the
// named variants of a system.
func Detect(ctx context.Context, w Work, labels []Label, a Assessor, variants []string, threshold float64) ([]*PAD, error) {
	if !(threshold >= 0 && threshold <= 1) {
		return nil, bonafide.Errorf(bonafide.CodeValue, "the threshold must lie between 0 and 1")
	}
	policy := decision.Default()
	policy.ThresholdSpoofing = threshold
	all := make([]*PAD, len(variants))
	for k, name := range variants {
		all[k] = &PAD{System: name, Threshold: threshold, Outcomes: make([]Outcome, len(labels))}
	}
	err := w.each(ctx, len(labels), func(ctx context.Context, i int) error {
		start := time.Now()
		found, err := a.Assess(ctx, labels[i].File)
		took := time.Since(start)
		reasons := unreadable(err)
		if err == nil && len(found.Variants) != len(variants) {
			err = fmt.Errorf("%d variants answered, not %d", len(found.Variants), len(variants))
		}
		for k, p := range all {
			o := &p.Outcomes[i]
			*o = Outcome{Label: labels[i], Score: math.NaN(), Raw: math.NaN(), FaceShare: math.NaN(), Took: took, Reasons: codes(reasons)}
			if err == nil {
				o.Trivial = found.Trivial
				err = o.read(found.Variants[k], policy)
			}
		}
		if err != nil && len(reasons) == 0 {
			return fmt.Errorf("%s: %w", labels[i].File, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// read takes the outcome from the findings and lets the policy decide.
func (o *Outcome) read(findings []bonafide.Finding, policy decision.Policy) error {
	var live *bonafide.Finding
	for i, f := range findings {
		switch f.Kind {
		case bonafide.FindingCapture:
			o.FaceShare, o.Looked = faceShare(f.Measures), f.Frames
		case bonafide.FindingLiveness:
			live = &findings[i]
		}
	}
	switch {
	case live == nil:
		return fmt.Errorf("the analysis wrote down no liveness")
	case len(live.Failures) > 0:
		o.Reasons = codes(live.Failures)
		return nil
	case live.Score == nil || !finite(*live.Score):
		o.Reasons = []string{noScore}
		return nil
	}
	v, err := policy.Resolve([]bonafide.ID{live.MediaID}, findings, bonafide.Params{})
	if err != nil {
		return err
	}
	o.Score, o.Frames = *live.Score, live.Frames
	if live.Raw != nil {
		o.Raw = *live.Raw
	}
	o.Accepted = v.Resolution == bonafide.Success
	return nil
}

func faceShare(measures map[string]float64) float64 {
	width, knownWidth := measures["face_width_share"]
	height, knownHeight := measures["face_height_share"]
	if !knownWidth || !knownHeight {
		return math.NaN()
	}
	return max(width, height)
}

// unreadable gives the reason for which a file is a failure to acquire, with
// what was wrong, and none when the error is not the file's.
func unreadable(err error) []bonafide.Reason {
	var e *bonafide.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case bonafide.CodeValue, bonafide.CodeStructure, bonafide.CodeTooLarge:
		return []bonafide.Reason{{Code: bonafide.ReasonUnreadable + " (" + e.Message + ")"}}
	}
	return nil
}

func codes(reasons []bonafide.Reason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}
