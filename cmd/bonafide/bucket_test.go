package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/blob/s3/s3test"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

func TestMediaLieInABucket(t *testing.T) {
	onOneMachine(t)
	bucket := s3test.Start(t)
	persons, _ := portraits(t, 1)
	cfg := configOn(t.TempDir())
	cfg.Blobs = bucket.URL("production")
	servedAs(t, modeltest.Starter(t), cfg, func(ctx context.Context, api *client.Client) {
		f, err := api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "biometry"}}}, file(t, "a", persons[0][0]), file(t, "b", persons[0][1]))
		if err != nil {
			t.Fatal(err)
		}
		if f.Analyses[0].Resolution != bonafide.Success {
			t.Errorf("two photos of one person end %s: %s", f.Analyses[0].Resolution, f.Analyses[0].ErrorMessage)
		}
		media, err := api.FolderMedia(ctx, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := os.ReadFile(persons[0][0])
		if err != nil {
			t.Fatal(err)
		}
		if got, err := api.Download(ctx, media[0].OriginalURL); err != nil || !bytes.Equal(got, sent) {
			t.Errorf("%d bytes come back of %d, %v", len(got), len(sent), err)
		}
		if n := filesBelow(t, bucket.Dir); n < 4 { // two photos and their thumbnails
			t.Errorf("%d objects are in the bucket", n)
		}
		if n := filesBelow(t, filepath.Join(cfg.Data, storage.BlobsDir)); n != 0 {
			t.Errorf("%d files stay on this machine", n)
		}
		bucket.Stop()
		_, err = api.AddMedia(ctx, f.ID, client.Payload{}, file(t, "c", persons[0][0]))
		if refused, ok := errors.AsType[*client.Error](err); !ok || refused.Status != http.StatusServiceUnavailable {
			t.Errorf("without the bucket an upload ends with %v", err)
		}
		bucket.Resume(t)
		if _, err := api.AddMedia(ctx, f.ID, client.Payload{}, file(t, "c", persons[0][0])); err != nil {
			t.Error(err)
		}
	})
	if err := os.Remove(filepath.Join(cfg.Data, storage.DatabaseFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.OpenStore(t.Context(), cfg, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "--new-database") {
		t.Errorf("a server whose database is gone begins anew beside a bucket of media: %v", err)
	}
}

func filesBelow(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
