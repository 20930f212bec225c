package vision

import (
	"image"
	"math"
)

// Margins are the depths of four strips along the edges of a picture, as shares of its
// height (Top, Bottom) and width (Left, Right).
type Margins struct{ Top, Right, Bottom, Left float64 }

// Inside gives the greater share of width and height that a box fills of what the
// margins leave of a picture. What was found at one edge is taken to be at the one
// across too, where it may be too plain to be seen.
func (m Margins) Inside(b Box, width, height int) float64 {
	w := float64(b.W) / (float64(width) * (1 - min(2*max(m.Left, m.Right), 0.9)))
	h := float64(b.H) / (float64(height) * (1 - min(2*max(m.Top, m.Bottom), 0.9)))
	return max(w, h)
}

// Limits of the search for borders. Lengths are in cells, see grey.
const (
	borderSide   = 480  // to about which the longer side of a picture is brought
	borderParts  = 16   // into which a line along an edge is divided
	borderLeast  = 0.04 // depth of a border by the side of the picture
	borderNoise  = 20   // grey levels of detail from which on a border is noise
	mirrorCells  = 48   // into which a line is divided to find it again
	mirrorLike   = 0.15 // difference of mirrored lines by that of lines as far apart, at most
	mirrorDetail = 3.0  // grey levels by which such lines must differ for that to mean something
)

// Border finds strips along the edges of a picture that no camera has seen: of one
// colour, repeating or stretching the last lines, mirrored, out of focus up to a straight
// line, or noise. Where there is none, a margin is 0. It looks as far as the face only.
//
// A camera's grain and detail do not change at a straight line across the whole picture,
// and what is on one side of such a line is not found mirrored on the other. In a room
// they nearly do, now and then, at one edge: what is not plain counts at two edges only.
func Border(im *Image, face Box) Margins {
	k := max(1, max(im.Width, im.Height)/borderSide)
	g := greyOf(im, k)
	if min(g.w, g.h) < 4*borderParts {
		return Margins{}
	}
	f, s := face.Clip(im.Width, im.Height), float32(k)
	limits := [4]float32{f.Y, float32(im.Height) - f.Y - f.H, f.X, float32(im.Width) - f.X - f.W}
	var plain, faint [4]float64
	found := 0
	for i, from := range []side{top, bottom, left, right} {
		st := strip{g, from}
		p, f := st.border(min(int(limits[i]/s), st.depth()/2))
		plain[i], faint[i] = float64(p)/float64(st.depth()), float64(f)/float64(st.depth())
		if f > 0 {
			found++
		}
	}
	if found > 1 {
		plain = faint
	}
	return Margins{Top: plain[top], Bottom: plain[bottom], Left: plain[left], Right: plain[right]}
}

// grey is the luma of a picture, averaged over cells of a few pixels.
type grey struct {
	w, h int
	v    []float32
}

func greyOf(im *Image, k int) *grey {
	if k > 1 {
		w, h := im.Width/k*k, im.Height/k*k
		im = average(im, image.Rect(0, 0, w, h), k)
	}
	g := &grey{w: im.Width, h: im.Height, v: make([]float32, im.Width*im.Height)}
	for i := range g.v {
		p := im.Pix[3*i : 3*i+3]
		g.v[i] = float32(77*int(p[0])+150*int(p[1])+29*int(p[2])) / 256
	}
	return g
}

// side is an edge of a picture.
type side int

const (
	top side = iota
	bottom
	left
	right
)

// strip sees a picture from one of its edges: line 0 is the edge.
type strip struct {
	*grey
	from side
}

// depth is the number of lines, length that of cells in a line.
func (s strip) depth() int {
	if s.from == top || s.from == bottom {
		return s.h
	}
	return s.w
}

func (s strip) length() int { return s.w + s.h - s.depth() }

// line gives where line i begins, and how far its cells are apart.
func (s strip) line(i int) (at, step int) {
	switch s.from {
	case top:
		return i * s.w, 1
	case bottom:
		return (s.h - 1 - i) * s.w, 1
	case left:
		return i, s.w
	}
	return s.w - 1 - i, s.w
}

// border gives the depth of an artificial border in lines, 0 for none, looked for up to
// line limit: of one that is plain by itself, and of one that may be by chance.
func (s strip) border(limit int) (plain, faint int) {
	least := max(int(borderLeast*float64(s.depth())), 6)
	for _, l := range []look{{cell: 1, gap: 2, near: 5, deep: 24, grain: 0.8}, {cell: 2, gap: 1, near: 3, deep: 12, grain: 1}, {cell: 4, gap: 1, near: 2, deep: 6, grain: 2}} {
		d := s.details(limit+(l.gap+l.deep+2)*l.cell, l)
		for seam := limit / l.cell; seam >= max(least/l.cell, l.gap+l.near+1); seam-- {
			switch d.jump(seam, l) {
			case certain:
				if l.cell == 1 {
					plain = max(plain, seam)
				}
				fallthrough
			case likely:
				faint = max(faint, seam*l.cell)
			}
		}
	}
	if plain == 0 {
		plain = s.mirror(least, limit)
	}
	return plain, max(plain, faint)
}

