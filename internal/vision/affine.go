package vision

import "math"

// Affine is the map (x, y) -> (A*x + B*y + C, D*x + E*y + F).
type Affine struct{ A, B, C, D, E, F float64 }

// Apply maps a point.
func (m Affine) Apply(p Point) Point {
	x, y := float64(p.X), float64(p.Y)
	return Point{float32(m.A*x + m.B*y + m.C), float32(m.D*x + m.E*y + m.F)}
}

// Then gives the map that does m first and n after it.
func (m Affine) Then(n Affine) Affine {
	return Affine{
		A: n.A*m.A + n.B*m.D, B: n.A*m.B + n.B*m.E, C: n.A*m.C + n.B*m.F + n.C,
		D: n.D*m.A + n.E*m.D, E: n.D*m.B + n.E*m.E, F: n.D*m.C + n.E*m.F + n.F,
	}
}

// Inverse gives the map back; false when there is none.
func (m Affine) Inverse() (Affine, bool) {
	det := m.A*m.E - m.B*m.D
	if !(math.Abs(det) > 1e-12) || math.IsInf(det, 0) {
		return Affine{}, false
	}
	a, b, d, e := m.E/det, -m.B/det, -m.D/det, m.A/det
	return Affine{A: a, B: b, C: -(a*m.C + b*m.F), D: d, E: e, F: -(d*m.C + e*m.F)}, true
}

// Scale gives the factor by which the map stretches lengths, on average over
// directions.
func (m Affine) Scale() float64 { return math.Sqrt(math.Abs(m.A*m.E - m.B*m.D)) }

// Onto maps the pixels of a target of width x height onto a box, so that the
// edges of the target fall on the edges of the box.
func Onto(b Box, width, height int) Affine {
	sx, sy := float64(b.W)/float64(width), float64(b.H)/float64(height)
	return Affine{A: sx, C: float64(b.X) + (sx-1)/2, E: sy, F: float64(b.Y) + (sy-1)/2}
}

// OntoSquare maps the pixels of a square target onto a square of the picture
// with that centre and side, turned clockwise by angle (radians).
func OntoSquare(center Point, side, angle float64, pixels int) Affine {
	s := side / float64(pixels)
	sin, cos := math.Sincos(angle)
	a, b := s*cos, -s*sin
	d, e := s*sin, s*cos
	mid := float64(pixels-1) / 2
	return Affine{
		A: a, B: b, C: float64(center.X) - (a+b)*mid,
		D: d, E: e, F: float64(center.Y) - (d+e)*mid,
	}
}

// Similarity gives the map of rotation, one scale and shift that brings the
// points from nearest to the points to, by least squares. It is false when the
// points do not determine one: all in one place, or not numbers.
func Similarity(from, to []Point) (Affine, bool) {
	n := float64(len(from))
	var fx, fy, tx, ty float64
	for i := range from {
		fx, fy = fx+float64(from[i].X)/n, fy+float64(from[i].Y)/n
		tx, ty = tx+float64(to[i].X)/n, ty+float64(to[i].Y)/n
	}
	var dot, cross, norm float64
	for i := range from {
		x, y := float64(from[i].X)-fx, float64(from[i].Y)-fy
		u, v := float64(to[i].X)-tx, float64(to[i].Y)-ty
		dot += x*u + y*v
		cross += x*v - y*u
		norm += x*x + y*y
	}
	a, b := dot/norm, cross/norm
	m := Affine{A: a, B: -b, C: tx - a*fx + b*fy, D: b, E: a, F: ty - b*fx - a*fy}
	_, ok := m.Inverse()
	return m, ok && norm > 1e-9
}
