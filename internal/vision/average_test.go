package vision

import (
	"image"
	"testing"
)

func TestMeansOfCellsAreRoundedToNearest(t *testing.T) {
	im := NewImage(41, 37)
	for i := range im.Pix {
		im.Pix[i] = uint8(i*i + i/7)
	}
	white := NewImage(4200, 70)
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	for _, c := range []struct {
		im   *Image
		part image.Rectangle
		k    int
	}{
		{im, image.Rect(0, 0, 40, 36), 2}, {im, image.Rect(1, 3, 41, 37), 2}, {im, image.Rect(0, 0, 41, 37), 2}, {im, image.Rect(3, 1, 4, 2), 2},
		{im, image.Rect(0, 0, 41, 37), 3}, {im, image.Rect(5, 0, 40, 30), 5}, {im, image.Rect(0, 0, 41, 37), 64}, {white, image.Rect(0, 0, 4200, 70), 63}, {white, image.Rect(0, 0, 4200, 70), 256},
	} {
		out := average(c.im, c.part, c.k)
		for i, got := range out.Pix {
			x, y, n, sum := i/3%out.Width, i/3/out.Width, 0, 0
			cell := image.Rect(x*c.k, y*c.k, (x+1)*c.k, (y+1)*c.k).Add(c.part.Min).Intersect(c.part)
			for sy := cell.Min.Y; sy < cell.Max.Y; sy++ {
				for sx := cell.Min.X; sx < cell.Max.X; sx++ {
					n, sum = n+1, sum+int(c.im.Pix[3*(sy*c.im.Width+sx)+i%3])
				}
			}
			if want := (sum + n/2) / n; int(got) != want {
				t.Fatalf("%v by %d: number %d is %d, want %d", c.part, c.k, i, got, want)
			}
		}
	}
}