// look says at which detail a border is looked for.
type look struct {
	cell  int     // cells of a picture that are averaged, along a line and across
	gap   int     // lines on either side of a seam that scaling may have mixed
	near  int     // lines that must change at the seam already
	deep  int     // lines inside the seam that a border is compared with, at most
	grain float32 // grey levels of detail below which a part of a line is plain
}

// details are sums of the detail across the lines of a strip, by part: sums[i] over the
// lines before i.
type details [][borderParts]float32

func (s strip) details(lines int, l look) details {
	cell := l.cell
	n := s.length() / cell
	lines = min(lines, s.depth()) / cell
	var rows [3][]float32
	d := make(details, max(lines, 1))
	for i := range lines {
		row := rows[i%3]
		if row == nil {
			row = make([]float32, n)
		}
		s.means(row, i*cell, cell)
		rows[i%3] = row
		if i < 2 {
			continue
		}
		a, b, c := rows[(i-2)%3], rows[(i-1)%3], rows[i%3]
		d[i] = d[i-1]
		for part := range borderParts {
			from, to := part*n/borderParts, (part+1)*n/borderParts
			var sum float32
			for x := from; x < to; x++ {
				sum += abs(a[x] + c[x] - 2*b[x])
			}
			d[i][part] += sum / float32(to-from)
		}
	}
	return d
}

// means fills a row with the means of cells of the lines from i on.
func (s strip) means(row []float32, i, cell int) {
	clear(row)
	for k := range cell {
		at, step := s.line(i + k)
		for x := range row {
			for range cell {
				row[x] += s.v[at]
				at += step
			}
		}
	}
	if cell > 1 {
		for x := range row {
			row[x] /= float32(cell * cell)
		}
	}
}

func (d details) mean(part, from, to int) float32 {
	return (d[to][part] - d[from][part]) / float32(to-from)
}

// certainty is how sure it is that something is a seam.
type certainty int

const (
	no certainty = iota
	likely
	certain
)

// jump tells whether the detail across the lines changes at a seam, from one line to
// the next and all along: most parts of the line lose it or most gain it.
func (d details) jump(seam int, l look) certainty {
	end := min(seam+l.gap+l.deep, len(d)-1)
	in, out := seam+l.gap, seam-l.gap
	if in+l.near > end || out < 2 {
		return no
	}
	var quiet, quieter, loud, louder vote
	for part := range borderParts {
		inside, outside := d.mean(part, in, end), d.mean(part, 1, out)
		if max(inside, outside) < l.grain {
			continue
		}
		before, behind := d.mean(part, max(out-l.near, 1), out), d.mean(part, in, in+l.near)
		border, picture := max(outside, before), min(inside, behind)
		quiet.add(border < picture*0.34)
		quieter.add(border < picture*0.25)
		border, picture = min(outside, before), max(inside, behind)
		if border > borderNoise && picture > border*0.7 {
			continue // in the corners a border of noise goes on
		}
		loud.add(picture < border*0.34)
		louder.add(picture < border*0.34 && border > borderNoise)
	}
	switch {
	case quieter.carried(7, 0.85), louder.carried(5, 0.85):
		return certain
	case quiet.carried(6, 0.8), loud.carried(5, 0.85):
		return likely
	}
	return no
}

// vote counts parts that have a say, and those in favour.
type vote struct{ all, yes int }

func (v *vote) add(yes bool) {
	v.all++
	if yes {
		v.yes++
	}
}

// carried tells that at least so many have a say, and that share of them is in favour.
func (v vote) carried(least int, share float64) bool {
	return v.all >= least && float64(v.yes) >= share*float64(v.all)
}

// mirror gives the depth of a border that mirrors what is inside of it.
func (s strip) mirror(least, limit int) int {
	lines := s.coarse(min(2*limit+2, s.depth()))
	for twice := 2 * limit; twice >= 2*least; twice-- {
		if reflected(lines, twice) {
			return twice / 2
		}
	}
	return 0
}

// coarse gives the first lines of a strip, each as a few means.
func (s strip) coarse(count int) [][mirrorCells]float32 {
	lines := make([][mirrorCells]float32, count)
	n := s.length()
	for i := range lines {
		at, step := s.line(i)
		for cell := range mirrorCells {
			from, to := cell*n/mirrorCells, (cell+1)*n/mirrorCells
			var sum float32
			for x := from; x < to; x++ {
				sum += s.v[at+x*step]
			}
			lines[i][cell] = sum / float32(to-from)
		}
	}
	return lines
}

// reflected tells whether lines i and twice-i are alike, all the way to the edge, more
// than lines as far apart on the inside.
func reflected(lines [][mirrorCells]float32, twice int) bool {
	var alike, apart float32
	n := 0
	for i := (twice+1)/2 - 1; i >= 0; i-- {
		far := twice - i
		if far >= len(lines) {
			break
		}
		other := min(far+far-i, len(lines)-1)
		alike += unlike(&lines[i], &lines[far])
		apart += unlike(&lines[far], &lines[other])
		n++
		if n >= 6 && alike > 3*mirrorLike*apart {
			return false
		}
	}
	return n > 0 && apart/float32(n) >= mirrorDetail && alike <= mirrorLike*apart
}

func unlike(a, b *[mirrorCells]float32) float32 {
	var sum float32
	for i := range a {
		sum += abs(a[i] - b[i])
	}
	return sum / mirrorCells
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }
