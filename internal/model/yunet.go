package model

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// yunetParams are the params of the decoder yunet.
type yunetParams struct {
	Score float32 `json:"score"` // least score of a face
	IoU   float32 `json:"iou"`   // most overlap of two faces
	// Sizes are the longer sides, in pixels, to which a picture is brought one after
	// the other until a face is found that settles it: faces of capture subjects are
	// large, those on documents may be small. FarSizes follow where small faces are
	// asked for, as far as the picture has the pixels.
	Sizes    []int `json:"sizes"`
	FarSizes []int `json:"far_sizes"`
	// Settled is the width of a face, in pixels of the input, from which on no second
	// one that could be meant instead is overlooked.
	Settled float32 `json:"settled"`
	// PlainScore is the score that faces which are not upright do not reach.
	PlainScore float32 `json:"plain_score"`
}

func (p yunetParams) check() error {
	if !(p.Score > 0 && p.Score < 1 && p.IoU > 0 && p.IoU < 1) {
		return errors.New("score and iou must lie between 0 and 1")
	}
	all := slices.Concat(p.Sizes, p.FarSizes)
	if len(p.Sizes) == 0 || !slices.IsSorted(all) || slices.ContainsFunc(all, func(s int) bool { return s < yunetAlign || s > maxSide || s%yunetAlign != 0 }) {
		return fmt.Errorf("sizes and far_sizes must be multiples of %d up to %d, in order", yunetAlign, maxSide)
	}
	if !(p.Settled >= 0 && p.Settled <= maxSide && p.PlainScore >= 0 && p.PlainScore < 1) {
		return errors.New("settled or plain_score is out of range")
	}
	return nil
}

// yunetAlign is the grid on which the sides of an input must lie.
const yunetAlign = 32

// yunet is the decoder of YuNet: on three grids of 8, 16 and 32 pixels, each cell
// has a class and an object score, the offset and logarithmic size of a box, and
// five points, all in units of the cell.
type yunet struct {
	*network
	params yunetParams
}

func newYunet(_ *loader, n *network, p yunetParams) *yunet { return &yunet{network: n, params: p} }

// Detect looks at the picture at one size after the other, see yunetParams. Where a
// face shows at two sizes, the finer one counts.
func (d *yunet) Detect(ctx context.Context, im *vision.Image, l Look) ([]Face, error) {
	s, longer := turned(im, l.Turn), max(im.Width, im.Height)
	var all []Face
	for i, size := range slices.Concat(d.params.Sizes, d.params.FarSizes) {
		if i >= len(d.params.Sizes) && (!l.Far || d.params.Sizes[len(d.params.Sizes)-1] >= longer) {
			break
		}
		found, err := d.look(ctx, s, size)
		if err != nil {
			return nil, err
		}
		all = finer(found, all, d.params.IoU)
		widest := float32(0)
		for _, f := range found {
			widest = max(widest, min(f.Box.W, f.Box.H))
		}
		if widest*float32(size) >= d.params.Settled*float32(longer) && widest > 0 {
			break
		}
	}
	return all, nil
}

// finer adds to the faces found at one size those that only a coarser one shows.
func finer(found, coarse []Face, iou float32) []Face {
	n := len(found)
	for _, c := range coarse {
		if !slices.ContainsFunc(found[:n], func(f Face) bool { return vision.IoU(f.Box, c.Box) > iou }) {
			found = append(found, c)
		}
	}
	return found
}

