package model

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// blazefaceParams are the params of the decoder blazeface.
type blazefaceParams struct {
	Score float64 `json:"score"` // least score of a face
	IoU   float32 `json:"iou"`   // most overlap of two faces
	// Strides and Anchors give the grids: cells of so many pixels with so many
	// anchors in the middle of each.
	Strides []int `json:"strides"`
	Anchors []int `json:"anchors"`
	// Crops is how many squares, spread over the longer side, are looked at when
	// nothing is found in the whole picture.
	Crops int `json:"crops"`
	// FarTiles is how many times a square goes into the longer side, of those that are
	// looked at last where small faces are asked for; they overlap by a third. 0: none.
	FarTiles int `json:"far_tiles"`
	// Settled is the width of a face, as a share of the square it was found in, from
	// which on no second one that could be meant instead is overlooked.
	Settled float32 `json:"settled"`
	// PlainScore is the score that faces which are not upright do not reach.
	PlainScore float64 `json:"plain_score"`
	// ConfirmFlag is the least flag that the set's landmarker must give a face for it
	// to count.
	ConfirmFlag float32 `json:"confirm_flag"`
	// Box maps the network's box, which reaches from brow to chin, and MeshBox the
	// extent of the mesh, to the boxes of the detector that limits and crops were
	// measured with.
	Box     reframe `json:"box"`
	MeshBox reframe `json:"mesh_box"`
}

// reframe changes a box: shift of the centre to the right and down, in widths and
// heights, and factors of width and height.
type reframe [4]float32

func (r reframe) apply(b vision.Box) vision.Box {
	w, h := r[2]*b.W, r[3]*b.H
	return vision.Box{X: b.X + r[0]*b.W + (b.W-w)/2, Y: b.Y + r[1]*b.H + (b.H-h)/2, W: w, H: h}
}

func (p blazefaceParams) check() error {
	if !(p.Score > 0 && p.Score < 1 && p.IoU > 0 && p.IoU < 1 && p.ConfirmFlag > 0 && p.ConfirmFlag < 1) {
		return errors.New("score, iou and confirm_flag must lie between 0 and 1")
	}
	if !(p.PlainScore >= 0 && p.PlainScore < 1) {
		return errors.New("plain_score is out of range")
	}
	if len(p.Strides) == 0 || len(p.Strides) != len(p.Anchors) {
		return errors.New("strides and anchors must be of the same number")
	}
	for i, s := range p.Strides {
		if s < 1 || s > maxSide || p.Anchors[i] < 1 || p.Anchors[i] > 100 {
			return errors.New("strides and anchors must be positive")
		}
	}
	if p.Crops < 0 || p.Crops > 10 || p.FarTiles < 0 || p.FarTiles > 8 || !(p.Settled >= 0 && p.Settled < 1) {
		return errors.New("crops, far_tiles or settled is out of range")
	}
	for _, r := range []reframe{p.Box, p.MeshBox} {
		if !(r[2] > 0 && r[3] > 0) {
			return errors.New("box and mesh_box need a width and a height")
		}
	}
	return nil
}

// blazeface is the decoder of BlazeFace: every anchor has a score, a box and six
// points (eyes, nose, middle of the mouth, ears) in pixels of the input, relative
// to the anchor.
type blazeface struct {
	*network
	params  blazefaceParams
	anchors [][]vision.Point // by grid
	confirm Landmarker
}

func newBlazeface(l *loader, n *network, p blazefaceParams) *blazeface {
	d := &blazeface{network: n, params: p, confirm: l.landmarker}
	for i, stride := range p.Strides {
		var grid []vision.Point
		columns, rows := n.card.Input.Width/stride, n.card.Input.Height/stride
		for cell := range columns * rows {
			c := vision.Point{X: (float32(cell%columns) + 0.5) * float32(stride), Y: (float32(cell/columns) + 0.5) * float32(stride)}
			for range p.Anchors[i] {
				grid = append(grid, c)
			}
		}
		d.anchors = append(d.anchors, grid)
	}
	return d
}

// Detect looks at the whole picture, and closer until a face settles it. What the
// landmarker does not confirm is no face.
func (d *blazeface) Detect(ctx context.Context, im *vision.Image, l Look) ([]Face, error) {
	s := turned(im, l.Turn)
	steps := [][]vision.Box{{vision.Fit(s.width, s.height, d.card.Input.Width, d.card.Input.Height)}, squares(s, d.params.Crops)}
	if l.Far && max(im.Width, im.Height) > 2*d.card.Input.Width {
		steps = append(steps, tiles(s, d.params.FarTiles))
	}
	var all []Face
	for _, boxes := range steps {
		var found []Face
		for _, b := range boxes {
			faces, err := d.look(ctx, s, b)
			if err != nil {
				return nil, err
			}
			found = append(found, faces...)
		}
		found = best(found, d.params.IoU, im)
		faces, err := d.confirmed(ctx, im, found)
		if err != nil {
			return nil, err
		}
		if l.Doubtful {
			faces = finer(faces, found, d.params.IoU)
		}
		all = finer(faces, all, d.params.IoU)
		if slices.ContainsFunc(faces, func(f Face) bool { return min(f.Box.W, f.Box.H) >= d.params.Settled*boxes[0].W }) {
			break
		}
	}
	return all, nil
}

