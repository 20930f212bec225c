package model

import (
	"context"
	"errors"
	"math"

	"github.com/bonafide-id/bonafide/internal/vision"
)

// facemeshParams are the params of the decoder facemesh.
type facemeshParams struct {
	// PitchOffsetDeg is what the mesh of a face held straight gives as pitch.
	PitchOffsetDeg float64 `json:"pitch_offset_deg"`
}

func (p facemeshParams) check() error {
	if !(math.Abs(p.PitchOffsetDeg) <= 45) {
		return errors.New("pitch_offset_deg is out of range")
	}
	return nil
}

// facemesh is the decoder of MediaPipe's FaceMesh: on a square turned so that the
// eyes are level, 468 points with depth in pixels of the input, and the
// probability that there is a face.
type facemesh struct {
	*network
	params facemeshParams
}

func newFacemesh(_ *loader, n *network, p facemeshParams) *facemesh {
	return &facemesh{network: n, params: p}
}

// Landmarks places the mesh. The face must have been found in this picture.
func (l *facemesh) Landmarks(ctx context.Context, im *vision.Image, f Face) (*Mesh, error) {
	if f.mesh != nil {
		return f.mesh, nil
	}
	right, left := f.Points[0], f.Points[1]
	angle := math.Atan2(float64(left.Y-right.Y), float64(left.X-right.X))
	side := l.card.Input.BoxScale * float64(max(f.Box.W, f.Box.H))
	square := vision.OntoSquare(f.Box.Center(), side, angle, l.card.Input.Width)
	out, err := l.runOn(ctx, im, square)
	if err != nil {
		return nil, err
	}
	mesh := &Mesh{}
	if len(out) != 2 || len(out[0].Data) != 3*len(mesh.Points) || len(out[1].Data) != 1 {
		return nil, l.unfit("468 points and a flag")
	}
	mesh.Flag = out[1].Data[0]
	scale := float32(square.Scale())
	for i := range mesh.Points {
		p := out[0].Data[3*i : 3*i+3]
		// The network counts from the edge of the input, Affine from pixel centres.
		mesh.Points[i] = square.Apply(vision.Point{X: p[0] - 0.5, Y: p[1] - 0.5})
		mesh.Z[i] = p[2] * scale
	}
	mesh.Align = alignPoints(&mesh.Points)
	mesh.Pose = pose(mesh)
	mesh.Pose.PitchDeg -= l.params.PitchOffsetDeg
	return mesh, nil
}

// alignPoints takes the five points from the mesh: each eye is the mean of its
// corners and lids, the mouth its corners.
func alignPoints(m *[468]vision.Point) [5]vision.Point {
	mean := func(of ...int) vision.Point {
		var c vision.Point
		for _, i := range of {
			c.X += m[i].X / float32(len(of))
			c.Y += m[i].Y / float32(len(of))
		}
		return c
	}
	return [5]vision.Point{mean(33, 133, 159, 145), mean(362, 263, 386, 374), m[1], m[61], m[291]}
}

// extent gives the box that holds all points, on the grid of boxes.
func (m *Mesh) extent() vision.Box {
	low, high := m.Points[0], m.Points[0]
	for _, p := range m.Points {
		low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
		high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
	}
	return vision.Box{X: low.X + 0.5, Y: low.Y + 0.5, W: high.X - low.X, H: high.Y - low.Y}
}

// vector has x to the right, y down and z away from the camera.
type vector [3]float64

func (m *Mesh) vector(from, to int) vector {
	a, b := m.Points[from], m.Points[to]
	return vector{float64(b.X - a.X), float64(b.Y - a.Y), float64(m.Z[to] - m.Z[from])}
}

func (a vector) cross(b vector) vector {
	return vector{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// pose takes the axes of the head from the mesh: x from one edge of the face to
// the other, y from the top of the forehead to the chin made square to it. The
// head is turned first by pitch, then by yaw, then by roll.
func pose(m *Mesh) Pose {
	x := m.vector(234, 454)
	z := x.cross(m.vector(10, 152))
	y := z.cross(x)
	length := func(v vector) float64 { return math.Hypot(math.Hypot(v[0], v[1]), v[2]) }
	deg := 180 / math.Pi
	return Pose{
		YawDeg:   deg * math.Atan2(x[2], math.Hypot(x[0], x[1])),
		PitchDeg: deg * math.Atan2(-y[2]/length(y), z[2]/length(z)),
		RollDeg:  deg * math.Atan2(x[1], x[0]),
	}
}
