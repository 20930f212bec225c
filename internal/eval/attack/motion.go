package attack

import "math"

// pose is where a flat photo is taken in the end: turned by degrees, moved by widths of
// the face, grown by a share.
type pose struct{ yaw, pitch, roll, dx, dy, zoom float64 }

// motion looks through the camera at the turned plane.
func (p pose) motion(share float64) func(x, y float64) (u, v float64, ok bool) {
	rad := share * math.Pi / 180
	sinY, cosY := math.Sincos(p.yaw * rad)
	sinP, cosP := math.Sincos(p.pitch * rad)
	sinR, cosR := math.Sincos(p.roll * rad)
	// Axes of the photo in space, and what is square to both.
	right := [3]float64{cosY, 0, -sinY}
	down := [3]float64{sinY * sinP, cosP, cosY * sinP}
	normal := [3]float64{right[1]*down[2] - right[2]*down[1], right[2]*down[0] - right[0]*down[2], right[0]*down[1] - right[1]*down[0]}
	zoom := 1 + p.zoom*share
	return func(x, y float64) (u, v float64, ok bool) {
		x, y = (x-p.dx*share)/zoom, (y-p.dy*share)/zoom
		x, y = x*cosR+y*sinR, y*cosR-x*sinR
		ray := [3]float64{x / away, y / away, 1}
		facing := dot(normal, ray)
		if math.Abs(facing) < 1e-6 {
			return 0, 0, false
		}
		far := normal[2] * away / facing
		hit := [3]float64{ray[0] * far, ray[1] * far, ray[2]*far - away}
		return dot(hit, right), dot(hit, down), true
	}
}

func dot(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// cylinder is a photo bent round an upright axis behind it, which is turned by yaw.
func cylinder(radius, yaw float64) motion {
	return func(share float64) func(x, y float64) (u, v float64, ok bool) {
		turn := yaw * share * math.Pi / 180
		axis := away + radius
		return func(x, y float64) (u, v float64, ok bool) {
			dx := x / away
			// Where the ray (dx, 1) first meets the circle.
			a := dx*dx + 1
			root := axis*axis - a*(axis*axis-radius*radius)
			if root < 0 {
				return 0, 0, false
			}
			far := (axis - math.Sqrt(root)) / a
			angle := math.Atan2(dx*far, axis-far)
			return radius * (angle + turn), y / away * far, true
		}
	}
}

// shifted moves the inner face by software, less towards its edge.
func shifted(dx, dy float64) motion {
	return func(share float64) func(x, y float64) (u, v float64, ok bool) {
		return func(x, y float64) (u, v float64, ok bool) {
			k := share * math.Exp(-1.5*(x*x/(0.62*0.62)+y*y/(0.85*0.85)))
			return x - dx*k, y - dy*k, true
		}
	}
}

// The field that bends a photo after its mesh: cells over so many widths of the face, and
// how far a point of the mesh reaches.
const (
	cells = 40
	half  = 1.6
	reach = 0.07
)

// animated turns the mesh of the photo in space and drags the picture along, which is what
// a plain puppet program does.
func animated(p *photo, yaw, pitch float64) motion {
	// The head turns about its middle, which lies this far behind the mean of the mesh.
	const behind = 0.35
	n := len(p.mesh.Points)
	points, mean := make([][3]float64, n), 0.0
	for i, at := range p.mesh.Points {
		points[i] = [3]float64{float64(at.X-p.centre.X) / p.width, float64(at.Y-p.centre.Y) / p.width, float64(p.mesh.Z[i]) / p.width}
		mean += points[i][2] / float64(n)
	}
	return func(share float64) func(x, y float64) (u, v float64, ok bool) {
		sinY, cosY := math.Sincos(yaw * share * math.Pi / 180)
		sinP, cosP := math.Sincos(pitch * share * math.Pi / 180)
		from := make([][2]float64, n) // displaced places, and by how much
		by := make([][2]float64, n)
		for i, q := range points {
			z := q[2] - mean - behind
			x := q[0]*cosY + z*sinY + 0.6*behind*sinY
			y := q[1]*cosP - (z*cosY-q[0]*sinY)*sinP - 0.6*behind*sinP
			from[i], by[i] = [2]float64{x, y}, [2]float64{x - q[0], y - q[1]}
		}
		return field(from, by)
	}
}

// field spreads displacements over a grid and looks between its corners.
func field(from, by [][2]float64) func(x, y float64) (u, v float64, ok bool) {
	var grid [cells + 1][cells + 1][2]float64
	for gy := range grid {
		for gx := range grid[gy] {
			x, y := half*(2*float64(gx)/cells-1), half*(2*float64(gy)/cells-1)
			var sum [2]float64
			weights := 0.02 // draws far points to rest
			for i, q := range from {
				if d := (x-q[0])*(x-q[0]) + (y-q[1])*(y-q[1]); d < 0.1 {
					k := math.Exp(-d / (2 * reach * reach))
					weights += k
					sum[0], sum[1] = sum[0]+k*by[i][0], sum[1]+k*by[i][1]
				}
			}
			grid[gy][gx] = [2]float64{sum[0] / weights, sum[1] / weights}
		}
	}
	return func(x, y float64) (u, v float64, ok bool) {
		fx, fy := (x+half)/(2*half)*cells, (y+half)/(2*half)*cells
		if !(fx >= 0 && fy >= 0 && fx < cells && fy < cells) {
			return x, y, true
		}
		ix, iy := int(fx), int(fy)
		fx, fy = fx-float64(ix), fy-float64(iy)
		between := func(c int) float64 {
			return (grid[iy][ix][c]*(1-fx)+grid[iy][ix+1][c]*fx)*(1-fy) + (grid[iy+1][ix][c]*(1-fx)+grid[iy+1][ix+1][c]*fx)*fy
		}
		return x - between(0), y - between(1), true
	}
}
