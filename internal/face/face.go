// Package face asks one picture at a time, without folders, rows or queue: what
// template does its face give, does it show a living person, and how alike are two
// templates? Persons are enrolled by it, and the stateless service answers out of
// it.
package face

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Reader reads faces. It may be used from many goroutines.
type Reader struct {
	Opener    media.Opener
	Evaluator *job.Evaluator
}

// Template makes a template of the only face in a file. A file that is no media,
// and one that does not show exactly one usable face, are CodeValue with advice for
// the capture subject, in the language of the context.
func (r *Reader) Template(ctx context.Context, path, digest string) (bonafide.Template, error) {
	t, reason, err := r.subject(ctx, media.Source{Path: path, Digest: digest, Last: true})
	if err == nil && reason != "" {
		err = bonafide.Errorf(bonafide.CodeValue, "%s", advice.Sentence(advice.LanguageOf(ctx), reason))
	}
	return t, err
}

// Photo is Template with the code of the reason for which there is none in the place of
// advice.
func (r *Reader) Photo(ctx context.Context, path, digest string) (t bonafide.Template, reason string, err error) {
	return r.subject(ctx, media.Source{Path: path, Digest: digest})
}

// Extract makes a template of the only face in a picture, or gives the code of the
// reason for which it cannot. What is no picture is CodeValue. Nothing of it is
// stored.
func (r *Reader) Extract(ctx context.Context, picture []byte) (t bonafide.Template, reason string, err error) {
	src, done, err := media.Picture(picture)
	if err != nil {
		return t, "", err
	}
	defer done()
	return r.subject(ctx, src)
}

func (r *Reader) subject(ctx context.Context, src media.Source) (bonafide.Template, string, error) {
	release, err := r.Evaluator.Place(ctx)
	if err != nil {
		return bonafide.Template{}, "", err
	}
	defer release()
	return analysis.Subject(ctx, sample.Open(bonafide.Media{}, src, r.Opener, r.Evaluator.Set))
}

// Compare gives the similarity of two templates and the verdict about it: SUCCESS,
// OPERATOR_REQUIRED or DECLINED. Templates of another model are CodeModel.
func (r *Reader) Compare(a, b bonafide.Template) (similarity float64, verdict bonafide.Status, err error) {
	cosine, similarity, err := r.Evaluator.Set.Embedder.Compare(a, b)
	if err != nil {
		return 0, "", err
	}
	v, err := r.Evaluator.Policy.Resolve([]bonafide.ID{"a", "b"}, []bonafide.Finding{
		{Kind: bonafide.FindingSimilarity, MediaID: "a", OtherID: "b", Score: &similarity, Raw: &cosine}}, bonafide.Params{})
	return similarity, v.Resolution, err
}

// Found gives the similarity of somebody whom a search found among so many references
// with this cosine. What is not a number means that it cannot be told.
func (r *Reader) Found(cosine float64, size int) float64 {
	return r.Evaluator.Set.Embedder.Found(cosine, size)
}

// FalseAlarms tells how many searches for people who are not there name somebody, as a part
// of 1; false where it is not known.
func (r *Reader) FalseAlarms(threshold float64, size int) (rate float64, ok bool) {
	return r.Evaluator.Set.FalseAlarms(threshold, size)
}

// Live gives the live score of a picture, nil with the reasons for which there is
// none, and whether it passes as a living person. Nothing of it is stored.
func (r *Reader) Live(ctx context.Context, picture []byte) (score *float64, passed bool, reasons []bonafide.Reason, err error) {
	src, done, err := media.Picture(picture)
	if err != nil {
		return nil, false, nil, err
	}
	defer done()
	const id = "picture"
	no := false
	order := bonafide.Analysis{ID: id, Type: bonafide.Quality, SourceMedia: []bonafide.ID{id}, Params: bonafide.Params{ExtractBestShot: &no}}
	out := r.Evaluator.Evaluate(ctx, []bonafide.Analysis{order},
		[]*sample.Sample{sample.Open(bonafide.Media{ID: id, Kind: bonafide.Image}, src, r.Opener, r.Evaluator.Set)}, nil)[0]
	if out.Err != nil {
		return nil, false, nil, out.Err
	}
	for _, f := range out.Result.Findings {
		if f.Kind == bonafide.FindingLiveness {
			score, reasons = f.Score, f.Failures
		}
	}
	return score, out.Resolution == bonafide.Success, reasons, nil
}

// Models lists the models in use.
func (r *Reader) Models() []bonafide.ModelRef { return r.Evaluator.Set.Refs() }

// Try sees that pictures can be decoded and examined, by one that shows nobody.
func (r *Reader) Try(ctx context.Context) error {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		return err
	}
	_, reason, err := r.Extract(ctx, b.Bytes())
	if err == nil && reason != bonafide.ReasonNoFace {
		err = fmt.Errorf("an empty picture gives %q", reason)
	}
	return err
}

// TryLiveness is Try, and sees that there is a liveness model.
func (r *Reader) TryLiveness(ctx context.Context) error {
	if r.Evaluator.Set.PAD == nil {
		return bonafide.Errorf(bonafide.CodeModel, "%s", advice.Sentence(advice.English, bonafide.ReasonNoLivenessSet))
	}
	return r.Try(ctx)
}