// squares spreads n squares over the longer side of a picture; none when the
// picture is about square itself.
func squares(s scene, n int) []vision.Box {
	side := min(s.width, s.height)
	rest := max(s.width, s.height) - side
	if 10*rest < side {
		return nil
	}
	var boxes []vision.Box
	for i := range n {
		b := vision.Box{W: float32(side), H: float32(side)}
		at := float32(rest) / 2
		if n > 1 {
			at = float32(i) * float32(rest) / float32(n-1)
		}
		if s.width > s.height {
			b.X = at
		} else {
			b.Y = at
		}
		boxes = append(boxes, b)
	}
	return boxes
}

// tiles spreads squares over a picture of which n go into the longer side, so that
// neighbours overlap by at least a third.
func tiles(s scene, n int) []vision.Box {
	if n == 0 {
		return nil
	}
	side := float32(max(s.width, s.height)) / float32(n)
	starts := func(length int) []float32 {
		rest := max(float32(length)-side, 0)
		steps := int(math.Ceil(float64(rest / (side * 2 / 3))))
		at := []float32{0}
		for i := range steps {
			at = append(at, rest*float32(i+1)/float32(steps))
		}
		return at
	}
	var boxes []vision.Box
	for _, y := range starts(s.height) {
		for _, x := range starts(s.width) {
			boxes = append(boxes, vision.Box{X: x, Y: y, W: side, H: side})
		}
	}
	return boxes
}

// look finds faces in a part of the picture.
func (d *blazeface) look(ctx context.Context, s scene, part vision.Box) ([]Face, error) {
	width, height := d.card.Input.Width, d.card.Input.Height
	out, err := d.runOn(ctx, s.im, vision.Onto(part, width, height).Then(s.back))
	if err != nil {
		return nil, err
	}
	var found []Face
	for i, anchors := range d.anchors {
		scores, boxes, err := d.grid(out, i)
		if err != nil {
			return nil, err
		}
		for k, anchor := range anchors {
			score := sigmoid(float64(scores[k]))
			if !(score >= d.params.Score) {
				continue
			}
			f := d.face(boxes[16*k:16*k+16], anchor, part)
			f.Score, f.Plain = float32(score), score >= d.params.PlainScore
			found = append(found, s.face(f))
		}
	}
	return found, nil
}

// grid picks the scores and boxes of one grid: the graph gives the scores of all
// grids, then the boxes of all.
func (d *blazeface) grid(out []infer.Tensor, i int) (scores, boxes []float32, err error) {
	n, grids := len(d.anchors[i]), len(d.anchors)
	if len(out) != 2*grids || len(out[i].Data) != n || len(out[grids+i].Data) != 16*n {
		return nil, nil, d.unfit("scores and boxes of the anchors")
	}
	return out[i].Data, out[grids+i].Data, nil
}

// face places the box and the points of one anchor in the picture. The network
// knows the middle of the mouth only: both corners stand there.
func (d *blazeface) face(v []float32, anchor vision.Point, part vision.Box) Face {
	sx, sy := part.W/float32(d.card.Input.Width), part.H/float32(d.card.Input.Height)
	at := func(x, y float32) vision.Point {
		return vision.Point{X: part.X + (anchor.X+x)*sx, Y: part.Y + (anchor.Y+y)*sy}
	}
	w, h := v[2]*sx, v[3]*sy
	c := at(v[0], v[1])
	f := Face{Box: d.params.Box.apply(vision.Box{X: c.X - w/2, Y: c.Y - h/2, W: w, H: h})}
	for i, k := range [5]int{0, 1, 2, 3, 3} {
		f.Points[i] = at(v[4+2*k], v[5+2*k])
	}
	return f
}

// maxConfirmed limits the work that a picture full of faces can cause.
const maxConfirmed = 20

// confirmed keeps the faces on which the landmarker finds one too, with its mesh
// and the box around that. Where the meshes of two fall together, they are one
// face.
func (d *blazeface) confirmed(ctx context.Context, im *vision.Image, faces []Face) ([]Face, error) {
	var sure []Face
	for _, f := range faces[:min(len(faces), maxConfirmed)] {
		mesh, err := d.confirm.Landmarks(ctx, im, f)
		if err != nil {
			return nil, err
		}
		if mesh.Flag >= d.params.ConfirmFlag {
			f.mesh, f.Box = mesh, d.params.MeshBox.apply(mesh.extent())
			sure = append(sure, f)
		}
	}
	return best(sure, d.params.IoU, im), nil
}
