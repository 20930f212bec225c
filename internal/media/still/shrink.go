package still

import (
	"encoding/binary"
	"image"
	"math"
	"math/bits"

	"github.com/bonafide-id/bonafide/internal/vision"
)

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
// the picture itself if it fits. It is halved while that is too large by far, and what
// is left, less than two pixels to one, is interpolated; an odd row or column at the edge
// goes with a half.
func Shrink(im *vision.Image, maxSide int) *vision.Image {
	w, h := Fit(im.Width, im.Height, maxSide)
	for max(im.Width, im.Height) >= 2*maxSide && min(im.Width, im.Height) >= 2 {
		im = halve(im)
	}
	if im.Width == w && im.Height == h {
		return im
	}
	return vision.Resize(im, image.Rect(0, 0, im.Width, im.Height), w, h)
}

// halve averages cells of 2 x 2 pixels.
func halve(im *vision.Image) *vision.Image {
	out := vision.NewImage(im.Width/2, im.Height/2)
	stride := 3 * im.Width
	for y := range out.Height {
		above, below := im.Pix[2*y*stride:(2*y+1)*stride], im.Pix[(2*y+1)*stride:(2*y+2)*stride]
		line := out.Pix[3*out.Width*y : 3*out.Width*(y+1)]
		for x := 0; x+2 < len(line); x += 3 {
			// Red, green, blue, red and blue, red, green, blue of two neighbours.
			p, q := above[2*x:2*x+6:2*x+6], below[2*x:2*x+6:2*x+6]
			a, b := binary.LittleEndian.Uint32(p), binary.LittleEndian.Uint32(p[2:])
			c, d := binary.LittleEndian.Uint32(q), binary.LittleEndian.Uint32(q[2:])
			const redBlue, half = 0x00ff00ff, 0x00020002
			rb := a&redBlue + b>>8&redBlue + c&redBlue + d>>8&redBlue + half
			g := a>>8&0xff + b>>16&0xff + c>>8&0xff + d>>16&0xff + 2
			to := line[x : x+3 : x+3]
			to[0], to[1], to[2] = byte(rb>>2), byte(g>>2), byte(rb>>18)
		}
	}
	return out
}

type plain struct{ im *vision.Image }

func (p plain) size() (w, h int) { return p.im.Width, p.im.Height }

func (p plain) row(y int, dst []byte) { copy(dst, p.im.Pix[3*p.im.Width*y:]) }

// shrink averages over area: every pixel of dst, w x h, is the mean of what it
// covers in src, pixels that it covers in part counted in part. The counting is
// exact: a source pixel is w units wide and h units high, and a target pixel takes
// as many units as the source has pixels. Rows are added up first, which leaves
// little to do across.
func shrink(dst []byte, w, h int, src rows) {
	sw, sh := src.size()
	sums := newRowSums(3 * sw)
	mean := newDivider(uint64(sw) * uint64(sh))
	need := sh // units that the target row still takes
	for y := range sh {
		src.row(y, sums.line[:3*sw])
		for left := h; left > 0; {
			take := min(left, need)
			sums.add(take)
			left -= take
			need -= take
			if need > 0 {
				continue
			}
			sums.spill()
			shrinkRow(dst[:3*w], sums.sums[:3*sw], sw, mean)
			clear(sums.sums)
			dst = dst[3*w:]
			need = sh
		}
	}
}

// rowSums adds up weighted rows of bytes. Words hold the sums of two bytes that lie
// four apart, in 32 bits each, so that a multiplication weighs both.
type rowSums struct {
	line  []byte // the row to add, whole words
	pairs []uint64
	sums  []uint64
	held  int // weights in pairs
}

// maxHeld keeps sums of bytes within 32 bits.
const maxHeld = 1 << 24

func newRowSums(width int) *rowSums {
	words := (width + 7) / 8
	return &rowSums{line: make([]byte, 8*words), pairs: make([]uint64, 4*words), sums: make([]uint64, 8*words)}
}

// add adds the line so many times, less than maxHeld.
func (s *rowSums) add(weight int) {
	if s.held += weight; s.held > maxHeld {
		s.spill()
		s.held = weight
	}
	const low = 0x000000ff000000ff
	times := uint64(weight)
	for line, pairs := s.line, s.pairs; len(line) >= 8 && len(pairs) >= 4; line, pairs = line[8:], pairs[4:] {
		v := binary.LittleEndian.Uint64(line)
		pairs[0] += (v & low) * times
		pairs[1] += (v >> 8 & low) * times
		pairs[2] += (v >> 16 & low) * times
		pairs[3] += (v >> 24 & low) * times
	}
}

// spill moves the pairs to the sums.
func (s *rowSums) spill() {
	for i, v := range s.pairs {
		at := i/4*8 + i%4
		s.sums[at] += v & math.MaxUint32
		s.sums[at+4] += v >> 32
	}
	clear(s.pairs)
	s.held = 0
}

// shrinkRow makes a target row of the sums of the rows that it covers.
func shrinkRow(dst []byte, down []uint64, sw int, mean divider) {
	w := len(dst) / 3
	var r, g, b uint64
	need := sw
	for ; len(down) >= 3; down = down[3:] {
		for left := w; left > 0; {
			n := uint64(min(left, need))
			r, g, b = r+down[0]*n, g+down[1]*n, b+down[2]*n
			left -= int(n)
			need -= int(n)
			if need == 0 {
				dst[0], dst[1], dst[2] = mean.of(r), mean.of(g), mean.of(b)
				dst = dst[3:]
				r, g, b, need = 0, 0, 0, sw
			}
		}
	}
}

// divider divides sums over an area, rounding to nearest. Processors take long to
// divide 64-bit numbers, so that it multiplies with the reciprocal.
type divider struct{ area, reciprocal uint64 }

// newDivider takes the reciprocal in 64 binary places, rounded up. The result is
// exact while 2^8 * area^2 is below 2^64; larger areas are divided by.
func newDivider(area uint64) divider {
	if area < 1<<28 {
		return divider{area: area, reciprocal: math.MaxUint64/area + 1}
	}
	return divider{area: area}
}

func (d divider) of(sum uint64) byte {
	sum += d.area / 2
	if d.reciprocal == 0 {
		return byte(sum / d.area)
	}
	q, _ := bits.Mul64(sum, d.reciprocal)
	return byte(q)
}
