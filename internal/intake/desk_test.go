package intake_test

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/intake/intaketest"
)

func TestAFolderKeepsWhatWasSaidAboutItsFiles(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{
		FolderMeta: bonafide.Meta{"transaction_id": "T-1", "n": json.Number("1.50")},
		Tags:       map[string][]string{"v": {"video_selfie", "unheard_of"}, "nobody": {"photo_id"}},
		MediaMeta:  map[string]bonafide.Meta{"p": {"note": "front"}},
		Orders:     intake.Orders{Endpoint: "https://bank.example/hook"},
	}, "v=video one", "p=image two", "z=shots three")
	f, err := b.store.Folder(t.Context(), scope(b.user), made.Folder.ID)
	if err != nil {
		t.Fatal(err)
	}
	if f.UserID != b.user.ID || f.CompanyID != b.user.CompanyID || f.ResolutionEndpoint != "https://bank.example/hook" ||
		!reflect.DeepEqual(f.Meta, bonafide.Meta{"transaction_id": "T-1", "n": json.Number("1.50")}) ||
		f.State.ResolutionStatus != bonafide.Initial {
		t.Errorf("%+v", f)
	}
	media := b.media(t, f.ID)
	if !slices.Equal(ids(media), ids(made.Media)) || len(media) != 3 {
		t.Fatalf("stored %v, answered %v", ids(media), ids(made.Media))
	}
	v, p, z := media[0], media[1], media[2]
	if v.Kind != bonafide.Video || !slices.Equal(v.Tags, []string{"video_selfie", "unheard_of"}) || v.OriginalName != "v.bin" {
		t.Errorf("video: %+v", v)
	}
	if p.Kind != bonafide.Image || len(p.Tags) != 0 || !reflect.DeepEqual(p.Meta, bonafide.Meta{"note": "front"}) || p.Info.WidthPx != 3 {
		t.Errorf("image: %+v", p)
	}
	if z.Kind != bonafide.ShotsSet || z.Thumb != nil {
		t.Errorf("frames: %+v", z)
	}
}

func TestBytesAreFoundUnderUnguessableLinks(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{}, "v=video one")
	m := b.media(t, made.Folder.ID)[0]
	sha, sum := sha256.Sum256([]byte("video one")), md5.Sum([]byte("video one"))
	if m.Original.Digest != hex.EncodeToString(sha[:]) || m.MD5 != hex.EncodeToString(sum[:]) || m.Original.Size != 9 || m.Original.MIME != "video/mp4" {
		t.Errorf("%+v", m)
	}
	if !slices.Equal(b.examiner.Digests, []string{m.Original.Digest}) {
		t.Errorf("examined %v", b.examiner.Digests)
	}
	if m.Original.Name != string(m.ID)+".mp4" || m.Thumb.Name != string(m.ID)+"_thumb.jpg" || m.Thumb.MIME != "image/jpeg" {
		t.Errorf("%s and %s", m.Original.Name, m.Thumb.Name)
	}
	key := regexp.MustCompile("^[0-9a-f]{32}$")
	if !key.MatchString(m.Original.Key) || !key.MatchString(m.Thumb.Key) || m.Original.Key == m.Thumb.Key {
		t.Errorf("keys %s and %s", m.Original.Key, m.Thumb.Key)
	}
	if content(t, m.Original.Digest) != "video one" || content(t, m.Thumb.Digest) != "small video one" {
		t.Error("other bytes came back")
	}
}

func TestTheSameBytesTwiceAreTwoMedia(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{Tags: map[string][]string{"a": {"photo_selfie"}}}, "a=image one", "b=image one")
	media := b.media(t, made.Folder.ID)
	if len(media) != 2 || media[0].ID == media[1].ID || media[0].Original.Key == media[1].Original.Key ||
		media[0].Original.Digest != media[1].Original.Digest || len(media[1].Tags) != 0 {
		t.Errorf("%+v", media)
	}
}

func TestAFolderNeedsNoFile(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{Tags: map[string][]string{"v": {"video_selfie"}}})
	if f, err := b.store.Folder(t.Context(), scope(b.user), made.Folder.ID); err != nil || f.Meta == nil {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestWhatIsDiscardedIsGone(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{}, "a=image kept")
	before := files(t, shared.blobDir)
	accepted := b.accept(t, "b=image discarded")
	if n := files(t, shared.blobDir); n != before+2 {
		t.Errorf("%d files for the picture and its thumbnail", n-before)
	}
	b.Discard(t.Context(), accepted)
	b.Discard(t.Context(), accepted)
	if n := files(t, shared.blobDir); n != before {
		t.Errorf("%d files more", n-before)
	}
	if m := b.media(t, made.Folder.ID)[0]; content(t, m.Original.Digest) != "image kept" {
		t.Error("a kept file is gone")
	}
}

