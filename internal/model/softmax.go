package model

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// softmaxParams are the params of the decoder softmax.
type softmaxParams struct {
	Live int     `json:"live"` // index of the class of living faces
	Clip float64 `json:"clip"` // probabilities nearer to 0 and 1 count as this far away
}

func (p softmaxParams) check() error {
	if p.Live < 0 || !(p.Clip > 0 && p.Clip < 0.5) {
		return errors.New("live or clip is out of range")
	}
	return nil
}

// softmax is the decoder of classifiers of one face: the outputs are logits of
// classes.
type softmax struct {
	*network
	liveScore
	params softmaxParams
}

func newSoftmax(_ *loader, n *network, p softmaxParams) *softmax {
	return &softmax{network: n, liveScore: liveScore{n.card.Calibration}, params: p}
}

// Logit scores the surroundings of the face's box, stretched to the input.
func (p *softmax) Logit(ctx context.Context, im *vision.Image, f Face) (float64, error) {
	crop, err := p.view().of(im, f)
	if err != nil {
		return 0, err
	}
	return p.judge(ctx, crop)
}

// view says what a classifier sees of a picture: so many boxes, stretched to
// width x height.
type view struct {
	boxes         float64
	width, height int
}

func (p *softmax) view() view {
	return view{p.card.Input.BoxScale, p.card.Input.Width, p.card.Input.Height}
}

func (v view) of(im *vision.Image, f Face) (*vision.Image, error) {
	part := vision.Surround(im, f.Box, v.boxes)
	if part.Empty() {
		return nil, bonafide.Errorf(bonafide.CodeValue, "the face lies outside the picture")
	}
	return vision.Resize(im, part, v.width, v.height), nil
}

// judge gives the live logit of a crop of the right size.
func (p *softmax) judge(ctx context.Context, crop *vision.Image) (float64, error) {
	in := p.format(crop.Width, crop.Height)
	out, err := p.run(ctx, in, func(dst []float32) { vision.Fill(dst, in, crop) })
	if err != nil {
		return 0, err
	}
	if len(out) != 1 || len(out[0].Data) <= p.params.Live {
		return 0, p.unfit("logits of the classes")
	}
	live, sum := float64(out[0].Data[p.params.Live]), 0.0
	for _, l := range out[0].Data {
		sum += math.Exp(float64(l) - live)
	}
	probability := 1 / sum
	if math.IsNaN(probability) {
		return 0, fmt.Errorf("model %s: the score is not a number", p.card.Name)
	}
	probability = min(max(probability, p.params.Clip), 1-p.params.Clip)
	return math.Log(probability / (1 - probability)), nil
}

// pads joins several PAD models: the weighted mean of their logits.
type pads struct {
	liveScore
	ref     bonafide.ModelRef
	parts   []*softmax
	weights []float64
}

// Ref names the fusion.
func (p *pads) Ref() bonafide.ModelRef { return p.ref }

// Logit asks every part. Parts that see the same share the crop.
func (p *pads) Logit(ctx context.Context, im *vision.Image, f Face) (float64, error) {
	crops := make(map[view]*vision.Image, len(p.parts))
	mean := 0.0
	for i, part := range p.parts {
		v := part.view()
		if crops[v] == nil {
			crop, err := v.of(im, f)
			if err != nil {
				return 0, err
			}
			crops[v] = crop
		}
		l, err := part.judge(ctx, crops[v])
		if err != nil {
			return 0, err
		}
		mean += p.weights[i] * l
	}
	return mean, nil
}

// liveScore is the calibration of a PAD model.
type liveScore struct {
	calibration *Calibration // nil for a model that serves as a part only
}

// Calibrate gives the live score, see PAD.
func (s liveScore) Calibrate(meanLogit float64) float64 {
	if s.calibration == nil {
		return 0
	}
	return s.calibration.Apply(meanLogit)
}
