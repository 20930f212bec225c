// Package blobtest is the suite that every implementation of blob.Store
// must pass.
package blobtest

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
)

// Run runs the suite. open gives an empty store of blobs.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	for name, test := range map[string]func(*testing.T, blob.Store){
		"content comes back by its digest":            comesBack,
		"equal content is kept once":                  keptOnce,
		"equal content may be put at the same time":   putTogether,
		"an error of the reader leaves nothing":       readerError,
		"staged content is no blob until it is kept":  stagedIsNone,
		"discarded content is no blob":                discarded,
		"discarding leaves what was kept":             discardedLate,
		"equal content may be staged twice":           stagedTwice,
		"several contents may be kept at once":        keptTogether,
		"an ended context leaves nothing":             endedContext,
		"what is not there is not found":              notThere,
		"a malformed digest never touches the path":   malformed,
		"deleted content is gone and may come again":  deleted,
		"readers of one blob do not disturb another":  seekable,
		"short reads of the source lose no byte":      shortReads,
		"a path stays readable until done is called":  pathReadable,
		"an open blob outlives an equal put":          outlives,
		"contents that differ in one byte both exist": neighbours,
		"what can be written to says so":              writable,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func contents() map[string][]byte {
	return map[string][]byte{
		"empty":    {},
		"one byte": {0},
		"text":     []byte("bona fide"),
		"large":    bytes.Repeat([]byte("0123456789abcdef"), 1<<16), // several buffers
	}
}

func sum(content []byte) blob.Blob {
	s, m := sha256.Sum256(content), md5.Sum(content)
	return blob.Blob{Digest: hex.EncodeToString(s[:]), MD5: hex.EncodeToString(m[:]), Size: int64(len(content))}
}

func put(t *testing.T, blobs blob.Store, content []byte) blob.Blob {
	t.Helper()
	blob, err := blobs.Put(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	if want := sum(content); blob != want {
		t.Fatalf("Put gives %+v, want %+v", blob, want)
	}
	return blob
}

func read(t *testing.T, blobs blob.Store, digest string) []byte {
	t.Helper()
	r, err := blobs.Open(t.Context(), digest)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return content
}

// absent checks that no call finds the digest.
func absent(t *testing.T, blobs blob.Store, digest string) {
	t.Helper()
	if r, err := blobs.Open(t.Context(), digest); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("Open(%q) gives %v, %v, want not found", digest, r, err)
	}
	if path, _, err := blobs.Path(t.Context(), digest); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("Path(%q) gives %q, %v, want not found", digest, path, err)
	}
	if err := blobs.Delete(t.Context(), digest); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("Delete(%q) gives %v, want not found", digest, err)
	}
}

func comesBack(t *testing.T, blobs blob.Store) {
	for name, content := range contents() {
		blob := put(t, blobs, content)
		if got := read(t, blobs, blob.Digest); !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes came back of %d", name, len(got), len(content))
		}
	}
}

func keptOnce(t *testing.T, blobs blob.Store) {
	content := []byte("twice")
	first, second := put(t, blobs, content), put(t, blobs, content)
	if first != second {
		t.Errorf("two names for one content: %v, %v", first, second)
	}
	if err := blobs.Delete(t.Context(), first.Digest); err != nil {
		t.Fatal(err)
	}
	absent(t, blobs, first.Digest)
}

func stage(t *testing.T, blobs blob.Store, content []byte) blob.Staged {
	t.Helper()
	s, err := blobs.Stage(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatalf("Stage: %v", err)
	}
	t.Cleanup(s.Discard)
	if want := sum(content); s.Blob() != want {
		t.Fatalf("Stage gives %+v, want %+v", s.Blob(), want)
	}
	return s
}

func keep(t *testing.T, blobs blob.Store, staged ...blob.Staged) {
	t.Helper()
	if err := blobs.Keep(t.Context(), staged...); err != nil {
		t.Fatalf("Keep: %v", err)
	}
}

func stagedIsNone(t *testing.T, blobs blob.Store) {
	for name, content := range contents() {
		s := stage(t, blobs, content)
		absent(t, blobs, s.Blob().Digest)
		if got, err := os.ReadFile(s.Path()); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes of %d at its path, %v", name, len(got), len(content), err)
		}
		keep(t, blobs, s)
		if got := read(t, blobs, s.Blob().Digest); !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes came back of %d", name, len(got), len(content))
		}
	}
}

func discarded(t *testing.T, blobs blob.Store) {
	s := stage(t, blobs, []byte("refused"))
	path := s.Path()
	s.Discard()
	s.Discard()
	absent(t, blobs, s.Blob().Digest)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its file is still there: %v", err)
	}
}

func discardedLate(t *testing.T, blobs blob.Store) {
	content := []byte("kept")
	s := stage(t, blobs, content)
	keep(t, blobs, s)
	s.Discard()
	if got := read(t, blobs, s.Blob().Digest); !bytes.Equal(got, content) {
		t.Errorf("got %q", got)
	}
}

func stagedTwice(t *testing.T, blobs blob.Store) {
	content := []byte("one face, two uploads")
	first, second, third := stage(t, blobs, content), stage(t, blobs, content), stage(t, blobs, content)
	keep(t, blobs, first)
	keep(t, blobs, second)
	third.Discard()
	if got := read(t, blobs, first.Blob().Digest); !bytes.Equal(got, content) {
		t.Errorf("got %q", got)
	}
}

