package sample_test

import (
	"context"
	"image"
	"math"
	"path/filepath"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Tests on real models and real pictures.

// bothSets runs a test with each set.
func bothSets(t *testing.T, test func(t *testing.T, s *model.Set)) {
	t.Run("standard", func(t *testing.T) { test(t, modeltest.Standard(t)) })
	t.Run("starter", func(t *testing.T) { test(t, modeltest.Starter(t)) })
}

// still opens as one picture.
type still struct{ im *vision.Image }

func (s still) Open(context.Context, media.Source) (*media.Clip, error) {
	return &media.Clip{Kind: bonafide.Image, Frames: []media.Frame{{Image: s.im}}}, nil
}

// faceIn gives the main face of a picture, nil when there is none.
func faceIn(t *testing.T, set *model.Set, im *vision.Image) *sample.Face {
	t.Helper()
	face, err := sample.Open(bonafide.Media{}, media.Source{}, still{im}, set).Best(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return face
}

// portraits gives n pictures of as many people.
func portraits(t *testing.T, n int) map[string]*vision.Image {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(modeltest.Shared(t, "data", "lfw"), "*_0001.jpg"))
	if err != nil || len(paths) < n {
		t.Fatal(len(paths), err)
	}
	out := map[string]*vision.Image{}
	for i := range n {
		path := paths[i*len(paths)/n]
		out[filepath.Base(path)] = modeltest.Picture(t, path)
	}
	return out
}

func TestAFaceIsFoundAndAlignedWhicheverWayUp(t *testing.T) {
	bothSets(t, func(t *testing.T, set *model.Set) {
		for name, im := range portraits(t, 2) {
			upright := faceIn(t, set, im)
			reference, err := upright.Template(t.Context())
			if err != nil {
				t.Fatal(name, err)
			}
			for deg := 20.0; deg < 360; deg += 40 {
				face := faceIn(t, set, vision.Turn(im, deg))
				if face == nil || !face.Mesh.Verified {
					t.Errorf("%s at %g degrees: %v", name, deg, face)
					continue
				}
				if off := math.Remainder(face.Measures.Pose.RollDeg-upright.Measures.Pose.RollDeg-deg, 360); math.Abs(off) > 6 {
					t.Errorf("%s at %g degrees: roll is off by %.1f", name, deg, off)
				}
				probe, err := face.Template(t.Context())
				if err != nil {
					t.Fatal(name, err)
				}
				if _, similarity, err := set.Embedder.Compare(reference, probe); err != nil || similarity < 0.95 {
					t.Errorf("%s at %g degrees: similarity %.3f, %v", name, deg, similarity, err)
				}
			}
		}
	})
}

// page is a page of text, scanned at 150 dpi, with pictures on it: each stretched to
// side x side with its upper left corner at the point.
func page(side int, pictures ...*vision.Image) *vision.Image {
	im := vision.NewImage(1240, 1754)
	for i := range im.Width * im.Height {
		x, y := i%im.Width, i/im.Width
		v := uint8(240)
		if x > 120 && x < 1100 && y%28 < 12 && (x*7919+y/28*104729)%17 < 9 {
			v = 70
		}
		im.Pix[3*i], im.Pix[3*i+1], im.Pix[3*i+2] = v, v, v
	}
	for k, p := range pictures {
		small := vision.Resize(p, image.Rect(0, 0, p.Width, p.Height), side, side)
		left, top := 200+500*k, 300+700*k
		for y := range side {
			copy(im.Pix[3*((top+y)*im.Width+left):], small.Pix[3*side*y:3*side*(y+1)])
		}
	}
	return im
}

func TestSmallPortraitsOnAPageAreFound(t *testing.T) {
	bothSets(t, func(t *testing.T, set *model.Set) {
		people := portraits(t, 2)
		var last *vision.Image
		for name, im := range people {
			for _, side := range []int{110} { // the face is about 0.4 of it: 2.5 % of the page
				face := faceIn(t, set, page(side, im))
				if face == nil || !face.Mesh.Verified {
					t.Errorf("%s, %d pixels: %v", name, side, face)
					continue
				}
				if face.Measures.Rivalry > 0 {
					t.Errorf("%s, %d pixels: the text has a face, too: %.2f", name, side, face.Measures.Rivalry)
				}
			}
			if last != nil {
				if face := faceIn(t, set, page(120, im, last)); face == nil || face.Measures.SecondFaceShare < 0.5 {
					t.Errorf("%s: the second card of a page is overlooked: %+v", name, face)
				}
			}
			last = im
		}
	})
}
