package eval

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// BonaFide is the species of genuine samples; every other species is an attack.
const BonaFide = "bona_fide"

// Label says what one file shows. File is relative to the folder of the samples.
type Label struct {
	File    string
	Dataset string
	Subject string // the file itself where the list names none
	Species string
	Framing string
	Camera  string // that took it; dataset and subject where the list names none
	// Situation is what one person did at one time before one camera; dataset, subject and
	// species where the list names none. Samples of one situation resemble each other, so
	// that clips of one count as one.
	Situation string
}

// ReadLabels reads a CSV with the columns file and species and, if wanted,
// dataset, subject, framing, camera and situation; other columns are ignored.
func ReadLabels(r io.Reader) ([]Label, error) {
	raw, err := readList(r)
	if err != nil {
		return nil, err
	}
	var labels []Label
	seen := map[string]bool{}
	err = readColumns(raw, []string{"file", "species"}, func(field func(string) string) error {
		file, err := localFile(field("file"))
		if err != nil {
			return err
		}
		l := Label{File: file, Dataset: field("dataset"), Subject: field("subject"), Species: field("species"), Framing: field("framing")}
		l.Subject = cmp.Or(l.Subject, file)
		l.Camera = cmp.Or(field("camera"), l.Dataset+" "+l.Subject)
		l.Situation = cmp.Or(field("situation"), l.Dataset+" "+l.Subject+" "+l.Species)
		for _, s := range []string{l.Dataset, l.Subject, l.Species, l.Framing, field("camera"), field("situation")} {
			if len(s) > maxField {
				return fmt.Errorf("a field is longer than %d bytes", maxField)
			}
		}
		switch {
		case l.Species == "":
			return errors.New("the species is empty")
		case seen[file]:
			return fmt.Errorf("%.80q is listed twice", file)
		}
		seen[file] = true
		labels = append(labels, l)
		return nil
	})
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeValue, "list of labels", err)
	}
	return labels, nil
}

// Filter keeps the labels whose dataset and framing are among those named. An
// empty list keeps all.
func Filter(labels []Label, datasets, framings []string) []Label {
	var kept []Label
	for _, l := range labels {
		if (len(datasets) == 0 || slices.Contains(datasets, l.Dataset)) &&
			(len(framings) == 0 || slices.Contains(framings, l.Framing)) {
			kept = append(kept, l)
		}
	}
	return kept
}
