package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

const (
	// holdFor is how long files are kept from being deleted after the last renewal: a
	// backup that was killed holds them no longer.
	holdFor   = 10 * time.Minute
	holdEvery = time.Minute
)

// Installation is what a backup is made of.
type Installation struct {
	// Snapshot gives the rows of one moment.
	Snapshot func(ctx context.Context) (*transfer.Snapshot, error)
	// Hold keeps files from being deleted until then.
	Hold func(ctx context.Context, until time.Time) error
	// Blob gives a file by its digest.
	Blob func(ctx context.Context, digest string) (io.ReadCloser, error)
	// Data is the data folder, Skip the names in it that are not copied.
	Data string
	Skip func(name string) bool
	// Version and Schema are those of the manifest.
	Version string
	Schema  map[string]int64
}

// Take makes a backup in a folder that is empty or not there. Files that rows name and that
// are missing or damaged are listed in the manifest and no error.
func Take(ctx context.Context, in *Installation, dir string) (*Backup, error) {
	dir, err := begin(in.Data, dir)
	if err != nil {
		return nil, err
	}
	b := &Backup{dir: dir, Manifest: Manifest{Format: format, Made: time.Now().UTC(), Version: in.Version, Schema: in.Schema}}
	if err := Holding(ctx, in.Hold, func(ctx context.Context) error { return b.take(ctx, in) }); err != nil {
		return nil, err
	}
	return b, b.finish()
}

// Holding keeps files from being deleted while do runs, whose context ends where they
// cannot be kept any longer.
func Holding(ctx context.Context, hold func(ctx context.Context, until time.Time) error, do func(ctx context.Context) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := hold(ctx, time.Now().Add(holdFor)); err != nil {
		return err
	}
	released := make(chan struct{})
	go func() {
		defer close(released)
		renew(ctx, hold, stop)
	}()
	err := do(ctx)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	stop(nil)
	<-released
	return err
}

// begin makes the folder.
func begin(data, dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	data, err = filepath.Abs(data)
	if err != nil {
		return "", err
	}
	if within, err := filepath.Rel(data, dir); err == nil && filepath.IsLocal(within) {
		return "", fmt.Errorf("%s lies in the data folder: a backup belongs elsewhere", dir)
	}
	if there, err := os.ReadDir(dir); err == nil && len(there) > 0 {
		return "", fmt.Errorf("%s is not empty: each backup has a folder of its own", dir)
	}
	return dir, os.MkdirAll(dir, 0o700)
}

// renew prolongs a hold until ctx ends.
func renew(ctx context.Context, hold func(ctx context.Context, until time.Time) error, stop context.CancelCauseFunc) {
	tick := time.NewTicker(holdEvery)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := hold(ctx, time.Now().Add(holdFor))
		if err == nil {
			last = time.Now()
		} else if time.Since(last) > holdFor-2*holdEvery {
			stop(fmt.Errorf("files could not be kept from being deleted: %w", err))
		}
	}
}

func (b *Backup) take(ctx context.Context, in *Installation) error {
	if err := b.rows(ctx, in); err != nil {
		return err
	}
	var err error
	b.Manifest.Blobs, err = Copy(ctx, b.Blobs, in.Blob, func(_ context.Context, digest string, from io.Reader) error {
		return write(blobPath(b.dir, digest), from)
	})
	if err != nil {
		return err
	}
	return b.data(ctx, in)
}

// rows writes all tables, and the list of files that they name.
func (b *Backup) rows(ctx context.Context, in *Installation) error {
	snap, err := in.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snap.Close()
	b.Manifest.Numbers = snap.Numbers()
	for _, t := range snap.Schema() {
		sum := transfer.NewSummer()
		err := packed(filepath.Join(b.dir, tablesDir, t.Name+".jsonl.gz"), func(w io.Writer) error {
			return snap.Lines(ctx, t.Name, io.MultiWriter(w, sum))
		})
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		b.Manifest.Tables = append(b.Manifest.Tables, Table{t, sum.Sum()})
	}
	sum := sha256.New()
	err = packed(filepath.Join(b.dir, blobsFile), func(w io.Writer) error {
		w = io.MultiWriter(w, sum)
		return snap.Blobs(ctx, func(digest string, size int64) error {
			_, err := fmt.Fprintf(w, "%s %d\n", digest, size)
			return err
		})
	})
	b.Digests = hex.EncodeToString(sum.Sum(nil))
	return err
}

// data copies what else the data folder holds.
func (b *Backup) data(ctx context.Context, in *Installation) error {
	return filepath.WalkDir(in.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		rel, err := filepath.Rel(in.Data, path)
		if err != nil || rel == "." {
			return err
		}
		if !strings.ContainsRune(rel, filepath.Separator) && in.Skip(rel) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		f, err := copyFile(filepath.Join(b.dir, dataDir, rel), path)
		f.Path = filepath.ToSlash(rel)
		b.Data = append(b.Data, f)
		return err
	})
}

// finish writes the manifest once all else is on disk.
func (b *Backup) finish() error {
	if err := syncDirs(b.dir); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(b.Manifest, "", "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append(raw, '\n'))
	if err := write(filepath.Join(b.dir, manifestSum), strings.NewReader(hex.EncodeToString(sum[:])+"\n")); err != nil {
		return err
	}
	path := filepath.Join(b.dir, manifestFile)
	if err := write(path+".part", strings.NewReader(string(raw)+"\n")); err != nil {
		return err
	}
	return errors.Join(os.Rename(path+".part", path), syncDir(b.dir), syncDir(filepath.Dir(b.dir)))
}

// write makes a file for the owner alone, with its folder, and flushes it.
func write(path string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// packed is write, of what fill writes, packed.
func packed(path string, fill func(w io.Writer) error) error {
	r, w := io.Pipe()
	filled := make(chan struct{})
	go func() {
		defer close(filled)
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is one
		out := bufio.NewWriterSize(z, 1<<16)
		w.CloseWithError(errors.Join(fill(out), out.Flush(), z.Close()))
	}()
	err := write(path, r)
	r.CloseWithError(err)
	<-filled
	return err
}

func copyFile(to, from string) (File, error) {
	f, err := os.Open(from)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := sha256.New()
	if err := write(to, io.TeeReader(f, sum)); err != nil {
		return File{}, err
	}
	info, err := os.Stat(to)
	if err != nil {
		return File{}, err
	}
	return File{Size: info.Size(), SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

func sumFile(path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return File{Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

// syncDirs flushes the names of all files below a folder.
func syncDirs(dir string) error {
	var dirs []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			dirs = append(dirs, path)
		}
		return err
	})
	slices.Reverse(dirs) // what is within first
	for _, d := range dirs {
		err = errors.Join(err, syncDir(d))
	}
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
