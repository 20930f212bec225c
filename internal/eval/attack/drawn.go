package attack

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Families lists what Drawn knows: planes turned to a side, tilted, and moved; sheets bent
// about an upright and about a lying axis; software that shifts the inner face, turns the
// mesh, and pulls at mouth and eyes.
func Families() []string {
	return []string{"plane turned", "plane tilted", "plane moved", "bent upright", "bent lying", "shifted", "puppet", "grimace"}
}

// Drawn gives one way of a family: how far, how fast, how near, in what noise and light is
// drawn from the seed.
func Drawn(family string, seed uint64) Kind {
	r := rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))
	between := func(low, high float64) float64 { return low + (high-low)*r.Float64() }
	signed := func(low, high float64) float64 { return between(low, high) * float64(1-2*r.IntN(2)) }
	k := Kind{Name: fmt.Sprintf("%s %d", family, seed), Family: family}
	k.noise, k.shade, k.seed = between(0, 5), between(-0.3, 0.15), seed
	switch family {
	case "plane turned":
		p := pose{yaw: signed(25, 70), pitch: between(-12, 12), roll: between(-12, 12), dx: between(-0.2, 0.2), zoom: between(-0.15, 0.3)}
		k.make = func(*photo) motion { return p.motion }
	case "plane tilted":
		p := pose{pitch: signed(25, 65), yaw: between(-12, 12), roll: between(-8, 8), dy: between(-0.15, 0.15), zoom: between(-0.15, 0.3)}
		k.make = func(*photo) motion { return p.motion }
	case "plane moved":
		p := pose{roll: between(-30, 30), dx: between(-0.5, 0.5), dy: between(-0.4, 0.3), zoom: between(-0.4, 0.8)}
		k.make = func(*photo) motion { return p.motion }
	case "bent upright":
		m := leaning(cylinder(between(0.45, 1.2), signed(25, 60)), between(-15, 15))
		k.make = func(*photo) motion { return m }
	case "bent lying":
		m := leaning(cylinder(between(0.45, 1.2), signed(20, 50)), 90+between(-15, 15))
		k.make = func(*photo) motion { return m }
	case "shifted":
		m := shifted(signed(0, 0.3), signed(0, 0.25))
		k.make = func(*photo) motion { return m }
	case "puppet":
		yaw, pitch := signed(20, 55), between(-10, 10)
		if r.IntN(2) == 0 {
			yaw, pitch = between(-10, 10), signed(15, 40)
		}
		k.make = func(p *photo) motion { return animated(p, yaw, pitch) }
	case "grimace":
		smile, lids := between(0, 0.09), between(0.3, 1.1)
		k.make = func(p *photo) motion { return grimace(p, smile, lids) }
	}
	return k
}

// leaning turns the axis of a motion by so many degrees, and not the picture.
func leaning(m motion, deg float64) motion {
	sin, cos := math.Sincos(deg * math.Pi / 180)
	return func(share float64) func(x, y float64) (u, v float64, ok bool) {
		look := m(share)
		return func(x, y float64) (u, v float64, ok bool) {
			u, v, ok = look(x*cos+y*sin, y*cos-x*sin)
			return u*cos - v*sin, v*cos + u*sin, ok
		}
	}
}

// grimace pulls the corners of the mouth outwards and upwards by widths of the face, and
// the upper lids down by a share of the opening of the eyes.
func grimace(p *photo, smile, lids float64) motion {
	at := func(i int) [2]float64 {
		q := p.mesh.Points[i]
		return [2]float64{float64(q.X-p.centre.X) / p.width, float64(q.Y-p.centre.Y) / p.width}
	}
	type pull struct {
		at, by [2]float64
		reach  float64
	}
	var pulls []pull
	for corner, side := range map[int]float64{61: -1, 291: 1} {
		pulls = append(pulls, pull{at(corner), [2]float64{side * smile, -0.8 * smile}, 0.12})
	}
	for _, lid := range [][2]int{{159, 145}, {386, 374}} {
		upper, lower := at(lid[0]), at(lid[1])
		pulls = append(pulls, pull{upper, [2]float64{lids * (lower[0] - upper[0]), lids * (lower[1] - upper[1])}, 0.05})
	}
	return func(share float64) func(x, y float64) (u, v float64, ok bool) {
		return func(x, y float64) (u, v float64, ok bool) {
			u, v = x, y
			for _, l := range pulls {
				dx, dy := x-l.at[0]-share*l.by[0], y-l.at[1]-share*l.by[1]
				k := share * math.Exp(-(dx*dx+dy*dy)/(2*l.reach*l.reach))
				u, v = u-k*l.by[0], v-k*l.by[1]
			}
			return u, v, true
		}
	}
}

// filmed gives a frame as a camera takes it: noisy, and as bright as the light falls.
func (k *Kind) filmed(frame []uint8, share float64, number int) []uint8 {
	r := rand.New(rand.NewPCG(k.seed, uint64(number)))
	gain := 1 + k.shade*share
	out := make([]uint8, len(frame))
	for i, v := range frame {
		out[i] = uint8(min(max(float64(v)*gain+k.noise*r.NormFloat64()+0.5, 0), 255))
	}
	return out
}
