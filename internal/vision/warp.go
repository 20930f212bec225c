package vision

import (
	"encoding/binary"
	"image"
	"math"
)

// Format says how pixels become the numbers of a network's input. Every number
// is (pixel - mean) * scale of its channel, pixels being 0..255.
type Format struct {
	Width, Height int
	Interleaved   bool // channels last (NHWC), else one plane after the other (NCHW)
	BGR           bool // order of the channels, else RGB
	Mean, Scale   [3]float32
}

// Len gives how many numbers a picture of this format has.
func (f Format) Len() int { return 3 * f.Width * f.Height }

// A channel's number is v*gain + bias, v being a pixel with 16 binary places.
type channel struct {
	from       int // index in an RGB pixel
	to         int // index of the first number
	gain, bias float32
}

func (f Format) channels() (c [3]channel, step int) {
	step = 1
	if f.Interleaved {
		step = 3
	}
	for i := range c {
		c[i] = channel{from: i, to: i * f.Width * f.Height, gain: f.Scale[i] / 65536, bias: -f.Mean[i] * f.Scale[i]}
		if f.BGR {
			c[i].from = 2 - i
		}
		if f.Interleaved {
			c[i].to = i
		}
	}
	return c, step
}

// Fill writes a picture of exactly the format's size into dst.
func Fill(dst []float32, f Format, im *Image) {
	channels, step := f.channels()
	for _, c := range channels {
		gain := c.gain * 65536
		out := c.to
		for i := c.from; i < len(im.Pix); i += 3 {
			dst[out] = float32(im.Pix[i])*gain + c.bias
			out += step
		}
	}
}

// Warp writes the part of a picture that m points at into dst, which has f.Len()
// numbers: target pixel (x, y) takes the colour at m.Apply({x, y}), bilinear
// between pixels, black outside. Where the target is much coarser than the
// picture, neighbouring pixels are averaged first, lest fine patterns turn into
// false ones.
func Warp(dst []float32, f Format, im *Image, m Affine) {
	if im, m = shrink(im, m, f.Width, f.Height); im == nil {
		im, m = NewImage(1, 1), Affine{C: -2} // nothing of the picture is in sight
	}
	channels, step := f.channels()
	w := walk{im: im, dst: dst, channels: channels, step: step}
	for y := range f.Height {
		w.row(y*f.Width*step, f.Width, m.A, m.B*float64(y)+m.C, m.D, m.E*float64(y)+m.F)
	}
}

// walk samples rows of a target.
type walk struct {
	im       *Image
	dst      []float32
	channels [3]channel
	step     int
}

// Positions are fixed-point numbers with this many binary places.
const fixed = 32

// row samples n target pixels from (sx, sy) on, (ax, ay) apart.
func (w *walk) row(at, n int, ax, sx, ay, sy float64) {
	const half = 1 << (fixed - 1)
	x, y := int64(math.Round(sx*(1<<fixed))), int64(math.Round(sy*(1<<fixed)))
	dx, dy := int64(math.Round(ax*(1<<fixed))), int64(math.Round(ay*(1<<fixed)))
	pix, stride := w.im.Pix, 3*w.im.Width
	right, bottom := int64(w.im.Width-1), int64(w.im.Height-1)
	c0, c1, c2 := w.channels[0], w.channels[1], w.channels[2]
	o0, o1, o2 := w.dst[at+c0.to:], w.dst[at+c1.to:], w.dst[at+c2.to:]
	for i := range n {
		px, py := x>>fixed, y>>fixed
		wx, wy := uint32(x>>(fixed-8))&255, uint32(y>>(fixed-8))&255
		nx, ny := 3, stride
		if uint64(px) >= uint64(right) || uint64(py) >= uint64(bottom) {
			if x < -half || y < -half || x+half > (right+1)<<fixed || y+half > (bottom+1)<<fixed {
				o0[i*w.step], o1[i*w.step], o2[i*w.step] = c0.bias, c1.bias, c2.bias
				x, y = x+dx, y+dy
				continue
			}
			px, wx, nx = edge(px, wx, right, 3)
			py, wy, ny = edge(py, wy, bottom, stride)
		}
		p := int(py)*stride + int(px)*3
		a, b := pix[p:p+3:p+3], pix[p+nx:p+nx+3:p+nx+3]
		c, d := pix[p+ny:p+ny+3:p+ny+3], pix[p+nx+ny:p+nx+ny+3:p+nx+ny+3]
		wd := wx * wy
		wb, wc := wx<<8-wd, wy<<8-wd
		wa := 65536 - wb - wc - wd
		v0 := uint32(a[0])*wa + uint32(b[0])*wb + uint32(c[0])*wc + uint32(d[0])*wd
		v1 := uint32(a[1])*wa + uint32(b[1])*wb + uint32(c[1])*wc + uint32(d[1])*wd
		v2 := uint32(a[2])*wa + uint32(b[2])*wb + uint32(c[2])*wc + uint32(d[2])*wd
		if c0.from == 2 {
			v0, v2 = v2, v0
		}
		o0[i*w.step] = float32(int32(v0))*c0.gain + c0.bias
		o1[i*w.step] = float32(int32(v1))*c1.gain + c1.bias
		o2[i*w.step] = float32(int32(v2))*c2.gain + c2.bias
		x, y = x+dx, y+dy
	}
}

