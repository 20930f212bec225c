package quality_test

import (
	"context"
	"encoding/csv"
	"os"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// still is an opener that knows one picture.
type still struct{ im *vision.Image }

func (s still) Open(context.Context, media.Source) (*media.Clip, error) {
	return &media.Clip{Kind: bonafide.Image, Frames: []media.Frame{{Image: s.im}}}, nil
}

// stills gives every nth picture of a species that shows a whole frame.
func stills(t *testing.T, species string, n int) []string {
	t.Helper()
	f, err := os.Open(modeltest.Shared(t, "data", "pad", "labels.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all, out []string
	for _, row := range rows { // file, dataset, subject, species, framing
		if row[1] == "nuaa" && row[3] == species && row[4] == "full" {
			all = append(all, row[0])
		}
	}
	for i := 0; i < len(all); i += n {
		out = append(out, modeltest.Shared(t, "data", "pad", all[i]))
	}
	return out
}

func TestPrintsAreToldFromPeople(t *testing.T) {
	set := modeltest.Standard(t)
	count := func(species string) (answered, live int) {
		for _, path := range stills(t, species, 8) {
			s := sample.Open(bonafide.Media{ID: "a"}, media.Source{}, still{modeltest.Picture(t, path)}, set)
			_, f := examine(t, s, bonafide.Params{})
			if f.Score == nil {
				continue
			}
			answered++
			if 1-*f.Score < 0.5 {
				live++
			}
		}
		t.Logf("%s: %d answered, %d live", species, answered, live)
		return answered, live
	}
	if answered, live := count("bona_fide"); answered < 10 || live < answered*9/10 {
		t.Errorf("bona fide: %d of %d live", live, answered)
	}
	if answered, live := count("print"); answered < 10 || live > 0 {
		t.Errorf("prints: %d of %d live", live, answered)
	}
}
