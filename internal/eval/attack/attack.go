// Package attack makes clips of a photo that is moved before a camera, or by software, as
// somebody would who has only the photo and is asked for a gesture. It knows no models but
// the mesh that lies on the photo.
package attack

import (
	"math"
	"slices"

	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Kind is one way of moving a photo.
type Kind struct {
	Name   string
	Family string // planar, bent, shifted or puppet, or one of Families
	make   func(*photo) motion

	// Of what is drawn: noise of the camera in levels, how much brighter the picture gets by
	// the movement, and the seed of both, 0 for neither.
	noise, shade float64
	seed         uint64
}

// photo is a picture with the place of the face in it.
type photo struct {
	im     *vision.Image
	mesh   *model.Mesh
	centre vision.Point // tip of the nose
	width  float64      // of the face in pixels
}

// motion gives, for a share of the movement from 0 to 1, where in the photo the camera
// looks at a point of the frame. Both count from the tip of the nose, in widths of the
// face; false is beyond the photo.
type motion func(share float64) func(x, y float64) (u, v float64, ok bool)

// away is how far the camera is, in widths of the face.
const away = 4.0

// Kinds lists them.
func Kinds() []Kind {
	plane := func(name string, p pose) Kind {
		return Kind{Name: name, Family: "planar", make: func(*photo) motion { return p.motion }}
	}
	bent := func(name string, radius, yaw float64) Kind {
		return Kind{Name: name, Family: "bent", make: func(*photo) motion { return cylinder(radius, yaw) }}
	}
	shift := func(name string, dx, dy float64) Kind {
		return Kind{Name: name, Family: "shifted", make: func(*photo) motion { return shifted(dx, dy) }}
	}
	puppet := func(name string, yaw, pitch float64) Kind {
		return Kind{Name: name, Family: "puppet", make: func(p *photo) motion { return animated(p, yaw, pitch) }}
	}
	return []Kind{
		plane("turned 15", pose{yaw: -15}), plane("turned 30", pose{yaw: 30}), plane("turned 45", pose{yaw: -45}), plane("turned 60", pose{yaw: 60}),
		plane("tilted 30", pose{pitch: 30}), plane("tilted -30", pose{pitch: -30}), plane("tilted 45", pose{pitch: 45}), plane("tilted -45", pose{pitch: -45}),
		plane("rolled 25", pose{roll: 25}), plane("moved aside", pose{dx: -0.5}), plane("moved up", pose{dy: -0.4}),
		plane("nearer 1.6", pose{zoom: 0.6}), plane("farther 0.65", pose{zoom: -0.35}),
		plane("all at once", pose{yaw: 35, pitch: 15, roll: 10, dx: 0.3, dy: 0.1, zoom: 0.2}),
		bent("cylinder 1.5, 40", 1.5, 40), bent("cylinder 1.0, 30", 1, 30), bent("cylinder 0.7, 40", 0.7, -40),
		shift("shifted left", -0.12, 0), shift("shifted right", 0.2, 0), shift("shifted up", 0, -0.12), shift("shifted down", 0, 0.15),
		puppet("puppet left 25", 25, 0), puppet("puppet right 25", -25, 0), puppet("puppet left 40", 40, 0), puppet("puppet up 20", 0, 20), puppet("puppet down 20", 0, -20),
	}
}

// Side is the size of the frames in pixels, of which the face takes a good third.
const (
	Side      = 400
	faceShare = 0.36
)

// The course of a clip: the photo held still, moved, and held again, long enough for every
// gesture; so many frames a second.
const (
	FPS   = 10
	calm  = 7
	moves = 6
	holds = 7
)

// Clip animates a photo on which a mesh lies.
func Clip(k Kind, im *vision.Image, m *model.Mesh) []*vision.Image {
	width := math.Hypot(float64(m.Points[454].X-m.Points[234].X), float64(m.Points[454].Y-m.Points[234].Y))
	p := &photo{im: im, mesh: m, centre: m.Points[4], width: width}
	move := k.make(p)
	frames := slices.Repeat([]*vision.Image{p.seen(move(0))}, calm)
	for i := range moves {
		frames = append(frames, p.seen(move(float64(i+1)/moves)))
	}
	frames = append(frames, slices.Repeat(frames[len(frames)-1:], holds-1)...)
	if k.seed == 0 {
		return frames
	}
	for i, f := range frames {
		frames[i] = &vision.Image{Width: Side, Height: Side, Pix: k.filmed(f.Pix, min(max(float64(i-calm+1)/moves, 0), 1), i)}
	}
	return frames
}

// seen renders one frame.
func (p *photo) seen(look func(x, y float64) (u, v float64, ok bool)) *vision.Image {
	out := vision.NewImage(Side, Side)
	for y := range Side {
		for x := range Side {
			pixel := out.Pix[3*(y*Side+x):][:3]
			u, v, ok := look((float64(x)-Side/2)/(faceShare*Side), (float64(y)-0.52*Side)/(faceShare*Side))
			if !ok || !p.at(pixel, float64(p.centre.X)+u*p.width, float64(p.centre.Y)+v*p.width) {
				pixel[0], pixel[1], pixel[2] = 60, 62, 65 // a grey wall
			}
		}
	}
	return out
}

// at fills a pixel with what the photo shows there, between its pixels; false beyond it.
func (p *photo) at(pixel []uint8, x, y float64) bool {
	if !(x >= 0 && y >= 0 && x < float64(p.im.Width-1) && y < float64(p.im.Height-1)) {
		return false
	}
	x0, y0 := int(x), int(y)
	fx, fy := x-float64(x0), y-float64(y0)
	row := 3 * p.im.Width
	first := 3*x0 + row*y0
	for c := range pixel {
		a, b := float64(p.im.Pix[first+c]), float64(p.im.Pix[first+c+3])
		d, e := float64(p.im.Pix[first+c+row]), float64(p.im.Pix[first+c+row+3])
		pixel[c] = uint8((a*(1-fx)+b*fx)*(1-fy) + (d*(1-fx)+e*fx)*fy + 0.5)
	}
	return true
}
