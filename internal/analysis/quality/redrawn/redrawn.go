// Package redrawn tells whether the face in one frame is that of another frame, only
// pulled into a different shape. A photo that is turned, bent, moved nearer or animated by
// software shows nothing in the end that it did not show at the beginning: whatever the
// shape, a smooth map carries the one frame onto the other. A head that turns shows
// the side of its nose and its cheek and hides the other, light runs over it, and a mouth
// that smiles shows teeth and folds: no map explains that.
package redrawn

import (
	"math"
	"slices"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

const (
	side   = 200  // of the square in which faces are laid over each other, pixels
	extent = 130  // of the face in it
	levels = 4    // of the pyramid, halves
	window = 6    // half a window of the map, pixels
	light  = 12   // half a window over which light is evened out
	patch  = 6    // half a patch that is compared
	rounds = 5    // by level
	plain  = 100  // variance of a patch below which it shows nothing
	flat   = 9    // variance of the light's window that is taken for noise
	least  = 2000 // places that must show something
)

// Frame is a picture and the mesh on the face in it.
type Frame struct {
	Image *vision.Image
	Mesh  *model.Mesh
}

// Likeness tells how much of the face in the last frame is explained by the face in the
// first one: the median correlation of their patches, once the first is pulled onto the
// last, 1 where the map explains all. The frames between lead the map. NaN where nothing
// can be compared.
func Likeness(frames []Frame) float64 {
	if len(frames) < 2 {
		return math.NaN()
	}
	last, ok := square(frames[0].Mesh)
	if !ok {
		return math.NaN()
	}
	face := drawn(frames[0].Image, last)
	var found field // where in the square of the first face
	var calm, shown *plane
	for i, f := range frames[1:] {
		onto, ok := square(f.Mesh)
		back, led := affine(f.Mesh, frames[i].Mesh)
		in, flat := last.Inverse()
		if !ok || !led || !flat {
			return math.NaN()
		}
		found, last = found.after(onto.Then(back).Then(in)), onto
		finest := 1
		if i == len(frames)-2 {
			finest = 0
		}
		shown = evened(drawn(f.Image, onto))
		found = found.through(flow(evened(face.pulled(found)), shown, finest))
		calm = evened(face.pulled(found))
	}
	return correlation(shown, calm, inside(last, frames[len(frames)-1].Mesh))
}

// square maps the square onto the face.
func square(m *model.Mesh) (vision.Affine, bool) {
	low, high := m.Points[0], m.Points[0]
	for _, p := range m.Points {
		low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
		high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
	}
	size := float64(max(high.X-low.X, high.Y-low.Y))
	centre := vision.Point{X: (low.X + high.X) / 2, Y: (low.Y + high.Y) / 2}
	return vision.OntoSquare(centre, size*side/extent, 0, side), size > 0 && !math.IsInf(size, 0)
}

// affine maps the points of one mesh onto those of another, by least squares.
func affine(from, to *model.Mesh) (vision.Affine, bool) {
	var mean, meanTo [2]float64
	n := float64(len(from.Points))
	for i, p := range from.Points {
		q := to.Points[i]
		mean[0], mean[1] = mean[0]+float64(p.X)/n, mean[1]+float64(p.Y)/n
		meanTo[0], meanTo[1] = meanTo[0]+float64(q.X)/n, meanTo[1]+float64(q.Y)/n
	}
	var xx, xy, yy, xu, yu, xv, yv float64
	for i, p := range from.Points {
		x, y := float64(p.X)-mean[0], float64(p.Y)-mean[1]
		u, v := float64(to.Points[i].X)-meanTo[0], float64(to.Points[i].Y)-meanTo[1]
		xx, xy, yy = xx+x*x, xy+x*y, yy+y*y
		xu, yu, xv, yv = xu+x*u, yu+y*u, xv+x*v, yv+y*v
	}
	det := xx*yy - xy*xy
	if !(det > 0) {
		return vision.Affine{}, false
	}
	m := vision.Affine{A: (xu*yy - yu*xy) / det, B: (yu*xx - xu*xy) / det, D: (xv*yy - yv*xy) / det, E: (yv*xx - xv*xy) / det}
	m.C, m.F = meanTo[0]-m.A*mean[0]-m.B*mean[1], meanTo[1]-m.D*mean[0]-m.E*mean[1]
	return m, true
}

// drawn gives the brightness of a picture in the square. Where the picture is finer
// several of its pixels are averaged.
func drawn(im *vision.Image, onto vision.Affine) *plane {
	const most = 6
	n := min(max(int(math.Ceil(max(math.Hypot(onto.A, onto.D), math.Hypot(onto.B, onto.E)))), 1), most)
	out := newPlane(side)
	for y := range side {
		for x := range side {
			sum := float32(0)
			for j := range n {
				for i := range n {
					dx, dy := (float64(i)+0.5)/float64(n)-0.5, (float64(j)+0.5)/float64(n)-0.5
					fx, fy := float64(x)+dx, float64(y)+dy
					sum += brightness(im, onto.A*fx+onto.B*fy+onto.C, onto.D*fx+onto.E*fy+onto.F)
				}
			}
			out.v[y*side+x] = sum / float32(n*n)
		}
	}
	return out.blurred(1)
}

// brightness of a picture between its pixels; beyond it that of its edge.
func brightness(im *vision.Image, x, y float64) float32 {
	x, y = min(max(x, 0), float64(im.Width-1)), min(max(y, 0), float64(im.Height-1))
	x0, y0 := min(int(x), max(im.Width-2, 0)), min(int(y), max(im.Height-2, 0))
	fx, fy := float32(x)-float32(x0), float32(y)-float32(y0)
	at := func(x, y int) float32 {
		p := im.Pix[3*(min(y, im.Height-1)*im.Width+min(x, im.Width-1)):][:3]
		return 0.299*float32(p[0]) + 0.587*float32(p[1]) + 0.114*float32(p[2])
	}
	return (at(x0, y0)*(1-fx)+at(x0+1, y0)*fx)*(1-fy) + (at(x0, y0+1)*(1-fx)+at(x0+1, y0+1)*fx)*fy
}

// evened takes the light out: every place has mean 0 and the same contrast around it.
func evened(p *plane) *plane {
	mean := p.blurred(light)
	square := newPlane(p.side)
	for i, v := range p.v {
		d := v - mean.v[i]
		square.v[i] = d * d
	}
	square = square.blurred(light)
	out := newPlane(p.side)
	for i, v := range p.v {
		out.v[i] = min(max(40*(v-mean.v[i])/float32(math.Sqrt(float64(square.v[i]+flat))), -127), 127)
	}
	return out
}

// correlation is the median, over what is inside and shows something, of the correlations
// of patches.
func correlation(a, b *plane, inside []bool) float64 {
	product := func(p, q *plane) *plane {
		out := newPlane(p.side)
		for i := range p.v {
			out.v[i] = p.v[i] * q.v[i]
		}
		return out.blurred(patch)
	}
	ma, mb, aa, bb, ab := a.blurred(patch), b.blurred(patch), product(a, a), product(b, b), product(a, b)
	var all []float64
	for i, in := range inside {
		va, vb := aa.v[i]-ma.v[i]*ma.v[i], bb.v[i]-mb.v[i]*mb.v[i]
		if in && va > plain {
			all = append(all, float64(ab.v[i]-ma.v[i]*mb.v[i])/math.Sqrt(float64(va)*float64(max(vb, 1))))
		}
	}
	if len(all) < least {
		return math.NaN()
	}
	slices.Sort(all)
	return all[len(all)/2]
}
