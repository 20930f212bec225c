package eval

import (
	"context"
	"fmt"
	"math"
	"sync"

	"github.com/bonafide-id/bonafide"
)

// Recognizer is the system under test. It may be used from many goroutines.
type Recognizer interface {
	// Template gives the template of one picture, or the reasons why there is none.
	// A CodeValue error means that the file cannot be read; any other ends the
	// evaluation.
	Template(ctx context.Context, file string) (bonafide.Template, []bonafide.Reason, error)
	// Compare gives the raw score and the similarity that the API shows.
	Compare(a, b bonafide.Template) (raw, similarity float64, err error)
}

// Verification is one evaluated list of pairs.
type Verification struct {
	System   string // set, as shown
	Pairs    *Pairs
	Trials   []Trial
	Pictures map[string]Picture // by file
}

// Trial is a pair with its scores, both NaN when one picture has no template.
type Trial struct {
	Pair
	Raw, Similarity float64
}

// Picture is what became of one file.
type Picture struct {
	template bonafide.Template
	Reasons  []bonafide.Reason // why there is no template
}

// Verify makes one template per picture and compares the listed pairs.
func Verify(ctx context.Context, w Work, pairs *Pairs, r Recognizer) (*Verification, error) {
	v := &Verification{Pairs: pairs, Pictures: map[string]Picture{}}
	files := pairs.Files()
	var mu sync.Mutex // guards v.Pictures
	err := w.each(ctx, len(files), func(ctx context.Context, i int) error {
		t, reasons, err := r.Template(ctx, files[i])
		if r := unreadable(err); len(r) > 0 {
			reasons, err = r, nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", files[i], err)
		}
		if t.Empty() && len(reasons) == 0 {
			return fmt.Errorf("%s: neither a template nor a reason", files[i])
		}
		mu.Lock()
		defer mu.Unlock()
		v.Pictures[files[i]] = Picture{t, reasons}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range pairs.List {
		raw, similarity, err := compare(r, v.Pictures[p.A], v.Pictures[p.B])
		if err != nil {
			return nil, fmt.Errorf("%s and %s: %w", p.A, p.B, err)
		}
		v.Trials = append(v.Trials, Trial{p, raw, similarity})
	}
	return v, nil
}

// compare gives NaN twice when a template is missing or a score is not a finite
// number.
func compare(r Recognizer, a, b Picture) (raw, similarity float64, err error) {
	if a.template.Empty() || b.template.Empty() {
		return math.NaN(), math.NaN(), nil
	}
	raw, similarity, err = r.Compare(a.template, b.template)
	if err == nil && !finite(raw, similarity) {
		raw, similarity = math.NaN(), math.NaN()
	}
	return raw, similarity, err
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// Files lists the pictures, each once, in order of appearance.
func (p *Pairs) Files() []string {
	seen := map[string]bool{}
	var files []string
	for _, pair := range p.List {
		for _, f := range []string{pair.A, pair.B} {
			if !seen[f] {
				seen[f] = true
				files = append(files, f)
			}
		}
	}
	return files
}

// Comparisons sums up the listed pairs.
func (v *Verification) Comparisons() (*Comparisons, error) {
	t := newTally()
	for _, trial := range v.Trials {
		t.add(trial.Mated, trial.Raw, trial.Similarity)
	}
	return t.comparisons()
}

// Accuracy is the share of right answers over folds. A fold is judged at the
// threshold that is most accurate on the other folds. A pair that could not be
// compared counts as a non-match: wrong where it is mated, right where it is not.
type Accuracy struct {
	Folds    []float64
	Mean     float64
	StdErr   float64  // of the mean over folds; NaN below two folds
	Interval Interval // Student's, over folds
}

// Accuracy judges fold by fold. It needs two folds or more and is unknown below.
func (v *Verification) Accuracy() (Accuracy, error) {
	a := Accuracy{Mean: math.NaN(), StdErr: math.NaN(), Interval: unknown()}
	if v.Pairs.Folds < 2 {
		return a, nil
	}
	for fold := range v.Pairs.Folds {
		others := newTally()
		for _, t := range v.Trials {
			if t.Fold != fold {
				others.add(t.Mated, t.Raw, t.Similarity)
			}
		}
		c, err := others.comparisons()
		if err != nil {
			return a, err
		}
		threshold := c.Curve.MostAccurate()
		right, all := 0, 0
		for _, t := range v.Trials {
			if t.Fold == fold {
				all++
				if t.Mated == (t.Raw >= threshold) {
					right++
				}
			}
		}
		a.Folds = append(a.Folds, float64(right)/float64(all))
	}
	a.Mean, a.StdErr, a.Interval = meanInterval(a.Folds)
	a.Interval.High = min(a.Interval.High, 1) // keeps NaN
	a.Interval.Low = max(a.Interval.Low, 0)
	return a, nil
}
