package still

import "github.com/bonafide-id/bonafide/internal/vision"

// Fit gives the size that a picture of w x h is scaled to so that no side is
// longer than maxSide, its shape kept. A picture that fits keeps its size.
func Fit(w, h, maxSide int) (int, int) {
	switch long := max(w, h); {
	case long <= maxSide:
		return w, h
	case w == long:
		return maxSide, max(1, (h*maxSide+w/2)/w)
	default:
		return max(1, (w*maxSide+h/2)/h), maxSide
	}
}

// Shrink gives the picture scaled down until no side is longer than maxSide, or
// the picture itself if it fits.
func Shrink(im *vision.Image, maxSide int) *vision.Image {
	if max(im.Width, im.Height) <= maxSide {
		return im
	}
	p := render(plain{im}, maxSide, func(size int) []byte { return make([]byte, size) })
	return &vision.Image{Width: p.Width, Height: p.Height, Pix: p.Pix}
}

type plain struct{ im *vision.Image }

func (p plain) size() (w, h int) { return p.im.Width, p.im.Height }

func (p plain) row(y int, dst []byte) { copy(dst, p.im.Pix[3*p.im.Width*y:]) }

// shrink averages over area: every pixel of dst, w x h, is the mean of what it
// covers in src, pixels that it covers in part counted in part. The counting is
// exact: a source pixel is w units wide, and a target pixel takes as many units
// as the source has pixels.
func shrink(dst []byte, w, h int, src rows) {
	sw, sh := src.size()
	line := make([]byte, 3*sw)
	across := make([]uint64, 3*w) // one source row, shrunk in width
	sum := make([]uint64, 3*w)    // of the target row so far
	need := sh                    // units that the target row still takes
	area := uint64(sw) * uint64(sh)
	for y := range sh {
		src.row(y, line)
		shrinkRow(across, line, sw, w)
		for left := h; left > 0; {
			take := min(left, need)
			for i, v := range across {
				sum[i] += v * uint64(take)
			}
			left -= take
			need -= take
			if need > 0 {
				continue
			}
			for i, v := range sum {
				dst[i] = uint8((v + area/2) / area)
			}
			clear(sum)
			dst = dst[3*w:]
			need = sh
		}
	}
}

func shrinkRow(dst []uint64, line []byte, sw, w int) {
	var r, g, b uint64
	need, out := sw, 0
	for x := 0; x < len(line); x += 3 {
		for left := w; left > 0; {
			take := min(left, need)
			n := uint64(take)
			r += uint64(line[x]) * n
			g += uint64(line[x+1]) * n
			b += uint64(line[x+2]) * n
			left -= take
			need -= take
			if need == 0 {
				dst[out], dst[out+1], dst[out+2] = r, g, b
				r, g, b, need, out = 0, 0, 0, sw, out+3
			}
		}
	}
}
