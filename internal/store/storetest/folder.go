package storetest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store"
)

// hostile is metadata that breaks careless quoting.
func hostile() bonafide.Meta {
	return bonafide.Meta{
		"текст":         "ёлка 漢字 \u2028 <b>&amp;</b>",
		`q"uo'te\`:      `a"b'c\d`,
		"?":             "?0 ?name '' \"\" -- ; DROP TABLE folders",
		"number":        json.Number("1.50"),
		"big":           json.Number("12345678901234567890"),
		"nested":        map[string]any{"list": []any{json.Number("1"), "two", nil, true}},
		"null":          nil,
		"zero\x00byte":  "zero\x00byte",
		"transactionId": "",
	}
}

func folders(t *testing.T, w *world) {
	ctx := t.Context()
	t.Run("a folder comes back", func(t *testing.T) {
		f := w.folder()
		f.Meta, f.TechnicalMeta = hostile(), bonafide.Meta{"ip": "::1"}
		f.ResolutionEndpoint = "https://example.org/?a=1&b='2'"
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		if f.State != decision.Folder(nil) {
			t.Errorf("a new folder is %v", f.State)
		}
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		same(t, "folder", got, f)
		wantCode(t, "the same id again", w.CreateFolder(ctx, f, nil, nil), bonafide.CodeExists)
	})
	t.Run("an administrator's folder has no company", func(t *testing.T) {
		f := w.folder()
		f.CompanyID, f.UserID = "", ""
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		same(t, "folder", got, f)
	})
	t.Run("given times are kept", func(t *testing.T) {
		f := w.folder()
		f.TimeCreated = time.Date(2020, 1, 2, 3, 4, 5, 6000, time.UTC)
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		if !got.TimeCreated.Equal(f.TimeCreated) || !got.TimeUpdated.Equal(f.TimeCreated) {
			t.Errorf("created %v, updated %v", got.TimeCreated, got.TimeUpdated)
		}
	})
	t.Run("a folder changes", func(t *testing.T) {
		f, _, _ := w.stored(t)
		before := f.TimeUpdated
		f.Meta = hostile()
		f.ResolutionEndpoint, f.LegalHold = "https://example.org/", true
		ok(t, PutFolder(ctx, w, f))
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		same(t, "folder", got, f)
		if got.TimeUpdated.Before(before) {
			t.Errorf("changed at %v, before %v", got.TimeUpdated, before)
		}
		wantCode(t, "an unknown folder", PutFolder(ctx, w, w.folder()), bonafide.CodeNotFound)
	})
	t.Run("a change does not touch the state", func(t *testing.T) {
		f, _, o := w.stored(t)
		ok(t, w.FinishGroup(ctx, o.GroupID, results(o, bonafide.Success)))
		ok(t, PutFolder(ctx, w, f)) // still PROCESSING in the caller's hands
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		if got.State.SystemResolution != bonafide.Success || got.ResolutionTime.IsZero() {
			t.Errorf("the state is %v", got.State)
		}
	})
	t.Run("unknown folders are not found", func(t *testing.T) {
		for _, id := range []bonafide.ID{bonafide.NewID(), "", "' OR '1'='1"} {
			_, err := w.Folder(ctx, bonafide.Scope{}, id)
			wantCode(t, string(id), err, bonafide.CodeNotFound)
		}
	})
}

func media(t *testing.T, w *world) {
	ctx := t.Context()
	f := w.folder()
	first := []bonafide.Media{newMedia(), newMedia()}
	first[1].Thumb, first[1].Tags, first[1].Meta = nil, []string{}, hostile()
	f.Meta = bonafide.Meta{"kept": "yes", "replaced": map[string]any{"old": true}}
	ok(t, w.CreateFolder(ctx, f, first, nil))
	t.Run("media come back in upload order", func(t *testing.T) {
		later := []bonafide.Media{newMedia()}
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Media: later, Meta: bonafide.Meta{"replaced": "new", "added": json.Number("1")}}))
		empty := w.folder()
		ok(t, w.CreateFolder(ctx, empty, nil, nil))
		got, err := w.MediaOf(ctx, f.ID, empty.ID, bonafide.NewID())
		ok(t, err)
		same(t, "media", got, map[bonafide.ID][]bonafide.Media{f.ID: append(first, later...)})
		one, err := w.Media(ctx, bonafide.Scope{}, later[0].ID)
		ok(t, err)
		same(t, "one media", one, &later[0])
	})
	t.Run("metadata is merged by top-level keys", func(t *testing.T) {
		got, err := w.Folder(ctx, bonafide.Scope{}, f.ID)
		ok(t, err)
		same(t, "metadata", got.Meta, bonafide.Meta{"kept": "yes", "replaced": "new", "added": json.Number("1")})
	})
	t.Run("files are found by their keys", func(t *testing.T) {
		for _, want := range []bonafide.File{first[0].Original, *first[0].Thumb, first[1].Original} {
			got, err := w.FileByKey(ctx, want.Key)
			ok(t, err)
			same(t, "file", got, &want)
		}
		for _, key := range []string{"", "unknown", first[0].Original.Key[:31], first[0].Original.Key + "\x00", "' OR 1=1 --"} {
			_, err := w.FileByKey(ctx, key)
			wantCode(t, key, err, bonafide.CodeNotFound)
		}
	})
	t.Run("tags and metadata change", func(t *testing.T) {
		m := first[0]
		m.Tags, m.Meta = []string{"video_selfie_blank", `"`}, bonafide.Meta{"a": "b"}
		ok(t, PutMedia(ctx, w, &m))
		got, err := w.Media(ctx, bonafide.Scope{}, m.ID)
		ok(t, err)
		same(t, "media", got, &m)
		m.ID = bonafide.NewID()
		wantCode(t, "unknown media", PutMedia(ctx, w, &m), bonafide.CodeNotFound)
	})
	t.Run("a zero byte in a name is no fault", func(t *testing.T) {
		m := newMedia()
		m.OriginalName = "a\x00b"
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Media: []bonafide.Media{m}}))
		got, err := w.Media(ctx, bonafide.Scope{}, m.ID)
		ok(t, err)
		if strings.ContainsRune(got.OriginalName, 0) {
			t.Errorf("the name is %q", got.OriginalName)
		}
	})
	t.Run("unknown folders get no media", func(t *testing.T) {
		m := newMedia()
		wantCode(t, "add", w.AddToFolder(ctx, bonafide.NewID(), store.Addition{Media: []bonafide.Media{m}}), bonafide.CodeNotFound)
		_, err := w.Media(ctx, bonafide.Scope{}, m.ID)
		wantCode(t, "media", err, bonafide.CodeNotFound)
		_, err = w.FileByKey(ctx, m.Original.Key)
		wantCode(t, "its file", err, bonafide.CodeNotFound)
	})
}
