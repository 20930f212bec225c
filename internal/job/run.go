package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// finishWithin bounds the last write of a group whose context has ended.
const finishWithin = 10 * time.Second

// Store is what a run reads and writes.
type Store interface {
	Groups
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	FinishGroup(ctx context.Context, groupID bonafide.ID, results []bonafide.AnalysisResult) error
	sample.Sightings
}

// Blobs is where the media lie and best shots go.
type Blobs interface {
	Put(ctx context.Context, r io.Reader) (blob.Blob, error)
	Path(ctx context.Context, digest string) (path string, done func(), err error)
}

// Runner runs groups of analyses that a queue hands out. It may be used from many
// goroutines, one group each.
type Runner struct {
	Store     Store
	Blobs     Blobs
	Opener    media.Opener
	Evaluator *Evaluator
	Bounds    *bound.Keeper // nil means none
	Waiters   *Waiters
	Log       *slog.Logger
	// Ended hears of each analysis that the store has as ended; nil for nobody.
	Ended func(a *bonafide.Analysis, r *bonafide.AnalysisResult)
}

// Run ends the group, or returns the error for which it should be tried again.
// attempt counts from 1. After the last attempt there is no retry: what fails then ends
// as FAILED. It is left to the queue to end a group that brings down the process, and how
// long it waits for what gives CodeBusy.
func (r *Runner) Run(ctx context.Context, groupID bonafide.ID, attempt int, last bool) error {
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "job"})
	orders, err := r.pending(ctx, groupID)
	if err != nil {
		return err
	}
	if len(orders) > 0 {
		ctx = quota.WithPayer(ctx, string(orders[0].CompanyID))
	}
	results, err := r.results(ctx, orders)
	switch {
	case damaged(err), err != nil && last && bonafide.CodeOf(err) != bonafide.CodeBusy: // what is damaged stays so, what is busy may come back
		return r.giveUp(ctx, groupID, orders, err)
	case err != nil:
		return fmt.Errorf("group %s: attempt %d: %w", groupID, attempt, err)
	}
	return r.finish(ctx, groupID, orders, results)
}

// pending gives those analyses of the group that have not ended, none where the
// group was deleted.
func (r *Runner) pending(ctx context.Context, groupID bonafide.ID) ([]bonafide.Analysis, error) {
	all, err := r.Store.Group(ctx, groupID)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("group %s: %w", groupID, err)
	}
	var orders []bonafide.Analysis
	for _, a := range all {
		if a.State == bonafide.Processing {
			orders = append(orders, a)
		}
	}
	return orders, nil
}

func (r *Runner) finish(ctx context.Context, groupID bonafide.ID, orders []bonafide.Analysis, results []bonafide.AnalysisResult) error {
	for len(results) > 0 {
		err := r.Store.FinishGroup(ctx, groupID, results)
		if err == nil {
			break
		}
		if bonafide.CodeOf(err) != bonafide.CodeNotFound {
			return fmt.Errorf("group %s: %w", groupID, err)
		}
		left, err := r.pending(ctx, groupID)
		if err != nil {
			return err
		}
		n := len(results)
		if results = resultsOf(left, results); len(results) == n { // nothing was deleted: no use in going on
			return bonafide.Errorf(bonafide.CodeUnknown, "group %s cannot be ended", groupID)
		}
	}
	r.Waiters.Announce(groupID)
	r.tell(orders, results)
	return nil
}

// tell lets who listens know what has ended.
func (r *Runner) tell(orders []bonafide.Analysis, results []bonafide.AnalysisResult) {
	for i := range results {
		at := slices.IndexFunc(orders, func(a bonafide.Analysis) bool { return a.ID == results[i].AnalysisID })
		if r.Ended != nil && at >= 0 {
			r.Ended(&orders[at], &results[i])
		}
	}
}

// resultsOf gives the results of those analyses that are still there.
func resultsOf(analyses []bonafide.Analysis, results []bonafide.AnalysisResult) []bonafide.AnalysisResult {
	var left []bonafide.AnalysisResult
	for _, res := range results {
		if slices.ContainsFunc(analyses, func(a bonafide.Analysis) bool { return a.ID == res.AnalysisID }) {
			left = append(left, res)
		}
	}
	return left
}

