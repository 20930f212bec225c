package model

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Hidden tells, as probabilities, which parts of a face something covers.
type Hidden struct {
	Mouth float64 // and nose: a mask, a scarf, a hand
	Eyes  float64 // both: dark glasses, a band
}

// Cover finds out what of a face is covered.
type Cover interface {
	Ref() bonafide.ModelRef
	// Hidden looks at the face on which the mesh lies, in the same picture. A face without
	// extent is a CodeValue error.
	Hidden(ctx context.Context, im *vision.Image, m *Mesh) (Hidden, error)
}

// coverParams are the params of the decoder cover: none.
type coverParams struct{}

func (coverParams) check() error { return nil }

// cover is the decoder of networks that give two logits for a face aligned on five
// points: that the mouth is hidden, that the eyes are.
type cover struct {
	*network
	template []vision.Point
}

func newCover(_ *loader, n *network, _ coverParams) *cover {
	template, _ := n.card.Input.template() // checked with the card
	return &cover{network: n, template: template}
}

// Hidden aligns the picture on the mesh.
func (c *cover) Hidden(ctx context.Context, im *vision.Image, m *Mesh) (Hidden, error) {
	align, ok := vision.Similarity(c.template, m.Align[:])
	if !ok {
		return Hidden{}, bonafide.Errorf(bonafide.CodeValue, "the face cannot be aligned")
	}
	out, err := c.runOn(ctx, im, align)
	if err != nil {
		return Hidden{}, err
	}
	if len(out) != 1 || len(out[0].Data) != 2 {
		return Hidden{}, c.unfit("two logits")
	}
	h := Hidden{Mouth: sigmoid(float64(out[0].Data[0])), Eyes: sigmoid(float64(out[0].Data[1]))}
	if math.IsNaN(h.Mouth) || math.IsNaN(h.Eyes) {
		return Hidden{}, fmt.Errorf("model %s: a probability is not a number", c.card.Name)
	}
	return h, nil
}
