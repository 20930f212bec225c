package disk

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/blob"
)

func isDamaged(err error, digest string) bool {
	var d *blob.DamagedError
	return errors.As(err, &d) && d.Digest == digest
}

func TestContentThatWasOverwrittenOnDiskIsNeverGiven(t *testing.T) {
	face := bytes.Repeat([]byte("a genuine face"), 50_000)
	other := bytes.Repeat([]byte("another person"), 50_000)
	for how, tamper := range map[string]func(path string) error{
		"in place":        func(path string) error { return os.WriteFile(path, other, 0o600) },
		"cut short":       func(path string) error { return os.Truncate(path, 100) },
		"emptied":         func(path string) error { return os.Truncate(path, 0) },
		"longer":          func(path string) error { return os.Truncate(path, int64(len(face))+1) },
		"by another file": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, other, 0o600)) },
		"with its old time": func(path string) error {
			return keepTime(path, func() error { return os.WriteFile(path, other, 0o600) })
		},
		"one bit": func(path string) error { return keepTime(path, func() error { return flip(path) }) },
	} {
		for known, forget := range map[string]bool{"known to be whole": false, "after a restart": true} {
			b := open(t, t.TempDir())
			put, err := b.Put(t.Context(), bytes.NewReader(face))
			if err != nil {
				t.Fatal(err)
			}
			path, _ := b.path(put.Digest)
			time.Sleep(10 * time.Millisecond) // the clock of the file system ticks
			if err := tamper(path); err != nil {
				t.Fatal(err)
			}
			if forget {
				b = open(t, b.dir)
			}
			if _, err := b.Open(t.Context(), put.Digest); !isDamaged(err, put.Digest) {
				t.Errorf("overwritten %s, %s: Open gives %v", how, known, err)
			}
			if _, _, err := b.Path(t.Context(), put.Digest); !isDamaged(err, put.Digest) {
				t.Errorf("overwritten %s, %s: Path gives %v", how, known, err)
			}
			if b.Damaged() != 2 {
				t.Errorf("overwritten %s, %s: %d counted", how, known, b.Damaged())
			}
			if _, err := b.Put(t.Context(), bytes.NewReader(face)); err != nil {
				t.Fatal(err)
			}
			if r, err := b.Open(t.Context(), put.Digest); err != nil {
				t.Errorf("put again after it was overwritten %s: %v", how, err)
			} else {
				r.Close()
			}
		}
	}
}

func keepTime(path string, change func() error) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return errors.Join(change(), os.Chtimes(path, info.ModTime(), info.ModTime()))
}

func flip(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	one := make([]byte, 1)
	if _, err := f.ReadAt(one, 300_000); err != nil {
		return err
	}
	one[0] ^= 1
	_, err = f.WriteAt(one, 300_000)
	return err
}

func TestContentThatIsOverwrittenWhileItIsReadEndsWithAnError(t *testing.T) {
	b := open(t, t.TempDir())
	put, err := b.Put(t.Context(), bytes.NewReader(bytes.Repeat([]byte("a genuine face"), 50_000)))
	if err != nil {
		t.Fatal(err)
	}
	for _, start := range []int64{0, 600_000} {
		r, err := b.Open(t.Context(), put.Digest)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Seek(start, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, r, 1000); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
		path, _ := b.path(put.Digest)
		if err := flip(path); err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, r); n != 0 || !isDamaged(err, put.Digest) {
			t.Errorf("%d bytes more, %v", n, err)
		}
		r.Close()
		if err := flip(path); err != nil { // and back
			t.Fatal(err)
		}
	}
}
