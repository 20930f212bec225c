package job_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// shelf is a store and a blob store in memory.
type shelf struct {
	mu       sync.Mutex
	media    []bonafide.Media
	analyses []bonafide.Analysis
	finishes int
	blobs    map[string]string
	open     int // paths given out and not yet given back
	fault    error
	full     error   // of Put
	paths    []error // of the next calls of Path; nil: it succeeds
}

func (s *shelf) Group(_ context.Context, id bonafide.ID) ([]bonafide.Analysis, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []bonafide.Analysis
	for _, a := range s.analyses {
		if a.GroupID == id {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Group of analyses not found")
	}
	return out, nil
}

func (s *shelf) MediaOf(_ context.Context, ids ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error) {
	return map[bonafide.ID][]bonafide.Media{ids[0]: s.media}, s.fault
}

func (s *shelf) Earlier(context.Context, *bonafide.Media, int) ([]bonafide.Sighting, error) {
	return nil, nil
}

func (s *shelf) FinishGroup(ctx context.Context, id bonafide.ID, results []bonafide.AnalysisResult) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finishes++
	for _, r := range results {
		if !slices.ContainsFunc(s.analyses, func(a bonafide.Analysis) bool { return a.ID == r.AnalysisID && a.GroupID == id }) {
			return bonafide.Errorf(bonafide.CodeNotFound, "Analysis not found in the group")
		}
	}
	for _, r := range results {
		for i := range s.analyses {
			a := &s.analyses[i]
			if a.ID == r.AnalysisID && a.GroupID == id && a.State == bonafide.Processing {
				a.State, a.Resolution, a.Result = r.State, r.Resolution, r.Result
				a.ErrorCode, a.ErrorMessage = r.ErrorCode, r.ErrorMessage
			}
		}
	}
	return nil
}

func (s *shelf) Put(_ context.Context, r io.Reader) (blob.Blob, error) {
	b, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full != nil {
		return blob.Blob{}, s.full
	}
	if s.blobs == nil {
		s.blobs = map[string]string{}
	}
	s.blobs["digest of "+string(b)] = string(b)
	return blob.Blob{Digest: "digest of " + string(b), Size: int64(len(b))}, err
}

func (s *shelf) Path(_ context.Context, digest string) (string, func(), error) {
	if len(s.paths) > 0 {
		err := s.paths[0]
		if s.paths = s.paths[1:]; err != nil {
			return "", nil, err
		}
	}
	s.open++
	return "/blobs/" + digest, func() { s.open-- }, nil
}

// opener decodes everything to one grey picture and counts how often.
type opener struct {
	mu     sync.Mutex // guards opened
	opened []media.Source
	err    error
}

func (o *opener) Open(_ context.Context, src media.Source) (*media.Clip, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.opened = append(o.opened, src)
	return &media.Clip{Frames: []media.Frame{{Image: vision.NewImage(4, 4)}}}, o.err
}

// blind finds no face.
type blind struct{}

func (blind) Ref() bonafide.ModelRef { return bonafide.ModelRef{Name: "blind", Version: "1"} }

func (blind) Detect(context.Context, *vision.Image, model.Look) ([]model.Face, error) {
	return nil, nil
}

func blindSet() *model.Set {
	return &model.Set{
		Detector:   blind{},
		Landmarker: struct{ model.Landmarker }{refOnly{}},
		Embedder:   struct{ model.Embedder }{embedRefOnly{}},
	}
}

type refOnly struct{ model.Landmarker }

func (refOnly) Ref() bonafide.ModelRef { return bonafide.ModelRef{Name: "mesh", Version: "1"} }

type embedRefOnly struct{ model.Embedder }

func (embedRefOnly) Ref() bonafide.ModelRef { return bonafide.ModelRef{Name: "embed", Version: "1"} }

// scripted is an analysis made of a function.
type scripted struct {
	name bonafide.AnalysisType
	run  func(context.Context, analysis.Input) ([]bonafide.Finding, error)
}

