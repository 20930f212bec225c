package eval

import (
	"context"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

// maxAllPairs bounds the memory of an evaluation of all pairs: 8 bytes each.
const maxAllPairs = 50_000_000

// Comparisons are the scores of many pairs, and the pairs without a score.
type Comparisons struct {
	Curve          *Curve  // of raw scores
	Levels         []Point // of similarities, by rising threshold
	MatedFailed    int
	NonMatedFailed int
}

// levels are the similarities at which both errors are tabled: round numbers,
// and the threshold from which the server declares a match by default.
func levels() []float64 {
	return []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, decision.Default().ThresholdMax, 0.9, 0.95}
}

// tally gathers comparisons one by one. Arrays hold non-mated pairs first.
type tally struct {
	levels  []float64
	raw     [2][]float64
	reached [2][]int // comparisons at or above each level
	failed  [2]int
}

func newTally() *tally {
	t := &tally{levels: levels()}
	for side := range t.reached {
		t.reached[side] = make([]int, len(t.levels))
	}
	return t
}

func (t *tally) add(mated bool, raw, similarity float64) {
	side := 0
	if mated {
		side = 1
	}
	if !finite(raw, similarity) {
		t.failed[side]++
		return
	}
	t.raw[side] = append(t.raw[side], raw)
	for i, level := range t.levels {
		if similarity >= level {
			t.reached[side][i]++
		}
	}
}

func (t *tally) merge(o *tally) {
	for side := range t.raw {
		t.raw[side] = append(t.raw[side], o.raw[side]...)
		t.failed[side] += o.failed[side]
		for i, n := range o.reached[side] {
			t.reached[side][i] += n
		}
	}
}

// comparisons ends the gathering: it takes the scores over.
func (t *tally) comparisons() (*Comparisons, error) {
	curve, err := NewCurve(t.raw[1], t.raw[0])
	if err != nil {
		return nil, err
	}
	c := &Comparisons{Curve: curve, MatedFailed: t.failed[1], NonMatedFailed: t.failed[0]}
	for i, level := range t.levels {
		c.Levels = append(c.Levels, Point{
			Threshold:   level,
			FalseAccept: Rate{t.reached[0][i], len(t.raw[0])},
			FalseReject: Rate{len(t.raw[1]) - t.reached[1][i], len(t.raw[1])},
		})
	}
	return c, nil
}

// CompareAll compares every picture with every other. The person is told from the
// file name, see Identity; a list that contradicts the names is a CodeValue error.
func (v *Verification) CompareAll(ctx context.Context, w Work, r Recognizer) (*Comparisons, error) {
	files := v.Pairs.Files()
	if n := len(files); n*(n-1)/2 > maxAllPairs {
		return nil, bonafide.Errorf(bonafide.CodeValue, "%d pictures make more than %d pairs", n, maxAllPairs)
	}
	people, err := v.Pairs.identities(files)
	if err != nil {
		return nil, err
	}
	all := newTally()
	var mu sync.Mutex // guards all
	err = w.each(ctx, len(files), func(ctx context.Context, i int) error {
		row := newTally()
		for j := range i {
			raw, similarity, err := compare(r, v.Pictures[files[j]], v.Pictures[files[i]])
			if err != nil {
				return fmt.Errorf("%s and %s: %w", files[j], files[i], err)
			}
			row.add(people[i] == people[j], raw, similarity)
		}
		mu.Lock()
		defer mu.Unlock()
		all.merge(row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all.comparisons()
}

// Identity tells the person from a file name: what stands before the last
// underscore, as in Ada_Lovelace_0002.jpg, or else the folder, as in ada/2.jpg.
func Identity(file string) (string, error) {
	dir, name := path.Split(file)
	if i := strings.LastIndexByte(name, '_'); i > 0 {
		return dir + name[:i], nil
	}
	if dir != "" {
		return dir, nil
	}
	return "", bonafide.Errorf(bonafide.CodeValue,
		"all pairs: %.80q does not tell the person: want NAME_NUMBER.jpg, or a folder per person", file)
}

// identities gives the person of each file, after checking that the list agrees.
func (p *Pairs) identities(files []string) ([]string, error) {
	people := make([]string, len(files))
	byFile := map[string]string{}
	for i, f := range files {
		id, err := Identity(f)
		if err != nil {
			return nil, err
		}
		people[i], byFile[f] = id, id
	}
	for _, pair := range p.List {
		if pair.Mated != (byFile[pair.A] == byFile[pair.B]) {
			return nil, bonafide.Errorf(bonafide.CodeValue,
				"all pairs: the list and the file names disagree whether %.80q and %.80q show one person", pair.A, pair.B)
		}
	}
	return people, nil
}
