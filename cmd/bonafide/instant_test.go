package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// snapshot gives size and digest of every file below the folders, but for those of
// the database, to which every call writes that its session was used.
func snapshot(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), "bonafide.db") {
				return err
			}
			raw, err := os.ReadFile(path)
			sum := sha256.Sum256(raw)
			found[path] = fmt.Sprintf("%d %s", len(raw), hex.EncodeToString(sum[:]))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// holds tells which database files hold one of the words.
func holds(t *testing.T, pattern string, words ...[]byte) (names []string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if bytes.Contains(raw, word) {
				names = append(names, fmt.Sprintf("%s holds %.16q", filepath.Base(path), word))
			}
		}
	}
	return names
}

// stall sends the beginning of a file and then waits for its context, like a client
// that is cut off.
type stall struct {
	io.Reader
	cut func()
}

func (s stall) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		s.cut()
		err = context.Canceled
	}
	return n, err
}

func TestOz20TheInstantCallLeavesNoRowAndNoFile(t *testing.T) {
	clip := modeltest.Shared(t, "data", "pad", "video", "live__Apfol__videos_real2.webm")
	photo := modeltest.Shared(t, "data", "lfw", "Abel_Pacheco_0001.jpg")
	set := modeltest.Standard(t)
	data, temp := dataOf(t), t.TempDir()
	t.Setenv("TMPDIR", temp) // what is written there is seen
	marker := "transaction-" + bonafide.NewSecret(8)
	payload := client.Payload{
		FolderMeta: bonafide.Meta{"transaction_id": marker},
		MediaTags:  map[string][]string{"clip": {"video_selfie", "video_selfie_blank"}, "id": {"photo_id", "photo_id_front"}},
		Analyses:   []client.Order{{Type: "quality"}, {Type: "biometry"}},
	}
	servedOn(t, set, data, func(ctx context.Context, api *client.Client) {
		stored, err := api.CreateFolder(ctx, client.Payload{MediaTags: payload.MediaTags, Analyses: payload.Analyses}, file(t, "clip", clip), file(t, "id", photo))
		if err != nil {
			t.Fatal(err)
		}
		counted := func() (n int) {
			l, err := api.Folders(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			return len(l.Items)
		}
		rows, before := counted(), snapshot(t, data, temp)
		got, err := api.Judge(ctx, payload, file(t, "clip", clip), file(t, "id", photo))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Analyses) != 2 || got.SystemResolution != stored.SystemResolution || got.ResolutionStatus != bonafide.Finished {
			t.Fatalf("%+v, stored %+v", got, stored)
		}
		for i, a := range got.Analyses {
			same := stored.Analyses[i]
			if a.Resolution != same.Resolution || fmt.Sprint(deref(a.Results.MinConfidence), deref(a.Results.ConfidenceSpoofing)) !=
				fmt.Sprint(deref(same.Results.MinConfidence), deref(same.Results.ConfidenceSpoofing)) {
				t.Errorf("%s: %+v, stored %+v", a.Type, a, same)
			}
		}
		shots := got.Analyses[0].ResultsMedia[0].OutputImages
		if len(shots) != 1 || !bytes.HasPrefix(shots[0].Content, []byte("\xff\xd8")) || shots[0].OriginalURL != "" || got.Media[0].OriginalURL != "" {
			t.Errorf("best shots %d, media %+v", len(shots), got.Media)
		}
		// Clients that are cut off: in the middle of a file, and while they wait.
		raw, err := os.ReadFile(clip)
		if err != nil {
			t.Fatal(err)
		}
		cut, cancel := context.WithCancel(ctx)
		if _, err := api.Judge(cut, payload, client.File{Key: "clip", Name: "c", Content: stall{bytes.NewReader(raw[:len(raw)/2]), cancel}}); err == nil {
			t.Error("half a request was answered")
		}
		for _, wait := range []time.Duration{20 * time.Millisecond, 100 * time.Millisecond, 400 * time.Millisecond} {
			short, cancel := context.WithTimeout(ctx, wait)
			_, _ = api.Judge(short, payload, file(t, "clip", clip), file(t, "id", photo))
			cancel()
		}
		// A refused one.
		if _, err := api.Judge(ctx, client.Payload{}, file(t, "id", photo)); err == nil {
			t.Error("a request for nothing was answered")
		}
		time.Sleep(time.Second) // whoever wrote too late would be seen
		if after := snapshot(t, data, temp); !maps.Equal(before, after) {
			t.Errorf("before %v\nafter %v", before, after)
		}
		if n := counted(); n != rows {
			t.Errorf("%d folders, there were %d", n, rows)
		}
		database := filepath.Join(data, "bonafide.db*")
		if pgtest.Asked() {
			database = pgtest.Written()
		}
		if found := holds(t, database, []byte(marker), []byte(got.ID), []byte(got.Analyses[0].ID), []byte(got.Media[0].ID)); len(found) != 0 {
			t.Error(found)
		}
		if found := holds(t, database, []byte(stored.ID)); len(found) == 0 {
			t.Error("the search would find nothing at all")
		}
	})
}

func deref(v *float64) float64 {
	if v == nil {
		return -1
	}
	return *v
}
