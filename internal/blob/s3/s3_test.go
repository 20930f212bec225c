package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/blob/blobtest"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/blob/s3/s3test"
)

// open gives blobs below a prefix, and the folder that they are staged in.
func open(t *testing.T, server *s3test.Server, prefix string) (*Blobs, string) {
	t.Helper()
	dir := t.TempDir()
	local, err := disk.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(t.Context(), Config{URL: server.URL(prefix), Local: local})
	if err != nil {
		t.Fatal(err)
	}
	return b, dir
}

func TestAnS3ServerKeepsBlobs(t *testing.T) {
	server := s3test.Start(t)
	n := 0
	blobtest.Run(t, func(t *testing.T) blob.Store {
		n++
		b, _ := open(t, server, fmt.Sprintf("installation-%d", n))
		return b
	})
}

func put(t *testing.T, b *Blobs, content string) string {
	t.Helper()
	made, err := b.Put(t.Context(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return made.Digest
}

func TestNothingStaysOnThisMachine(t *testing.T) {
	b, dir := open(t, s3test.Start(t), "")
	digest := put(t, b, "a face")
	r, err := b.Open(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if r.Close(); string(got) != "a face" || err != nil {
		t.Errorf("%q came back, %v", got, err)
	}
	path, done, err := b.Path(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	done()
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the fetched file is still there: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAnObjectThatWasOverwrittenIsNotGiven(t *testing.T) {
	server := s3test.Start(t)
	b, _ := open(t, server, "p")
	digest := put(t, b, "the face that was judged")
	if err := os.WriteFile(filepath.Join(server.Dir, "p", digest[:2], digest), []byte("another face in its place"), 0o600); err != nil {
		t.Fatal(err)
	}
	var damaged *blob.DamagedError
	if _, err := b.Open(t.Context(), digest); !errors.As(err, &damaged) || damaged.Digest != digest {
		t.Errorf("Open gives %v", err)
	}
	if _, _, err := b.Path(t.Context(), digest); !errors.As(err, &damaged) {
		t.Errorf("Path gives %v", err)
	}
	if b.Damaged() != 2 {
		t.Errorf("%d are counted", b.Damaged())
	}
}

func TestWhatOneProcessKeepsOrDeletesAnotherSees(t *testing.T) {
	server := s3test.Start(t)
	one, _ := open(t, server, "shared")
	two, _ := open(t, server, "shared")
	digest := put(t, one, "of both")
	if _, err := two.Open(t.Context(), digest); err != nil {
		t.Error(err)
	}
	if err := two.Delete(t.Context(), digest); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Open(t.Context(), digest); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("it is still there: %v", err)
	}
}

func TestWhileTheServerIsAwayCallersComeBack(t *testing.T) {
	server := s3test.Start(t)
	b, _ := open(t, server, "")
	digest := put(t, b, "acknowledged")
	server.Stop()
	_, reading := b.Open(t.Context(), digest)
	_, storing := b.Put(t.Context(), strings.NewReader("not yet"))
	for what, err := range map[string]error{"reading": reading, "storing": storing, "deleting": b.Delete(t.Context(), digest), "trying to write": b.Writable(t.Context())} {
		if e, ok := errors.AsType[*bonafide.Error](err); !ok || e.Code != bonafide.CodeBusy || e.RetryAfter == 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	server.Resume(t)
	put(t, b, "not yet")
	if _, err := b.Open(t.Context(), digest); err != nil {
		t.Errorf("what was acknowledged: %v", err)
	}
}

func TestOldBlobsAreListed(t *testing.T) {
	b, _ := open(t, s3test.Start(t), "old")
	var want, got []string
	for i := range olderAtOnce + 3 {
		want = append(want, put(t, b, fmt.Sprint(i)))
	}
	collect := func(_ context.Context, digests []string) error {
		got = append(got, digests...)
		return nil
	}
	if err := b.Older(t.Context(), time.Now().Add(-time.Hour), collect); err != nil || len(got) > 0 {
		t.Errorf("%d are an hour old, %v", len(got), err)
	}
	if err := b.Older(t.Context(), time.Now().Add(time.Hour), collect); err != nil {
		t.Error(err)
	}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("%d of %d are listed", len(got), len(want))
	}
}

func TestAURLThatNamesNoBucketIsRefused(t *testing.T) {
	for _, bad := range []string{
		"", "s3://", "s3:///prefix", "http://bucket", "s3://key:secret@bucket", "s3://bucket?endpont=http://x",
		"s3://bucket?endpoint=x", "s3://bucket?endpoint=ftp://x", "s3://bucket?endpoint=http://x/deep", "s3://bucket?endpoint=:",
	} {
		if p, err := parse(bad); err == nil {
			t.Errorf("%q is taken as %v", bad, p)
		} else if strings.Contains(err.Error(), "secret@") {
			t.Errorf("the error repeats a secret: %v", err)
		}
	}
	got, err := parse("s3://faces/eu/1/?endpoint=https://s3.example.org:9000&region=eu-1")
	if err != nil || got.bucket != "faces" || got.prefix != "eu/1/" || got.endpoint.Host != "s3.example.org:9000" || got.region != "eu-1" {
		t.Errorf("read as %+v, %v", got, err)
	}
}

func TestABucketThatIsNotThereIsSaid(t *testing.T) {
	server := s3test.Start(t)
	url := strings.Replace(server.URL(""), "s3://media", "s3://another", 1)
	if _, err := Open(t.Context(), Config{URL: url}); err == nil || !strings.Contains(err.Error(), "no such bucket") {
		t.Errorf("it opens with %v", err)
	}
}
