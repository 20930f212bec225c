package eval

import (
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
)

// MinCaptures is how many answered captures a deployment's threshold rests on at
// least: 2 % of fewer is less than one.
const MinCaptures = 50

// Calibrated is a threshold for live scores made of a deployment's own genuine
// captures.
type Calibrated struct {
	Threshold float64  // below it a capture is turned away; in (0,1)
	Quantile  float64  // the threshold that turns away 2 % of the captures
	By        Interval // of the quantile, from resampling captures
	Floored   bool     // the quantile lies below the floor, which stands instead
	Rejected  Rate     // of the captures, at the threshold
}

// Calibrate sets a threshold so that 2 % of the given genuine captures are turned
// away, but never below the floor: where genuine captures score like attacks, the
// pictures must become better and not the threshold lower. Fewer than MinCaptures
// scores are a CodeValue error.
func Calibrate(live []float64, floor float64, b Bootstrap) (*Calibrated, error) {
	if len(live) < MinCaptures {
		return nil, bonafide.Errorf(bonafide.CodeValue, "a threshold needs %d or more captures with a score; there are %d", MinCaptures, len(live))
	}
	if !(floor > 0 && floor < 1) {
		return nil, bonafide.Errorf(bonafide.CodeValue, "the floor must lie between 0 and 1")
	}
	for _, s := range live {
		if !(s >= 0 && s <= 1) {
			return nil, fmt.Errorf("eval: a live score is not in [0,1]")
		}
	}
	c := &Calibrated{Quantile: quantileThreshold(live, passRate)}
	c.By = b.Interval(len(live), func(drawn []int) float64 {
		var again []float64
		for i, times := range drawn {
			for range times {
				again = append(again, live[i])
			}
		}
		return quantileThreshold(again, passRate)
	})
	c.Threshold = math.Max(c.Quantile, floor)
	c.Floored = c.Quantile < floor
	c.Rejected.Trials = len(live)
	for _, s := range live {
		if s <= c.Threshold {
			c.Rejected.Errors++
		}
	}
	return c, nil
}

// Table tells what was done.
func (c *Calibrated) Table(captures, unanswered int) Table {
	t := Table{
		Title:   "Threshold of this deployment",
		Columns: []string{"captures", "without a score", "2 % quantile", "95 %", "threshold", "genuine captures turned away", "Wilson 95 %"},
		Rows: [][]string{{fmt.Sprint(captures), fmt.Sprint(unanswered), fmt.Sprintf("%.6f", c.Quantile), c.By.fraction(), fmt.Sprintf("%.6f", c.Threshold),
			fmt.Sprintf("%d/%d", c.Rejected.Errors, c.Rejected.Trials), c.Rejected.Wilson().percent()}},
		Notes: []string{"scores are live scores on the model's card; on the wire, confidence_spoofing 0.5 will stand for the threshold"},
	}
	if c.Floored {
		t.Notes = append(t.Notes, "the quantile lies below the strict operating point, which was taken instead: more than 2 % of genuine captures will be turned away; better light and more room around the face help, a lower threshold would let attacks in")
	}
	return t
}
