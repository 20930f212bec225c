package model

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Eye is how one eye is held.
type Eye struct {
	Open   float64 // distance of the lids by that of the corners: some 0.3 open, 0.1 and less closed
	Across float64 // where the iris lies from the outer corner, 0, to the inner one, 1
	Down   float64 // how far it lies below the line of the corners, in their distance
}

// Eyes are both, of the subject's right and left side.
type Eyes struct{ Right, Left Eye }

// Iris looks closely at the eyes.
type Iris interface {
	Ref() bonafide.ModelRef
	// Eyes looks at the eyes of the face on which the mesh lies, in the same picture.
	Eyes(ctx context.Context, im *vision.Image, m *Mesh) (Eyes, error)
}

// irisParams are the params of the decoder iris: none.
type irisParams struct{}

func (irisParams) check() error { return nil }

// iris is the decoder of MediaPipe's iris network: on a square around one eye, turned so
// that its corners are level, 76 points with depth in pixels of the input. It knows the
// eye of one side; the other one is shown to it mirrored.
type iris struct{ *network }

func newIris(_ *loader, n *network, _ irisParams) *iris { return &iris{n} }

// The corners of the eyes in the mesh.
const (
	rightOuter, rightInner = 33, 133
	leftOuter, leftInner   = 263, 362
)

// Eyes looks at one after the other.
func (i *iris) Eyes(ctx context.Context, im *vision.Image, m *Mesh) (Eyes, error) {
	right, err := i.eye(ctx, im, i.square(m.Points[rightOuter], m.Points[rightInner]))
	if err != nil {
		return Eyes{}, err
	}
	side := float64(i.card.Input.Width)
	mirror := vision.Affine{A: -1, C: side - 1, E: 1}
	left, err := i.eye(ctx, im, mirror.Then(i.square(m.Points[leftInner], m.Points[leftOuter])))
	return Eyes{Right: right, Left: left}, err
}

// square gives the input around an eye with its corners at a, which lies left in the
// picture, and b.
func (i *iris) square(a, b vision.Point) vision.Affine {
	dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
	middle := vision.Point{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2}
	return vision.OntoSquare(middle, i.card.Input.BoxScale*math.Hypot(dx, dy), math.Atan2(dy, dx), i.card.Input.Width)
}

// eye reads the points of the contour (corners 0 and 8, lids 3 to 5 below and 11 to 13
// above) and of the middle of the iris.
func (i *iris) eye(ctx context.Context, im *vision.Image, square vision.Affine) (Eye, error) {
	const points, iris = 76, 71
	out, err := i.runOn(ctx, im, square)
	if err != nil {
		return Eye{}, err
	}
	if len(out) != 1 || len(out[0].Data) != 3*points {
		return Eye{}, i.unfit("76 points")
	}
	at := func(n int) (x, y float64) { return float64(out[0].Data[3*n]), float64(out[0].Data[3*n+1]) }
	apart := func(a, b int) float64 {
		ax, ay := at(a)
		bx, by := at(b)
		return math.Hypot(ax-bx, ay-by)
	}
	width := apart(0, 8)
	x0, y0 := at(0)
	x8, y8 := at(8)
	x, y := at(iris)
	along := ((x-x0)*(x8-x0) + (y-y0)*(y8-y0)) / (width * width)
	across := ((x8-x0)*(y-y0) - (y8-y0)*(x-x0)) / (width * width)
	e := Eye{Open: (apart(3, 11) + apart(4, 12) + apart(5, 13)) / 3 / width, Across: along, Down: across}
	if math.IsNaN(e.Open + e.Across + e.Down) {
		return Eye{}, fmt.Errorf("model %s: an eye is not a number", i.card.Name)
	}
	return e, nil
}
