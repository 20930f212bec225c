package bound_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/bound"
)

func at(v float64) *float64 { return &v }

func ordinary() bound.Thresholds { return bound.Thresholds{Spoofing: 0.5, Max: 0.85, Decision: 0.85} }

func TestAnOrderBeyondABoundIsRefusedByNameAndNumber(t *testing.T) {
	own := bound.Limits{bound.MaxThresholdSpoofing: 0.6, bound.MinThresholdMax: 0.7, bound.MaxDecisionThreshold: 0.9}
	for name, tt := range map[string]struct {
		order bonafide.Params
		words []string // of the error; none where it is allowed
	}{
		"nothing ordered":         {bonafide.Params{}, nil},
		"at the bound":            {bonafide.Params{ThresholdSpoofing: at(0.6), ThresholdMax: at(0.7), DecisionThreshold: at(0.9)}, nil},
		"stricter":                {bonafide.Params{ThresholdSpoofing: at(0.1), ThresholdMax: at(0.99), DecisionThreshold: at(0.5)}, nil},
		"spoofing too lax":        {bonafide.Params{ThresholdSpoofing: at(0.61)}, []string{"threshold_spoofing", "0.6 is", "0.61"}},
		"match too lax":           {bonafide.Params{ThresholdMax: at(0.69)}, []string{"threshold_max", "0.7 is", "0.69"}},
		"search too lax":          {bonafide.Params{DecisionThreshold: at(1)}, []string{"decision_threshold", "0.9 is", "not 1"}},
		"not a number":            {bonafide.Params{ThresholdSpoofing: at(math.NaN())}, []string{"threshold_spoofing"}},
		"a low minimum is no bar": {bonafide.Params{ThresholdMin: at(0.1)}, nil},
	} {
		_, err := own.Order(tt.order, ordinary())
		if (err == nil) != (tt.words == nil) || err != nil && bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, w := range tt.words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %s", name, err, w)
			}
		}
	}
}

func TestWhatAnOrderLeavesOpenKeepsTheBounds(t *testing.T) {
	strict := bound.Limits{bound.MaxThresholdSpoofing: 0.3, bound.MinThresholdMax: 0.9, bound.MaxDecisionThreshold: 0.8}
	p, err := strict.Order(bonafide.Params{}, ordinary())
	if err != nil || *p.ThresholdSpoofing != 0.3 || *p.ThresholdMax != 0.9 || *p.DecisionThreshold != 0.8 {
		t.Errorf("got %+v, %v", p, err)
	}
	lax := bound.Limits{bound.MaxThresholdSpoofing: 0.7, bound.MinThresholdMax: 0.5, bound.MaxDecisionThreshold: 0.9}
	if p, err := lax.Order(bonafide.Params{}, ordinary()); err != nil || p != (bonafide.Params{}) {
		t.Errorf("got %+v, %v", p, err)
	}
	if p, err := strict.Order(bonafide.Params{ThresholdMin: at(0.95)}, ordinary()); err != nil || p.ThresholdMax != nil {
		t.Errorf("a higher minimum takes the maximum along: %+v, %v", p, err)
	}
	if got := ordinary().Within(strict); got != (bound.Thresholds{Spoofing: 0.3, Max: 0.9, Decision: 0.8}) {
		t.Errorf("got %+v", got)
	}
	if got := ordinary().Within(lax); got != ordinary() {
		t.Errorf("got %+v", got)
	}
}

func TestACompanyIsNeverLaxerThanItsInstallation(t *testing.T) {
	installation := bound.Limits{bound.MaxThresholdSpoofing: 0.6, bound.MinEyeDistance: 60}
	for value, ok := range map[float64]bool{0.6: true, 0.2: true, 0.61: false, 0: false} {
		if err := (bound.Limits{bound.MaxThresholdSpoofing: value}).Check(installation); (err == nil) != ok {
			t.Errorf("%v: %v", value, err)
		}
	}
	for value, ok := range map[float64]bool{60: true, 90: true, 59: false, 151: false} {
		if err := (bound.Limits{bound.MinEyeDistance: value}).Check(installation); (err == nil) != ok {
			t.Errorf("%v: %v", value, err)
		}
	}
	// A company that was set before the installation became stricter.
	joined := installation.With(bound.Limits{bound.MaxThresholdSpoofing: 0.9, bound.MinEyeDistance: 80, bound.MaxFaceShare: 0.5})
	if joined[bound.MaxThresholdSpoofing] != 0.6 || joined[bound.MinEyeDistance] != 80 || joined[bound.MaxFaceShare] != 0.5 {
		t.Errorf("got %v", joined)
	}
	if len(installation) != 2 {
		t.Error("the installation's have changed")
	}
}

func TestLimitsAreReadFromACompany(t *testing.T) {
	c := &bonafide.Company{TechnicalMeta: bonafide.Meta{
		bound.MaxThresholdSpoofing: 0.4, bound.MinEyeDistance: json.Number("70"), bound.MaxFaceShare: "wide", "strict": true,
	}}
	if got := bound.Of(c); len(got) != 2 || got[bound.MaxThresholdSpoofing] != 0.4 || got[bound.MinEyeDistance] != 70 {
		t.Errorf("got %v", got)
	}
}

func TestACompanySettlesWhetherGesturesAreDemanded(t *testing.T) {
	no, yes := false, true
	for name, tt := range map[string]struct {
		company any
		order   *bool
		want    *bool // nil: left open
		refused bool
	}{
		"nothing said":                  {nil, nil, nil, false},
		"the order decides":             {nil, &no, &no, false},
		"demanded":                      {true, nil, &yes, false},
		"demanded and ordered":          {true, &yes, &yes, false},
		"demanded and not ordered":      {true, &no, nil, true},
		"measured":                      {false, nil, &no, false},
		"measured and ordered":          {false, &yes, &yes, false},
		"a word that nobody set by API": {"no", nil, nil, false},
	} {
		own := bound.Limits{}.With(bound.Of(&bonafide.Company{TechnicalMeta: bonafide.Meta{bound.VerifyGestures: tt.company}}))
		p, err := own.Order(bonafide.Params{VerifyGestures: tt.order}, ordinary())
		if (err != nil) != tt.refused || err != nil && bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := p.VerifyGestures; !tt.refused && ((got == nil) != (tt.want == nil) || got != nil && *got != *tt.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
