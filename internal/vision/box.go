package vision

import (
	"image"
	"slices"
)

// Box is an upright rectangle in pixels; X and Y are its top-left corner.
type Box struct{ X, Y, W, H float32 }

// Area gives the area in square pixels, 0 for an empty box.
func (b Box) Area() float32 {
	if b.W <= 0 || b.H <= 0 {
		return 0
	}
	return b.W * b.H
}

// Center gives the middle of the box, on the grid of points.
func (b Box) Center() Point { return Point{b.X + b.W/2 - 0.5, b.Y + b.H/2 - 0.5} }

// Clip gives the part of the box that lies inside a picture of that size. It is
// empty when there is none, and when a number of the box is not one.
func (b Box) Clip(width, height int) Box {
	x0, y0 := max(b.X, 0), max(b.Y, 0)
	x1, y1 := min(b.X+b.W, float32(width)), min(b.Y+b.H, float32(height))
	if !(x1 > x0 && y1 > y0) {
		return Box{}
	}
	return Box{x0, y0, x1 - x0, y1 - y0}
}

// IoU gives the area that two boxes share by the area that they cover together,
// in [0,1].
func IoU(a, b Box) float32 {
	w := min(a.X+a.W, b.X+b.W) - max(a.X, b.X)
	h := min(a.Y+a.H, b.Y+b.H) - max(a.Y, b.Y)
	if !(w > 0 && h > 0) {
		return 0
	}
	return w * h / (a.Area() + b.Area() - w*h)
}

// Suppress thins out overlapping detections: it gives the indices of the boxes
// to keep, best score first, so that no two of them overlap by more than iou.
func Suppress(boxes []Box, scores []float32, iou float32) []int {
	order := make([]int, len(boxes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	var keep []int
	for _, i := range order {
		if !slices.ContainsFunc(keep, func(k int) bool { return IoU(boxes[k], boxes[i]) > iou }) {
			keep = append(keep, i)
		}
	}
	return keep
}

// Fit gives the smallest box of the shape width:height that starts at the
// top-left corner of a picture and covers it: what a letterbox shows.
func Fit(pictureWidth, pictureHeight, width, height int) Box {
	scale := max(float32(pictureWidth)/float32(width), float32(pictureHeight)/float32(height))
	return Box{W: scale * float32(width), H: scale * float32(height)}
}

// Surround grows a box about its centre by the factor scale, or as far as the
// picture allows, and shifts it inside. Position and size are cut to whole pixels
// as Silent-Face-Anti-Spoofing does, whose models were trained on such crops. A
// box without a number or area gives an empty rectangle.
func Surround(im *Image, b Box, scale float64) image.Rectangle {
	if c := b.Clip(im.Width, im.Height); c.Area() == 0 {
		return image.Rectangle{}
	}
	x, y := float64(int(b.X)), float64(int(b.Y))
	w, h := float64(max(int(b.W), 1)), float64(max(int(b.H), 1))
	right, bottom := float64(im.Width-1), float64(im.Height-1)
	scale = min(scale, right/w, bottom/h)
	x0, x1 := shift(x+w/2, w*scale, right)
	y0, y1 := shift(y+h/2, h*scale, bottom)
	whole := image.Rect(0, 0, im.Width, im.Height)
	return image.Rect(int(x0), int(y0), int(x1)+1, int(y1)+1).Intersect(whole)
}

// shift gives the ends of a stretch of that length about the middle, moved into
// [0, last].
func shift(middle, length, last float64) (from, to float64) {
	from, to = middle-length/2, middle+length/2
	if from < 0 {
		from, to = 0, to-from
	}
	if to > last {
		from, to = from-(to-last), last
	}
	return max(from, 0), to
}
