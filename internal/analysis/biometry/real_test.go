package biometry_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// still is an opener that knows one picture.
type still struct{ im *vision.Image }

func (s still) Open(context.Context, media.Source) (*media.Clip, error) {
	return &media.Clip{Kind: bonafide.Image, Frames: []media.Frame{{Image: s.im}}}, nil
}

// portraits gives three media of each of eight people.
func portraits(t *testing.T, set *model.Set) (samples []*sample.Sample, person map[bonafide.ID]string) {
	t.Helper()
	person = map[bonafide.ID]string{}
	for _, name := range []string{"Andre_Agassi", "Hillary_Clinton", "Jiri_Novak", "Pete_Sampras",
		"Jennifer_Garner", "Nicole_Kidman", "Tiger_Woods", "Wen_Jiabao"} {
		files, err := filepath.Glob(filepath.Join(modeltest.Shared(t, "data", "lfw"), name+"_*.jpg"))
		if err != nil || len(files) < 3 {
			t.Fatalf("%s: %d pictures, %v", name, len(files), err)
		}
		for i, path := range files[:3] {
			m := bonafide.Media{ID: bonafide.ID(fmt.Sprintf("%s %d", name, i))}
			person[m.ID] = name
			samples = append(samples, sample.Open(m, media.Source{}, still{modeltest.Picture(t, path)}, set))
		}
	}
	return samples, person
}

func TestPeopleAreToldApart(t *testing.T) {
	for name, set := range map[string]func(testing.TB) *model.Set{"standard": modeltest.Standard, "starter": modeltest.Starter} {
		t.Run(name, func(t *testing.T) {
			samples, person := portraits(t, set(t))
			var mated, matched int
			for _, f := range run(t, samples...) {
				same := person[f.MediaID] == person[f.OtherID]
				switch {
				case f.Score == nil:
					t.Errorf("%s: %v", f.MediaID, f.Failures)
				case same:
					mated++
					if *f.Score >= 0.85 {
						matched++
					}
				case *f.Score >= 0.85:
					t.Errorf("%s and %s: %.3f", f.MediaID, f.OtherID, *f.Score)
				}
			}
			t.Logf("%d of %d mated pairs match", matched, mated)
			if mated != 24 || matched < 18 {
				t.Errorf("%d of %d mated pairs match", matched, mated)
			}
		})
	}
}
