package vision

// MeanRGB gives the mean of red, green and blue inside a box, each from 0 to 255; zeros
// where the box lies outside the picture.
func MeanRGB(im *Image, box Box) (mean [3]float64) {
	b := box.Clip(im.Width, im.Height)
	left, top, right, bottom := int(b.X), int(b.Y), int(b.X+b.W), int(b.Y+b.H)
	n := (right - left) * (bottom - top)
	if n < 1 {
		return mean
	}
	var sums [3]int
	for y := top; y < bottom; y++ {
		row := im.Pix[3*(y*im.Width+left) : 3*(y*im.Width+right)]
		for i := 0; i < len(row); i += 3 {
			sums[0] += int(row[i])
			sums[1] += int(row[i+1])
			sums[2] += int(row[i+2])
		}
	}
	for c, sum := range sums {
		mean[c] = float64(sum) / float64(n)
	}
	return mean
}