func TestDiscardingLeavesWhatBelongsToAFolder(t *testing.T) {
	b := newBench(t)
	accepted := b.accept(t, "a=image of a folder")
	made, err := b.CreateFolder(t.Context(), b.user, intake.Upload{Files: accepted})
	if err != nil {
		t.Fatal(err)
	}
	b.Discard(t.Context(), accepted)
	if m := b.media(t, made.Folder.ID)[0]; content(t, m.Original.Digest) != "image of a folder" || content(t, m.Thumb.Digest) != "small image of a folder" {
		t.Error("other bytes came back")
	}
}

func TestARefusedFileLeavesNothingBehind(t *testing.T) {
	b := newBench(t)
	before := files(t, shared.blobDir)
	broken := io.MultiReader(strings.NewReader("image"), iotest.ErrReader(bonafide.Errorf(bonafide.CodeTooLarge, "too large")))
	tests := map[string]struct {
		content io.Reader
		want    bonafide.Code
	}{
		"no media":       {strings.NewReader("#!/bin/sh"), bonafide.CodeValue},
		"empty":          {strings.NewReader(""), bonafide.CodeValue},
		"reader's fault": {broken, bonafide.CodeTooLarge},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := intaketest.Take(t.Context(), b.Reception, "a", "a.jpg", test.content)
			wantCode(t, err, test.want)
			if n := files(t, shared.blobDir); n != before {
				t.Errorf("%d files", n-before)
			}
		})
	}
}

func TestARefusedUploadLeavesNothingBehind(t *testing.T) {
	b := newBench(t)
	before := files(t, shared.blobDir)
	long := strings.Repeat("x", 129)
	tests := map[string]struct {
		payload intake.Payload
		files   []string
		want    bonafide.Code
	}{
		"too many files":         {intake.Payload{}, []string{"a=image refused 1", "b=image refused 2", "c=image refused 3", "d=image refused 4", "e=image refused 5"}, bonafide.CodeTooLarge},
		"too many tags":          {intake.Payload{Tags: map[string][]string{"a": make([]string, 101)}}, []string{"a=image refused 1"}, bonafide.CodeValue},
		"overlong tag":           {intake.Payload{Tags: map[string][]string{"a": {long}}}, []string{"a=image refused 1"}, bonafide.CodeValue},
		"endpoint of a file":     {intake.Payload{Orders: intake.Orders{Endpoint: "file:///etc/passwd"}}, []string{"a=image refused 1"}, bonafide.CodeValue},
		"endpoint without host":  {intake.Payload{Orders: intake.Orders{Endpoint: "https:///x"}}, []string{"a=image refused 1"}, bonafide.CodeValue},
		"overlong endpoint":      {intake.Payload{Orders: intake.Orders{Endpoint: "https://bank.example/" + strings.Repeat("x", 2048)}}, nil, bonafide.CodeValue},
		"order of nothing known": {intake.Payload{Orders: intake.Orders{Lines: []intake.OrderLine{{Type: "MAGIC"}}}}, []string{"a=image refused 1"}, bonafide.CodeValue},
		"order on unknown media": {intake.Payload{Orders: intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality, Source: []string{"b"}}}}}, []string{"a=image refused 1"}, bonafide.CodeNotFound},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			accepted := b.accept(t, test.files...)
			_, err := b.CreateFolder(t.Context(), b.user, intake.Upload{Files: accepted, Payload: test.payload})
			wantCode(t, err, test.want)
			b.Discard(t.Context(), accepted)
			page, err := b.store.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
			if err != nil || len(page.Items) != 0 {
				t.Errorf("%d folders, %v", len(page.Items), err)
			}
			if n := files(t, shared.blobDir); n != before {
				t.Errorf("%d blobs", n-before)
			}
		})
	}
}

