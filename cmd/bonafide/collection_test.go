package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/face"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

// portraits gives two photos each of n persons, and one of a stranger.
func portraits(t *testing.T, n int) (persons [][2]string, stranger string) {
	t.Helper()
	dir := modeltest.Shared(t, "data", "lfw")
	firsts, err := filepath.Glob(filepath.Join(dir, "*_0001.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, first := range firsts {
		second := strings.Replace(first, "_0001.jpg", "_0002.jpg", 1)
		if both, _ := filepath.Glob(second); len(both) == 1 && len(persons) < n {
			persons = append(persons, [2]string{first, second})
		}
	}
	if len(persons) < n {
		t.Fatalf("%d persons have two photos", len(persons))
	}
	return persons, firsts[len(firsts)-1]
}

// search looks for a photo in a collection.
func search(ctx context.Context, t *testing.T, api *client.Client, list bonafide.ID, photo string) client.Analysis {
	t.Helper()
	f, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "collection", CollectionID: list}}}, file(t, "p", photo))
	if err != nil {
		t.Fatal(err)
	}
	a := f.Analyses[0]
	if f.SystemResolution != a.Resolution || a.State == bonafide.Finished && len(a.ResultsMedia) != 1 {
		t.Fatalf("%+v", f)
	}
	return a
}

// blank is the path of a grey picture.
func blank(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 320, 240))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "blank.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABlacklistedPersonIsDeclinedByNameAndADeletedOneNeverAgain(t *testing.T) {
	persons, stranger := portraits(t, 20)
	set, data := modeltest.Standard(t), dataOf(t)
	ids := make([]bonafide.ID, len(persons))
	var list bonafide.ID
	servedOn(t, set, data, func(ctx context.Context, api *client.Client) {
		all, err := api.Collections(ctx)
		if err != nil || len(all) != 1 || all[0].Alias != bonafide.Blacklist {
			t.Fatalf("an administrator sees %+v, %v", all, err)
		}
		list = all[0].ID
		for i, photos := range persons {
			p, err := api.AddPerson(ctx, list, client.Payload{PersonMeta: bonafide.Meta{"n": fmt.Sprint(i)}}, file(t, "p1", photos[0]))
			if err != nil {
				t.Fatal(err)
			}
			ids[i] = p.ID
		}
		found := 0
		for i, photos := range persons {
			a := search(ctx, t, api, list, photos[1])
			switch named := a.ResultsMedia[0].PersonID; {
			case a.Resolution == bonafide.Declined && named == ids[i] && a.ResultsMedia[0].Persons[0].Similarity >= 0.85:
				found++
			case a.Resolution == bonafide.Declined && named != "":
				t.Errorf("person %d is taken for another", i)
			}
		}
		t.Logf("%d of %d persons are declined by name", found, len(persons))
		if found < len(persons)*3/4 {
			t.Errorf("%d of %d persons are found", found, len(persons))
		}
		if a := search(ctx, t, api, list, stranger); a.Resolution != bonafide.Success || a.ResultsMedia[0].PersonID != "" {
			t.Errorf("a stranger is %s", a.Resolution)
		}
		same := search(ctx, t, api, list, persons[0][0])
		if same.Resolution != bonafide.Declined || same.ResultsMedia[0].PersonID != ids[0] {
			t.Errorf("the very photo is %s", same.Resolution)
		}
		if err := api.DeletePerson(ctx, list, ids[0]); err != nil {
			t.Fatal(err)
		}
		if a := search(ctx, t, api, list, persons[0][0]); a.Resolution != bonafide.Success {
			t.Errorf("a deleted person is %s", a.Resolution)
		}
	})
	servedOn(t, set, data, func(ctx context.Context, api *client.Client) {
		if a := search(ctx, t, api, list, persons[0][0]); a.Resolution != bonafide.Success {
			t.Errorf("a deleted person is %s after a restart", a.Resolution)
		}
		if a := search(ctx, t, api, list, persons[1][0]); a.Resolution != bonafide.Declined || a.ResultsMedia[0].PersonID != ids[1] {
			t.Errorf("a person who is still listed is %s after a restart", a.Resolution)
		}
	})
}

