package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// MinCaptures is how many answered captures a deployment's threshold rests on at
// least: 2 % of fewer is less than one.
const MinCaptures = 50

// minBelow is how many people must score below the strict point before a threshold
// follows them: fewer are a matter of their camera or light.
const minBelow = 5

// Capture is a genuine capture of a deployment with its live score.
type Capture struct {
	File, Subject string
	Live          float64
}

// Floors are the thresholds that a deployment's own does not fall below.
type Floors struct {
	Strict  float64 // ordinarily
	Lenient float64 // where the captures of many people ask for less than strict
}

// Calibrated is a threshold for live scores made of a deployment's own genuine
// captures.
type Calibrated struct {
	Threshold float64   // below it a capture is turned away; in (0,1)
	Quantile  float64   // the threshold that turns away 2 % of the captures
	By        Interval  // of the quantile, from resampling subjects; captures where there is one subject
	Setters   []Capture // that set the quantile: those below it and the first above, lowest first
	Subjects  int
	Leading   string  // subject who gives most of the setters
	Without   float64 // quantile without that subject's captures; NaN where too few are left
	Floor     float64 // that stands; equal to Threshold where the quantile lies below it
	Below     int     // subjects with a capture below the strict floor
	Followed  bool    // the captures ask for less than strict, and are believed
	Floored   bool    // the quantile lies below the floor, which stands instead
	Rejected  Rate    // of the captures, at the threshold
}

// Calibrate sets a threshold so that 2 % of the given genuine captures are turned
// away. It falls below the strict floor only where the interval of the quantile does and
// five subjects or more score there: where a few genuine captures score like attacks, the
// pictures must become better and not the threshold lower. Fewer than MinCaptures
// captures are a CodeValue error.
func Calibrate(captures []Capture, f Floors, b Bootstrap) (*Calibrated, error) {
	if len(captures) < MinCaptures {
		return nil, bonafide.Errorf(bonafide.CodeValue, "a threshold needs %d or more captures with a score; there are %d", MinCaptures, len(captures))
	}
	if !(f.Lenient > 0 && f.Lenient <= f.Strict && f.Strict < 1) {
		return nil, bonafide.Errorf(bonafide.CodeValue, "the floors must lie between 0 and 1")
	}
	for _, c := range captures {
		if !(c.Live >= 0 && c.Live <= 1) {
			return nil, fmt.Errorf("eval: a live score is not in [0,1]")
		}
	}
	sorted := slices.Clone(captures)
	slices.SortStableFunc(sorted, func(a, b Capture) int { return cmp.Compare(a.Live, b.Live) })
	c := &Calibrated{Quantile: quantileThreshold(scoresOf(sorted), passRate), Floor: f.Strict}
	c.Setters = sorted[:int(passRate*float64(len(sorted)))+1]
	c.interval(sorted, b)
	c.lead(sorted)
	below := map[string]bool{}
	for _, s := range sorted {
		if s.Live < f.Strict {
			below[s.Subject] = true
		}
	}
	if c.Below = len(below); c.By.Known() && c.By.High < f.Strict && c.Below >= minBelow {
		c.Followed, c.Floor = true, f.Lenient
	}
	c.Threshold, c.Floored = max(c.Quantile, c.Floor), c.Quantile < c.Floor
	c.Rejected.Trials = len(sorted)
	for _, s := range sorted {
		if s.Live <= c.Threshold {
			c.Rejected.Errors++
		}
	}
	return c, nil
}

// interval resamples whole subjects.
func (c *Calibrated) interval(captures []Capture, b Bootstrap) {
	groups := map[string][]float64{}
	var names []string
	for _, s := range captures {
		if groups[s.Subject] == nil {
			names = append(names, s.Subject)
		}
		groups[s.Subject] = append(groups[s.Subject], s.Live)
	}
	if c.Subjects = len(names); c.Subjects == 1 {
		groups, names = map[string][]float64{}, nil
		for i, s := range captures {
			names = append(names, fmt.Sprint(i))
			groups[names[i]] = []float64{s.Live}
		}
	}
	c.By = b.Interval(len(names), func(drawn []int) float64 {
		var again []float64
		for i, times := range drawn {
			for range times {
				again = append(again, groups[names[i]]...)
			}
		}
		return quantileThreshold(again, passRate)
	})
}

