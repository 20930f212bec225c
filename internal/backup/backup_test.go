package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/backup"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// working is an installation that works.
type working struct {
	*testing.T
	store *sqlite.Store
	blobs *disk.Blobs
	data  string
}

func newWorking(t *testing.T, folders int) (*working, []bonafide.ID) {
	t.Helper()
	w := &working{T: t, data: t.TempDir()}
	w.store = storetest.OpenIn(t, w.data).(*sqlite.Store)
	var err error
	if w.blobs, err = disk.Open(filepath.Join(w.data, "blobs"), w.store.ClaimBlobs); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"model-set": "starter\n", "calibration/pad.json": "{}", "captures/x": "under way"} {
		path := filepath.Join(w.data, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	var ids []bonafide.ID
	for n := range folders {
		ids = append(ids, w.folder(fmt.Sprint("face ", n)))
	}
	return w, ids
}

// folder stores a folder of one photo.
func (w *working) folder(content string) bonafide.ID {
	w.Helper()
	b, err := w.blobs.Put(w.Context(), strings.NewReader(content))
	if err != nil {
		w.Fatal(err)
	}
	f := &bonafide.Folder{ID: bonafide.NewID(), Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{}}
	m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image, Original: b.File("a.jpg", "image/jpeg"), Meta: bonafide.Meta{}, TechnicalMeta: bonafide.Meta{}}
	if err := w.store.CreateFolder(w.Context(), f, []bonafide.Media{m}, nil); err != nil {
		w.Fatal(err)
	}
	return f.ID
}

// installation is what a backup is made of.
func (w *working) installation() *backup.Installation {
	return &backup.Installation{
		Snapshot: w.store.Snapshot, Hold: w.store.HoldBlobs, Blob: backup.OutOf(w.blobs), Data: w.data,
		Skip: func(name string) bool {
			return strings.HasPrefix(name, "bonafide.db") || name == "blobs" || name == "captures"
		},
		Version: "test", Schema: map[string]int64{"sqlite": 1},
	}
}

// TestFilesThatAreDeletedMeanwhileAreInTheBackup: it holds the moment at which it began.
func TestFilesThatAreDeletedMeanwhileAreInTheBackup(t *testing.T) {
	w, ids := newWorking(t, 3)
	in := w.installation()
	whole := in.Blob
	deleted := false
	places := make(chan bool, 1)
	in.Blob = func(ctx context.Context, digest string) (io.ReadCloser, error) {
		places <- true
		defer func() { <-places }()
		if !deleted { // the rows have been read
			deleted = true
			for _, id := range ids {
				if err := w.store.DeleteFolder(ctx, bonafide.Scope{}, id); err != nil {
					return nil, err
				}
			}
			w.folder("too late")
			if n, err := w.store.SweepBlobs(ctx, time.Now(), w.blobs.Delete); err != nil || n > 0 {
				t.Errorf("%d files were deleted, %v", n, err)
			}
		}
		return whole(ctx, digest)
	}
	dir := filepath.Join(t.TempDir(), "backup")
	b, err := backup.Take(t.Context(), in, dir)
	if err != nil {
		t.Fatal(err)
	}
	if b.Manifest.Blobs.Files != 3 || len(b.Manifest.Blobs.Lacking) > 0 || len(b.Data) != 2 {
		t.Errorf("the manifest is %+v", b.Manifest)
	}
	again, err := backup.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	var rows bytes.Buffer
	if err := again.Lines(t.Context(), "folders", &rows); err != nil || strings.Count(rows.String(), "\n") != 3 {
		t.Errorf("%v: %s", err, rows.String())
	}
	if _, err := backup.Take(t.Context(), in, dir); err == nil {
		t.Error("a backup is written over another")
	}
	if _, err := backup.Take(t.Context(), in, filepath.Join(w.data, "backups")); err == nil {
		t.Error("a backup may lie in the data folder")
	}
	for path, mode := range modes(t, dir) {
		if mode&0o077 != 0 {
			t.Errorf("%s can be read by others: %s", path, mode)
		}
	}
}

func modes(t *testing.T, dir string) map[string]fs.FileMode {
	t.Helper()
	all := map[string]fs.FileMode{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		all[path] = info.Mode()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestWhateverIsChangedInABackupIsFound: each file of it, one after the other.
func TestWhateverIsChangedInABackupIsFound(t *testing.T) {
	w, _ := newWorking(t, 2)
	dir := filepath.Join(t.TempDir(), "backup")
	if _, err := backup.Take(t.Context(), w.installation(), dir); err != nil {
		t.Fatal(err)
	}
	verify := func() error {
		b, err := backup.Open(dir)
		if err != nil {
			return err
		}
		return b.Verify(t.Context())
	}
	if err := verify(); err != nil {
		t.Fatal(err)
	}
	for path, mode := range modes(t, dir) {
		if mode.IsDir() {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Clone(raw)
		changed[len(changed)/2] ^= 0x20
		for what, content := range map[string][]byte{"changed": changed, "cut off": raw[:len(raw)/2], "gone": nil} {
			err := os.RemoveAll(path)
			if content != nil {
				err = os.WriteFile(path, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := verify(); err == nil {
				t.Errorf("%s: %s, and nobody finds out", path, what)
			}
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilesThatTheInstallationLacksAreListed(t *testing.T) {
	w, _ := newWorking(t, 3)
	var digests []string
	err := filepath.WalkDir(filepath.Join(w.data, "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			digests = append(digests, d.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	at := func(digest string) string { return filepath.Join(w.data, "blobs", digest[:2], digest) }
	if err := errors.Join(os.Remove(at(digests[0])), os.WriteFile(at(digests[2]), []byte("forged"), 0o600)); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "backup")
	b, err := backup.Take(t.Context(), w.installation(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Manifest.Blobs.Lacking); got != fmt.Sprintf("[{%s missing} {%s damaged}]", digests[0], digests[2]) {
		t.Errorf("lacking are %s", got)
	}
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeHeldIsNotBackedUp(t *testing.T) {
	w, _ := newWorking(t, 1)
	in := w.installation()
	refused := errors.New("no")
	in.Hold = func(context.Context, time.Time) error { return refused }
	dir := filepath.Join(t.TempDir(), "backup")
	if _, err := backup.Take(t.Context(), in, dir); !errors.Is(err, refused) {
		t.Error(err)
	}
	if _, err := backup.Open(dir); err == nil {
		t.Error("there is a backup")
	}
}