func TestAfterAChangeOfModelsNobodyPassesUntilAllAreEnrolledAnew(t *testing.T) {
	persons, _ := portraits(t, 2)
	standard, starter, data := modeltest.Standard(t), modeltest.Starter(t), dataOf(t)
	var list bonafide.ID
	servedOn(t, starter, data, func(ctx context.Context, api *client.Client) {
		all, err := api.Collections(ctx)
		if err != nil {
			t.Fatal(err)
		}
		list = all[0].ID
		if _, err := api.AddPerson(ctx, list, client.Payload{}, file(t, "p1", persons[0][0])); err != nil {
			t.Fatal(err)
		}
	})
	servedOn(t, standard, data, func(ctx context.Context, api *client.Client) {
		a := search(ctx, t, api, list, persons[1][0])
		if a.State != bonafide.Failed || !strings.Contains(a.ErrorMessage, "gallery reindex") {
			t.Errorf("the analysis is %s, %s: %q", a.State, a.Resolution, a.ErrorMessage)
		}
		reindexBeside(t, data, standard, false)
		wantListed(ctx, t, api, list, persons)
	})
	servedOn(t, starter, data, func(ctx context.Context, api *client.Client) {
		wantListed(ctx, t, api, list, persons) // with the former models as well
		reindexBeside(t, data, standard, true)
		if a := search(ctx, t, api, list, persons[0][0]); a.State != bonafide.Failed {
			t.Errorf("where templates of the former models are gone a listed person is %s", a.Resolution)
		}
	})
}

// wantListed finds the first of two persons, and not the second.
func wantListed(ctx context.Context, t *testing.T, api *client.Client, list bonafide.ID, persons [][2]string) {
	t.Helper()
	if a := search(ctx, t, api, list, persons[0][0]); a.Resolution != bonafide.Declined {
		t.Errorf("a listed person is %s: %q", a.Resolution, a.ErrorMessage)
	}
	if a := search(ctx, t, api, list, persons[1][0]); a.Resolution != bonafide.Success {
		t.Errorf("a stranger is %s: %q", a.Resolution, a.ErrorMessage)
	}
}

// reindexBeside makes templates while a server runs on the folder.
func reindexBeside(t *testing.T, data string, set *model.Set, finish bool) {
	t.Helper()
	cfg, log := configOn(data), slog.New(slog.DiscardHandler)
	opener, err := openMedia(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer opener.Close()
	store, err := storage.OpenStore(t.Context(), cfg, log)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	blobs, err := storage.OpenBlobs(t.Context(), cfg, store.ClaimBlobs)
	if err != nil {
		t.Fatal(err)
	}
	r := &enrol.Reindexer{Store: store, Blobs: blobs, Faces: &face.Reader{Opener: opener, Evaluator: &job.Evaluator{Set: set}}, Model: set.Embedder.Ref(), Workers: 2}
	_, refused, err := r.Run(t.Context())
	if err == nil && finish {
		err = r.Finish(t.Context())
	}
	if err != nil || refused != 0 {
		t.Errorf("%d refused, %v", refused, err)
	}
}

func TestAPhotoWithoutASingleFaceIsRefusedWithAdvice(t *testing.T) {
	persons, _ := portraits(t, 1)
	servedOn(t, modeltest.Standard(t), dataOf(t), func(ctx context.Context, api *client.Client) {
		all, err := api.Collections(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_, err = api.AddPerson(ctx, all[0].ID, client.Payload{}, file(t, "p1", persons[0][0]), file(t, "p2", blank(t)))
		var e *client.Error
		if !errors.As(err, &e) || e.Status != 400 || e.Code != 4 || e.Message != advice.Sentence(advice.English, bonafide.ReasonNoFace) {
			t.Errorf("a picture without a face: %v", err)
		}
		if l, err := api.Persons(ctx, all[0].ID, nil); err != nil || *l.Total != 0 {
			t.Errorf("%+v, %v", l, err)
		}
	})
}
