package model

import (
	"context"
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// embeddingParams are the params of the decoder embedding: none.
type embeddingParams struct{}

func (embeddingParams) check() error { return nil }

// embedding is the decoder of networks that give one vector for a face aligned on
// five points.
type embedding struct {
	*network
	comparison
	template []vision.Point
	mirror   bool // the mirror image counts as much as the face
}

func newEmbedding(_ *loader, n *network, _ embeddingParams) *embedding {
	template, _ := n.card.Input.template() // checked with the card
	return &embedding{network: n, comparison: comparisonOf(n.card), template: template}
}

// Embed aligns the picture on the mesh. A face without extent, or one so dark that
// the network is silent, is a CodeValue error.
func (e *embedding) Embed(ctx context.Context, im *vision.Image, m *Mesh) (bonafide.Template, error) {
	align, ok := vision.Similarity(e.template, m.Align[:])
	if !ok {
		return bonafide.Template{}, bonafide.Errorf(bonafide.CodeValue, "the face cannot be aligned")
	}
	v, err := e.vector(ctx, im, align)
	if err != nil {
		return bonafide.Template{}, err
	}
	if e.mirror {
		w, err := e.vector(ctx, im, e.mirrored(m))
		if err != nil {
			return bonafide.Template{}, err
		}
		for i, x := range w {
			v[i] += x
		}
		if !normalise(v) {
			return bonafide.Template{}, silent()
		}
	}
	return bonafide.NewTemplate(e.Ref(), v), nil
}

// mirrored aligns the picture's mirror image, where left and right have changed
// places.
func (e *embedding) mirrored(m *Mesh) vision.Affine {
	var points [5]vision.Point
	for i, from := range [5]int{1, 0, 2, 4, 3} {
		points[i] = vision.Point{X: -m.Align[from].X, Y: m.Align[from].Y}
	}
	align, _ := vision.Similarity(e.template, points[:]) // as good as of the face itself
	return align.Then(vision.Affine{A: -1, E: 1})
}

// vector gives the network's answer at length 1.
func (e *embedding) vector(ctx context.Context, im *vision.Image, align vision.Affine) ([]float32, error) {
	out, err := e.runOn(ctx, im, align)
	if err != nil {
		return nil, err
	}
	if len(out) != 1 || len(out[0].Data) == 0 {
		return nil, e.unfit("one vector")
	}
	v := out[0].Data
	if !normalise(v) {
		return nil, silent()
	}
	return v, nil
}

func silent() error {
	return bonafide.Errorf(bonafide.CodeValue, "the face shows nothing that can be compared")
}

// normalise brings a vector to length 1; false when it has none.
func normalise(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	length := math.Sqrt(sum)
	if !(length > 1e-12) || math.IsInf(length, 0) {
		return false
	}
	for i, x := range v {
		v[i] = float32(float64(x) / length)
	}
	return true
}

// embedders joins several embedders: the normalised vectors, each scaled by the
// root of its weight, one after the other. So the cosine of two such templates is
// the weighted mean of the parts' cosines.
type embedders struct {
	comparison
	parts   []Embedder
	weights []float64
}

// Ref names the fusion.
func (e *embedders) Ref() bonafide.ModelRef { return e.ref }

// Embed asks every part.
func (e *embedders) Embed(ctx context.Context, im *vision.Image, m *Mesh) (bonafide.Template, error) {
	var all []float32
	for i, p := range e.parts {
		t, err := p.Embed(ctx, im, m)
		if err != nil {
			return bonafide.Template{}, err
		}
		root := math.Sqrt(e.weights[i])
		for _, x := range t.Vector() {
			all = append(all, float32(float64(x)*root))
		}
	}
	return bonafide.NewTemplate(e.ref, all), nil
}

// part finds one of several embedders by name, e itself by its own or by none; nil
// when there is no such.
func part(e Embedder, name string) Embedder {
	if name == "" || name == e.Ref().Name {
		return e
	}
	if all, ok := e.(*embedders); ok {
		for _, p := range all.parts {
			if p.Ref().Name == name {
				return p
			}
		}
	}
	return nil
}

// comparison compares templates of one model.
type comparison struct {
	ref         bonafide.ModelRef
	calibration *Calibration // nil for a model that serves as a part only
	search      *Search      // nil: a cosine means the same among many
}

func comparisonOf(c *Card) comparison {
	return comparison{ref: c.Ref(), calibration: c.Calibration, search: c.Search}
}

// Compare gives cosine and similarity, see Embedder.
func (c comparison) Compare(a, b bonafide.Template) (cosine, similarity float64, err error) {
	if c.calibration == nil {
		return 0, 0, bonafide.Errorf(bonafide.CodeModel, "model %q is not calibrated", c.ref.Name)
	}
	if cosine, err = Cosine(a, b); err != nil {
		return 0, 0, err
	}
	if a.Model != c.ref {
		return 0, 0, unlikeModels()
	}
	return cosine, c.calibration.Apply(cosine), nil
}

// Cosine compares two templates of one model, whichever it is; see
// Embedder.Compare.
func Cosine(a, b bonafide.Template) (float64, error) {
	v, w := a.Vector(), b.Vector()
	if a.Model != b.Model || len(v) == 0 || len(v) != len(w) {
		return 0, unlikeModels()
	}
	cosine := 0.0
	for i, x := range v {
		cosine += float64(x) * float64(w[i])
	}
	if math.IsNaN(cosine) {
		return 0, fmt.Errorf("model %s: a template holds what is not a number", a.Model.Name)
	}
	return min(max(cosine, -1), 1), nil
}

func unlikeModels() error {
	return bonafide.Errorf(bonafide.CodeModel, "templates of different models cannot be compared")
}

// Found gives the similarity of a cosine that was found among many, see Embedder.
func (c comparison) Found(cosine float64, size int) float64 {
	if c.calibration == nil || math.IsNaN(cosine) {
		return math.NaN()
	}
	cosine = min(max(cosine, -1), 1)
	if c.search != nil {
		cosine = c.search.comparable(cosine, size)
	}
	return c.calibration.Apply(cosine)
}
