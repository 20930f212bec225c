// Package quality judges liveness. First comes the capture-quality gate: a
// picture that does not show one face large, sharp, frontal and lit enough gets
// reasons for the capture subject and no score. What passes is scored for
// presentation attacks, frame by frame, and the mean counts. Last comes what a
// recording gives away as a whole, as hints with weights.
//
// A frame is usable when the gate finds nothing wrong with it. A still has one
// frame; of a video or a zip those frames count that are usable.
package quality

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Analysis is liveness with best shot. Its zero value is ready for use: it takes
// gate and operating point of the samples' set. A comparison of several puts
// others in their place and shares the samples.
type Analysis struct {
	Gate  *model.Gate
	Point *model.OperatingPoint
}

// set is what a sample is judged by.
func (a Analysis) set(s *sample.Sample) *model.Set {
	set := s.Set()
	if a.Point != nil {
		set = set.AtPoint(*a.Point)
	}
	if a.Gate != nil {
		gated := *set
		gated.Gate = *a.Gate
		set = &gated
	}
	return set
}

// Spec declares QUALITY. All media take part but photos of documents, as in the Oz API
// from 5.1.0 on.
func (Analysis) Spec() analysis.Spec {
	return analysis.Spec{
		Type:  bonafide.Quality,
		Title: "Liveness",
		Doc:   "Liveness of the person before the camera, with the best shot.",
		Params: []analysis.Param{
			{
				Name: "extract_best_shot", Default: "true",
				Doc:  "whether the answer names the picture that shows the face best",
				Flag: func(p *bonafide.Params) **bool { return &p.ExtractBestShot },
			},
			{
				Name: "threshold_spoofing", Max: 1, Default: "0.5",
				Doc:    "confidence_spoofing from which a media is declined",
				Number: func(p *bonafide.Params) **float64 { return &p.ThresholdSpoofing },
			},
			{
				Name: "verify_gestures", Default: "true, unless the company or the installation says otherwise",
				Doc:  "whether a media whose tag names a gesture must show it; false: what it shows is measured and does not count",
				Flag: func(p *bonafide.Params) **bool { return &p.VerifyGestures },
			},
		},
		Takes: func(m *bonafide.Media) bool {
			return m.Kind != bonafide.Image ||
				!m.HasTag("photo_id") && !m.HasTag("photo_id_front") && !m.HasTag("photo_id_back")
		},
	}
}

// Run writes down two findings per media: how the capture was, and its live
// score or the failures for which there is none; and one more per gesture that the tags
// promise, where the capture was good. Without a liveness model it is
// a CodeModel error: nothing may look live that was not examined.
func (a Analysis) Run(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	var findings []bonafide.Finding
	for _, s := range in.Samples {
		set := a.set(s)
		if set.PAD == nil {
			return nil, bonafide.Errorf(bonafide.CodeModel,
				"no liveness model installed: run `bonafide model pull` on the server and restart it")
		}
		faces, err := look(ctx, &in, s)
		if err != nil {
			return nil, err
		}
		usable, capture, err := gate(ctx, s, set.Gate, faces)
		if err != nil {
			return nil, fmt.Errorf("media %s: %w", s.Media.ID, err)
		}
		live := bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: s.Media.ID, Failures: capture.Failures}
		if len(capture.Failures) == 0 {
			if err := score(ctx, &in, set, s, usable, &live); err != nil {
				return nil, fmt.Errorf("media %s: %w", s.Media.ID, err)
			}
			if p := in.Params.ExtractBestShot; p == nil || *p {
				if live.BestShotJPEG, err = sample.Best(usable).Frame.JPEG(); err != nil {
					return nil, fmt.Errorf("media %s: best shot: %w", s.Media.ID, err)
				}
			}
		}
		injected, err := injection(ctx, s)
		if err != nil {
			return nil, err
		}
		findings = append(append(findings, capture, live), injected...)
		if len(capture.Failures) > 0 {
			continue // it has to be taken again anyway
		}
		shown, err := Gestures(ctx, s)
		if err != nil {
			return nil, err
		}
		findings = append(findings, shown...)
	}
	return findings, nil
}

// look gives the main face of each frame, nil for one without.
func look(ctx context.Context, in *analysis.Input, s *sample.Sample) ([]*sample.Face, error) {
	frames, err := s.Frames(ctx)
	if err != nil {
		return nil, err
	}
	// Whoever looks at one frame leaves the others to cores that are idle. An error is
	// remembered by the frame, and met again below.
	in.Each(len(frames), func(i int) { _, _ = frames[i].Face(ctx) })
	return s.Faces(ctx)
}

// score fills the live score: that of the pictures, which is the calibrated mean
// of the usable frames' logits, less what the hints of the stream take from it.
// Single frames err: replays that fool one frame in ten rarely fool the mean of
// ten.
func score(ctx context.Context, in *analysis.Input, set *model.Set, s *sample.Sample, usable []*sample.Face, f *bonafide.Finding) error {
	judged := spread(usable, set.Gate.MaxFrames)
	in.Each(len(judged), func(i int) { _, _ = judged[i].Logit(ctx) }) // as look does
	var logits []float64
	for _, face := range judged {
		l, err := face.Logit(ctx)
		if err != nil {
			return fmt.Errorf("frame %d: liveness: %w", face.Frame.Index, err)
		}
		if math.IsNaN(l) || math.IsInf(l, 0) {
			return fmt.Errorf("frame %d: liveness: not a number", face.Frame.Index)
		}
		logits = append(logits, l)
	}
	mean := average(logits)
	passive := set.Live(mean, len(logits))
	e := examination{checks: set.Stream, measures: map[string]float64{}}
	e.worst(set, logits, mean)
	if err := e.examine(ctx, s, usable); err != nil {
		return err
	}
	live := passive * unexplained(e.hints)
	f.Score, f.Passive, f.Raw, f.Frames, f.Hints, f.Measures = &live, &passive, &mean, len(logits), e.hints, e.measures
	return nil
}

// worst looks at the worst fifth of the frames: a face swapped for a phone halfway
// shows there. They may not fall below the strict operating point where the mean
// passes.
func (e *examination) worst(set *model.Set, logits []float64, mean float64) {
	n := len(logits) / 5
	if n == 0 {
		return
	}
	slices.Sort(logits)
	worst := average(logits[:n])
	e.measure("worst_fifth_score", set.Live(worst, len(logits)))
	strict, ok := set.PointNamed(model.ProfileStrict)
	passes := set.PAD.Calibrate(mean) >= set.Point.At(len(logits))
	e.hint(bonafide.ReasonInconsistent, ok && passes && !(set.PAD.Calibrate(worst) >= strict.Threshold))
}

func average(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// spread picks at most n faces, evenly over all.
func spread(faces []*sample.Face, n int) []*sample.Face {
	if len(faces) <= n {
		return faces
	}
	out := make([]*sample.Face, n)
	for i := range out {
		out[i] = faces[(2*i+1)*len(faces)/(2*n)]
	}
	return out
}
