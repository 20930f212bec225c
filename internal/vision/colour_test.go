package vision

import "testing"

func TestTheMeanColourIsThatInsideTheBox(t *testing.T) {
	im := NewImage(8, 6)
	for y := range 6 {
		for x := range 8 {
			if x >= 2 && x < 6 && y >= 1 && y < 4 {
				copy(im.Pix[3*(y*8+x):], []uint8{uint8(100 + 2*(x%2)), 50, 200})
			}
		}
	}
	if got := MeanRGB(im, Box{2, 1, 4, 3}); got != [3]float64{101, 50, 200} {
		t.Errorf("inside: %v", got)
	}
	if got := MeanRGB(im, Box{-9, -9, 4, 4}); got != [3]float64{} {
		t.Errorf("outside: %v", got)
	}
}
