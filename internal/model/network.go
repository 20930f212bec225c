package model

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// decoder says what a card's decoder makes of a graph.
type decoder struct {
	role  Role
	crop  string
	check func(*Card) error                        // of the card's params
	load  func(l *loader, n *network) (any, error) // gives the model of the role
}

// decoders lists them by name. Each is described in the file of its type. A new one
// is its file and a line here, also where its role is new.
func decoders() map[string]decoder {
	return map[string]decoder{
		"blazeface": decoderOf(RoleDetector, "letterbox", newBlazeface),
		"yunet":     decoderOf(RoleDetector, "letterbox", newYunet),
		"facemesh":  decoderOf(RoleLandmarker, "mesh", newFacemesh),
		"embedding": decoderOf(RoleEmbedder, "align", newEmbedding),
		"softmax":   decoderOf(RolePAD, "shift", newSoftmax),
		"cover":     decoderOf(RoleCover, "align", newCover),
		"iris":      decoderOf(RoleIris, "mesh", newIris),
	}
}

// decoderOf describes a decoder with params of type P.
func decoderOf[P checker, M any](role Role, crop string, load func(*loader, *network, P) M) decoder {
	return decoder{
		role: role,
		crop: crop,
		check: func(c *Card) error {
			_, err := paramsOf[P](c)
			return err
		},
		load: func(l *loader, n *network) (any, error) {
			p, err := paramsOf[P](n.card)
			if err != nil {
				return nil, err
			}
			return load(l, n, p), nil
		},
	}
}

// decodable tells whether there is a decoder for graphs of a role.
func decodable(role Role) bool {
	for _, d := range decoders() {
		if d.role == role {
			return true
		}
	}
	return false
}

// checker is the params of a decoder.
type checker interface{ check() error }

// paramsOf reads the params of a card's decoder strictly.
func paramsOf[P checker](c *Card) (P, error) {
	var p P
	if len(c.Params) > 0 {
		if err := strict(c.Params, &p); err != nil {
			return p, err
		}
	}
	return p, p.check()
}

// network is a graph with the recipe for its input. It is safe for concurrent use.
type network struct {
	card    *Card
	session infer.Session
	ran     func(role Role, took time.Duration) // may be nil
	buffers sync.Pool                           // of *[]float32, for inputs
}

// Ref names the model.
func (n *network) Ref() bonafide.ModelRef { return n.card.Ref() }

// format is the input recipe for pictures of that size.
func (n *network) format(width, height int) vision.Format {
	in := n.card.Input
	return vision.Format{
		Width: width, Height: height,
		Interleaved: in.Layout == "NHWC", BGR: in.Order == "BGR",
		Mean: in.Mean, Scale: in.Scale,
	}
}

// run fills an input of that format and gives the outputs.
func (n *network) run(ctx context.Context, f vision.Format, fill func(dst []float32)) ([]infer.Tensor, error) {
	buffer, _ := n.buffers.Get().(*[]float32)
	if buffer == nil || cap(*buffer) < f.Len() {
		b := make([]float32, f.Len())
		buffer = &b
	}
	defer n.buffers.Put(buffer)
	in := infer.Tensor{Shape: []int64{1, 3, int64(f.Height), int64(f.Width)}, Data: (*buffer)[:f.Len()]}
	if f.Interleaved {
		in.Shape = []int64{1, int64(f.Height), int64(f.Width), 3}
	}
	fill(in.Data)
	began := time.Now()
	out, err := n.session.Run(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", n.card.Name, err)
	}
	if n.ran != nil {
		n.ran(n.card.Role, time.Since(began))
	}
	return out, nil
}

// runOn shows the network the part of a picture that m points at.
func (n *network) runOn(ctx context.Context, im *vision.Image, m vision.Affine) ([]infer.Tensor, error) {
	f := n.format(n.card.Input.Width, n.card.Input.Height)
	return n.run(ctx, f, func(dst []float32) { vision.Warp(dst, f, im, m) })
}

// unfit is the error of a graph whose output its decoder cannot read.
func (n *network) unfit(what string) error {
	return bonafide.Errorf(bonafide.CodeModel, "the graph of model %q does not fit its decoder: %s", n.card.Name, what)
}

// template gives where the five points go; false when they say nothing.
func (in *Input) template() ([]vision.Point, bool) {
	var points []vision.Point
	for _, p := range in.Template {
		points = append(points, vision.Point{X: p[0], Y: p[1]})
	}
	_, ok := vision.Similarity(points, points)
	return points, ok
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