func TestMediaAreAdded(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{FolderMeta: bonafide.Meta{"a": "1", "b": "2"}}, "v=video one").Folder
	made, err := b.AddMedia(t.Context(), b.user, scope(b.user), f.ID, intake.Upload{
		Files: b.accept(t, "p=image two"),
		Payload: intake.Payload{
			FolderMeta: bonafide.Meta{"b": "3"},
			Tags:       map[string][]string{"p": {"photo_selfie"}},
			Orders:     intake.Orders{Endpoint: "http://bank.example", Lines: []intake.OrderLine{{Type: bonafide.Biometry}, {Type: bonafide.Quality, Source: []string{"p"}}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	media := b.media(t, f.ID)
	if len(made.Media) != 1 || len(media) != 2 || media[1].ID != made.Media[0].ID || !media[1].HasTag("photo_selfie") {
		t.Errorf("answered %v, stored %v", ids(made.Media), ids(media))
	}
	stored, err := b.store.Folder(t.Context(), bonafide.Scope{}, f.ID)
	if err != nil || !reflect.DeepEqual(stored.Meta, bonafide.Meta{"a": "1", "b": "3"}) || stored.ResolutionEndpoint != "http://bank.example" {
		t.Errorf("%+v, %v", stored, err)
	}
	group, err := b.store.AnalysesOf(t.Context(), f.ID)
	if err != nil || len(group[f.ID]) != 2 || !slices.Equal(group[f.ID][0].SourceMedia, ids(media)) ||
		!slices.Equal(group[f.ID][1].SourceMedia, ids(media[1:])) || len(made.Analyses) != 2 {
		t.Errorf("%+v, %v", group, err)
	}
}

func TestMediaAreNotAdded(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}, "v=video one").Folder
	stranger := b.person(t, bonafide.Client)
	tests := map[string]struct {
		user   *bonafide.User
		folder bonafide.ID
		files  []string
		want   bonafide.Code
	}{
		"to another's folder": {stranger, f.ID, []string{"p=image two"}, bonafide.CodeNotFound},
		"to no folder":        {b.user, bonafide.NewID(), []string{"p=image two"}, bonafide.CodeNotFound},
		"over the limit":      {b.user, f.ID, []string{"a=image 1", "b=image 2", "c=image 3", "d=image 4"}, bonafide.CodeTooLarge},
		"without a file":      {b.user, f.ID, nil, bonafide.CodeStructure},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := b.AddMedia(t.Context(), test.user, scope(test.user), test.folder, intake.Upload{Files: b.accept(t, test.files...)})
			wantCode(t, err, test.want)
			if n := len(b.media(t, f.ID)); n != 1 {
				t.Errorf("%d media", n)
			}
		})
	}
}

