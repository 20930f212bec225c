// Package instant judges media without keeping them: rules, analyses and verdicts are
// those of stored folders, and everything is in memory until the answer is written. No
// row, no file and no temporary file is made.
package instant

import (
	"context"
	"log/slog"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Opener decodes, and forgets what it has decoded. *media.Decoder satisfies it.
type Opener interface {
	media.Opener
	Forget(digest string)
}

// Config is what a desk works with.
type Config struct {
	Opener    Opener
	Evaluator *job.Evaluator   // whose places bound what is judged at once
	Specs     []analysis.Spec  // of all known types of analyses
	MaxFiles  int              // in one call
	MaxMeta   intake.MetaLimit // of each folder, media and analysis
	Bounds    *bound.Keeper    // of what may be ordered; nil means none
	MaxBytes  int64            // of the files of all calls under way
	Workers   int              // files of one payer that are examined at once
	Log       *slog.Logger
	Ended     func(a *bonafide.Analysis, r *bonafide.AnalysisResult) // hears of each analysis; nil for nobody
	Now       func() time.Time
}

// Desk takes media in and judges them at once. It is safe for concurrent use.
type Desk struct {
	Config
	*intake.Reception // stages into memory
}

// New makes a desk.
func New(c Config) *Desk {
	// No collection is searched: the caller's media belong to no folder of a company.
	evaluator := *c.Evaluator
	evaluator.Gallery = nil
	c.Evaluator = &evaluator
	return &Desk{Config: c, Reception: intake.NewReception(intake.ReceptionConfig{
		Stager:    newMemory(c.MaxBytes, c.Opener.Forget),
		Examiner:  examiner{c.Opener},
		Specs:     c.Specs,
		MaxFiles:  c.MaxFiles,
		MaxMeta:   c.MaxMeta,
		Bounds:    c.Bounds,
		Examiners: c.Workers,
	})}
}

// Judge runs the ordered analyses over the upload and gives the folder that a single
// request would have made, with all analyses ended. Best shots are in the findings.
// What can only be done with stored objects is CodeValue; a call that ctx ends
// before its verdict is CodeThrottled.
func (d *Desk) Judge(ctx context.Context, u *bonafide.User, up intake.Upload) (*intake.Created, error) {
	if err := d.check(up.Payload.Orders); err != nil {
		return nil, err
	}
	made, err := d.Draft(ctx, u, up)
	if err != nil {
		return nil, err
	}
	d.stamp(made)
	limits, err := d.Config.Bounds.Of(ctx, made.Folder.CompanyID)
	if err != nil {
		return nil, err
	}
	set := d.Evaluator.SetWithin(limits)
	samples := make([]*sample.Sample, len(made.Media))
	for i, m := range made.Media {
		src := media.Source{Path: up.Files[i].Path(), Digest: m.Original.Digest, Last: true}
		samples[i] = sample.Open(m, src, d.Opener, set)
	}
	outcomes := d.Evaluator.Evaluate(ctx, made.Analyses, samples, nil)
	if ctx.Err() != nil {
		return nil, busy()
	}
	d.settle(ctx, made, outcomes)
	return made, nil
}

// check refuses orders that need stored objects.
func (d *Desk) check(o intake.Orders) error {
	if len(o.Lines) == 0 {
		return bonafide.Errorf(bonafide.CodeValue, "No analysis was ordered, and nothing else would be left of the request")
	}
	for _, l := range o.Lines {
		if spec, _ := d.Spec(l.Type); spec.Collection {
			return bonafide.Errorf(bonafide.CodeValue, "Analyses of type %s need stored folders", l.Type)
		}
	}
	if o.Endpoint != "" {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid resolution_endpoint, webhooks need stored folders")
	}
	return nil
}

// stamp sets all times to now.
func (d *Desk) stamp(made *intake.Created) {
	now := d.Now()
	made.Folder.TimeCreated, made.Folder.TimeUpdated = now, now
	for i := range made.Media {
		made.Media[i].TimeCreated, made.Media[i].TimeUpdated = now, now
	}
	for i := range made.Analyses {
		made.Analyses[i].TimeCreated, made.Analyses[i].TimeUpdated = now, now
	}
}

// settle writes down how the analyses ended. There is no second attempt: the client
// still has what it sent.
func (d *Desk) settle(ctx context.Context, made *intake.Created, outcomes []job.Outcome) {
	now := d.Now()
	for i, o := range outcomes {
		a := &made.Analyses[i]
		a.State, a.Resolution, a.Result = o.State, o.Resolution, o.Result
		a.ErrorCode, a.ErrorMessage, a.TimeUpdated = o.ErrorCode, o.ErrorMessage, now
		if o.Err != nil {
			d.Log.WarnContext(ctx, "instant analysis failed", "type", a.Type, "error", o.Err)
		}
		nameBestShots(o.Result)
		if d.Ended != nil {
			d.Ended(a, &o.AnalysisResult)
		}
	}
	made.Folder.State = decision.Folder(made.Analyses)
	made.Folder.ResolutionTime, made.Folder.TimeUpdated = now, now
}

// nameBestShots gives a key to each picture in the findings, as those of stored folders
// have one. There is no file behind it.
func nameBestShots(result *bonafide.Result) {
	if result == nil {
		return
	}
	for i := range result.Findings {
		if f := &result.Findings[i]; len(f.BestShotJPEG) > 0 {
			shot := blob.Blob{Size: int64(len(f.BestShotJPEG))}.File("", "image/jpeg")
			f.BestShot = &shot
		}
	}
}

// examiner finds out what a file is. What it decodes stays in the decoder's memory
// until the file is discarded.
type examiner struct{ opener media.Opener }

// Examine implements intake.Examiner. No thumbnail is made, as it could not be
// fetched later.
func (e examiner) Examine(ctx context.Context, path, digest string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	clip, err := e.opener.Open(ctx, media.Source{Path: path, Digest: digest})
	if err != nil {
		return "", bonafide.MediaInfo{}, nil, err
	}
	return clip.Kind, clip.Info, nil, nil
}
