package quality_test

import (
	"math"
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

func TestACoveredFaceIsToBeShown(t *testing.T) {
	studio := sampletest.New()
	studio.Set.Gate.MaxMouthHidden, studio.Set.Gate.MaxEyesHidden = 0.5, 0.7
	front := sampletest.Front()
	with := func(mouth, eyes float64) sampletest.Shot {
		s := front
		s.Hidden = model.Hidden{Mouth: mouth, Eyes: eyes}
		return s
	}
	mask := with(0.9, 0.1)
	small, turned := mask, mask // as a mask makes a face look
	small.Boxes, turned.Pose.YawDeg = []vision.Box{{X: 270, Y: 190, W: 90, H: 90}}, 60
	faint := with(0.55, 0.1) // enough of a face that is sure
	faint.Boxes, faint.Doubtful = nil, front.Boxes
	mistaken, specks, bare := mask, mask, front // the landmarker takes the face for none
	mistaken.Boxes, mistaken.Doubtful = nil, front.Boxes
	specks.Boxes, specks.Doubtful = nil, []vision.Box{{X: 270, Y: 190, W: 90, H: 90}}
	bare.Boxes, bare.Doubtful = nil, front.Boxes
	beside := mistaken // somebody far behind is found instead
	beside.Boxes = []vision.Box{{X: 20, Y: 20, W: 40, H: 40}}
	for name, tt := range map[string]struct {
		shots []sampletest.Shot
		want  []string
	}{
		"nothing":                               {repeat(1, with(0.5, 0.7)), nil},
		"a mask":                                {repeat(1, mask), []string{bonafide.ReasonMouthCovered}},
		"dark glasses":                          {repeat(1, with(0.1, 0.8)), []string{bonafide.ReasonEyesCovered}},
		"both":                                  {repeat(1, with(0.8, 0.8)), []string{bonafide.ReasonMouthCovered, bonafide.ReasonEyesCovered}},
		"no number":                             {repeat(1, with(math.NaN(), 0)), []string{bonafide.ReasonMouthCovered}},
		"a clip":                                {repeat(12, mask), []string{bonafide.ReasonMouthCovered}},
		"a mask that shrinks the face":          {repeat(1, small), []string{bonafide.ReasonMouthCovered}},
		"a clip of a mask that turns":           {repeat(12, turned), []string{bonafide.ReasonMouthCovered}},
		"a mask by which no face is found":      {repeat(1, mistaken), []string{bonafide.ReasonMouthCovered}},
		"a clip of it":                          {repeat(12, mistaken), []string{bonafide.ReasonMouthCovered}},
		"a mask by which another face is found": {repeat(1, beside), []string{bonafide.ReasonMouthCovered}},
		"something small that may be a masked face": {repeat(1, specks), []string{bonafide.ReasonNoFace}},
		"something faint that may be a masked face": {repeat(1, faint), []string{bonafide.ReasonNoFace}},
		"something bare that may be a face":         {repeat(1, bare), []string{bonafide.ReasonNoFace}},
		"a hand for a time":                         {slices.Concat(repeat(6, front), repeat(3, mask), repeat(6, front)), nil},
	} {
		capture, live := examine(t, studio.Sample("a", tt.shots...), bonafide.Params{})
		if !slices.Equal(codes(capture), tt.want) || (live.Score == nil) != (len(tt.want) > 0) {
			t.Errorf("%s: got %v, want %v", name, codes(capture), tt.want)
		}
		if want := 12.0; name == "a hand for a time" && capture.Measures["usable_frames"] != want {
			t.Errorf("%s: %v usable frames, want %v", name, capture.Measures["usable_frames"], want)
		}
	}
}

// Real people behind a sheet of one colour, drawn over the mouth or over the eyes.
func TestMasksAndDarkGlassesAreSeen(t *testing.T) {
	for name, set := range map[string]*model.Set{"standard": modeltest.Standard(t), "starter": modeltest.Starter(t)} {
		t.Run(name, func(t *testing.T) { masksAndDarkGlassesAreSeen(t, set) })
	}
}

func masksAndDarkGlassesAreSeen(t *testing.T, set *model.Set) {
	judge := func(im *vision.Image) []string {
		capture, _ := examine(t, sample.Open(bonafide.Media{ID: "a"}, media.Source{}, still{im}, set), bonafide.Params{})
		return codes(capture)
	}
	n, bare := 0, 0
	seen := map[string]int{}
	for _, path := range stills(t, "bona_fide", 16) {
		im := modeltest.Picture(t, path)
		if slices.Contains(judge(im), bonafide.ReasonFaceTooClose) {
			continue
		}
		n++
		bare += len(judge(im))
		faces, err := set.Detector.Detect(t.Context(), im, model.Look{})
		if err != nil {
			t.Fatal(err)
		}
		p, w := faces[0].Points, faces[0].Box.W
		for code, b := range map[string]vision.Box{
			bonafide.ReasonMouthCovered: {X: p[2].X - 0.45*w, Y: p[2].Y - 0.05*w, W: 0.9 * w, H: 0.75 * w},
			bonafide.ReasonEyesCovered:  {X: p[2].X - 0.46*w, Y: p[0].Y - 0.14*w, W: 0.92 * w, H: 0.28 * w},
		} {
			if slices.Contains(judge(covered(im, b)), code) {
				seen[code]++
			}
		}
	}
	t.Logf("%d people: %v, %d refused uncovered", n, seen, bare)
	if n < 12 || bare > 0 || seen[bonafide.ReasonMouthCovered] < n*9/10 || seen[bonafide.ReasonEyesCovered] < n*9/10 {
		t.Errorf("of %d: %v, %d refused uncovered", n, seen, bare)
	}
}

// covered is the picture with a dark sheet over a box.
func covered(im *vision.Image, b vision.Box) *vision.Image {
	out := vision.NewImage(im.Width, im.Height)
	copy(out.Pix, im.Pix)
	for y := int(b.Y); y < int(b.Y+b.H) && y < im.Height; y++ {
		for x := max(int(b.X), 0); x < int(b.X+b.W) && x < im.Width; x++ {
			p := out.Pix[3*(y*im.Width+x):]
			p[0], p[1], p[2] = 30, uint8(32+y%5), 40
		}
	}
	return out
}