func (s scripted) Spec() analysis.Spec { return analysis.Spec{Type: s.name} }
func (s scripted) Run(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	return s.run(ctx, in)
}

// lively looks at every frame and finds everything alive.
func lively(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
	var out []bonafide.Finding
	for _, s := range in.Samples {
		if _, err := s.Frames(ctx); err != nil {
			return nil, err
		}
		score := 0.9
		out = append(out, bonafide.Finding{
			Kind: bonafide.FindingLiveness, MediaID: s.Media.ID, Score: &score, BestShotJPEG: []byte("shot of " + s.Media.ID),
		})
	}
	return out, nil
}

type bench struct {
	shelf  *shelf
	opener *opener
	runner *job.Runner
	log    *strings.Builder
}

// newBench orders one analysis of each type over media a and b, in group g.
func newBench(all ...analysis.Analysis) *bench {
	b := &bench{shelf: &shelf{}, opener: &opener{}, log: &strings.Builder{}}
	for _, id := range []bonafide.ID{"a", "b", "unused"} {
		b.shelf.media = append(b.shelf.media, bonafide.Media{ID: id, Original: bonafide.File{Digest: "d" + string(id)}})
	}
	for _, k := range all {
		b.order(k.Spec().Type)
	}
	b.runner = &job.Runner{
		Store: b.shelf, Blobs: b.shelf, Opener: b.opener,
		Evaluator: &job.Evaluator{Set: blindSet(), Analyses: all, Policy: decision.Default(), Limit: time.Hour},
		Waiters:   job.NewWaiters(b.shelf),
		Log:       slog.New(slog.NewTextHandler(b.log, nil)),
	}
	return b
}

func (b *bench) order(t bonafide.AnalysisType) {
	b.shelf.analyses = append(b.shelf.analyses, bonafide.Analysis{
		ID: bonafide.ID(strings.ToLower(string(t))), GroupID: "g", FolderID: "f", Type: t,
		State: bonafide.Processing, Resolution: bonafide.Processing, SourceMedia: []bonafide.ID{"a", "b"},
	})
}

func (b *bench) analysis(t *testing.T, id bonafide.ID) bonafide.Analysis {
	t.Helper()
	for _, a := range b.shelf.analyses {
		if a.ID == id {
			return a
		}
	}
	t.Fatalf("no analysis %s", id)
	return bonafide.Analysis{}
}

func TestAFileThatWasExchangedFailsAtOnce(t *testing.T) {
	exchanged := bonafide.Wrap(bonafide.CodeUnknown, "The stored file is damaged", &blob.DamagedError{Digest: "da"})
	for when, paths := range map[string][]error{
		"before":          {nil, exchanged},
		"while it is run": {nil, nil, exchanged},
	} {
		b := newBench(scripted{"ONE", lively})
		b.shelf.paths = paths
		if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
			t.Fatal(err)
		}
		if a := b.analysis(t, "one"); a.State != bonafide.Failed || a.Resolution != bonafide.Failed || !strings.Contains(a.ErrorMessage, "damaged") {
			t.Errorf("exchanged %s: %+v", when, a)
		}
		if b.shelf.open != 0 {
			t.Errorf("exchanged %s: %d files were not given back", when, b.shelf.open)
		}
	}
}