func keptTogether(t *testing.T, blobs blob.Store) {
	var staged []blob.Staged
	for _, content := range contents() {
		staged = append(staged, stage(t, blobs, content), stage(t, blobs, content))
	}
	keep(t, blobs)
	keep(t, blobs, staged...)
	for _, s := range staged {
		s.Discard()
	}
	for name, content := range contents() {
		if got := read(t, blobs, sum(content).Digest); !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes came back of %d", name, len(got), len(content))
		}
	}
}

func putTogether(t *testing.T, blobs blob.Store) {
	content := contents()["large"]
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			blob, err := blobs.Put(t.Context(), bytes.NewReader(content))
			if err != nil || blob != sum(content) {
				t.Errorf("Put gives %v, %v", blob, err)
			}
			if err == nil && !bytes.Equal(read(t, blobs, blob.Digest), content) {
				t.Error("other content came back")
			}
		})
	}
	wg.Wait()
}

func readerError(t *testing.T, blobs blob.Store) {
	broken := errors.New("connection reset")
	for name, content := range contents() {
		_, err := blobs.Put(t.Context(), io.MultiReader(bytes.NewReader(content), failing{broken}))
		if err != broken {
			t.Errorf("%s: Put gives %v, want the reader's own error", name, err)
		}
		absent(t, blobs, sum(content).Digest)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func endedContext(t *testing.T, blobs blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	content := contents()["large"]
	if _, err := blobs.Put(ctx, bytes.NewReader(content)); !errors.Is(err, context.Canceled) {
		t.Errorf("Put gives %v, want the context's error", err)
	}
	absent(t, blobs, sum(content).Digest)
}

func notThere(t *testing.T, blobs blob.Store) {
	put(t, blobs, []byte("another"))
	absent(t, blobs, sum([]byte("never put")).Digest)
}

func malformed(t *testing.T, blobs blob.Store) {
	blob := put(t, blobs, []byte("target"))
	for _, digest := range []string{
		"", ".", "..", "/", "tmp", blob.Digest[:63], blob.Digest + "0", strings.ToUpper(blob.Digest),
		blob.Digest[:2] + "/" + blob.Digest, "../" + blob.Digest, blob.Digest[:2] + "\x00" + blob.Digest[3:],
		strings.Repeat("../", 21) + "a", strings.Repeat("/", 64), strings.Repeat(".", 64), strings.Repeat("g", 64),
		"/etc/passwd", strings.Repeat("0", 1<<20),
	} {
		absent(t, blobs, digest)
	}
	read(t, blobs, blob.Digest)
}

func deleted(t *testing.T, blobs blob.Store) {
	content := []byte("here and gone")
	blob := put(t, blobs, content)
	if err := blobs.Delete(t.Context(), blob.Digest); err != nil {
		t.Fatal(err)
	}
	absent(t, blobs, blob.Digest)
	put(t, blobs, content)
	if got := read(t, blobs, blob.Digest); !bytes.Equal(got, content) {
		t.Errorf("%q came back", got)
	}
}

func seekable(t *testing.T, blobs blob.Store) {
	blob := put(t, blobs, []byte("0123456789"))
	a, err := blobs.Open(t.Context(), blob.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if end, err := a.Seek(0, io.SeekEnd); end != 10 || err != nil {
		t.Errorf("the end is at %d, %v", end, err)
	}
	if got := read(t, blobs, blob.Digest); string(got) != "0123456789" {
		t.Errorf("a second reader got %q", got)
	}
	if _, err := a.Seek(7, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(a); string(got) != "789" || err != nil {
		t.Errorf("from 7 came %q, %v", got, err)
	}
}

func shortReads(t *testing.T, blobs blob.Store) {
	content := []byte("byte by byte")
	blob, err := blobs.Put(t.Context(), &dripping{content})
	if err != nil || blob != sum(content) {
		t.Fatalf("Put gives %v, %v", blob, err)
	}
	if got := read(t, blobs, blob.Digest); !bytes.Equal(got, content) {
		t.Errorf("%q came back", got)
	}
}

// dripping gives one byte at a time, the last together with io.EOF.
type dripping struct{ left []byte }

func (d *dripping) Read(p []byte) (int, error) {
	n := copy(p[:min(1, len(p))], d.left)
	d.left = d.left[n:]
	if len(d.left) == 0 {
		return n, io.EOF
	}
	return n, nil
}

func pathReadable(t *testing.T, blobs blob.Store) {
	content := contents()["large"]
	blob := put(t, blobs, content)
	path, done, err := blobs.Path(t.Context(), blob.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, content) {
		t.Errorf("the file holds %d bytes of %d, %v", len(got), len(content), err)
	}
}

func outlives(t *testing.T, blobs blob.Store) {
	content := []byte("held open")
	blob := put(t, blobs, content)
	r, err := blobs.Open(t.Context(), blob.Digest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	put(t, blobs, content)
	if got, err := io.ReadAll(r); !bytes.Equal(got, content) || err != nil {
		t.Errorf("%q came back, %v", got, err)
	}
}

func neighbours(t *testing.T, blobs blob.Store) {
	a, b := put(t, blobs, []byte("content a")), put(t, blobs, []byte("content b"))
	if string(read(t, blobs, a.Digest)) != "content a" || string(read(t, blobs, b.Digest)) != "content b" {
		t.Error("contents were mixed up")
	}
}

func writable(t *testing.T, blobs blob.Store) {
	for range 2 {
		if err := blobs.Writable(t.Context()); err != nil {
			t.Errorf("it is not: %v", err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if blobs.Writable(ended) == nil {
		t.Error("it is after the context's end")
	}
}
