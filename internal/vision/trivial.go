package vision

// Trivial holds plain statistics of a face that know nothing of attacks. Any figure of a
// liveness model is read beside theirs: where one of them orders the same pictures as
// well, the pictures differ by their light or camera, and the model has shown nothing.
type Trivial struct {
	Brightness float64 // mean luma, 0 black to 1 white
	Saturation float64 // mean of (largest - smallest) / largest of red, green and blue, 0 to 1
	RedGreen   float64 // mean of (red - green) / 255, -1 to 1
	Grain      float64 // mean size of the Laplacian of luma at the picture's own resolution, in grey levels
}

// TrivialOf measures the part of a picture inside a face's box, pixel by pixel. A box
// outside the picture gives zeros.
func TrivialOf(im *Image, face Box) Trivial {
	b := face.Clip(im.Width, im.Height)
	left, top, right, bottom := int(b.X), int(b.Y), int(b.X+b.W), int(b.Y+b.H)
	if right-left < 1 || bottom-top < 1 {
		return Trivial{}
	}
	at := func(x, y int) (r, g, b float64) {
		i := 3 * (y*im.Width + x)
		return float64(im.Pix[i]), float64(im.Pix[i+1]), float64(im.Pix[i+2])
	}
	grey := func(x, y int) float64 {
		r, g, b := at(x, y)
		return luma(float32(r), float32(g), float32(b))
	}
	var t Trivial
	inner := 0.0
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			r, g, b := at(x, y)
			t.Brightness += grey(x, y) / 255
			if most := max(r, g, b); most > 0 {
				t.Saturation += (most - min(r, g, b)) / most
			}
			t.RedGreen += (r - g) / 255
			if x > left && x < right-1 && y > top && y < bottom-1 {
				inner++
				t.Grain += max(grey(x-1, y)+grey(x+1, y)+grey(x, y-1)+grey(x, y+1)-4*grey(x, y),
					4*grey(x, y)-grey(x-1, y)-grey(x+1, y)-grey(x, y-1)-grey(x, y+1))
			}
		}
	}
	n := float64((right - left) * (bottom - top))
	t.Brightness, t.Saturation, t.RedGreen = t.Brightness/n, t.Saturation/n, t.RedGreen/n
	if inner > 0 {
		t.Grain /= inner
	}
	return t
}
