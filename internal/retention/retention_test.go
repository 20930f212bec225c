package retention_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/retention"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// bench is a store and blobs on disk, with a company.
type bench struct {
	*retention.Sweeper
	t       *testing.T
	store   storetest.Subject
	blobs   *disk.Blobs
	dir     string // of the blobs
	company *bonafide.Company
	clock   time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store := storetest.Open(t)
	b := &bench{t: t, store: store, company: &bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}, clock: time.Now(), dir: t.TempDir()}
	var err error
	b.blobs, err = disk.Open(b.dir, store.ClaimBlobs)
	b.must(err)
	b.must(store.CreateCompany(t.Context(), b.company))
	b.Sweeper = &retention.Sweeper{Store: store, Blobs: b.blobs, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time { return b.clock }}
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) put(content string) string {
	b.t.Helper()
	blob, err := b.blobs.Put(b.t.Context(), strings.NewReader(content))
	b.must(err)
	return blob.Digest
}

// upload stores a folder with one media of that content.
func (b *bench) upload(content string) *bonafide.Folder {
	b.t.Helper()
	f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: b.company.ID}
	m := bonafide.Media{ID: bonafide.NewID(), Kind: bonafide.Image,
		Original: bonafide.File{Key: bonafide.NewSecret(16), Name: "a.jpg", Digest: b.put(content)}}
	b.must(b.store.CreateFolder(b.t.Context(), f, []bonafide.Media{m}, nil))
	return f
}

// after lets time pass and sweeps.
func (b *bench) after(d time.Duration) {
	b.t.Helper()
	b.clock = b.clock.Add(d)
	b.must(b.Sweep(b.t.Context()))
}

func (b *bench) exists(digest string) bool {
	b.t.Helper()
	f, err := b.blobs.Open(b.t.Context(), digest)
	if bonafide.CodeOf(err) == bonafide.CodeNotFound {
		return false
	}
	b.must(err)
	f.Close()
	return true
}

func digestOf(t *testing.T, b *bench, f *bonafide.Folder) string {
	t.Helper()
	media, err := b.store.MediaOf(t.Context(), f.ID)
	b.must(err)
	return media[f.ID][0].Original.Digest
}

const day = 24 * time.Hour

func TestDeletedBytesLeaveTheDisk(t *testing.T) {
	b := newBench(t)
	f, twin, other := b.upload("a face"), b.upload("a face"), b.upload("another face")
	digest, kept := digestOf(t, b, f), digestOf(t, b, other)
	b.after(time.Hour)
	b.must(b.store.DeleteFolder(t.Context(), bonafide.Scope{}, f.ID))
	b.after(time.Minute)
	if !b.exists(digest) {
		t.Error("bytes that another folder shares are gone")
	}
	b.must(b.store.DeleteFolder(t.Context(), bonafide.Scope{}, twin.ID))
	b.after(time.Minute)
	if b.exists(digest) || !b.exists(kept) {
		t.Errorf("deleted bytes there: %t, others: %t", b.exists(digest), b.exists(kept))
	}
}

func TestAnUploadThatFailedLeavesNoBytes(t *testing.T) {
	b := newBench(t)
	digest := b.put("nobody's face")
	b.after(time.Minute)
	if !b.exists(digest) {
		t.Error("bytes are gone before their row may have come")
	}
	b.after(time.Hour)
	if b.exists(digest) {
		t.Error("bytes without a row are there for ever")
	}
}

// TestTheSameBytesComeWhileTheyAreDeleted holds that an upload never loses its
// bytes to the deletion of others', wherever the two meet.
func TestTheSameBytesComeWhileTheyAreDeleted(t *testing.T) {
	b := newBench(t)
	first := b.upload("a face")
	b.after(time.Hour) // the claim of the first upload is over
	digest := b.put("a face")
	b.must(b.store.DeleteFolder(t.Context(), bonafide.Scope{}, first.ID))
	b.clock = time.Now() // the second upload has just begun
	b.after(time.Second)
	f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: b.company.ID}
	m := bonafide.Media{ID: bonafide.NewID(), Original: bonafide.File{Key: bonafide.NewSecret(16), Digest: digest}}
	b.must(b.store.CreateFolder(t.Context(), f, []bonafide.Media{m}, nil))
	b.after(time.Hour)
	if !b.exists(digest) {
		t.Error("the second upload has lost its bytes")
	}
}

