package quality_test

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// sizeReasons are the advice about the size of a face, of which one media gets one at most.
func sizeReasons() []string {
	return []string{bonafide.ReasonFaceTooSmall, bonafide.ReasonFaceTooClose, bonafide.ReasonResolution}
}

// sized is a frame of that size whose face fills a share of its height.
func sized(width, height int, share float64) sampletest.Shot {
	side := float32(share * float64(height))
	im := vision.NewImage(width, height)
	copy(im.Pix, slices.Repeat(sampletest.Noise(1).Pix, 1+len(im.Pix)/(3*sampletest.Width*sampletest.Height)))
	return sampletest.Shot{
		Boxes: []vision.Box{{X: (float32(width) - side*0.8) / 2, Y: (float32(height) - side) / 2, W: 0.8 * side, H: side}},
		Logit: 3, Image: im,
	}
}

// Whatever the camera and the distance, what is said about the size of the face is one
// thing, and whoever does as they are told comes to a distance that is right.
func TestAdviceAboutSizeCanBeFollowed(t *testing.T) {
	studio := sampletest.New()
	studio.Set.Gate.MinEyeDistancePx, studio.Set.Gate.MinFaceWidthPx = 45, 80
	studio.Set.Gate.MinFrameSidePx, studio.Set.Gate.MaxFaceShare, studio.Set.Gate.MaxClipFaceShare = 240, 0.6, 0.83
	for _, frames := range []int{1, 6} {
		for _, size := range [][2]int{{160, 120}, {224, 224}, {240, 240}, {320, 240}, {640, 480}, {720, 1280}} {
			var at []string
			for share := 0.03; share < 0.98 && 0.8*share*float64(size[1]) < float64(size[0]); share += 0.03 {
				capture, live := examine(t, studio.Sample("a", repeat(frames, sized(size[0], size[1], share))...), bonafide.Params{})
				got := "right"
				for _, code := range codes(capture) {
					if !slices.Contains(sizeReasons(), code) || got != "right" {
						t.Fatalf("%v, share %.2f: %v", size, share, codes(capture))
					}
					got = code
				}
				if (got == "right") != (live.Score != nil) {
					t.Fatalf("%v, share %.2f: %s, score %v", size, share, got, live.Score)
				}
				at = append(at, got)
			}
			right := slices.Contains(at, "right")
			if slices.Contains(at, bonafide.ReasonFaceTooSmall) && !right || slices.Contains(at, bonafide.ReasonFaceTooClose) && !right {
				t.Errorf("%v: no distance is right, yet another one is asked for: %v", size, at)
			}
			// From far to near it is too small, right, too close, or else never right.
			order := []string{bonafide.ReasonFaceTooSmall, "right", bonafide.ReasonFaceTooClose}
			if right && !slices.IsSortedFunc(at, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }) {
				t.Errorf("%v: %v", size, at)
			}
			if coarse := min(size[0], size[1]) < 240; right == coarse {
				t.Errorf("%v: right %v", size, right)
			}
		}
	}
}

func TestAClipIsToldOneThingAboutSize(t *testing.T) {
	studio := sampletest.New()
	far, near := sized(640, 480, 0.1), sized(640, 480, 0.95)
	coarse := sized(200, 200, 0.4)
	for name, shots := range map[string][]sampletest.Shot{
		"far and near":            append(repeat(6, far), repeat(6, near)...),
		"coarse, far and near":    slices.Concat(repeat(5, coarse), repeat(5, far), repeat(5, near)),
		"mostly far, some coarse": slices.Concat(repeat(6, coarse), repeat(6, far)),
	} {
		studio.Set.Gate.MinFrameSidePx = 240
		capture, _ := examine(t, studio.Sample("a", shots...), bonafide.Params{})
		told := 0
		for _, code := range codes(capture) {
			if slices.Contains(sizeReasons(), code) {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%s: %v", name, codes(capture))
		}
	}
}
