// Package storetest is the suite that every implementation of store.Store and
// store.Queue must pass.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Subject is what is tested: a store with its queue.
type Subject interface {
	store.Store
	store.Queue
}

// Opener opens the store kept in dir. It must settle folders with decision.Folder. The
// caller closes the store.
type Opener func(ctx context.Context, dir string) (Subject, error)

// Run runs the suite, but for what kills processes: see Kill.
func Run(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, *world){
		"accounts":    accounts,
		"companies":   companies,
		"users":       users,
		"metadata":    metas,
		"sessions":    sessions,
		"folders":     folders,
		"media":       media,
		"analyses":    analyses,
		"orders":      orders,
		"endings":     endings,
		"filters":     filters,
		"paging":      paging,
		"scopes":      scopes,
		"totals":      totals,
		"sightings":   sightings,
		"writers":     writers,
		"collections": collections,
		"persons":     persons,
		"queue":       queue,
		"outbox":      outbox,
		"claims":      claims,
		"secrets":     secrets,
		"reopening":   reopening,
		"deletions":   deletions,
		"dequeued":    dequeued,
		"under way":   deletedUnderWay,
		"blobs":       looseBlobs,
		"auditing":    auditing,
		"operators":   operators,
		"reads":       reads,
		"events":      events,
		"captures":    captures,
		"marks":       marks,
		"links":       captureLinks,
		"imports":     imports,
		"merges":      merges,
		"retention":   retention,
		"reports":     reports,
		"templates":   reportTemplates,
		"statistic":   statistics,
		"backlog":     backlog,
		"quantiles":   quantiles,
		"reasons":     reasons,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, open))
		})
	}
}

// world is a store with two companies.
type world struct {
	Subject
	open      Opener
	dir       string
	company   bonafide.ID
	user      bonafide.ID // of the company
	colleague bonafide.ID // of the company
	other     bonafide.ID // company
	stranger  bonafide.ID // of the other company
}

func newWorld(t *testing.T, open Opener) *world {
	t.Helper()
	w := &world{open: open, dir: t.TempDir()}
	w.reopen(t)
	t.Cleanup(func() {
		w.agrees(t)
		w.Close()
	})
	for _, id := range []*bonafide.ID{&w.company, &w.other} {
		*id = bonafide.NewID()
		ok(t, w.CreateCompany(t.Context(), &bonafide.Company{ID: *id, Name: "Company"}))
	}
	for id, company := range map[*bonafide.ID]bonafide.ID{&w.user: w.company, &w.colleague: w.company, &w.stranger: w.other} {
		*id = bonafide.NewID()
		ok(t, w.CreateUser(t.Context(), &bonafide.User{
			ID: *id, CompanyID: company, Type: bonafide.Client, Active: true, Email: string(*id) + "@example.org",
		}))
	}
	return w
}

// reopen is what a restart does.
func (w *world) reopen(t *testing.T) {
	t.Helper()
	if w.Subject != nil {
		ok(t, w.Close())
	}
	s, err := w.open(t.Context(), w.dir)
	ok(t, err)
	w.Subject = s
}

// folder makes a folder of the company's user, not stored.
func (w *world) folder() *bonafide.Folder {
	return &bonafide.Folder{ID: bonafide.NewID(), CompanyID: w.company, UserID: w.user, Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{}}
}

// stored makes a folder with one media and an order, and stores it.
func (w *world) stored(t *testing.T) (*bonafide.Folder, []bonafide.Media, *store.Order) {
	t.Helper()
	f, m := w.folder(), []bonafide.Media{newMedia()}
	o := newOrder(m[0].ID)
	ok(t, w.CreateFolder(t.Context(), f, m, o))
	return f, m, o
}

func newFile() bonafide.File {
	return bonafide.File{Key: bonafide.NewSecret(16), Name: "original.jpg", Digest: bonafide.NewSecret(32), Size: 12345, MIME: "image/jpeg"}
}

func newMedia() bonafide.Media {
	thumb := newFile()
	return bonafide.Media{
		ID: bonafide.NewID(), Kind: bonafide.Image, OriginalName: "Селфи \"1\".jpg", Tags: []string{"photo_selfie"},
		Original: newFile(), Thumb: &thumb, MD5: "0cc175b9c0f1b6a831c399e269772661",
		Info: bonafide.MediaInfo{Format: "jpeg", MIME: "image/jpeg", WidthPx: 640, HeightPx: 480, Frames: 1},
		Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{},
	}
}

// newOrder orders a QUALITY and a BIOMETRY of the media.
func newOrder(media ...bonafide.ID) *store.Order {
	o := &store.Order{GroupID: bonafide.NewID()}
	for i, typ := range []bonafide.AnalysisType{bonafide.Quality, bonafide.Biometry} {
		o.Analyses = append(o.Analyses, bonafide.Analysis{
			ID: bonafide.NewID(), Seq: i, Type: typ, SourceMedia: media, Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{},
		})
	}
	return o
}

// results ends every analysis of the order alike.
func results(o *store.Order, resolution bonafide.Status) []bonafide.AnalysisResult {
	var rs []bonafide.AnalysisResult
	for _, a := range o.Analyses {
		r := bonafide.AnalysisResult{AnalysisID: a.ID, State: bonafide.Finished, Resolution: resolution, Result: &bonafide.Result{TookMS: 28}}
		if resolution == bonafide.Failed {
			r.State, r.ErrorCode, r.ErrorMessage, r.Result = bonafide.Failed, bonafide.CodeModel, "no liveness model installed", nil
		}
		rs = append(rs, r)
	}
	return rs
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, what string, err error, want bonafide.Code) {
	t.Helper()
	if err == nil || bonafide.CodeOf(err) != want {
		t.Errorf("%s: error %v, want code %s", what, err, want)
	}
}

// same compares what was stored with what came back.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		g, _ := json.MarshalIndent(got, "", " ")
		w, _ := json.MarshalIndent(want, "", " ")
		t.Errorf("%s came back as %s\nwant %s", what, g, w)
	}
}

// working runs the queue until stop is called, which waits for its end.
func working(t *testing.T, q store.Queue, workers int, run func(ctx context.Context, group bonafide.ID, attempt int, last bool) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- q.Work(ctx, workers, run) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Work: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// eventually waits until the condition holds. Nothing is asserted about how long
// that takes, a test that waits for ever is ended by the test binary.
func eventually(condition func() bool) {
	for !condition() {
		time.Sleep(5 * time.Millisecond)
	}
}

// names joins what is listed, in order.
func names[T any](items []T, name func(T) string) string {
	var all []string
	for _, item := range items {
		all = append(all, name(item))
	}
	return strings.Join(all, " ")
}

func metaName(f bonafide.Folder) string { return fmt.Sprint(f.Meta["name"]) }