// giveUp ends all analyses as FAILED. It works even when ctx has ended, because there is
// no further attempt.
func (r *Runner) giveUp(ctx context.Context, groupID bonafide.ID, orders []bonafide.Analysis, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	r.Log.ErrorContext(ctx, "group given up", "group", groupID, "error", cause)
	var results []bonafide.AnalysisResult
	for _, a := range orders {
		results = append(results, failed(a.ID, cause).AnalysisResult)
	}
	return r.finish(ctx, groupID, orders, results)
}

// results evaluates the orders over samples of their media. An error means that
// another attempt may end better.
func (r *Runner) results(ctx context.Context, orders []bonafide.Analysis) ([]bonafide.AnalysisResult, error) {
	samples, done, err := r.samples(ctx, orders)
	defer done()
	if err != nil {
		return nil, err
	}
	var results []bonafide.AnalysisResult
	// The disk is slow: best shots go there while other analyses run.
	ended := func(o *Outcome) {
		if err := r.keepBestShots(ctx, o.Result); err != nil {
			o.Err, o.Retry = fmt.Errorf("best shot: %w", err), true
		}
	}
	outcomes := r.Evaluator.Evaluate(ctx, orders, samples, ended)
	if err := r.unchanged(ctx, samples); err != nil {
		return nil, err
	}
	for i, o := range outcomes {
		if o.Retry {
			return nil, fmt.Errorf("analysis %s (%s): %w", o.AnalysisID, orders[i].Type, o.Err)
		}
		if o.Err != nil {
			r.Log.WarnContext(ctx, "analysis failed", "analysis", o.AnalysisID, "type", orders[i].Type, "error", o.Err)
		}
		results = append(results, o.AnalysisResult)
	}
	return results, nil
}

// unchanged looks at the files again, so that none was exchanged before it was decoded.
func (r *Runner) unchanged(ctx context.Context, samples []*sample.Sample) error {
	for _, s := range samples {
		_, free, err := r.Blobs.Path(ctx, s.Media.Original.Digest)
		if bonafide.CodeOf(err) == bonafide.CodeNotFound {
			continue // deleted meanwhile
		}
		if err != nil {
			return fmt.Errorf("media %s: %w", s.Media.ID, err)
		}
		free()
	}
	return nil
}

// damaged says whether stored content is not what it was.
func damaged(err error) bool {
	var d *blob.DamagedError
	return errors.As(err, &d)
}

// samples opens one sample per media, shared by all orders. done gives the files
// back and must be called in any case.
func (r *Runner) samples(ctx context.Context, orders []bonafide.Analysis) (_ []*sample.Sample, done func(), err error) {
	var release []func()
	done = func() {
		for _, f := range release {
			f()
		}
	}
	if len(orders) == 0 {
		return nil, done, nil
	}
	folder := orders[0].FolderID
	byFolder, err := r.Store.MediaOf(ctx, folder)
	if err != nil {
		return nil, done, fmt.Errorf("folder %s: media: %w", folder, err)
	}
	limits, err := r.Bounds.Of(ctx, orders[0].CompanyID)
	if err != nil {
		return nil, done, err
	}
	set := r.Evaluator.SetWithin(limits)
	var samples []*sample.Sample
	for _, m := range byFolder[folder] {
		if !wanted(orders, m.ID) {
			continue
		}
		path, free, err := r.Blobs.Path(ctx, m.Original.Digest)
		if err != nil {
			return nil, done, fmt.Errorf("media %s: %w", m.ID, err)
		}
		release = append(release, free)
		src := media.Source{Path: path, Digest: m.Original.Digest, Last: true}
		samples = append(samples, sample.Open(m, src, r.Opener, set).WithHistory(r.Store))
	}
	return samples, done, nil
}

func wanted(orders []bonafide.Analysis, media bonafide.ID) bool {
	for _, a := range orders {
		if slices.Contains(a.SourceMedia, media) {
			return true
		}
	}
	return false
}

// keepBestShots stores the pictures that findings carry and names them.
func (r *Runner) keepBestShots(ctx context.Context, result *bonafide.Result) error {
	if result == nil {
		return nil
	}
	for i := range result.Findings {
		f := &result.Findings[i]
		if len(f.BestShotJPEG) == 0 {
			continue
		}
		blob, err := r.Blobs.Put(ctx, bytes.NewReader(f.BestShotJPEG))
		if err != nil {
			return err
		}
		shot := blob.File(string(bonafide.NewID())+".jpg", "image/jpeg")
		f.BestShot, f.BestShotJPEG = &shot, nil
	}
	return nil
}
