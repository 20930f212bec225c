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

// card is a scan of a card with a portrait on it.
func card(portrait *vision.Image) *vision.Image {
	im := vision.NewImage(856, 540)
	for i := range im.Width * im.Height {
		v := uint8(225)
		if x, y := i%im.Width, i/im.Width; x > 380 && y%40 < 14 && (x*7919+y/40*104729)%17 < 9 {
			v = 60
		}
		im.Pix[3*i], im.Pix[3*i+1], im.Pix[3*i+2] = v, v, v-20
	}
	for y := range portrait.Height {
		copy(im.Pix[3*((120+y)*im.Width+60):], portrait.Pix[3*portrait.Width*y:3*portrait.Width*(y+1)])
	}
	return im
}

func TestACardMatchesHoweverItLiesOnTheScanner(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *model.Set{"standard": modeltest.Standard, "starter": modeltest.Starter} {
		t.Run(name, func(t *testing.T) {
			set, same, all := open(t), 0, 0
			for _, who := range []string{"Andre_Agassi", "Hillary_Clinton", "Jiri_Novak", "Nicole_Kidman", "Jennifer_Garner", "Tiger_Woods"} {
				paths, err := filepath.Glob(filepath.Join(modeltest.Shared(t, "data", "lfw"), who+"_*.jpg"))
				if err != nil || len(paths) < 2 {
					t.Fatal(who, paths, err)
				}
				of := func(id bonafide.ID, im *vision.Image) *sample.Sample {
					return sample.Open(bonafide.Media{ID: id}, media.Source{}, still{im}, set)
				}
				selfie, scan := modeltest.Picture(t, paths[1]), card(modeltest.Picture(t, paths[0]))
				var upright float64
				for _, deg := range []float64{0, 90, 180, 270} {
					f := run(t, of("selfie", selfie), of("card", vision.Turn(scan, deg)))[0]
					switch {
					case f.Score == nil:
						t.Errorf("%s at %g degrees: %v", who, deg, f.Failures)
					case deg == 0:
						upright = *f.Score
					case upright >= 0.85:
						if all++; *f.Score >= 0.85 {
							same++
						}
					}
				}
			}
			t.Logf("%d of %d turned cards match as the upright one does", same, all)
			if all < 12 || same < all {
				t.Errorf("%d of %d turned cards match", same, all)
			}
		})
	}
}
