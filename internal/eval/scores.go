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

// WritePADScores writes one row per sample and system; docs/judge/evaluation.md explains
// the columns.
func WritePADScores(w io.Writer, systems []*PAD) error {
	out := csv.NewWriter(w)
	rows := [][]string{append([]string{"models", "file", "dataset", "subject", "species", "framing", "camera", "situation",
		"confidence_spoofing", "logit", "accepted", "face_share", "looked", "frames", "took_ms", "reasons"}, TrivialNames()...)}
	for _, p := range systems {
		for _, o := range p.Outcomes {
			row := []string{p.System, o.File, o.Dataset, o.Subject, o.Species, o.Framing, o.Camera, o.Situation,
				cell(1 - o.Score), cell(o.Raw), strconv.FormatBool(o.Accepted), cell(o.FaceShare), strconv.Itoa(o.Looked), strconv.Itoa(o.Frames),
				strconv.FormatInt(o.Took.Milliseconds(), 10), strings.Join(o.Reasons, "; ")}
			for k := range TrivialNames() {
				row = append(row, cell(o.trivial(k)))
			}
			rows = append(rows, row)
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
