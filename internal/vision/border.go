package vision

import (
	"image"
	"math"
)

// Margins are the depths of four strips along the edges of a picture, as shares of its
// height (Top, Bottom) and width (Left, Right).
type Margins struct{ Top, Right, Bottom, Left float64 }

// Paired gives the margins that have one across.
func (m Margins) Paired() Margins {
	if m.Top == 0 || m.Bottom == 0 {
		m.Top, m.Bottom = 0, 0
	}
	if m.Left == 0 || m.Right == 0 {
		m.Left, m.Right = 0, 0
	}
	return m
}

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
	borderSide   = 320  // to about which the longer side of a picture is brought
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
	rows := levels{g, g.half(), nil}
	rows[2] = rows[1].half()
	columns := levels{rows[0].turned(), rows[1].turned(), rows[2].turned()}
	f, s := face.Clip(im.Width, im.Height), float32(k)
	var plain, faint [4]float64
	found := 0
	for i, edge := range []struct {
		strip
		limit float32
	}{
		{strip{rows, false}, f.Y}, {strip{rows, true}, float32(im.Height) - f.Y - f.H},
		{strip{columns, false}, f.X}, {strip{columns, true}, float32(im.Width) - f.X - f.W},
	} {
		depth := edge.levels[0].h
		p, f := edge.border(min(int(edge.limit/s), depth/2))
		plain[i], faint[i] = float64(p)/float64(depth), float64(f)/float64(depth)
		if f > 0 {
			found++
		}
	}
	if found > 1 {
		plain = faint
	}
	return Margins{Top: plain[0], Bottom: plain[1], Left: plain[2], Right: plain[3]}
}

// grey is the luma of a picture, averaged over cells of a few pixels.
type grey struct {
	w, h int
	v    []float32
}

func greyOf(im *Image, k int) *grey {
	if k == 2 {
		return halfGrey(im)
	}
	if k > 1 {
		w, h := im.Width/k*k, im.Height/k*k
		im = average(im, image.Rect(0, 0, w, h), k)
	}
	g := &grey{w: im.Width, h: im.Height, v: make([]float32, im.Width*im.Height)}
	for i := range g.v {
		p := im.Pix[3*i : 3*i+3]
		g.v[i] = grade(int(p[0]), int(p[1]), int(p[2]))
	}
	return g
}

// halfGrey is greyOf for cells of 2 x 2, those of webcams: several times as fast.
func halfGrey(im *Image) *grey {
	g := &grey{w: im.Width / 2, h: im.Height / 2, v: make([]float32, (im.Width/2)*(im.Height/2))}
	for y := range g.h {
		upper, lower := im.Pix[6*y*im.Width:][:6*g.w], im.Pix[(6*y+3)*im.Width:][:6*g.w]
		row := g.v[y*g.w : (y+1)*g.w]
		for x := range row {
			p, q := upper[6*x:6*x+6:6*x+6], lower[6*x:6*x+6:6*x+6]
			mean := func(c int) int { return (int(p[c]) + int(p[c+3]) + int(q[c]) + int(q[c+3]) + 2) / 4 }
			row[x] = grade(mean(0), mean(1), mean(2))
		}
	}
	return g
}

// grade is the grey level of a colour.
func grade(r, g, b int) float32 { return float32(77*r+150*g+29*b) / 256 }

// half gives the means of cells of 2 x 2.
func (g *grey) half() *grey {
	out := &grey{w: g.w / 2, h: g.h / 2, v: make([]float32, (g.w/2)*(g.h/2))}
	for y := range out.h {
		a, b := g.v[2*y*g.w:(2*y+1)*g.w], g.v[(2*y+1)*g.w:(2*y+2)*g.w]
		row := out.v[y*out.w : (y+1)*out.w]
		for x := range row {
			row[x] = (a[2*x] + a[2*x+1] + b[2*x] + b[2*x+1]) / 4
		}
	}
	return out
}

// turned swaps rows and columns.
func (g *grey) turned() *grey {
	out := &grey{w: g.h, h: g.w, v: make([]float32, len(g.v))}
	for y := range g.h {
		for x, v := range g.v[y*g.w : (y+1)*g.w] {
			out.v[x*g.h+y] = v
		}
	}
	return out
}

// levels are a picture and its halves, in cells of 1, 2 and 4.
type levels [3]*grey

// strip sees a picture from its first row inwards, or from its last.
type strip struct {
	levels
	last bool
}

// line gives row i from the edge, in cells of a level.
func (s strip) line(level, i int) []float32 {
	g := s.levels[level]
	if s.last {
		i = g.h - 1 - i
	}
	return g.v[i*g.w : (i+1)*g.w]
}

// border gives the depth of an artificial border in lines, 0 for none, looked for up to
// line limit: of one that is plain by itself, and of one that may be by chance.
func (s strip) border(limit int) (plain, faint int) {
	least := max(int(borderLeast*float64(s.levels[0].h)), 6)
	for level, l := range [len(s.levels)]look{{gap: 2, near: 5, deep: 24, grain: 0.8}, {gap: 1, near: 3, deep: 12, grain: 1}, {gap: 1, near: 2, deep: 6, grain: 2}} {
		cell := 1 << level
		d := s.details(limit/cell+l.gap+l.deep+2, level)
		for seam := limit / cell; seam >= max(least/cell, l.gap+l.near+1); seam-- {
			c := d.jump(seam, l)
			if c != no {
				faint = max(faint, seam*cell)
			}
			if c == certain && level == 0 {
				plain = seam
			}
			if plain > 0 || level > 0 && faint > 0 {
				break
			}
		}
	}
	if plain == 0 {
		plain = s.mirror(least, limit)
	}
	return plain, max(plain, faint)
}

// look says at which detail a border is looked for, in cells of a level.
type look struct {
	gap   int     // lines on either side of a seam that scaling may have mixed
	near  int     // lines that must change at the seam already
	deep  int     // lines inside the seam that a border is compared with, at most
	grain float32 // grey levels of detail below which a part of a line is plain
}

// details are sums of the detail across the lines of a strip, by part: sums[i] over the
// lines before i.
type details [][borderParts]float32

func (s strip) details(lines, level int) details {
	g := s.levels[level]
	lines = min(lines, g.h)
	d := make(details, max(lines, 1))
	for i := 2; i < lines; i++ {
		a, b, c := s.line(level, i-2), s.line(level, i-1), s.line(level, i)
		d[i] = d[i-1]
		for part := range borderParts {
			from, to := part*g.w/borderParts, (part+1)*g.w/borderParts
			a, b, c := a[from:to], b[from:to], c[from:to]
			var sum float32
			for x, v := range b {
				sum += abs(a[x] + c[x] - 2*v)
			}
			d[i][part] += sum / float32(to-from)
		}
	}
	return d
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
	lines := make([][mirrorCells]float32, min(2*limit+2, s.levels[0].h))
	for i := range lines {
		lines[i] = coarse(s.line(0, i))
	}
	for twice := 2 * limit; twice >= 2*least; twice-- {
		if reflected(lines, twice) {
			return twice / 2
		}
	}
	return 0
}

// coarse gives a line as a few means.
func coarse(line []float32) (out [mirrorCells]float32) {
	for cell := range out {
		part := line[cell*len(line)/mirrorCells : (cell+1)*len(line)/mirrorCells]
		var sum float32
		for _, v := range part {
			sum += v
		}
		out[cell] = sum / float32(len(part))
	}
	return out
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

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }
