package collection_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// picture opens as one picture.
type picture struct{ im *vision.Image }

func (p picture) Open(context.Context, media.Source) (*media.Clip, error) {
	return &media.Clip{Kind: bonafide.Image, Frames: []media.Frame{{Image: p.im}}}, nil
}

func still(set *model.Set, im *vision.Image) *sample.Sample {
	return sample.Open(bonafide.Media{ID: "a"}, media.Source{}, picture{im}, set)
}

// list is a gallery of a few templates.
type list map[bonafide.ID]bonafide.Template

func (l list) Search(_ context.Context, probe bonafide.Template, _ bonafide.ID, _ int) ([]analysis.Hit, int, error) {
	var hits []analysis.Hit
	for id, t := range l {
		cosine, err := model.Cosine(probe, t)
		if err != nil {
			return nil, 0, err
		}
		hits = append(hits, analysis.Hit{PersonID: id, Cosine: cosine})
	}
	slices.SortFunc(hits, func(a, b analysis.Hit) int {
		if a.Cosine > b.Cosine {
			return -1
		}
		return 1
	})
	return hits, len(l), nil
}

// Each person is enrolled by a photo and looked for by another one: whoever is found
// upright is found turned by any angle, and whoever is not found is not said to be a
// stranger because of it.
func TestAListedPersonIsFoundTurnedByAnyAngle(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *model.Set{"standard": modeltest.Standard, "starter": modeltest.Starter} {
		t.Run(name, func(t *testing.T) {
			set, listed, probes := open(t), list{}, map[bonafide.ID]*vision.Image{}
			for i, who := range []string{"Andre_Agassi", "Hillary_Clinton", "Jiri_Novak", "Jennifer_Garner", "Tiger_Woods", "Wen_Jiabao"} {
				paths, err := filepath.Glob(filepath.Join(modeltest.Shared(t, "data", "lfw"), who+"_*.jpg"))
				if err != nil || len(paths) < 2 {
					t.Fatal(who, paths, err)
				}
				// References are turned, too.
				photo := vision.Turn(modeltest.Picture(t, paths[0]), float64(90*i))
				template, reason, err := analysis.Subject(t.Context(), still(set, photo))
				if err != nil || reason != "" {
					t.Fatal(who, reason, err)
				}
				listed[bonafide.ID(who)], probes[bonafide.ID(who)] = template, modeltest.Picture(t, paths[1])
			}
			for who, im := range probes {
				upright := 0.0
				for deg := 0.0; deg < 360; deg += 45 {
					findings, err := run(t, listed, bonafide.Params{CollectionID: "list"}, still(set, vision.Turn(im, deg)))
					if err != nil {
						t.Fatal(who, err)
					}
					f := findings[0]
					if deg == 0 && f.Score != nil {
						upright = *f.Score
					}
					if upright < 0.85 {
						t.Errorf("%s is not found upright: %v, %v", who, f.Score, f.Failures)
						break
					}
					if len(f.Failures) == 0 && (*f.Score < 0.85 || f.Matches[0].PersonID != who) {
						t.Errorf("%s at %g degrees: %.3f, upright %.3f", who, deg, *f.Score, upright)
					}
				}
			}
		})
	}
}