// edge brings a position of the outermost half pixel onto the last pixel, which
// then is its own neighbour.
func edge(p int64, weight uint32, last int64, next int) (int64, uint32, int) {
	if p < 0 {
		return 0, 0, 0
	}
	if p >= last {
		return last, 0, 0
	}
	return p, weight, next
}

// shrink brings a picture near twice the resolution of a target, where bilinear
// sampling still touches every pixel: it averages cells of k x k pixels over the
// part that the target sees. It gives nil when the target sees nothing.
func shrink(im *Image, m Affine, width, height int) (*Image, Affine) {
	seen := sight(im, m, width, height)
	if seen.Empty() {
		return nil, m
	}
	k := min(int(m.Scale()/2+0.5), maxCell)
	if k < 2 {
		return im, m
	}
	out := average(im, seen, k)
	s := 1 / float64(k)
	origin := Affine{A: s, C: (0.5-float64(seen.Min.X))*s - 0.5, E: s, F: (0.5-float64(seen.Min.Y))*s - 0.5}
	return out, m.Then(origin)
}

// sight gives the part of a picture that a target sees, with a margin for
// interpolation.
func sight(im *Image, m Affine, width, height int) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		x, y := c[0]*float64(width-1), c[1]*float64(height-1)
		sx, sy := m.A*x+m.B*y+m.C, m.D*x+m.E*y+m.F
		x0, x1 = min(x0, sx), max(x1, sx)
		y0, y1 = min(y0, sy), max(y1, sy)
	}
	// Far beyond any picture, fixed-point positions would overflow.
	const far = 1 << 28
	if !(x0 > -far && y0 > -far && x1 < far && y1 < far) {
		return image.Rectangle{}
	}
	margin := 2*m.Scale() + 2
	r := image.Rect(int(x0-margin), int(y0-margin), int(x1+margin)+1, int(y1+margin)+1)
	return r.Intersect(image.Rect(0, 0, im.Width, im.Height))
}

// maxCell keeps the sums of a column of pixels within 16 bits.
const maxCell = 256

// average gives the means of the cells of k x k pixels of a part of a picture;
// at the right and lower edge cells are smaller.
func average(im *Image, part image.Rectangle, k int) *Image {
	out := NewImage((part.Dx()+k-1)/k, (part.Dy()+k-1)/k)
	sums := newColumnSums(3 * part.Dx())
	row := func(y int) []uint8 { return im.Pix[3*(im.Width*y+part.Min.X) : 3*(im.Width*y+part.Max.X)] }
	for y := range out.Height {
		top, bottom := part.Min.Y+y*k, min(part.Min.Y+(y+1)*k, part.Max.Y)
		line := out.Pix[3*out.Width*y : 3*out.Width*(y+1)]
		if k == 2 && bottom-top == 2 && part.Dx()%2 == 0 {
			averagePairs(line, row(top), row(top+1))
			continue
		}
		sums.reset()
		for r := top; r < bottom; r++ {
			sums.add(row(r))
		}
		averageAcross(line, sums.values(), k, bottom-top)
	}
	return out
}

