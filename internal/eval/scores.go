package eval

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"
)

// WriteVerificationScores writes one row per listed pair and system. The score columns are
// empty where there is no score; the reasons say why.
func WriteVerificationScores(w io.Writer, systems []*Verification) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"models", "a", "b", "mated", "fold", "raw", "similarity", "reasons"}}
	for _, v := range systems {
		for _, t := range v.Trials {
			why := append(codes(v.Pictures[t.A].Reasons), codes(v.Pictures[t.B].Reasons)...)
			rows = append(rows, []string{v.System, t.A, t.B, strconv.FormatBool(t.Mated), strconv.Itoa(t.Fold + 1),
				cell(t.Raw), cell(t.Similarity), strings.Join(why, "; ")})
		}
	}
	return out.WriteAll(rows)
}

// WritePADScores writes one row per sample and system.
func WritePADScores(w io.Writer, systems []*PAD) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"models", "file", "dataset", "subject", "species", "framing",
		"score", "raw", "accepted", "face_share", "frames", "took_ms", "reasons"}}
	for _, p := range systems {
		for _, o := range p.Outcomes {
			rows = append(rows, []string{p.System, o.File, o.Dataset, o.Subject, o.Species, o.Framing,
				cell(o.Score), cell(o.Raw), strconv.FormatBool(o.Accepted), cell(o.FaceShare), strconv.Itoa(o.Frames),
				strconv.FormatInt(o.Took.Milliseconds(), 10), strings.Join(o.Reasons, "; ")})
		}
	}
	return out.WriteAll(rows)
}

// cell writes a number so that reading it gives the same number, and nothing for
// none.
func cell(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