// TestALongGroupLeavesAPlaceToOthers has one analysis that takes long, and another payer.
func TestALongGroupLeavesAPlaceToOthers(t *testing.T) {
	begun, proceed := make(chan struct{}), make(chan struct{})
	b := newBench(scripted{"ONE", func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
		if quota.PayerOf(ctx) == "a" {
			close(begun)
			<-proceed
		}
		return lively(ctx, in)
	}})
	b.runner.Evaluator.Places = quota.New(quota.Limits{Places: 2, PerKey: 1, Waiting: quota.Unlimited})
	b.shelf.analyses[0].CompanyID = "a"
	done := make(chan error, 1)
	go func() { done <- b.runner.Run(t.Context(), "g", 1, false) }()
	<-begun
	waited, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := b.runner.Evaluator.Place(quota.WithPayer(waited, "a")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a has a second place: %v", err)
	}
	if release, err := b.runner.Evaluator.Place(quota.WithPayer(t.Context(), "b")); err != nil {
		t.Error("b has none:", err)
	} else {
		release()
	}
	close(proceed)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestAnEvaluationWithoutAPlaceIsTriedAgain(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	b.runner.Evaluator.Places = quota.New(quota.Limits{Waiting: quota.Unlimited})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	out := b.runner.Evaluator.Evaluate(ctx, b.shelf.analyses, nil, nil)
	if len(out) != 1 || !out[0].Retry || out[0].State != bonafide.Failed || !errors.Is(out[0].Err, context.DeadlineExceeded) {
		t.Errorf("%+v", out)
	}
}

func TestAGroupEndsAtOnceWithAllResults(t *testing.T) {
	b := newBench(scripted{"ONE", lively}, scripted{"TWO", lively})
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	for _, id := range []bonafide.ID{"one", "two"} {
		a := b.analysis(t, id)
		if a.State != bonafide.Finished || a.Resolution != bonafide.Success || len(a.Result.Findings) != 2 || len(a.Result.Models) != 3 {
			t.Errorf("%s: %+v", id, a)
		}
	}
	if b.shelf.finishes != 1 {
		t.Errorf("finished %d times", b.shelf.finishes)
	}
}

func TestMediaAreDecodedOncePerGroup(t *testing.T) {
	b := newBench(scripted{"ONE", lively}, scripted{"TWO", lively})
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	if len(b.opener.opened) != 2 || b.opener.opened[0] != (media.Source{Path: "/blobs/da", Digest: "da", Last: true}) {
		t.Errorf("opened %v", b.opener.opened)
	}
	if b.shelf.open != 0 {
		t.Errorf("%d files were not given back", b.shelf.open)
	}
}

func TestBestShotsAreStoredUnderAnUnguessableKey(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	f := b.analysis(t, "one").Result.Findings[0]
	if f.BestShot == nil || f.BestShotJPEG != nil || b.shelf.blobs[f.BestShot.Digest] != "shot of a" {
		t.Fatalf("%+v", f)
	}
	if len(f.BestShot.Key) < 32 || !strings.HasSuffix(f.BestShot.Name, ".jpg") || f.BestShot.MIME != "image/jpeg" {
		t.Errorf("%+v", f.BestShot)
	}
}

func TestBestShotsAreStoredWhileOtherAnalysesRun(t *testing.T) {
	var b *bench
	stored := func() bool {
		b.shelf.mu.Lock()
		defer b.shelf.mu.Unlock()
		return len(b.shelf.blobs) == 2
	}
	patient := func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
		for !stored() {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			time.Sleep(time.Millisecond)
		}
		return lively(ctx, in)
	}
	b = newBench(scripted{"ONE", lively}, scripted{"TWO", patient})
	b.runner.Evaluator.Limit = time.Minute
	if err := b.runner.Run(t.Context(), "g", 1, true); err != nil {
		t.Fatal(err)
	}
	if a := b.analysis(t, "two"); a.Resolution != bonafide.Success {
		t.Errorf("%+v", a)
	}
}

func TestASecondDeliveryChangesNothing(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	for range 2 {
		if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
			t.Fatal(err)
		}
	}
	if b.shelf.finishes != 1 || len(b.opener.opened) != 2 {
		t.Errorf("finished %d times, opened %v", b.shelf.finishes, b.opener.opened)
	}
}

