package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// Fit is a calibration for the card of a liveness model, with its operating
// points: a live score is sigmoid(Slope * mean logit + Offset).
type Fit struct {
	Slope  float64    `json:"slope"`
	Offset float64    `json:"offset"`
	Points []FitPoint `json:"operating_points"`
}

// FitPoint is an operating point in the form of a card.
type FitPoint struct {
	Name      string             `json:"name"`
	Threshold float64            `json:"threshold"`
	Rates     map[string]float64 `json:"rates"`
	Data      string             `json:"data"`
}

// Answers tells whether any sample has a score.
func (p *PAD) Answers() bool { return len(answered(p.all())) > 0 }

// Fit fits the calibration on the answered samples, bona fide and attacks weighing
// the same in sum, and shifts it so that 0.5 turns away 2 % of the bona fide ones.
// The points turn away 1, 2 and 5 %. Masks and other species of no use to a fit
// should be left out of the list.
func (p *PAD) Fit() (*Fit, error) {
	var genuine, attacks []float64
	for _, o := range answered(p.all()) {
		switch {
		case !finite(o.Raw):
			return nil, fmt.Errorf("eval: %s has a score without a logit", o.File)
		case o.Species == BonaFide:
			genuine = append(genuine, o.Raw)
		default:
			attacks = append(attacks, o.Raw)
		}
	}
	if len(genuine) < MinCaptures || len(attacks) < MinCaptures {
		return nil, bonafide.Errorf(bonafide.CodeValue, "a fit needs %d or more answered samples of either kind", MinCaptures)
	}
	f := &Fit{}
	f.Slope, f.Offset = logisticFit(genuine, attacks)
	if !(f.Slope > 0) || !finite(f.Offset) {
		return nil, bonafide.Errorf(bonafide.CodeValue, "bona fide samples do not score higher than attacks")
	}
	cut := func(share float64) float64 {
		sorted := slices.Sorted(slices.Values(genuine))
		k := int(share * float64(len(sorted)))
		return (sorted[max(k-1, 0)] + sorted[k]) / 2
	}
	f.Offset = -f.Slope * cut(passRate)
	for _, point := range []struct {
		name  string
		share float64
	}{{"lenient", 0.01}, {"default", passRate}, {"strict", 0.05}} {
		f.Points = append(f.Points, p.point(point.name, cut(point.share), f))
	}
	return f, nil
}

// point measures the rates at a mean logit.
func (p *PAD) point(name string, logit float64, f *Fit) FitPoint {
	t := 1 / (1 + math.Exp(-(f.Slope*logit + f.Offset)))
	point := FitPoint{Name: name, Threshold: math.Round(1e4*t) / 1e4, Rates: map[string]float64{}, Data: "answered samples: "}
	for i, species := range speciesNames(p.all()) {
		var r Rate
		for _, o := range answered(of(p.all(), species)) {
			r.Trials++
			if (o.Raw > logit) != (species == BonaFide) {
				r.Errors++
			}
		}
		if r.Trials == 0 {
			continue
		}
		key := "apcer_" + species
		if species == BonaFide {
			key = "bpcer"
		}
		if i > 0 {
			point.Data += ", "
		}
		point.Rates[key] = math.Round(1e4*r.Value()) / 1e4
		point.Data += fmt.Sprintf("%d %s", r.Trials, species)
	}
	return point
}

// logisticFit maximises the likelihood by Newton's method. A little weight on a
// small slope keeps it finite where the two kinds come apart without an error.
func logisticFit(genuine, attacks []float64) (slope, offset float64) {
	const ridge = 1e-6
	slope = 1
	for range 100 {
		var g0, g1 float64
		h00, h01, h11 := ridge, 0.0, ridge
		g1 -= ridge * slope
		g0 -= ridge * offset
		for k, list := range [2][]float64{attacks, genuine} {
			weight := 1 / float64(len(list))
			for _, x := range list {
				q := 1 / (1 + math.Exp(-(slope*x + offset)))
				d, v := weight*(float64(k)-q), weight*q*(1-q)
				g0, g1 = g0+d, g1+d*x
				h00, h01, h11 = h00+v, h01+v*x, h11+v*x*x
			}
		}
		det := h00*h11 - h01*h01
		ds, do := (h00*g1-h01*g0)/det, (h11*g0-h01*g1)/det
		slope, offset = slope+ds, offset+do
		if math.Abs(ds)+math.Abs(do) < 1e-10 {
			break
		}
	}
	return slope, offset
}

// WriteFits writes a calibration per system that answers, as JSON.
func WriteFits(w io.Writer, results []*PAD) error {
	fits := map[string]*Fit{}
	for _, p := range results {
		if !p.Answers() {
			continue
		}
		f, err := p.Fit()
		if err != nil {
			return fmt.Errorf("%s: %w", p.System, err)
		}
		fits[p.System] = f
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(fits)
}
