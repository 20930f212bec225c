package storetest

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// sightings stores media with given bytes and prints in folders of their own.
func sightings(t *testing.T, w *world) {
	ctx := t.Context()
	add := func(f *bonafide.Folder, digest, print string) *bonafide.Media {
		t.Helper()
		m := newMedia()
		m.Original.Digest, m.Info.Print = digest, print
		media := []bonafide.Media{m}
		ok(t, w.AddToFolder(ctx, f.ID, store.Addition{Media: media}))
		return &media[0]
	}
	folder := func(company bonafide.ID) *bonafide.Folder {
		t.Helper()
		f := w.folder()
		if company != f.CompanyID {
			f.CompanyID, f.UserID = company, ""
		}
		ok(t, w.CreateFolder(ctx, f, nil, nil))
		return f
	}
	want := func(name string, m *bonafide.Media, bits int, expected ...bonafide.Sighting) {
		t.Helper()
		got, err := w.Earlier(ctx, m, bits)
		ok(t, err)
		if len(got) != len(expected) {
			t.Fatalf("%s: %d sightings: %+v", name, len(got), got)
		}
		for i, e := range expected {
			g := got[i]
			if g.MediaID != e.MediaID || g.FolderID != e.FolderID || g.Exact != e.Exact || g.Bits != e.Bits || !g.TimeCreated.Equal(e.TimeCreated) {
				t.Errorf("%s: sighting %d is %+v, want %+v", name, i, g, e)
			}
		}
	}
	seen := func(m *bonafide.Media, exact bool, bits int) bonafide.Sighting {
		return bonafide.Sighting{MediaID: m.ID, FolderID: m.FolderID, Exact: exact, Bits: bits, TimeCreated: m.TimeCreated}
	}
	const print, oneOff, threeOff, farOff = "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdee",
		"1123456689abcdef0123456789abcdee", "11234566fff00000ffff000089abcdee"
	company := w.folder().CompanyID
	first, second, third := folder(company), folder(company), folder(company)
	a := add(first, "a", print)
	again := add(first, "a", print)
	b := add(second, "a", oneOff)
	c := add(second, "c", threeOff)
	d := add(third, "c", print)
	far := add(third, "f", farOff)
	blank := add(third, "a", "")
	odd := add(third, "o", "not a print of 32 digits, really")

	want("the first of all", a, 3)
	want("the same bytes in one folder", again, 3)
	want("the same bytes in another folder", b, 3, seen(a, true, 0), seen(again, true, 0))
	want("a copy", c, 3, seen(a, false, 3), seen(again, false, 3))
	want("a copy that is too far away", c, 2)
	want("exact ones first, then the nearest", d, 3, seen(c, true, 0), seen(a, false, 0), seen(again, false, 0), seen(b, false, 1))
	want("an equal quarter is not enough", far, 3)
	want("a media without a print", blank, 3, seen(a, true, 0), seen(again, true, 0), seen(b, true, 0))
	want("a print that is none", odd, 128)
	unknown := newMedia()
	want("a media that is not stored", &unknown, 3)

	nobody := folder("")
	want("another company's media", add(nobody, "a", print), 3)
	other := folder("")
	want("media without a company", add(other, "a", print), 3, bonafide.Sighting{
		MediaID: w.mediaOf(t, nobody)[0].ID, FolderID: nobody.ID, Exact: true, TimeCreated: w.mediaOf(t, nobody)[0].TimeCreated,
	})
}

func (w *world) mediaOf(t *testing.T, f *bonafide.Folder) []bonafide.Media {
	t.Helper()
	got, err := w.MediaOf(t.Context(), f.ID)
	ok(t, err)
	return got[f.ID]
}