func TestWhatCannotBeEndsAsFailedAtOnce(t *testing.T) {
	refuse := func(code bonafide.Code, message string) scripted {
		return scripted{"BAD", func(context.Context, analysis.Input) ([]bonafide.Finding, error) {
			return nil, bonafide.Wrap(code, message, errors.New("secret"))
		}}
	}
	tests := map[string]struct {
		asked   scripted
		code    bonafide.Code
		message string
	}{
		"an unknown type":   {scripted{"BAD", nil}, bonafide.CodeUnsupported, "Analysis type BAD is not available"},
		"a missing model":   {refuse(bonafide.CodeModel, "no liveness model installed"), bonafide.CodeModel, "no liveness model installed"},
		"a bad value":       {refuse(bonafide.CodeValue, "unreadable"), bonafide.CodeValue, "unreadable"},
		"an unreadable zip": {refuse(bonafide.CodeStructure, "no frames"), bonafide.CodeStructure, "no frames"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(scripted{"ONE", lively})
			if tt.asked.run != nil {
				b.runner.Evaluator.Analyses = append(b.runner.Evaluator.Analyses, tt.asked)
			}
			b.order("BAD")
			if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
				t.Fatal(err)
			}
			a := b.analysis(t, "bad")
			if a.State != bonafide.Failed || a.Resolution != bonafide.Failed || a.ErrorCode != tt.code || a.ErrorMessage != tt.message {
				t.Errorf("%+v", a)
			}
			if one := b.analysis(t, "one"); one.Resolution != bonafide.Success {
				t.Errorf("the other analysis: %+v", one)
			}
		})
	}
}

func TestUnreadableMediaFailWithTheReason(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	b.opener.err = bonafide.Errorf(bonafide.CodeValue, "The picture is damaged")
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	if a := b.analysis(t, "one"); a.State != bonafide.Failed || a.ErrorMessage != "The picture is damaged" {
		t.Errorf("%+v", a)
	}
}

func TestFaultsOfTheMachineAreTriedAgain(t *testing.T) {
	fault := errors.New("disk on fire")
	tests := map[string]func(*bench){
		"in an analysis": func(b *bench) { b.opener.err = fault },
		"in the store":   func(b *bench) { b.shelf.fault = fault },
		"in the blobs":   func(b *bench) { b.shelf.full = fault },
		"a panic": func(b *bench) {
			b.runner.Evaluator.Analyses = []analysis.Analysis{scripted{"ONE", func(context.Context, analysis.Input) ([]bonafide.Finding, error) {
				panic("out of bounds")
			}}}
		},
		"a score that is not one": func(b *bench) {
			b.runner.Evaluator.Analyses = []analysis.Analysis{scripted{"ONE", func(context.Context, analysis.Input) ([]bonafide.Finding, error) {
				return nil, nil
			}}}
		},
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(scripted{"ONE", lively})
			spoil(b)
			if err := b.runner.Run(t.Context(), "g", 1, false); err == nil {
				t.Error("no error")
			}
			if a := b.analysis(t, "one"); a.State != bonafide.Processing || b.shelf.open != 0 {
				t.Errorf("after the first attempt: %+v, %d files open", a, b.shelf.open)
			}
			if err := b.runner.Run(t.Context(), "g", 2, true); err != nil {
				t.Fatal(err)
			}
			a := b.analysis(t, "one")
			if a.State != bonafide.Failed || a.ErrorCode != bonafide.CodeUnknown || a.ErrorMessage != "The analysis failed because of an internal fault" {
				t.Errorf("after the last attempt: %+v", a)
			}
		})
	}
}

func TestWhatIsAwayEndsNoGroup(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	b.shelf.full = bonafide.Errorf(bonafide.CodeBusy, "The file could not be stored, try again later")
	if err := b.runner.Run(t.Context(), "g", 3, true); bonafide.CodeOf(err) != bonafide.CodeBusy {
		t.Errorf("got %v", err)
	}
	if a := b.analysis(t, "one"); a.State != bonafide.Processing {
		t.Errorf("%+v", a)
	}
}

func TestAPanicHarmsNoOtherAnalysis(t *testing.T) {
	b := newBench(scripted{"BAD", func(context.Context, analysis.Input) ([]bonafide.Finding, error) { panic("no") }}, scripted{"ONE", lively})
	var samples []*sample.Sample
	for _, m := range b.shelf.media {
		samples = append(samples, sample.Open(m, media.Source{}, b.opener, b.runner.Evaluator.Set))
	}
	out := b.runner.Evaluator.Evaluate(t.Context(), b.shelf.analyses, samples, nil)
	if !out[0].Retry || !strings.Contains(out[0].Err.Error(), "panic: no") {
		t.Errorf("%+v", out[0])
	}
	if out[1].Err != nil || out[1].Resolution != bonafide.Success {
		t.Errorf("%+v", out[1])
	}
}

