// Package bound holds what an installation and a company allow: how lax a threshold an
// order may ask for, and how strict the capture gate is at least. A company may be
// stricter than its installation and never laxer. An order beyond a bound is refused and
// not clamped: a client that asked for 0.9 and was answered at 0.5 would show its users a
// verdict by a threshold that it does not know.
package bound

import (
	"maps"
	"slices"
	"strconv"

	"github.com/bonafide-id/bonafide"
)

// The names of limits, as a company has them on the wire.
const (
	MaxThresholdSpoofing = "max_threshold_spoofing" // an order of QUALITY may ask for no more
	MinThresholdMax      = "min_threshold_max"      // of BIOMETRY, for no less
	MaxDecisionThreshold = "max_decision_threshold" // of COLLECTION, for no more
	MaxFaceShare         = "max_face_share"         // of the face by the frame of a still
	MinEyeDistance       = "min_eye_distance"       // pixels between the eyes
	// VerifyGestures is no number on the wire: where a company demands the gestures that
	// tags name (1), no order may do without; where it has them measured only (0), they are
	// demanded by orders that say so. Not set, orders and installation decide.
	VerifyGestures = "verify_gestures"
)

// Limits are those that somebody has set, by name.
type Limits map[string]float64

// limit is one of them.
type limit struct {
	name        string
	least, most float64 // that makes sense
	fewer       bool    // the smaller, the stricter
}

func all() []limit {
	return []limit{
		{MaxThresholdSpoofing, 0.01, 1, true},
		{MinThresholdMax, 0, 0.99, false},
		{MaxDecisionThreshold, 0.01, 1, true},
		{MaxFaceShare, 0.3, 0.83, true},
		{MinEyeDistance, 30, 150, false},
	}
}

// Names lists the limits.
func Names() []string {
	var names []string
	for _, l := range all() {
		names = append(names, l.name)
	}
	return names
}

// stricter tells whether a is as strict as b, or more.
func (l limit) stricter(a, b float64) bool { return a == b || (a < b) == l.fewer }

// Check sees that limits are sensible and not laxer than those above them. Errors are
// CodeValue and name the limit, its value and what is allowed.
func (own Limits) Check(above Limits) error {
	for _, l := range all() {
		v, ok := own[l.name]
		if !ok {
			continue
		}
		least, most := l.least, l.most
		if bound, set := above[l.name]; set && l.fewer {
			most = bound
		} else if set {
			least = bound
		}
		if !(v >= least && v <= most) {
			return bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, from %s to %s are allowed here, not %s", l.name, shown(least), shown(most), shown(v))
		}
	}
	return nil
}

// With joins limits: of each the stricter one holds.
func (own Limits) With(other Limits) Limits {
	joined := maps.Clone(own)
	if joined == nil {
		joined = Limits{}
	}
	for _, l := range all() {
		if v, ok := other[l.name]; ok {
			if mine, set := joined[l.name]; !set || l.stricter(v, mine) {
				joined[l.name] = v
			}
		}
	}
	if v, ok := other[VerifyGestures]; ok {
		joined[VerifyGestures] = v
	}
	return joined
}

// Of reads the limits that a company has set. What is no number counts as not set.
func Of(c *bonafide.Company) Limits {
	own := Limits{}
	for _, l := range all() {
		switch v := c.TechnicalMeta[l.name].(type) {
		case float64:
			own[l.name] = v
		case interface{ Float64() (float64, error) }: // json.Number
			if f, err := v.Float64(); err == nil {
				own[l.name] = f
			}
		}
	}
	switch c.TechnicalMeta[VerifyGestures] {
	case true:
		own[VerifyGestures] = 1
	case false:
		own[VerifyGestures] = 0
	}
	return own
}

// gestures settles whether gestures are demanded.
func (own Limits) gestures(p bonafide.Params) (bonafide.Params, error) {
	v, set := own[VerifyGestures]
	demanded := v != 0
	switch {
	case !set:
	case p.VerifyGestures == nil:
		p.VerifyGestures = &demanded
	case demanded && !*p.VerifyGestures:
		return p, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field verify_gestures, only true is allowed here, not false")
	}
	return p, nil
}

// Order refuses thresholds of an order beyond a bound, and sets those that the order
// leaves open where the ordinary ones are laxer than the bound. Errors are CodeValue.
func (own Limits) Order(p bonafide.Params, ordinary Thresholds) (bonafide.Params, error) {
	p, err := own.gestures(p)
	if err != nil {
		return p, err
	}
	spoofing, max, found := ordinary.Spoofing, ordinary.Max, ordinary.Decision
	if t := p.ThresholdMin; t != nil && *t > max {
		max = *t // it moves along
	}
	for _, f := range []struct {
		name, field string
		ordered     **float64
		open        float64
		fewer       bool
	}{
		{MaxThresholdSpoofing, "threshold_spoofing", &p.ThresholdSpoofing, spoofing, true},
		{MinThresholdMax, "threshold_max", &p.ThresholdMax, max, false},
		{MaxDecisionThreshold, "decision_threshold", &p.DecisionThreshold, found, true},
	} {
		bound, set := own[f.name]
		switch {
		case !set:
		case *f.ordered == nil && (f.open > bound) == f.fewer && f.open != bound:
			*f.ordered = &bound
		case *f.ordered == nil:
		case f.fewer && !(**f.ordered <= bound):
			return p, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, at most %s is allowed here, not %s", f.field, shown(bound), shown(**f.ordered))
		case !f.fewer && !(**f.ordered >= bound):
			return p, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, at least %s is allowed here, not %s", f.field, shown(bound), shown(**f.ordered))
		}
	}
	return p, nil
}

// Thresholds are those that hold where an order names none.
type Thresholds struct{ Spoofing, Max, Decision float64 }

// Within moves them to the bounds that they are laxer than.
func (t Thresholds) Within(own Limits) Thresholds {
	if v, ok := own[MaxThresholdSpoofing]; ok {
		t.Spoofing = min(t.Spoofing, v)
	}
	if v, ok := own[MinThresholdMax]; ok {
		t.Max = max(t.Max, v)
	}
	if v, ok := own[MaxDecisionThreshold]; ok {
		t.Decision = min(t.Decision, v)
	}
	return t
}

// Set lists the names of the limits that are set.
func (own Limits) Set() []string { return slices.Sorted(maps.Keys(own)) }

func shown(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
