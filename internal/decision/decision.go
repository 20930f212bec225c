// Package decision turns findings and thresholds into a resolution, and the
// analyses of a folder into its state. Its functions are pure: no I/O, no clock,
// no randomness.
//
// The rules belong to kinds of findings, not to types of analyses, so that a new
// analysis made of known kinds needs no new rule. The worst finding decides.
// Nothing passes that was not measured: a media without a finding, a score that is
// not a number in [0,1] and a kind without a rule are errors, never a success.
package decision

import (
	"fmt"

	"github.com/bonafide-id/bonafide"
)

// Policy is what an installation decides by where the order does not say.
type Policy struct {
	ThresholdSpoofing float64 // a live score passes while 1-score is below it
	ThresholdMin      float64 // a similarity below it is declined
	ThresholdMax      float64 // a similarity from here on passes; between the two an operator decides
	DecisionThreshold float64 // a person of a collection is found from this similarity on
	// CaptureFailure is the resolution where a picture does not show what had to be
	// measured: DECLINED or OPERATOR_REQUIRED. Anything else counts as DECLINED.
	CaptureFailure bonafide.Status
	// MeasureGestures has gestures measured and not demanded, where the order does not say.
	MeasureGestures bool
}

// Default is the policy that the Oz API documents.
func Default() Policy {
	return Policy{
		ThresholdSpoofing: 0.5,
		ThresholdMin:      0.85,
		ThresholdMax:      0.85,
		DecisionThreshold: 0.85,
		CaptureFailure:    bonafide.Declined,
	}
}

// Resolve decides one analysis. media are those that had to be analysed; each
// must be named by a finding with a score or with failures. An error means that
// the findings are incomplete or not numbers: a fault of the machine, not of the
// capture subject.
func (p Policy) Resolve(media []bonafide.ID, findings []bonafide.Finding, params bonafide.Params) (bonafide.Verdict, error) {
	if err := covered(media, findings); err != nil {
		return bonafide.Verdict{}, err
	}
	p = p.with(params)
	v := bonafide.Verdict{Resolution: bonafide.Success, Thresholds: map[bonafide.Threshold]float64{}}
	for _, f := range findings {
		if f.Kind == bonafide.FindingGesture && p.MeasureGestures {
			continue
		}
		for _, r := range f.Failures {
			r.Media = f.MediaID
			v = worsen(v, p.captureFailure(), r)
		}
		var err error
		if v, err = p.judge(v, f); err != nil {
			return bonafide.Verdict{}, err
		}
	}
	return v, nil
}

// judge applies the rule of the finding's kind.
func (p Policy) judge(v bonafide.Verdict, f bonafide.Finding) (bonafide.Verdict, error) {
	switch f.Kind {
	case bonafide.FindingCapture, bonafide.FindingGesture: // their failures are all there is to them
		return v, nil
	case bonafide.FindingInjection:
		return injected(v, f), nil
	case bonafide.FindingLiveness:
		return p.liveness(v, f), nil
	case bonafide.FindingSimilarity:
		return p.similarity(v, f), nil
	case bonafide.FindingSearch:
		return p.search(v, f), nil
	}
	return v, fmt.Errorf("decision: no rule for findings of kind %q", f.Kind)
}

// injected declines by each hint that is decisive, whose weight is not below 1.
func injected(v bonafide.Verdict, f bonafide.Finding) bonafide.Verdict {
	for _, h := range f.Hints {
		if !(h.Weight < 1) {
			v = worsen(v, bonafide.Declined, bonafide.Reason{Code: h.Code, Media: f.MediaID})
		}
	}
	return v
}

func (p Policy) liveness(v bonafide.Verdict, f bonafide.Finding) bonafide.Verdict {
	v.Thresholds[bonafide.ThresholdSpoofing] = p.ThresholdSpoofing
	// 1-score is the number on the wire, so that clients who compare it with the
	// threshold themselves come to the same end.
	if f.Score == nil || 1-*f.Score < p.ThresholdSpoofing {
		return v
	}
	var codes []string
	for _, h := range f.Hints {
		if h.Weight > 0 {
			codes = append(codes, h.Code)
		}
	}
	// Hints alone may decline. The pictures are named unless they pass.
	if len(codes) == 0 || f.Passive == nil || !(1-*f.Passive < p.ThresholdSpoofing) {
		codes = append([]string{bonafide.ReasonAttack}, codes...)
	}
	for _, code := range codes {
		r := bonafide.Reason{Code: code}
		r.Media = f.MediaID
		v = worsen(v, bonafide.Declined, r)
	}
	return v
}

func (p Policy) similarity(v bonafide.Verdict, f bonafide.Finding) bonafide.Verdict {
	v.Thresholds[bonafide.ThresholdMin] = p.ThresholdMin
	v.Thresholds[bonafide.ThresholdMax] = p.ThresholdMax
	switch {
	case f.Score == nil || *f.Score >= p.ThresholdMax:
		return v
	case *f.Score >= p.ThresholdMin:
		return worsen(v, bonafide.OperatorRequired, bonafide.Reason{Code: bonafide.ReasonUncertain})
	}
	return worsen(v, bonafide.Declined, bonafide.Reason{Code: bonafide.ReasonNoMatch})
}

// search declines whoever is found, which is what a blacklist is for.
func (p Policy) search(v bonafide.Verdict, f bonafide.Finding) bonafide.Verdict {
	v.Thresholds[bonafide.ThresholdSearch] = p.DecisionThreshold
	if f.Score == nil || *f.Score < p.DecisionThreshold {
		return v
	}
	r := bonafide.Reason{Code: bonafide.ReasonListed}
	r.Media = f.MediaID
	return worsen(v, bonafide.Declined, r)
}

func (p Policy) captureFailure() bonafide.Status {
	if p.CaptureFailure == bonafide.OperatorRequired {
		return bonafide.OperatorRequired
	}
	return bonafide.Declined
}

// with lays the thresholds of the order over the policy. Where an order names one
// of the two similarity thresholds, the other one moves along if it must.
func (p Policy) with(params bonafide.Params) Policy {
	if t := params.ThresholdSpoofing; t != nil {
		p.ThresholdSpoofing = *t
	}
	if v := params.VerifyGestures; v != nil {
		p.MeasureGestures = !*v
	}
	if t := params.DecisionThreshold; t != nil {
		p.DecisionThreshold = *t
	}
	if t := params.ThresholdMin; t != nil {
		p.ThresholdMin = *t
		p.ThresholdMax = max(p.ThresholdMax, *t)
	}
	if t := params.ThresholdMax; t != nil {
		p.ThresholdMax = *t
		p.ThresholdMin = min(p.ThresholdMin, *t)
	}
	return p
}

// worsen adds a reason, once, and keeps the worse resolution.
func worsen(v bonafide.Verdict, to bonafide.Status, why bonafide.Reason) bonafide.Verdict {
	v.Resolution = worse(v.Resolution, to)
	for _, r := range v.Reasons {
		if r == why {
			return v
		}
	}
	v.Reasons = append(v.Reasons, why)
	return v
}

// covered checks that the findings are sound and leave no media and no pair out.
func covered(media []bonafide.ID, findings []bonafide.Finding) error {
	if len(media) == 0 {
		return fmt.Errorf("decision: no media was analysed")
	}
	seen := map[bonafide.ID]bool{}
	unfit := map[bonafide.ID]bool{} // not fit to be compared
	pairs := map[[2]bonafide.ID]bool{}
	compared := map[bonafide.ID]bool{}
	for _, f := range findings {
		if f.Score != nil && !(*f.Score >= 0 && *f.Score <= 1) {
			return fmt.Errorf("decision: a %s score is not in [0,1]", f.Kind)
		}
		if f.Kind == bonafide.FindingGesture {
			continue // a gesture does not stand for liveness
		}
		if len(f.Failures) == 0 {
			if f.Kind == bonafide.FindingCapture || f.Kind == bonafide.FindingInjection {
				continue // neither measures what is asked
			}
			if f.Score == nil {
				return fmt.Errorf("decision: a %s finding has neither a score nor a failure", f.Kind)
			}
		}
		seen[f.MediaID] = true
		if f.Kind == bonafide.FindingSimilarity && len(f.Failures) > 0 {
			unfit[f.MediaID] = true
		}
		if f.OtherID == "" {
			continue
		}
		seen[f.OtherID] = true
		compared[f.MediaID], compared[f.OtherID] = true, true
		pairs[[2]bonafide.ID{min(f.MediaID, f.OtherID), max(f.MediaID, f.OtherID)}] = true
	}
	// Where all others are unfit, the last one has nothing to be compared with.
	alone := len(media) > 1 && len(unfit) == len(media)-1
	for _, id := range media {
		if !seen[id] && !alone {
			return fmt.Errorf("decision: media %s has neither a score nor a failure", id)
		}
	}
	if n := len(compared); len(pairs) != n*(n-1)/2 {
		return fmt.Errorf("decision: %d media were compared in %d pairs only", n, len(pairs))
	}
	return nil
}
