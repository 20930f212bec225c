// Package backup copies all of an installation into a folder, while it works, and gives it
// back. The copy is the same whichever database and whichever place for files it comes from.
//
//	manifest.json          what there is, with digests; written last: without it there is no backup
//	manifest.sha256        its digest
//	tables/NAME.jsonl.gz   the rows of a table, see package transfer
//	blobs.txt.gz           the digests of all files that rows name, and their sizes
//	blobs/3f/3f79bb7b...   the files
//	data/...               what else lies in the data folder
//
// Rows are those of one moment. Files that they name are copied after it; nothing deletes
// any until that is done.
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
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/store/transfer"
)

// format is the version of the form of backups.
const format = 1

const (
	manifestFile = "manifest.json"
	manifestSum  = "manifest.sha256"
	blobsFile    = "blobs.txt.gz"
	tablesDir    = "tables"
	blobsDir     = "blobs"
	dataDir      = "data"
)

// Manifest says what a backup holds.
type Manifest struct {
	Format  int              `json:"format"`  // of backups
	Made    time.Time        `json:"made"`    // the moment whose rows it holds, or a little before
	Version string           `json:"version"` // of the program that made it
	Schema  map[string]int64 `json:"schema"`  // versions of the tables, by kind of database
	Tables  []Table          `json:"tables"`  // in an order in which they can be filled
	Numbers map[string]int64 `json:"numbers"` // that may not come again, by table
	Digests string           `json:"digests"` // SHA-256 of the list of files
	Blobs   Files            `json:"blobs"`   // the files that rows name
	Data    []File           `json:"data"`    // what else the data folder holds
}

// Table is a table with what its lines add up to.
type Table struct {
	transfer.Table
	transfer.Sum
}

// File is one of the data folder.
type File struct {
	Path   string `json:"path"` // in the data folder, with slashes
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Backup is a folder with a backup that is whole as far as its manifest tells. It
// implements transfer.Source.
type Backup struct {
	Manifest
	dir string
}

// Open reads the manifest.
func Open(dir string) (*Backup, error) {
	raw, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no backup that was finished: there is no %s", dir, manifestFile)
	}
	if err != nil {
		return nil, err
	}
	b := &Backup{dir: dir}
	want, err := os.ReadFile(filepath.Join(dir, manifestSum))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:])+"\n" != string(want) {
		return nil, fmt.Errorf("%s is not what %s says of it", manifestFile, manifestSum)
	}
	if err := json.Unmarshal(raw, &b.Manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	if b.Format != format {
		return nil, fmt.Errorf("%s is of the form %d, this program reads %d", dir, b.Format, format)
	}
	return b, nil
}

// Digest is that of the manifest, which stands for the whole backup.
func (b *Backup) Digest() (string, error) {
	raw, err := os.ReadFile(filepath.Join(b.dir, manifestFile))
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), err
}

// Schema implements transfer.Source.
func (b *Backup) Schema() []transfer.Table {
	all := make([]transfer.Table, len(b.Manifest.Tables))
	for i, t := range b.Manifest.Tables {
		all[i] = t.Table
	}
	return all
}

// Numbers implements transfer.Source.
func (b *Backup) Numbers() map[string]int64 { return b.Manifest.Numbers }

// Lines implements transfer.Source. Lines that are not those of the manifest end in an
// error.
func (b *Backup) Lines(_ context.Context, table string, w io.Writer) error {
	for _, t := range b.Manifest.Tables {
		if t.Name != table {
			continue
		}
		sum := transfer.NewSummer()
		err := unpacked(filepath.Join(b.dir, tablesDir, table+".jsonl.gz"), func(r io.Reader) error {
			_, err := io.Copy(io.MultiWriter(w, sum), r)
			return err
		})
		if err == nil && sum.Sum() != t.Sum {
			err = fmt.Errorf("the backup's table %s is damaged", table)
		}
		return err
	}
	return fmt.Errorf("the backup has no table %s", table)
}

// unpacked gives the content of a packed file.
func unpacked(path string, read func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := read(z); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return z.Close()
}

// Blobs is a Digests: all files that rows name, but for those that could not be had.
func (b *Backup) Blobs(_ context.Context, each func(digest string, size int64) error) error {
	lacking := map[string]bool{}
	for _, l := range b.Manifest.Blobs.Lacking {
		lacking[l.Digest] = true
	}
	sum := sha256.New()
	err := unpacked(filepath.Join(b.dir, blobsFile), func(r io.Reader) error {
		lines := bufio.NewScanner(io.TeeReader(r, sum))
		for lines.Scan() {
			var digest string
			var size int64
			if _, err := fmt.Sscanf(lines.Text(), "%64s %d", &digest, &size); err != nil || len(digest) != 64 {
				return fmt.Errorf("%q is no file", lines.Text())
			}
			if lacking[digest] {
				continue
			}
			if err := each(digest, size); err != nil {
				return err
			}
		}
		return lines.Err()
	})
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != b.Digests {
		err = errors.New("the backup's list of files is damaged")
	}
	return err
}

// Blob gives a file that rows name.
func (b *Backup) Blob(_ context.Context, digest string) (io.ReadCloser, error) {
	f, err := os.Open(blobPath(b.dir, digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, bonafide.Wrap(bonafide.CodeNotFound, "File not found", err)
	}
	return f, err
}

func blobPath(dir, digest string) string { return filepath.Join(dir, blobsDir, digest[:2], digest) }

// PutData copies the files of the data folder into another one, where they are not there
// yet, and gives the paths of those that were.
func (b *Backup) PutData(into string) (kept []string, err error) {
	for _, f := range b.Data {
		if !filepath.IsLocal(f.Path) {
			return nil, fmt.Errorf("%q is no path within a folder", f.Path)
		}
		to := filepath.Join(into, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(to); err == nil {
			kept = append(kept, f.Path)
			continue
		}
		got, err := copyFile(to+".part", filepath.Join(b.dir, dataDir, filepath.FromSlash(f.Path)))
		if err == nil && (got.SHA256 != f.SHA256 || got.Size != f.Size) {
			err = fmt.Errorf("the backup's file %s is damaged", f.Path)
		}
		if err == nil {
			err = os.Rename(to+".part", to)
		}
		if err != nil {
			return nil, err
		}
	}
	return kept, syncDirs(into)
}

// Verify reads everything and compares it with the manifest.
func (b *Backup) Verify(ctx context.Context) error {
	for _, t := range b.Manifest.Tables {
		if err := b.Lines(ctx, t.Name, io.Discard); err != nil {
			return err
		}
	}
	files, err := Copy(ctx, b.Blobs, b.Blob, func(_ context.Context, _ string, from io.Reader) error {
		_, err := io.Copy(io.Discard, from)
		return err
	})
	if err != nil {
		return err
	}
	if len(files.Lacking) > 0 {
		return fmt.Errorf("%d files of the backup are missing or damaged: %w", len(files.Lacking), &blob.DamagedError{Digest: files.Lacking[0].Digest})
	}
	if files.Files != b.Manifest.Blobs.Files || files.Bytes != b.Manifest.Blobs.Bytes {
		return fmt.Errorf("the backup has %d files of %d bytes, its manifest says %d of %d", files.Files, files.Bytes, b.Manifest.Blobs.Files, b.Manifest.Blobs.Bytes)
	}
	for _, f := range b.Data {
		got, err := sumFile(filepath.Join(b.dir, dataDir, filepath.FromSlash(f.Path)))
		if err != nil {
			return err
		}
		if got.SHA256 != f.SHA256 {
			return fmt.Errorf("the backup's file %s is damaged", f.Path)
		}
	}
	return nil
}
