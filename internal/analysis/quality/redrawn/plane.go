package redrawn

import (
	"math"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// plane is a square of numbers.
type plane struct {
	side int
	v    []float32
}

func newPlane(side int) *plane { return &plane{side, make([]float32, side*side)} }

// at gives the number between places; beyond the square that of its edge.
func (p *plane) at(x, y float32) float32 {
	most := float32(p.side - 1)
	x, y = min(max(x, 0), most), min(max(y, 0), most)
	x0, y0 := min(int(x), p.side-2), min(int(y), p.side-2)
	fx, fy := x-float32(x0), y-float32(y0)
	r := p.v[y0*p.side+x0:]
	return (r[0]*(1-fx)+r[1]*fx)*(1-fy) + (r[p.side]*(1-fx)+r[p.side+1]*fx)*fy
}

// blurred gives the means of the windows of so many places to each side, of what of them
// lies in the square.
func (p *plane) blurred(half int) *plane {
	n := p.side
	rows, out := newPlane(n), newPlane(n)
	mean := func(from, to []float32, stride int) {
		sum, low, high := float64(0), 0, 0
		for i := range n {
			for ; high < n && high <= i+half; high++ {
				sum += float64(from[high*stride])
			}
			for ; low < i-half; low++ {
				sum -= float64(from[low*stride])
			}
			to[i*stride] = float32(sum / float64(high-low))
		}
	}
	for y := range n {
		mean(p.v[y*n:], rows.v[y*n:], 1)
	}
	for x := range n {
		mean(rows.v[x:], out.v[x:], n)
	}
	return out
}

// halved gives a square of half the side.
func (p *plane) halved() *plane {
	out := newPlane(p.side / 2)
	for y := range out.side {
		for x := range out.side {
			r := p.v[2*y*p.side+2*x:]
			out.v[y*out.side+x] = (r[0] + r[1] + r[p.side] + r[p.side+1]) / 4
		}
	}
	return out
}

// field is a map of a square: where, or how far right and down of a place, what lies there
// is found.
type field struct{ right, down *plane }

// after gives the map to places that does m first, and m alone where there is none yet.
func (f field) after(m vision.Affine) field {
	out := field{newPlane(side), newPlane(side)}
	for y := range side {
		for x := range side {
			i := y*side + x
			u, v := float32(m.A*float64(x)+m.B*float64(y)+m.C), float32(m.D*float64(x)+m.E*float64(y)+m.F)
			if f.right != nil {
				u, v = f.right.at(u, v), f.down.at(u, v)
			}
			out.right.v[i], out.down.v[i] = u, v
		}
	}
	return out
}

// through gives the map to places that goes by some steps first.
func (f field) through(step field) field {
	out := field{newPlane(side), newPlane(side)}
	for y := range side {
		for x := range side {
			i := y*side + x
			u, v := float32(x)+step.right.v[i], float32(y)+step.down.v[i]
			out.right.v[i], out.down.v[i] = f.right.at(u, v), f.down.at(u, v)
		}
	}
	return out
}

// doubled gives the map of a square of twice the side, or of one place more.
func (f field) doubled(side int) field {
	out := field{newPlane(side), newPlane(side)}
	for y := range side {
		for x := range side {
			u, v := (float32(x)-0.5)/2, (float32(y)-0.5)/2
			out.right.v[y*side+x], out.down.v[y*side+x] = 2*f.right.at(u, v), 2*f.down.at(u, v)
		}
	}
	return out
}

// pulled gives what the map to places brings to each place.
func (p *plane) pulled(f field) *plane {
	out := newPlane(p.side)
	for i := range out.v {
		out.v[i] = p.at(f.right.v[i], f.down.v[i])
	}
	return out
}

// stepped gives what lies a step from each place.
func (p *plane) stepped(f field) *plane {
	out := newPlane(p.side)
	for y := range p.side {
		for x := range p.side {
			i := y*p.side + x
			out.v[i] = p.at(float32(x)+f.right.v[i], float32(y)+f.down.v[i])
		}
	}
	return out
}

// flow finds the smooth steps that pull a onto b (Lucas and Kanade, from coarse to fine); the
// finest halving of which is left out where it need not be exact.
func flow(a, b *plane, finest int) field {
	as, bs := []*plane{a}, []*plane{b}
	for i := range levels - 1 {
		as, bs = append(as, as[i].halved()), append(bs, bs[i].halved())
	}
	coarse := as[levels-1].side
	f := field{newPlane(coarse), newPlane(coarse)}
	for i := levels - 1; i >= finest; i-- {
		if as[i].side != f.right.side {
			f = f.doubled(as[i].side)
		}
		for range rounds {
			f.step(as[i], bs[i])
		}
	}
	if f.right.side != a.side {
		f = f.doubled(a.side)
	}
	return f
}

// step improves a map once, by no more than a place.
func (f field) step(a, b *plane) {
	n := a.side
	w := a.stepped(f)
	var xx, xy, yy, xt, yt = newPlane(n), newPlane(n), newPlane(n), newPlane(n), newPlane(n)
	for y := range n {
		up, down := max(y-1, 0)*n, min(y+1, n-1)*n
		for x := range n {
			i := y*n + x
			gx := (w.v[y*n+min(x+1, n-1)] - w.v[y*n+max(x-1, 0)]) / 2
			gy := (w.v[down+x] - w.v[up+x]) / 2
			d := b.v[i] - w.v[i]
			xx.v[i], xy.v[i], yy.v[i], xt.v[i], yt.v[i] = gx*gx, gx*gy, gy*gy, gx*d, gy*d
		}
	}
	half := max(min(window, n/8), 2)
	xx, xy, yy, xt, yt = xx.blurred(half), xy.blurred(half), yy.blurred(half), xt.blurred(half), yt.blurred(half)
	const still = 4 // draws places that show nothing to rest
	for i := range f.right.v {
		p, q, r := xx.v[i]+still, xy.v[i], yy.v[i]+still
		det := p*r - q*q
		f.right.v[i] += min(max((r*xt.v[i]-q*yt.v[i])/det, -1), 1)
		f.down.v[i] += min(max((p*yt.v[i]-q*xt.v[i])/det, -1), 1)
	}
	*f.right, *f.down = *f.right.blurred(2), *f.down.blurred(2)
}

// inside tells for each place of the square whether it lies within the outline of the
// mesh: the hull of its points.
func inside(onto vision.Affine, m *model.Mesh) []bool {
	out := make([]bool, side*side)
	hull, ok := outline(onto, m)
	if !ok {
		return out
	}
	for y := range side {
		for x := range side {
			in := true
			for i, p := range hull {
				q := hull[(i+1)%len(hull)]
				in = in && (q[0]-p[0])*(float64(y)-p[1])-(q[1]-p[1])*(float64(x)-p[0]) >= 0
			}
			out[y*side+x] = in
		}
	}
	return out
}

// outline is the hull of the points of the mesh in the square, in order.
func outline(onto vision.Affine, m *model.Mesh) ([][2]float64, bool) {
	back, ok := onto.Inverse()
	if !ok {
		return nil, false
	}
	var points [][2]float64
	for _, p := range m.Points {
		q := back.Apply(p)
		points = append(points, [2]float64{float64(q.X), float64(q.Y)})
	}
	first := points[0]
	for _, p := range points {
		if p[0] < first[0] {
			first = p
		}
	}
	var hull [][2]float64
	for at := first; len(hull) <= len(points); {
		hull = append(hull, at)
		next := points[0]
		for _, p := range points {
			turn := (next[0]-at[0])*(p[1]-at[1]) - (next[1]-at[1])*(p[0]-at[0])
			far := math.Hypot(p[0]-at[0], p[1]-at[1]) > math.Hypot(next[0]-at[0], next[1]-at[1])
			if next == at || turn < 0 || turn == 0 && far {
				next = p
			}
		}
		if at = next; at == first {
			break
		}
	}
	return hull, len(hull) > 2
}

// Apart is how far the points of two meshes lie from each other at most, place and size
// aside, in lengths of the face.
func Apart(a, b *model.Mesh) float64 {
	at := func(m *model.Mesh, i int) (x, y float64) {
		of := func(i int) (float64, float64) { return float64(m.Points[i].X), float64(m.Points[i].Y) }
		x, y = of(i)
		nx, ny := of(168)
		rx, ry := of(234)
		lx, ly := of(454)
		tx, ty := of(10)
		bx, by := of(152)
		size := max(math.Hypot(rx-lx, ry-ly), math.Hypot(tx-bx, ty-by))
		return (x - nx) / size, (y - ny) / size
	}
	most := 0.0
	for i := range a.Points {
		ax, ay := at(a, i)
		bx, by := at(b, i)
		most = max(most, math.Hypot(ax-bx, ay-by))
	}
	return most
}