// look finds faces with the longer side of the picture brought to size. The input
// is as small as the grid allows and starts at the picture's corner.
func (d *yunet) look(ctx context.Context, s scene, size int) ([]Face, error) {
	scale := float64(max(s.width, s.height)) / float64(size)
	ceil := func(side int) int {
		cells := math.Ceil(float64(side) / scale / yunetAlign)
		return yunetAlign * max(int(cells), 1)
	}
	f := d.format(ceil(s.width), ceil(s.height))
	box := vision.Box{W: float32(scale * float64(f.Width)), H: float32(scale * float64(f.Height))}
	out, err := d.run(ctx, f, func(dst []float32) { vision.Warp(dst, f, s.im, vision.Onto(box, f.Width, f.Height).Then(s.back)) })
	if err != nil {
		return nil, err
	}
	var found []Face
	for _, stride := range []int{8, 16, 32} {
		grid, err := d.grid(out, stride, f.Width/stride, f.Height/stride)
		if err != nil {
			return nil, err
		}
		found = append(found, grid.faces(d.params.Score, float32(scale))...)
	}
	for i, f := range found {
		found[i] = s.face(f)
		found[i].Plain = f.Score >= d.params.PlainScore
	}
	return best(found, d.params.IoU, s.im), nil
}

// yunetGrid is the output of one grid.
type yunetGrid struct {
	class, object, box, points []float32
	stride, columns            int
}

func (d *yunet) grid(out []infer.Tensor, stride, columns, rows int) (yunetGrid, error) {
	g := yunetGrid{stride: stride, columns: columns}
	names := d.session.OutputNames()
	for _, part := range []struct {
		name string
		per  int // numbers of one cell
		to   *[]float32
	}{{"cls", 1, &g.class}, {"obj", 1, &g.object}, {"bbox", 4, &g.box}, {"kps", 10, &g.points}} {
		name := fmt.Sprintf("%s_%d", part.name, stride)
		i := slices.Index(names, name)
		if i < 0 || i >= len(out) || len(out[i].Data) != part.per*columns*rows {
			return g, d.unfit("output " + name)
		}
		*part.to = out[i].Data
	}
	return g, nil
}

// faces gives the cells that show one, scaled to the picture.
func (g yunetGrid) faces(least, scale float32) []Face {
	var found []Face
	unit := float32(g.stride) * scale
	exp := func(v float32) float32 { return float32(math.Exp(float64(v))) }
	for i := range g.class {
		class, object := min(max(g.class[i], 0), 1), min(max(g.object[i], 0), 1)
		score := float32(math.Sqrt(float64(class * object)))
		if !(score >= least) {
			continue
		}
		column, row := float32(i%g.columns), float32(i/g.columns)
		b, p := g.box[4*i:4*i+4], g.points[10*i:10*i+10]
		w, h := exp(b[2])*unit, exp(b[3])*unit
		f := Face{Score: score, Box: vision.Box{X: (column+b[0])*unit - w/2, Y: (row+b[1])*unit - h/2, W: w, H: h}}
		for j := range f.Points {
			f.Points[j] = vision.Point{X: (column + p[2*j]) * unit, Y: (row + p[2*j+1]) * unit}
		}
		found = append(found, f)
	}
	return found
}

// best thins out overlapping faces, best first. Boxes that are no boxes or lie
// outside the picture are dropped.
func best(found []Face, iou float32, im *vision.Image) []Face {
	var boxes []vision.Box
	var scores []float32
	found = slices.DeleteFunc(found, func(f Face) bool { return !sound(f, im) })
	for _, f := range found {
		boxes, scores = append(boxes, f.Box), append(scores, f.Score)
	}
	var faces []Face
	for _, i := range vision.Suppress(boxes, scores, iou) {
		faces = append(faces, found[i])
	}
	return faces
}

// sound tells whether the numbers of a face make sense in a picture: a detector
// gone wrong, or one shown something made to mislead it, may say anything.
func sound(f Face, im *vision.Image) bool {
	far := 4 * float32(max(im.Width, im.Height))
	within := func(v float32) bool { return v >= -far && v <= far }
	for _, p := range f.Points {
		if !within(p.X) || !within(p.Y) {
			return false
		}
	}
	b := f.Box
	return within(b.X) && within(b.Y) && within(b.W) && within(b.H) && b.Clip(im.Width, im.Height).Area() >= 1
}
