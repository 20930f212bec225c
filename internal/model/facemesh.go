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
	// SureFlag is the flag from which on a face that the detector thinks plain may be
	// upright in the input beyond doubt, and SureMiss how far, in distances of the eyes,
	// the detector's points may then lie from those of the mesh. Faces that stand on
	// their head reach high flags, too, but then both do not agree where the eyes are.
	SureFlag float32 `json:"sure_flag"`
	SureMiss float64 `json:"sure_miss"`
	// LeastFlag is the least flag of a face that may be compared where all directions
	// were tried, LeastMargin by how much, in log-odds, it must surpass those of the
	// others, and SureMargin from when on that leaves no doubt. Backlit faces have low
	// flags in all directions and the highest one in the right direction all the same.
	LeastFlag   float32 `json:"least_flag"`
	LeastMargin float64 `json:"least_margin"`
	SureMargin  float64 `json:"sure_margin"`
	// LevelDeg is how far from level the eyes may lie in the input. Points of faces
	// that lie farther are drawn towards the level.
	LevelDeg float64 `json:"level_deg"`
}

func (p facemeshParams) check() error {
	if !(math.Abs(p.PitchOffsetDeg) <= 45) {
		return errors.New("pitch_offset_deg is out of range")
	}
	if !(p.LeastFlag > 0 && p.LeastFlag <= p.SureFlag && p.SureFlag < 1) {
		return errors.New("least_flag and sure_flag must lie between 0 and 1, in order")
	}
	if !(p.LeastMargin > 0 && p.LeastMargin <= p.SureMargin) {
		return errors.New("least_margin and sure_margin must be positive, in order")
	}
	if !(p.LevelDeg > 0 && p.LevelDeg <= 180 && p.SureMiss > 0) {
		return errors.New("level_deg or sure_miss is out of range")
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
	m, sound, err := l.level(ctx, im, f, f.roll())
	if err != nil {
		return nil, err
	}
	m.Sure = sound && f.Plain && m.Flag >= l.params.SureFlag && f.miss(m) <= l.params.SureMiss
	m.Verified, m.Margin = m.Sure, m.odds()
	return m, nil
}

// directions is how many Rolled tries. The network copes with 30 degrees.
const directions = 8

// Rolled places the mesh in all directions, see Landmarker.
func (l *facemesh) Rolled(ctx context.Context, im *vision.Image, f Face) (*Mesh, error) {
	var meshes [directions]*Mesh
	var best *Mesh
	for i := range meshes {
		m, sound, err := l.level(ctx, im, f, f.roll()+2*math.Pi*float64(i)/directions)
		if err != nil {
			return nil, err
		}
		m.Verified = sound && m.Flag >= l.params.LeastFlag
		if meshes[i] = m; best == nil || m.over(best) {
			best = m
		}
	}
	best.Margin = 2 * mostOdds
	for _, m := range meshes {
		// Neighbouring directions may end in the same place.
		if apart := math.Abs(math.Remainder(m.Pose.RollDeg-best.Pose.RollDeg, 360)); !(apart <= 60) {
			best.Margin = min(best.Margin, best.odds()-m.odds())
		}
	}
	best.Verified = best.Verified && best.Margin >= l.params.LeastMargin
	best.Sure = best.Verified && best.Margin >= l.params.SureMargin
	return best, nil
}

// over tells whether m is more certain than n.
func (m *Mesh) over(n *Mesh) bool {
	if m.Verified != n.Verified {
		return m.Verified
	}
	return m.odds() > n.odds()
}

// mostOdds is what a float32 next to 1 stands for in log-odds.
const mostOdds = 16

// odds gives the log-odds of the flag.
func (m *Mesh) odds() float64 {
	return min(max(math.Log(float64(m.Flag)/(1-float64(m.Flag))), -mostOdds), mostOdds)
}

// roll gives the direction of the eyes in radians.
func (f *Face) roll() float64 {
	right, left := f.Points[0], f.Points[1]
	return math.Atan2(float64(left.Y-right.Y), float64(left.X-right.X))
}

// miss gives how far eyes and nose of the face lie from those of the mesh, on average
// and in distances of the eyes. Not every detector knows the corners of the mouth.
func (f *Face) miss(m *Mesh) float64 {
	apart := func(a, b vision.Point) float64 { return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) }
	sum := 0.0
	for i := range 3 {
		sum += apart(f.Points[i], m.Align[i])
	}
	return sum / 3 / apart(m.Align[0], m.Align[1])
}

// levellings is how often the input is turned again at most. From 45 degrees two
// bring the eyes within 3 degrees of level.
const levellings = 3

// level places the mesh with the input turned clockwise by angle (radians), and again
// until the eyes are level in it. The mesh is sound where they are in the end, and
// where the points lie as those of a face can.
func (l *facemesh) level(ctx context.Context, im *vision.Image, f Face, angle float64) (m *Mesh, sound bool, err error) {
	for n := 0; ; n++ {
		if m, err = l.place(ctx, im, f, angle); err != nil {
			return nil, false, err
		}
		off := math.Remainder(m.Pose.RollDeg-angle*180/math.Pi, 360)
		if level := math.Abs(off) <= l.params.LevelDeg; level || n == levellings || math.IsNaN(off) {
			return m, level && m.upright(angle), nil
		}
		angle = m.Pose.RollDeg * math.Pi / 180
	}
}

// place looks at the face once, with the input turned clockwise by angle (radians).
func (l *facemesh) place(ctx context.Context, im *vision.Image, f Face, angle float64) (*Mesh, error) {
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

// upright tells whether the points lie as those of a face do that is turned
// clockwise by angle (radians): the right eye left of the left one, the mouth below
// both by a length that a face can have, the nose nearer to the eyes than the chin.
func (m *Mesh) upright(angle float64) bool {
	sin, cos := math.Sincos(angle)
	at := func(p vision.Point) (x, y float64) {
		return float64(p.X)*cos + float64(p.Y)*sin, float64(p.Y)*cos - float64(p.X)*sin
	}
	rx, ry := at(m.Align[0])
	lx, ly := at(m.Align[1])
	_, nose := at(m.Align[2])
	_, mouthRight := at(m.Align[3])
	_, mouthLeft := at(m.Align[4])
	_, chin := at(m.Points[152])
	eyes, mouth := (ry+ly)/2, (mouthRight+mouthLeft)/2
	width, height := lx-rx, mouth-eyes
	return width > 0 && height > width/3 && height < 6*width && nose > eyes && nose < chin && mouth < chin
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

// Face gives the face as one that was found where the mesh lies, to place the mesh on the
// next picture of a movement.
func (m *Mesh) Face() Face { return Face{Box: m.extent(), Score: m.Flag, Points: m.Align} }

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