func TestAnalysesRunSideBySideOnIdleCoresOnly(t *testing.T) {
	for cores, want := range map[int]int32{0: 1, 1: 1, 2: 2, 3: 3, 8: 3} {
		var running, most atomic.Int32
		meet := func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
			n := running.Add(1)
			defer running.Add(-1)
			for end := time.Now().Add(5 * time.Second); n < want && running.Load() < want && most.Load() < want && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			for {
				if m := most.Load(); m >= running.Load() || most.CompareAndSwap(m, running.Load()) {
					break
				}
			}
			return lively(ctx, in)
		}
		b := newBench(scripted{"ONE", meet}, scripted{"TWO", meet}, scripted{"THREE", meet})
		if cores > 0 { // without, nothing is counted
			b.runner.Evaluator.Cores = job.NewCores(cores)
		}
		if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
			t.Fatal(err)
		}
		for _, id := range []bonafide.ID{"one", "two", "three"} {
			if a := b.analysis(t, id); a.Resolution != bonafide.Success {
				t.Errorf("%d cores: %s is %s", cores, id, a.Resolution)
			}
		}
		if most.Load() != want {
			t.Errorf("%d cores: %d analyses at once, want %d", cores, most.Load(), want)
		}
		if len(b.opener.opened) != 2 {
			t.Errorf("%d cores: media were decoded %d times", cores, len(b.opener.opened))
		}
	}
}

func TestAnAnalysisSpreadsOverIdleCoresOnly(t *testing.T) {
	for cores, want := range map[int]int32{0: 0, 1: 0, 2: 1, 3: 2, 8: 2} {
		var aside atomic.Int32
		b := newBench(scripted{"ONE", func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
			end := make(chan struct{})
			for range 2 {
				returned := make(chan struct{})
				wait := in.Start(func() {
					select {
					case <-returned:
						aside.Add(1)
						<-end
					case <-time.After(100 * time.Millisecond): // it waits for itself
					}
				})
				close(returned)
				defer wait()
			}
			close(end)
			return lively(ctx, in)
		}})
		if cores > 0 { // without, nothing is counted
			b.runner.Evaluator.Cores = job.NewCores(cores)
		}
		if err := b.runner.Run(t.Context(), "g", 1, true); err != nil {
			t.Fatal(err)
		}
		if aside.Load() != want {
			t.Errorf("%d cores: %d aside, want %d", cores, aside.Load(), want)
		}
	}
}

func TestAPanicAsideIsThatOfTheAnalysis(t *testing.T) {
	b := newBench(scripted{"ONE", func(_ context.Context, in analysis.Input) ([]bonafide.Finding, error) {
		in.Start(func() { panic("out of bounds") })()
		return nil, nil
	}}, scripted{"TWO", lively})
	b.runner.Evaluator.Cores = job.NewCores(8)
	err := b.runner.Run(t.Context(), "g", 1, false)
	if err == nil || !strings.Contains(err.Error(), "out of bounds") {
		t.Errorf("got %v", err)
	}
}

func TestTheLastAttemptEndsTheGroupThoughItsContextHas(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := newBench(scripted{"ONE", func(ctx context.Context, _ analysis.Input) ([]bonafide.Finding, error) {
		cancel()
		return nil, ctx.Err()
	}})
	if err := b.runner.Run(ctx, "g", 2, true); err != nil {
		t.Fatal(err)
	}
	if a := b.analysis(t, "one"); a.State != bonafide.Failed {
		t.Errorf("%+v", a)
	}
}

