package model

import (
	"fmt"
	"io"
	"maps"
	"math"

	"github.com/bonafide-id/bonafide"
)

// The names of operating points that mean something to the program.
const (
	ProfileDefault    = "default"    // taken where nobody chooses
	ProfileLenient    = "lenient"    // below which a deployment's own point never falls
	ProfileStrict     = "strict"     // also the floor of a deployment's own point, and of the worst frames of a clip
	ProfileDeployment = "deployment" // made from a deployment's own captures
)

// Relative moves a live score so that 0.5 stands for the threshold t: its
// log-odds less those of t. It keeps the order, 0 and 1; with t = 0.5 it changes
// nothing. It is not a number unless t lies between 0 and 1.
func Relative(live, t float64) float64 {
	switch {
	case t == 0.5:
		return live
	case !(t > 0 && t < 1):
		return math.NaN()
	}
	up, down := live*(1-t), (1-live)*t
	return up / (up + down)
}

// Live turns the mean logit of so many frames into the live score on which 0.5 is the
// operating point in force. The set must have a PAD model.
func (s *Set) Live(meanLogit float64, frames int) float64 {
	return Relative(s.PAD.Calibrate(meanLogit), s.Point.At(frames))
}

// At gives a copy of the set that works at another operating point of its card. It shares the networks; only one of the two may be closed. A set
// whose card has no such point is a CodeModel error, but for the default one,
// which is then 0.5.
func (s *Set) At(profile string) (*Set, error) {
	p, ok := s.PointNamed(profile)
	if !ok {
		return nil, bonafide.Errorf(bonafide.CodeModel, "the liveness model of the set %s has no operating point %q", s.Name, profile)
	}
	return s.AtPoint(p), nil
}

// AtPoint is At for a point that is not on the card.
func (s *Set) AtPoint(p OperatingPoint) *Set {
	c := *s
	c.Point = p
	return &c
}

// PointNamed finds an operating point of the card.
func (s *Set) PointNamed(name string) (OperatingPoint, bool) {
	for _, p := range s.Points {
		if p.Name == name {
			return p, true
		}
	}
	return OperatingPoint{Name: ProfileDefault, Threshold: 0.5}, name == ProfileDefault
}

// Profile tells the operating point in force, nil without a PAD model.
func (s *Set) Profile() *bonafide.Profile {
	if s.PAD == nil {
		return nil
	}
	p := &bonafide.Profile{Name: s.Point.Name, Threshold: s.Point.Threshold, Rates: s.Point.Rates}
	if c := s.Point.Clip; c != nil {
		p.Clip = &bonafide.Profile{Name: p.Name, Frames: c.Frames, Threshold: c.Threshold, Rates: c.Rates}
	}
	return p
}

// Deployment is an operating point that was made from a deployment's own captures,
// as it is kept in the data folder.
type Deployment struct {
	Model    bonafide.ModelRef `json:"model"` // the PAD model whose scores it is about
	Point    OperatingPoint    `json:"point"`
	Captures int               `json:"captures"` // that it rests on
	Made     string            `json:"made"`     // date
}

// ReadDeployment reads a deployment's operating point strictly. Errors are
// CodeModel.
func ReadDeployment(r io.Reader) (*Deployment, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxCardBytes))
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "the deployment's operating point cannot be read", err)
	}
	var d Deployment
	if err = strict(raw, &d); err == nil {
		err = d.check()
	}
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "the deployment's operating point is not valid", err)
	}
	return &d, nil
}

func (d *Deployment) check() error {
	if d.Model.Name == "" || d.Model.Version == "" {
		return fmt.Errorf("model is required")
	}
	if d.Point.Name != ProfileDeployment {
		return fmt.Errorf("the point must be named %s", ProfileDeployment)
	}
	return d.Point.check()
}

// StreamChecks holds the limits of the stream checks and the weights of their hints,
// from the set's card. A check whose hint has no weight is not made.
type StreamChecks struct {
	StillChange   float64 `json:"still_change"`   // neighbouring frames that change less, in grey levels, stand still
	FrozenShare   float64 `json:"frozen_share"`   // of neighbours that stand still, from which a clip is frozen
	RepeatedShare float64 `json:"repeated_share"` // of frames equal to an earlier one that is not their neighbour
	MinNoise      float64 `json:"min_noise"`      // temporal noise of a camera, in grey levels
	MinCosine     float64 `json:"min_cosine"`     // of one person in neighbouring frames, see RoleContinuity
	// SameFace is the change of a face between neighbouring frames, see
	// vision.Gist.Unlike, up to which nobody can have been swapped for another.
	SameFace     float64 `json:"same_face"`
	SteadyMS     float64 `json:"steady_ms"`     // timestamps that stray less are constant
	SteadyFrames int     `json:"steady_frames"` // in the file, below which that says nothing
	CopyBits     int     `json:"copy_bits"`     // by which prints of a copy differ at most, see bonafide.MediaInfo
	RetryMinutes float64 `json:"retry_minutes"` // within which what looks like an earlier media is a second attempt
	// Weights of the hints by code, see bonafide.Hint. A weight of 0 tells the hint
	// and does not count it.
	Weights map[string]float64 `json:"weights"`
}

// Telling gives a copy whose hints of these codes are told and not counted.
func (s *StreamChecks) Telling(codes ...string) *StreamChecks {
	if s == nil {
		return nil
	}
	c := *s
	c.Weights = maps.Clone(s.Weights)
	for _, code := range codes {
		if _, ok := c.Weights[code]; ok {
			c.Weights[code] = 0
		}
	}
	return &c
}

// Wants tells whether the check for a hint is made, and what the hint weighs.
func (s *StreamChecks) Wants(code string) (weight float64, ok bool) {
	if s == nil {
		return 0, false
	}
	weight, ok = s.Weights[code]
	return weight, ok
}

func (s *StreamChecks) check() error {
	if s == nil {
		return nil
	}
	share := func(v float64) bool { return v > 0 && v <= 1 }
	for _, limit := range []struct {
		name string
		ok   bool
	}{
		{"still_change", s.StillChange >= 0 && s.StillChange < 255},
		{"frozen_share", share(s.FrozenShare)},
		{"repeated_share", share(s.RepeatedShare)},
		{"min_noise", s.MinNoise >= 0 && s.MinNoise < 255},
		{"min_cosine", s.MinCosine >= -1 && s.MinCosine <= 1},
		{"same_face", s.SameFace >= 0 && s.SameFace <= 1},
		{"steady_ms", s.SteadyMS >= 0 && !math.IsInf(s.SteadyMS, 0)},
		{"steady_frames", s.SteadyFrames >= 3},
		{"copy_bits", s.CopyBits >= 0 && s.CopyBits <= 128},
		{"retry_minutes", s.RetryMinutes >= 0 && !math.IsInf(s.RetryMinutes, 0)},
	} {
		if !limit.ok {
			return fmt.Errorf("%s is missing or out of range", limit.name)
		}
	}
	return checkWeights(s.Weights)
}

func checkWeights(weights map[string]float64) error {
	known := map[string]bool{}
	for _, code := range bonafide.StreamReasons() {
		known[code] = true
	}
	for code, w := range weights {
		if !known[code] || !(w >= 0 && w <= 1) {
			return fmt.Errorf("weights: %q is not known, or its weight does not lie between 0 and 1", code)
		}
	}
	return nil
}
