package eval

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

// Roller is the system under test where pictures are turned. It may be used from many
// goroutines.
type Roller interface {
	// AtRoll examines one file turned clockwise by so many degrees. A CodeValue error
	// means that the file cannot be read; any other ends the evaluation.
	AtRoll(ctx context.Context, file string, deg float64) (*RollView, error)
	// Compare gives cosine and similarity of two templates.
	Compare(a, b bonafide.Template) (raw, similarity float64, err error)
}

// RollView is what a system makes of a file at one roll.
type RollView struct {
	Findings []bonafide.Finding // of the liveness analysis
	Logit    float64            // live logit whatever the gate says; NaN without a face
	RollDeg  float64            // as measured; NaN without a face
	Template bonafide.Template
	Reason   string // why there is no template
}

// RollOutcome is what became of one file at one roll.
type RollOutcome struct {
	Outcome
	Deg        float64 // by which the file was turned clockwise
	Error      float64 // of the measured roll, in degrees, taken the upright file's for true; NaN without a face
	Gain       float64 // of the live logit over that of the upright file; NaN where either has none
	Unaligned  string  // why there is no template
	Similarity float64 // to the upright file; NaN where either has no template
	Known      bool    // that the upright file has a template
}

// Rolls is one system's evaluation of a list of labels at several rolls.
type Rolls struct {
	System   string
	Outcomes []RollOutcome
}

// Roll has every file examined upright and turned by each of the angles.
func Roll(ctx context.Context, w Work, labels []Label, r Roller, angles []float64) (*Rolls, error) {
	policy := decision.Default()
	all := make([][]RollOutcome, len(labels))
	err := w.each(ctx, len(labels), func(ctx context.Context, i int) error {
		upright, err := r.AtRoll(ctx, labels[i].File, 0)
		if reasons := unreadable(err); len(reasons) > 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", labels[i].File, err)
		}
		for _, deg := range angles {
			o, err := turn(ctx, r, labels[i], upright, deg, policy)
			if err != nil {
				return fmt.Errorf("%s at %g degrees: %w", labels[i].File, deg, err)
			}
			all[i] = append(all[i], o)
		}
		return nil
	})
	return &Rolls{Outcomes: slices.Concat(all...)}, err
}

func turn(ctx context.Context, r Roller, l Label, upright *RollView, deg float64, policy decision.Policy) (RollOutcome, error) {
	o := RollOutcome{Outcome: Outcome{Label: l, Score: math.NaN(), Raw: math.NaN()}, Deg: deg, Similarity: math.NaN(), Known: upright.Reason == ""}
	v, err := r.AtRoll(ctx, l.File, deg)
	if err != nil {
		return o, err
	}
	if err := o.read(v.Findings, policy); err != nil {
		return o, err
	}
	o.Error = math.Abs(math.Remainder(v.RollDeg-upright.RollDeg-deg, 360))
	o.Gain, o.Unaligned = v.Logit-upright.Logit, v.Reason
	if v.Reason == "" && o.Known {
		_, o.Similarity, err = r.Compare(upright.Template, v.Template)
	}
	return o, err
}

// at gives the outcomes at one angle, of one species or, where that is empty, of all.
func (r *Rolls) at(deg float64, species string) []RollOutcome {
	return slices.DeleteFunc(slices.Clone(r.Outcomes), func(o RollOutcome) bool {
		return o.Deg != deg || species != "" && o.Species != species
	})
}

// Tables renders decisions and scores by roll. match is the similarity from which two
// templates are one person's.
func (r *Rolls) Tables(match float64) []Table {
	var angles []float64
	var species []string
	for _, o := range r.Outcomes {
		if !slices.Contains(angles, o.Deg) {
			angles = append(angles, o.Deg)
		}
		if !slices.Contains(species, o.Species) {
			species = append(species, o.Species)
		}
	}
	slices.Sort(angles)
	slices.Sort(species)
	decisions := Table{
		Title:   "Liveness by roll, " + r.System,
		Columns: []string{"species", "turned by", "samples", "subjects", "refused by the gate", "accepted", "of all, 95 %"},
	}
	for _, s := range species {
		for _, deg := range angles {
			decisions.Rows = append(decisions.Rows, decisionRow(s, deg, r.at(deg, s)))
		}
	}
	scores := Table{
		Title: "Scores by roll, " + r.System,
		Columns: []string{"turned by", "samples", "subjects", "roll error 50 %", "95 %", "not aligned", "similarity 50 %", "5 %", "least",
			"below " + strconv.FormatFloat(match, 'g', -1, 64), "95 % interval", "log-odds of life 5 %", "50 %", "95 %"},
		Notes: []string{
			"similarity to the same file upright; log-odds: by how much those of the turned file are above those of the upright one, whatever the gate says",
			"not aligned: of the files that have a template upright, those that are refused when turned",
		},
	}
	for _, deg := range angles {
		scores.Rows = append(scores.Rows, scoreRow(deg, match, r.at(deg, "")))
	}
	return []Table{decisions, scores}
}

func people(all []RollOutcome) int {
	seen := map[string]bool{}
	for _, o := range all {
		seen[o.Subject] = true
	}
	return len(seen)
}

func decisionRow(species string, deg float64, all []RollOutcome) []string {
	refused, accepted := 0, Rate{Trials: len(all)}
	for _, o := range all {
		if !o.Answered() {
			refused++
		}
		if o.Accepted {
			accepted.Errors++
		}
	}
	return []string{species, fmt.Sprint(deg), fmt.Sprint(len(all)), fmt.Sprint(people(all)), fmt.Sprint(refused),
		fmt.Sprint(accepted.Errors), accepted.Wilson().percent()}
}

func scoreRow(deg, match float64, all []RollOutcome) []string {
	var errors, gains, similar []float64
	unaligned, below := 0, Rate{}
	for _, o := range all {
		if finite(o.Error) {
			errors = append(errors, o.Error)
		}
		if finite(o.Gain) {
			gains = append(gains, o.Gain)
		}
		switch {
		case !o.Known:
		case o.Unaligned != "":
			unaligned++
		default:
			similar = append(similar, o.Similarity)
			below.Trials++
			if !(o.Similarity >= match) {
				below.Errors++
			}
		}
	}
	at := func(v []float64, q float64, places int) string {
		if len(v) == 0 {
			return "-"
		}
		slices.Sort(v)
		return strconv.FormatFloat(quantile(v, q), 'f', places, 64)
	}
	return []string{fmt.Sprint(deg), fmt.Sprint(len(all)), fmt.Sprint(people(all)), at(errors, 0.5, 1), at(errors, 0.95, 1), fmt.Sprint(unaligned),
		at(similar, 0.5, 3), at(similar, 0.05, 3), at(similar, 0, 3), fmt.Sprintf("%d/%d", below.Errors, below.Trials), below.Wilson().percent(),
		at(gains, 0.05, 2), at(gains, 0.5, 2), at(gains, 0.95, 2)}
}

// WriteRollScores writes a row per file and roll.
func WriteRollScores(w io.Writer, all []*Rolls) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"models", "file", "species", "subject", "deg", "roll_error_deg", "live_score", "accepted", "reasons", "logit_gain", "not_aligned", "similarity"}); err != nil {
		return err
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
	for _, r := range all {
		for _, o := range r.Outcomes {
			if err := out.Write([]string{r.System, o.File, o.Species, o.Subject, number(o.Deg), number(o.Error), number(o.Score), strconv.FormatBool(o.Accepted),
				fmt.Sprint(o.Reasons), number(o.Gain), o.Unaligned, number(o.Similarity)}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