func TestTheLimitHoldsForUploadsAtOnce(t *testing.T) {
	b := newBench(t)
	f := b.folder(t, intake.Payload{}).Folder
	var uploads []intake.Upload
	for range 2 * maxFiles {
		uploads = append(uploads, intake.Upload{Files: b.accept(t, "a=image one")})
	}
	var wg sync.WaitGroup
	for _, up := range uploads {
		wg.Go(func() {
			_, err := b.AddMedia(t.Context(), b.user, scope(b.user), f.ID, up)
			if err != nil && bonafide.CodeOf(err) != bonafide.CodeTooLarge {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(b.media(t, f.ID)); n != maxFiles {
		t.Errorf("%d media", n)
	}
}

func TestFoldersChange(t *testing.T) {
	b := newBench(t)
	id := b.folder(t, intake.Payload{FolderMeta: bonafide.Meta{"a": "1", "b": "2"}, Orders: intake.Orders{Endpoint: "https://bank.example"}}).Folder.ID
	change := func(c intake.FolderChange) *bonafide.Folder {
		t.Helper()
		if _, err := b.ChangeFolder(t.Context(), scope(b.user), id, c); err != nil {
			t.Fatal(err)
		}
		f, err := b.store.Folder(t.Context(), bonafide.Scope{}, id)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := change(intake.FolderChange{Meta: bonafide.Meta{"a": nil, "c": true}})
	if !reflect.DeepEqual(f.Meta, bonafide.Meta{"b": "2", "c": true}) || f.ResolutionEndpoint != "https://bank.example" {
		t.Errorf("%+v", f)
	}
	none := ""
	if f = change(intake.FolderChange{Endpoint: &none}); f.ResolutionEndpoint != "" || len(f.Meta) != 2 {
		t.Errorf("%+v", f)
	}
	bad := "javascript:alert(1)"
	_, err := b.ChangeFolder(t.Context(), scope(b.user), id, intake.FolderChange{Endpoint: &bad})
	wantCode(t, err, bonafide.CodeValue)
	_, err = b.ChangeFolder(t.Context(), scope(b.person(t, bonafide.Client)), id, intake.FolderChange{})
	wantCode(t, err, bonafide.CodeNotFound)
}

func TestMediaChange(t *testing.T) {
	b := newBench(t)
	made := b.folder(t, intake.Payload{Tags: map[string][]string{"p": {"photo_id"}}, MediaMeta: map[string]bonafide.Meta{"p": {"a": "1"}}}, "p=image one")
	id := made.Media[0].ID
	if _, err := b.ChangeMedia(t.Context(), scope(b.user), id, intake.MediaChange{Meta: bonafide.Meta{"b": "2"}}); err != nil {
		t.Fatal(err)
	}
	if m := b.media(t, made.Folder.ID)[0]; !m.HasTag("photo_id") || !reflect.DeepEqual(m.Meta, bonafide.Meta{"a": "1", "b": "2"}) {
		t.Errorf("%+v", m)
	}
	if _, err := b.ChangeMedia(t.Context(), scope(b.user), id, intake.MediaChange{Tags: &[]string{}}); err != nil {
		t.Fatal(err)
	}
	if m := b.media(t, made.Folder.ID)[0]; len(m.Tags) != 0 || len(m.Meta) != 2 {
		t.Errorf("%+v", m)
	}
	many := make([]string, 101)
	_, err := b.ChangeMedia(t.Context(), scope(b.user), id, intake.MediaChange{Tags: &many})
	wantCode(t, err, bonafide.CodeValue)
	_, err = b.ChangeMedia(t.Context(), scope(b.person(t, bonafide.Client)), id, intake.MediaChange{})
	wantCode(t, err, bonafide.CodeNotFound)
}

func TestChangesAtOnceAllLast(t *testing.T) {
	b := newBench(t)
	id := b.folder(t, intake.Payload{}).Folder.ID
	var wg sync.WaitGroup
	for _, name := range strings.Split("abcdefgh", "") {
		wg.Go(func() {
			if _, err := b.ChangeFolder(t.Context(), scope(b.user), id, intake.FolderChange{Meta: bonafide.Meta{name: true}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if f, err := b.store.Folder(t.Context(), bonafide.Scope{}, id); err != nil || len(f.Meta) != 8 {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestWaitingTooLongIsNoError(t *testing.T) {
	b := newBench(t)
	b.Waiter = waiter{forever: true}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Wait(ctx, "group"); err != nil {
		t.Error(err)
	}
}

func TestAFileNameIsShownAndNothingElse(t *testing.T) {
	b := newBench(t)
	for name, want := range map[string]string{
		"selfie.mp4":              "selfie.mp4",
		"снимок ✓.jpg":            "снимок ✓.jpg",
		"../../etc/passwd":        "passwd",
		`C:\Temp\doc.png`:         "doc.png",
		"a\x00b\r\nc\x7f\xff.jpg": "abc.jpg",
		"":                        "",
		strings.Repeat("я", 300):  strings.Repeat("я", 255),
	} {
		f, err := intaketest.Take(t.Context(), b.Reception, "a", name, strings.NewReader("image one"))
		if err != nil {
			t.Fatal(err)
		}
		made, err := b.CreateFolder(t.Context(), b.user, intake.Upload{Files: []intake.File{*f}})
		if err != nil {
			t.Fatal(err)
		}
		if got := b.media(t, made.Folder.ID)[0].OriginalName; got != want {
			t.Errorf("%q: got %q", name, got)
		}
	}
}

func TestAFullDiskIsNotTheClientsFault(t *testing.T) {
	b := newBench(t)
	before := files(t, shared.blobDir)
	full := errors.New("no space left on device")
	b.Blobs = fullBlobs{full}
	accepted := b.accept(t, "a=image for a full disk")
	_, err := b.CreateFolder(t.Context(), b.user, intake.Upload{Files: accepted})
	if !errors.Is(err, full) || bonafide.CodeOf(err) != bonafide.CodeUnknown {
		t.Errorf("got %v", err)
	}
	page, err := b.store.Folders(t.Context(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	if err != nil || len(page.Items) != 0 {
		t.Errorf("%d folders, %v", len(page.Items), err)
	}
	b.Discard(t.Context(), accepted)
	if n := files(t, shared.blobDir); n != before {
		t.Errorf("%d files", n-before)
	}
}

// fullBlobs cannot keep.
type fullBlobs struct{ err error }

func (f fullBlobs) Keep(context.Context, ...blob.Staged) error { return f.err }
