package eval

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func curve(t *testing.T, genuine, impostor []float64) *Curve {
	t.Helper()
	c, err := NewCurve(slices.Clone(genuine), slices.Clone(impostor))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEqualErrorRateAgreesWithTheCountByHand(t *testing.T) {
	for name, c := range map[string]struct {
		genuine, impostor []float64
		eer               float64
	}{
		"apart":                        {[]float64{3, 4}, []float64{1, 2}, 0},
		"reversed":                     {[]float64{1, 2}, []float64{3, 4}, 1},
		"one of three each":            {[]float64{0.4, 0.6, 0.8}, []float64{0.2, 0.5, 0.7}, 1. / 3},
		"interpolated along rejection": {[]float64{1, 3}, []float64{0, 0.5, 2}, 1. / 3},
		"all equal":                    {[]float64{1}, []float64{1}, 0.5},
	} {
		near(t, name, curve(t, c.genuine, c.impostor).EER(), c.eer, 1e-12)
	}
}

func TestThresholdForFalseAcceptIsTheLowestThatKeepsIt(t *testing.T) {
	impostor := []float64{1, 2, 3, 4, 5, 6, 7, 8, 8, 9}
	genuine := []float64{8, 8.5, 9, 10}
	for _, c := range []struct {
		target       float64
		fa, rejected int
	}{
		{0, 0, 3},    // above 9
		{0.1, 1, 1},  // above 8: one impostor, at 9
		{0.2, 1, 1},  // the two at 8 come together
		{0.3, 3, 0},  // above 7
		{0.31, 3, 0}, // no rounding up
		{1, 10, 0},
	} {
		p := curve(t, genuine, impostor).AtFalseAccept(c.target)
		if p.FalseAccept.Errors != c.fa || p.FalseReject.Errors != c.rejected {
			t.Errorf("at %v: %d accepted, %d rejected, want %d and %d",
				c.target, p.FalseAccept.Errors, p.FalseReject.Errors, c.fa, c.rejected)
		}
	}
}

func TestNothingIsPromisedWithoutImpostors(t *testing.T) {
	c := curve(t, []float64{1}, nil)
	if p := c.AtFalseAccept(0.01); !math.IsNaN(p.FalseReject.Value()) || !math.IsNaN(p.Threshold) {
		t.Errorf("%+v", p)
	}
	if !math.IsNaN(c.EER()) || !math.IsNaN(c.AUC()) {
		t.Error("EER or AUC is known")
	}
}

func TestMostAccurateThresholdLiesBetweenScores(t *testing.T) {
	c := curve(t, []float64{0.6, 0.8}, []float64{0.2, 0.4})
	near(t, "threshold", c.MostAccurate(), 0.5, 1e-12)
	if empty := curve(t, nil, nil).MostAccurate(); !math.IsInf(empty, 1) {
		t.Errorf("without scores the threshold is %v", empty)
	}
}

func TestFailureToAcquireIsNotAScore(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := NewCurve([]float64{1, bad}, nil); !errors.Is(err, errNotFinite) {
			t.Errorf("genuine %v: %v", bad, err)
		}
		if _, err := NewCurve(nil, []float64{bad}); !errors.Is(err, errNotFinite) {
			t.Errorf("impostor %v: %v", bad, err)
		}
	}
}

// scores draws values on a coarse grid, so that ties occur.
func scores(r *rand.Rand, n int, mean float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Round(10*(mean+r.NormFloat64())) / 10
	}
	return out
}

func TestAreaUnderTheCurveIsMannWhitney(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		genuine, impostor := scores(r, 1+r.IntN(30), 1), scores(r, 1+r.IntN(30), 0)
		var wins float64
		for _, g := range genuine {
			for _, i := range impostor {
				switch {
				case g > i:
					wins++
				case g == i:
					wins += 0.5
				}
			}
		}
		c := curve(t, genuine, impostor)
		near(t, "AUC", c.AUC(), wins/float64(len(genuine)*len(impostor)), 1e-12)
		near(t, "AUC with labels swapped", curve(t, impostor, genuine).AUC(), 1-c.AUC(), 1e-12)
	}
}

func TestRisingTransformLeavesErrorsUnchanged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		genuine, impostor := scores(r, 40, 1), scores(r, 40, 0)
		bent := func(in []float64) []float64 {
			out := make([]float64, len(in))
			for i, v := range in {
				out[i] = math.Exp(v/2) - 7
			}
			return out
		}
		a, b := curve(t, genuine, impostor), curve(t, bent(genuine), bent(impostor))
		if !slices.Equal(detOf(a), detOf(b)) {
			t.Fatal("the trade-off changed")
		}
		near(t, "EER", b.EER(), a.EER(), 0)
		near(t, "AUC", b.AUC(), a.AUC(), 0)
		for _, target := range []float64{0, 0.05, 0.2} {
			if x, y := a.AtFalseAccept(target).FalseReject, b.AtFalseAccept(target).FalseReject; x != y {
				t.Errorf("at %v: %v and %v", target, x, y)
			}
		}
	}
}

func detOf(c *Curve) [][2]int {
	var points [][2]int
	c.walk(func(_ float64, accepted, rejected int) bool {
		points = append(points, [2]int{accepted, rejected})
		return true
	})
	return points
}

func TestErrorsMoveOneWayAlongTheCurve(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	points := detOf(curve(t, scores(r, 100, 1), scores(r, 100, 0)))
	for i := 1; i < len(points); i++ {
		if points[i][0] > points[i-1][0] || points[i][1] < points[i-1][1] {
			t.Fatalf("step %d: from %v to %v", i, points[i-1], points[i])
		}
	}
	if first, last := points[0], points[len(points)-1]; first != [2]int{100, 0} || last != [2]int{0, 100} {
		t.Errorf("runs from %v to %v", first, last)
	}
}

func TestPlotIsWellFormedAndNamesItsCurves(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	d := DET{Title: "a < b & c", X: "FMR", Y: "FNMR", Curves: []Named{
		{"one", curve(t, scores(r, 500, 2), scores(r, 5000, 0))},
		{"none", curve(t, nil, nil)},
	}}
	var b bytes.Buffer
	if err := d.WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	for dec := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"a &lt; b &amp; c", "FMR (%)", "FNMR (%)", "one, EER ", "none, no data", "<polyline"} {
		if !bytes.Contains(b.Bytes(), []byte(want)) {
			t.Errorf("the plot lacks %q", want)
		}
	}
	for _, bad := range []string{"NaN", "Inf", "%!"} {
		if bytes.Contains(b.Bytes(), []byte(bad)) {
			t.Errorf("the plot contains %q", bad)
		}
	}
	golden(t, "det.svg", b.Bytes())
}

func TestNormalDeviateAgreesWithTables(t *testing.T) {
	for p, want := range map[float64]float64{0.5: 0, 0.975: z95, 0.01: -2.3263479, 1e-6: -4.7534243} {
		near(t, "deviate", deviate(p), want, 1e-6)
	}
}