// lead finds out who gives most of the captures that set the quantile, and where it would
// lie without them.
func (c *Calibrated) lead(captures []Capture) {
	count := map[string]int{}
	for _, s := range c.Setters {
		if count[s.Subject]++; count[s.Subject] > count[c.Leading] || c.Leading == "" {
			c.Leading = s.Subject
		}
	}
	others := slices.DeleteFunc(slices.Clone(captures), func(s Capture) bool { return s.Subject == c.Leading })
	if c.Without = math.NaN(); len(others) >= MinCaptures {
		c.Without = quantileThreshold(scoresOf(others), passRate)
	}
}

// OneSubject tells that the threshold is the matter of one person: they alone set it, or
// without them it would lie elsewhere, by half a unit of log-odds or more.
func (c *Calibrated) OneSubject() bool {
	for _, s := range c.Setters {
		if s.Subject != c.Leading {
			return !math.IsNaN(c.Without) && math.Abs(logOdds(clipped(c.Without))-logOdds(clipped(c.Quantile))) >= 0.5
		}
	}
	return len(c.Setters) > 1 || !math.IsNaN(c.Without) && math.Abs(logOdds(clipped(c.Without))-logOdds(clipped(c.Quantile))) >= 0.5
}

func scoresOf(captures []Capture) []float64 {
	out := make([]float64, len(captures))
	for i, c := range captures {
		out[i] = c.Live
	}
	return out
}

// Table tells what was done with captures of one kind.
func (c *Calibrated) Table(kind Kind) Table {
	t := Table{
		Title:   fmt.Sprintf("Threshold of this deployment, %s", kind),
		Columns: []string{"captures", "subjects", "2 % quantile", "by subject 95 %", "threshold", "genuine captures turned away", "Wilson 95 %"},
		Rows: [][]string{{fmt.Sprint(c.Rejected.Trials), fmt.Sprint(c.Subjects), fmt.Sprintf("%.6f", c.Quantile), c.By.fraction(), fmt.Sprintf("%.6f", c.Threshold),
			fmt.Sprintf("%d/%d", c.Rejected.Errors, c.Rejected.Trials), c.Rejected.Wilson().percent()}},
		Notes: []string{"scores are live scores on the model's card; on the wire, confidence_spoofing 0.5 will stand for the threshold"},
	}
	var set []string
	for _, s := range c.Setters {
		if len(set) == 10 {
			set = append(set, fmt.Sprintf("and %d more", len(c.Setters)-10))
			break
		}
		set = append(set, fmt.Sprintf("%s of %s (%.4f)", s.File, s.Subject, s.Live))
	}
	t.Notes = append(t.Notes, "the quantile is set by "+strings.Join(set, ", "))
	if c.OneSubject() {
		without := "too few captures are left without them to say where it would lie"
		if !math.IsNaN(c.Without) {
			without = fmt.Sprintf("without them it would be %.6f", c.Without)
		}
		t.Notes = append(t.Notes, fmt.Sprintf("WARNING: the threshold is the matter of one subject, %s: %s; look at their captures, and take more people", c.Leading, without))
	}
	if c.Followed {
		t.Notes = append(t.Notes, fmt.Sprintf("%d subjects score below the strict operating point, and so does the interval of the quantile: the threshold follows them", c.Below))
	}
	if c.Floored {
		point := map[bool]string{true: "lenient", false: "strict"}[c.Followed]
		t.Notes = append(t.Notes, fmt.Sprintf("the quantile lies below the %s operating point, which was taken instead: more than 2 %% of genuine captures will be turned away; better light and more room around the face help, a lower threshold would let attacks in", point))
	}
	return t
}