func TestWhatIsTooOldGoes(t *testing.T) {
	b := newBench(t)
	b.company.KeepMediaDays, b.company.KeepResultDays = 30, 90
	b.must(storetest.PutCompany(t.Context(), b.store, b.company))
	f, held := b.upload("a face"), b.upload("a face in court")
	digest, evidence := digestOf(t, b, f), digestOf(t, b, held)
	held.LegalHold = true
	b.must(storetest.PutFolder(t.Context(), b.store, held))
	b.after(29 * day)
	if !b.exists(digest) {
		t.Fatal("gone after 29 days")
	}
	b.after(2 * day)
	after, err := b.store.Folder(t.Context(), bonafide.Scope{}, f.ID)
	b.must(err)
	if b.exists(digest) || !after.Cleared {
		t.Errorf("after 31 days: bytes there %t, cleared %t", b.exists(digest), after.Cleared)
	}
	b.after(60 * day)
	if _, err := b.store.Folder(t.Context(), bonafide.Scope{}, f.ID); bonafide.CodeOf(err) != bonafide.CodeNotFound {
		t.Errorf("after 91 days: %v", err)
	}
	if _, err := b.store.Folder(t.Context(), bonafide.Scope{}, held.ID); err != nil || !b.exists(evidence) {
		t.Errorf("under legal hold: %v, bytes there %t", err, b.exists(evidence))
	}
	page, err := b.store.AuditEntries(t.Context(), bonafide.Query{Limit: -1,
		Filters: []bonafide.Filter{{Field: "object_id", Op: bonafide.OpIn, Values: []any{string(f.ID)}}}})
	b.must(err)
	var story []string
	for _, e := range page.Items {
		story = append(story, e.Via+" "+e.Action+" "+e.Changed)
	}
	if got := strings.Join(story, ", "); got != " create , retention update cleared=1, retention delete " {
		t.Errorf("the log tells %q", got)
	}
}

func TestFaultsHoldUpNothing(t *testing.T) {
	b := newBench(t)
	f := b.upload("a face")
	digest := digestOf(t, b, f)
	b.must(b.store.DeleteFolder(t.Context(), bonafide.Scope{}, f.ID))
	b.clock = b.clock.Add(time.Hour)
	fault := errors.New("input/output error")
	b.Store = faulty{b.store, fault}
	if err := b.Sweep(t.Context()); !errors.Is(err, fault) || b.exists(digest) {
		t.Errorf("%v, bytes there %t", err, b.exists(digest))
	}
}

// faulty is a store that cannot tell what is too old.
type faulty struct {
	storetest.Subject
	fault error
}

func (f faulty) Aged(context.Context, time.Time, int) ([]store.Aged, error) { return nil, f.fault }

// TestFilesThatTheDatabaseNeverKnewAreDeletedAfterADay puts an older database back, which
// does not know what came later.
func TestFilesThatTheDatabaseNeverKnewAreDeletedAfterADay(t *testing.T) {
	b := newBench(t)
	f := b.upload("known")
	media, err := b.store.MediaOf(t.Context(), f.ID)
	b.must(err)
	known := media[f.ID][0].Original.Digest
	stranger, err := disk.Open(b.dir, nil) // nothing is claimed
	b.must(err)
	blob, err := stranger.Put(t.Context(), strings.NewReader("of a later database"))
	b.must(err)
	b.after(0)
	b.after(23 * time.Hour)
	if !b.exists(blob.Digest) {
		t.Error("it is gone although the right database may yet be put back")
	}
	b.after(7 * time.Hour)    // it is found
	b.after(20 * time.Minute) // and swept
	if b.exists(blob.Digest) || !b.exists(known) {
		t.Errorf("unknown: %t, known: %t", b.exists(blob.Digest), b.exists(known))
	}
}
