package collection_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/analysis/collection"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// people is a gallery that answers the same to everybody.
type people struct {
	hits []analysis.Hit
	size int
	err  error

	collection bonafide.ID
	k          int
}

func (p *people) Search(_ context.Context, _ bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	p.collection, p.k = collection, k
	return p.hits[:min(k, len(p.hits))], p.size, p.err
}

func run(t *testing.T, g analysis.Gallery, p bonafide.Params, samples ...*sample.Sample) ([]bonafide.Finding, error) {
	t.Helper()
	return collection.Analysis{}.Run(t.Context(), analysis.Input{Samples: samples, Params: p, Gallery: g})
}

func TestTheMostSimilarPersonsAreWrittenDown(t *testing.T) {
	g := &people{hits: []analysis.Hit{{PersonID: "ada", Cosine: 0.95}, {PersonID: "bob", Cosine: 0.4}}, size: 10}
	s := sampletest.New().Sample("a", sampletest.Front())
	findings, err := run(t, g, bonafide.Params{CollectionID: "list"}, s)
	if err != nil || len(findings) != 1 {
		t.Fatalf("%+v, %v", findings, err)
	}
	f := findings[0]
	if f.Kind != bonafide.FindingSearch || f.MediaID != "a" || *f.Score != 0.95 || *f.Raw != 0.95 || f.Measures["gallery_size"] != 10 ||
		len(f.Matches) != 2 || f.Matches[1] != (bonafide.Match{PersonID: "bob", CollectionID: "list", Similarity: 0.4}) {
		t.Errorf("%+v", f)
	}
	if g.collection != "list" || g.k != 10 {
		t.Errorf("asked for %d of %q", g.k, g.collection)
	}
	one := int64(1)
	if findings, err = run(t, g, bonafide.Params{CollectionID: "list", DecisionCount: &one}, s); err != nil || len(findings[0].Matches) != 1 {
		t.Errorf("%+v, %v", findings, err)
	}
}

func TestTheSameCosineIsWorthLessAmongMore(t *testing.T) {
	s := sampletest.New().Sample("a", sampletest.Front())
	g := &people{hits: []analysis.Hit{{PersonID: "ada", Cosine: 0.9}}, size: 1000}
	findings, err := run(t, g, bonafide.Params{CollectionID: "list"}, s)
	if err != nil || math.Abs(*findings[0].Score-0.5) > 1e-9 || *findings[0].Raw != 0.9 {
		t.Errorf("%+v, %v", findings, err)
	}
}

func TestNobodyIsFoundInAnEmptyCollection(t *testing.T) {
	findings, err := run(t, &people{}, bonafide.Params{CollectionID: "list"}, sampletest.New().Sample("a", sampletest.Front()))
	if err != nil || *findings[0].Score != 0 || len(findings[0].Matches) != 0 {
		t.Errorf("%+v, %v", findings, err)
	}
}

func TestMediaWithoutASingleFaceFail(t *testing.T) {
	crowd := sampletest.Front()
	crowd.Boxes = append(crowd.Boxes, vision.Box{X: 390, Y: 160, W: 160, H: 160})
	studio := sampletest.New()
	findings, err := run(t, &people{}, bonafide.Params{CollectionID: "list"},
		studio.Sample("nobody", sampletest.Shot{}), studio.Sample("crowd", crowd))
	if err != nil || findings[0].Failures[0].Code != bonafide.ReasonNoFace || findings[1].Failures[0].Code != bonafide.ReasonSeveralFaces ||
		findings[0].Score != nil || findings[1].Score != nil {
		t.Errorf("%+v, %v", findings, err)
	}
}

func TestWhatTheMachineLacksIsAnError(t *testing.T) {
	s := sampletest.New().Sample("a", sampletest.Front())
	fault := errors.New("no database")
	for name, g := range map[string]analysis.Gallery{
		"no gallery":         nil,
		"a gallery at fault": &people{err: fault},
		"no number":          &people{hits: []analysis.Hit{{PersonID: "ada", Cosine: math.NaN()}}, size: 1},
	} {
		if findings, err := run(t, g, bonafide.Params{CollectionID: "list"}, s); err == nil {
			t.Errorf("%s: %+v", name, findings)
		}
	}
	if _, err := run(t, &people{}, bonafide.Params{}, s); bonafide.CodeOf(err) != bonafide.CodeUnsupported {
		t.Errorf("no collection: %v", err)
	}
}

func TestParametersAreChecked(t *testing.T) {
	at := func(v float64) *float64 { return &v }
	count := func(n int64) *int64 { return &n }
	for name, tt := range map[string]struct {
		params bonafide.Params
		ok     bool
	}{
		"none":                   {bonafide.Params{}, true},
		"as phones send":         {bonafide.Params{DecisionThreshold: at(0.7), DecisionCount: count(10)}, true},
		"more than are named":    {bonafide.Params{DecisionCount: count(math.MaxInt64)}, true},
		"threshold above one":    {bonafide.Params{DecisionThreshold: at(1.1)}, false},
		"threshold not a number": {bonafide.Params{DecisionThreshold: at(math.NaN())}, false},
		"nobody":                 {bonafide.Params{DecisionCount: count(0)}, false},
	} {
		err := (collection.Analysis{}).Spec().Check(nil, tt.params)
		if (err == nil) != tt.ok || err != nil && bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}
