package vision

import (
	"bytes"
	"fmt"
	"math"
	"slices"
)

// Pictures of one recording are compared on blocks of blockSide pixels, blockRows
// x blockRows of them spread evenly, so that the work does not grow with the
// resolution.
const (
	blockSide = 8
	blockRows = 16
)

// What counts as a flat block that shows the same surface in both pictures, in
// grey levels. Motion, edges and clipped light would drown the noise.
const (
	flatDeviation = 4.0
	flatShift     = 4.0
	darkest       = 16.0
	brightest     = 239.0
	minFlat       = 16 // blocks
)

// Change tells how one picture of a recording differs from another.
type Change struct {
	Same bool    // equal to the last byte
	Mean float64 // mean absolute difference in grey levels; NaN when the sizes differ
	// Noise is the temporal noise in grey levels: the median, over flat blocks, of
	// the deviation of the difference from its mean. A sensor leaves some in any
	// light. NaN when too few blocks are flat.
	Noise float64
}

// Compare measures the change between two pictures of one recording.
func Compare(a, b *Image) Change {
	if a.Width != b.Width || a.Height != b.Height || a.Width < blockSide || a.Height < blockSide {
		return Change{Mean: math.NaN(), Noise: math.NaN()}
	}
	if bytes.Equal(a.Pix, b.Pix) {
		return Change{Same: true, Noise: math.NaN()}
	}
	var sum float64
	var noise []float64
	for row := range blockRows {
		for col := range blockRows {
			x, y := col*(a.Width-blockSide)/(blockRows-1), row*(a.Height-blockSide)/(blockRows-1)
			block := compareBlock(a, b, x, y)
			sum += block.absolute
			if block.flat() {
				noise = append(noise, math.Sqrt(block.difference.value()))
			}
		}
	}
	c := Change{Mean: sum / (blockRows * blockRows), Noise: math.NaN()}
	if len(noise) >= minFlat {
		slices.Sort(noise)
		c.Noise = noise[len(noise)/2]
	}
	return c
}

// block is one block seen in two pictures, in grey levels.
type block struct {
	first, second, difference variance
	absolute                  float64 // mean absolute difference
}

func (b *block) flat() bool {
	for _, v := range []*variance{&b.first, &b.second} {
		if m := v.mean(); m < darkest || m > brightest || v.value() > flatDeviation*flatDeviation {
			return false
		}
	}
	return math.Abs(b.difference.mean()) <= flatShift
}

func compareBlock(a, b *Image, x, y int) block {
	var out block
	for r := range blockSide {
		at := 3 * ((y+r)*a.Width + x)
		p, q := a.Pix[at:at+3*blockSide], b.Pix[at:at+3*blockSide]
		for i := 0; i < len(p); i += 3 {
			u := float64(int(p[i])+int(p[i+1])+int(p[i+2])) / 3
			v := float64(int(q[i])+int(q[i+1])+int(q[i+2])) / 3
			out.first.add(u)
			out.second.add(v)
			out.difference.add(u - v)
			out.absolute += math.Abs(u - v)
		}
	}
	out.absolute /= blockSide * blockSide
	return out
}

// Hash is a difference hash of a picture: whether each cell of a coarse grid is
// brighter than its neighbour to the right (64 bits) and below (64 bits). Copies
// of a picture that were scaled or compressed again differ in a few bits.
type Hash [2]uint64

// String gives the bits in hexadecimal.
func (h Hash) String() string { return fmt.Sprintf("%016x%016x", h[0], h[1]) }

// hashSide is the number of cells per row and column.
const hashSide = 8

// HashOf works out the difference hash.
func HashOf(im *Image) Hash {
	const n = hashSide + 1
	f := Format{Width: n, Height: n, Scale: [3]float32{1, 1, 1}}
	cells := make([]float32, f.Len())
	Warp(cells, f, im, Onto(Box{W: float32(im.Width), H: float32(im.Height)}, n, n))
	at := func(x, y int) float64 {
		i := y*n + x
		return luma(cells[i], cells[n*n+i], cells[2*n*n+i])
	}
	var h Hash
	for y := range hashSide {
		for x := range hashSide {
			bit := uint64(1) << (y*hashSide + x)
			if at(x, y) > at(x+1, y) {
				h[0] |= bit
			}
			if at(x, y) > at(x, y+1) {
				h[1] |= bit
			}
		}
	}
	return h
}

// gistSide is the number of cells per row and column of a gist.
const gistSide = 16

// Gist is a face in a few numbers: the luma of 16 x 16 cells, its mean taken off
// and its length made 1.
type Gist [gistSide * gistSide]float32

// GistOf works out the gist of what lies inside the box; all 0 for a plain face.
func GistOf(im *Image, face Box) Gist {
	f := Format{Width: gistSide, Height: gistSide, Scale: [3]float32{1, 1, 1}}
	cells := make([]float32, f.Len())
	Warp(cells, f, im, Onto(face, gistSide, gistSide))
	var g Gist
	const n = len(g)
	var all variance
	for i := range g {
		g[i] = float32(luma(cells[i], cells[n+i], cells[2*n+i]))
		all.add(float64(g[i]))
	}
	length := math.Sqrt(all.value() * float64(n))
	for i := range g {
		g[i] = (g[i] - float32(all.mean())) / float32(max(length, 1))
	}
	return g
}

// Unlike tells how differently two faces look, whoever they are: 0 for the same
// picture, 1 for unrelated ones, at most 2.
func (g *Gist) Unlike(other *Gist) float64 {
	same := 0.0
	for i, v := range g {
		same += float64(v) * float64(other[i])
	}
	return 1 - same
}