// averagePairs is average for two rows and cells of 2 x 2, those of ordinary photos: red
// and blue of a pixel are added up in one word.
func averagePairs(line, above, below []uint8) {
	for len(line) >= 3 && len(above) >= 6 && len(below) >= 6 {
		p, q := above[:6:6], below[:6:6]
		a, b := binary.LittleEndian.Uint32(p), binary.LittleEndian.Uint32(p[2:])
		c, d := binary.LittleEndian.Uint32(q), binary.LittleEndian.Uint32(q[2:])
		const redBlue, half = 0x00ff00ff, 0x00020002
		rb := a&redBlue + b>>8&redBlue + c&redBlue + d>>8&redBlue + half
		g := a>>8&0xff + b>>16&0xff + c>>8&0xff + d>>16&0xff + 2
		line[0], line[1], line[2] = uint8(rb>>2), uint8(g>>2), uint8(rb>>18)
		line, above, below = line[3:], above[6:], below[6:]
	}
}

// averageAcross makes means of the sums of columns of so many rows, k columns at a time.
func averageAcross(line []uint8, columns []uint16, k, rows int) {
	mean := newDivider(uint32(k * rows))
	for ; len(columns) > 0; line = line[3:] {
		n := min(3*k, len(columns))
		var s0, s1, s2 uint32
		for cell := columns[:n]; len(cell) >= 3; cell = cell[3:] {
			s0, s1, s2 = s0+uint32(cell[0]), s1+uint32(cell[1]), s2+uint32(cell[2])
		}
		columns = columns[n:]
		if n < 3*k {
			mean = newDivider(uint32(rows * n / 3))
		}
		line[0], line[1], line[2] = mean.of(s0), mean.of(s1), mean.of(s2)
	}
}

// divider divides sums of bytes by how many they are, to the nearest: by its reciprocal
// in 32 binary places, rounded up, since processors take long to divide. That is exact
// while 2^8 * n^2 is below 2^32.
type divider struct {
	n          uint32
	reciprocal uint64 // 0 for an n that is divided by
}

func newDivider(n uint32) divider {
	if n < 1<<12 {
		return divider{n, 1<<32/uint64(n) + 1}
	}
	return divider{n: n}
}

func (d divider) of(sum uint32) uint8 {
	sum += d.n / 2
	if d.reciprocal == 0 {
		return uint8(sum / d.n)
	}
	return uint8(uint64(sum) * d.reciprocal >> 32)
}

// columnSums adds up rows of bytes column by column, eight columns at a time:
// even and odd ones in separate words, so that each has 16 bits.
type columnSums struct {
	even, odd []uint64
	out       []uint16
	width     int
}

func newColumnSums(width int) *columnSums {
	words := (width + 7) / 8
	return &columnSums{even: make([]uint64, words), odd: make([]uint64, words), out: make([]uint16, 8*words), width: width}
}

func (s *columnSums) reset() {
	clear(s.even)
	clear(s.odd)
}

func (s *columnSums) add(row []uint8) {
	const low = 0x00ff00ff00ff00ff
	even, odd := s.even, s.odd[:len(s.even)]
	for i := range even {
		var w uint64
		if len(row) >= 8 {
			w = binary.LittleEndian.Uint64(row)
			row = row[8:]
		} else {
			var last [8]byte
			copy(last[:], row)
			w = binary.LittleEndian.Uint64(last[:])
		}
		even[i] += w & low
		odd[i] += w >> 8 & low
	}
}

func (s *columnSums) values() []uint16 {
	out := s.out
	for i, even := range s.even {
		odd, to := s.odd[i], out[:8:8]
		to[0], to[1], to[2], to[3] = uint16(even), uint16(odd), uint16(even>>16), uint16(odd>>16)
		to[4], to[5], to[6], to[7] = uint16(even>>32), uint16(odd>>32), uint16(even>>48), uint16(odd>>48)
		out = out[8:]
	}
	return s.out[:s.width]
}