func TestAnAnalysisThatTakesTooLongFails(t *testing.T) {
	b := newBench(scripted{"SLOW", func(ctx context.Context, _ analysis.Input) ([]bonafide.Finding, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	b.runner.Evaluator.Limit = time.Millisecond
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	if a := b.analysis(t, "slow"); a.State != bonafide.Failed || a.ErrorMessage != "The analysis took too long" {
		t.Errorf("%+v", a)
	}
}

func TestAStoppedServerTriesAgainLater(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	b := newBench(scripted{"SLOW", func(ctx context.Context, _ analysis.Input) ([]bonafide.Finding, error) {
		stop()
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	if err := b.runner.Run(ctx, "g", 1, false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if a := b.analysis(t, "slow"); a.State != bonafide.Processing {
		t.Errorf("%+v", a)
	}
}

func TestDeletedMediaFailTheAnalysis(t *testing.T) {
	b := newBench(scripted{"ONE", lively})
	b.shelf.media = b.shelf.media[:1]
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	if a := b.analysis(t, "one"); a.State != bonafide.Failed || a.ErrorMessage != "A media of this analysis has been deleted" {
		t.Errorf("%+v", a)
	}
}

// deleting is an analysis during which the analyses of those ids are deleted.
func deleting(name bonafide.AnalysisType, b **bench, ids ...bonafide.ID) scripted {
	return scripted{name, func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
		s := (*b).shelf
		s.mu.Lock()
		s.analyses = slices.DeleteFunc(s.analyses, func(a bonafide.Analysis) bool { return slices.Contains(ids, a.ID) })
		s.mu.Unlock()
		return lively(ctx, in)
	}}
}

func TestWhatWasDeletedMeanwhileDoesNotHoldUpTheRest(t *testing.T) {
	var b *bench
	b = newBench(deleting("ONE", &b, "one"), scripted{"TWO", lively})
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	if two := b.analysis(t, "two"); two.Resolution != bonafide.Success || len(b.shelf.analyses) != 1 {
		t.Errorf("%+v", b.shelf.analyses)
	}
}

func TestADeletedGroupEndsQuietly(t *testing.T) {
	var b *bench
	b = newBench(deleting("ONE", &b, "one"))
	for attempt := range 2 { // in the midst of it, and before
		if err := b.runner.Run(t.Context(), "g", attempt+1, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.runner.Waiters.Wait(t.Context(), "g"); err != nil || len(b.shelf.analyses) != 0 {
		t.Errorf("%v, %+v", err, b.shelf.analyses)
	}
}

// firms is a company with limits of its own.
type firms bonafide.Meta

func (f firms) Company(context.Context, bonafide.ID) (*bonafide.Company, error) {
	return &bonafide.Company{TechnicalMeta: bonafide.Meta(f)}, nil
}

func TestMediaOfACompanyAreJudgedByItsGate(t *testing.T) {
	var gates []model.Gate
	b := newBench(scripted{"ONE", func(ctx context.Context, in analysis.Input) ([]bonafide.Finding, error) {
		for _, s := range in.Samples {
			gates = append(gates, s.Set().Gate)
		}
		return lively(ctx, in)
	}})
	b.runner.Evaluator.Set.Gate = model.Gate{MaxFaceShare: 0.6, MinEyeDistancePx: 45, MinFrames: 5}
	for i := range b.shelf.analyses {
		b.shelf.analyses[i].CompanyID = "bank"
	}
	b.runner.Bounds = &bound.Keeper{Companies: firms{bound.MaxFaceShare: 0.5, bound.MinEyeDistance: 40.}}
	if err := b.runner.Run(t.Context(), "g", 1, false); err != nil {
		t.Fatal(err)
	}
	want := model.Gate{MaxFaceShare: 0.5, MinEyeDistancePx: 45, MinFrames: 5}
	if len(gates) != 2 || gates[0] != want || gates[1] != want {
		t.Errorf("got %+v", gates)
	}
	if b.runner.Evaluator.Set.Gate.MaxFaceShare != 0.6 {
		t.Error("the gate of all others has changed")
	}
}
