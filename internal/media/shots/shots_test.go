package shots

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

var limits = Limits{MaxEntries: 300, MaxBytes: 200 << 20}

func read(file []byte) ([]Shot, error) { return Read(bytes.NewReader(file), int64(len(file)), limits) }

func photo(seed int) []byte {
	return mediatest.JPEG(mediatest.RGBA(mediatest.Scene(32+seed, 32)))
}

func TestPicturesComeInNaturalOrder(t *testing.T) {
	var entries []mediatest.Entry
	for _, name := range []string{"frames/10.jpg", "frames/2.png", "frames/1.jpg"} {
		data := photo(len(entries))
		if strings.HasSuffix(name, "png") {
			data = mediatest.PNG(mediatest.RGBA(mediatest.Scene(40, 40)))
		}
		entries = append(entries, mediatest.Entry{Name: name, Data: data})
	}
	got, err := read(mediatest.Zip(entries...))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 1, 0} {
		b, err := got[i].Bytes()
		if err != nil || !bytes.Equal(b, entries[want].Data) {
			t.Errorf("picture %d is not %s (%v)", i, entries[want].Name, err)
		}
	}
	if got[1].Format != sniff.PNG {
		t.Errorf("format is %s", got[1].Format)
	}
}

func TestOnePictureIsEnough(t *testing.T) {
	if got, err := read(mediatest.Zip(mediatest.Entry{Name: "blank.jpg", Data: photo(0)})); err != nil || len(got) != 1 {
		t.Fatalf("%d pictures, %v", len(got), err)
	}
}

func TestFoldersAndWhatSystemsAddAreIgnored(t *testing.T) {
	got, err := read(mediatest.Zip(
		mediatest.Entry{Name: "frames/"},
		mediatest.Entry{Name: "frames/1.jpg", Data: photo(0)},
		mediatest.Entry{Name: "__MACOSX/frames/._1.jpg", Data: []byte("mac")},
		mediatest.Entry{Name: "frames/.DS_Store", Data: []byte("mac")},
		mediatest.Entry{Name: "frames/Thumbs.db", Data: []byte("win")},
	))
	if err != nil || len(got) != 1 {
		t.Fatalf("%d pictures, %v", len(got), err)
	}
}

func TestTricksAreRefusedByName(t *testing.T) {
	files := mediatest.HostileFiles(1)
	for name, want := range map[string]string{
		"no-entries.zip":      "holds no pictures",
		"folders-only.zip":    "holds no pictures",
		"too-many.zip":        "more than 300 entries",
		"nested.zip":          "Entry 1 of the archive is not",
		"nested-as-photo.zip": "Entry 1 of the archive is not",
		"upwards.zip":         "unsafe name",
		"upwards-dos.zip":     "unsafe name",
		"absolute.zip":        "unsafe name",
		"drive.zip":           "unsafe name",
		"nul.zip":             "unsafe name",
		"link.zip":            "not a plain file",
		"encrypted.zip":       "is encrypted",
		"twice.zip":           "has the name of another",
		"text.zip":            "Entry 2 of the archive is not",
		"video.zip":           "Entry 1 of the archive is not",
		"half.zip":            "is damaged",
		"bomb.zip":            "more than 200 MB",
		"lying-bomb.zip":      "is damaged",
	} {
		t.Run(name, func(t *testing.T) {
			at := slices.IndexFunc(files, func(f mediatest.Hostile) bool { return f.Name == name })
			_, err := read(files[at].Data)
			if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), want) {
				t.Fatalf("got %v, want %q", err, want)
			}
		})
	}
}

func TestBombWithinTheLimitUnpacks(t *testing.T) {
	// The bomb itself is sound: it is refused for its size alone.
	got, err := read(mediatest.BombZip("1.jpg", photo(0), 3))
	if err != nil || len(got) != 1 || got[0].size < 3<<20 {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestNamesAreOrderedAsPeopleDo(t *testing.T) {
	names := []string{"b1", "a10", "a2", "a", "a02x", "9", "10", "a010"}
	slices.SortStableFunc(names, compareNatural)
	if got := fmt.Sprint(names); got != "[9 10 a a2 a02x a10 a010 b1]" {
		t.Error(got)
	}
}

func FuzzRead(f *testing.F) {
	for _, h := range mediatest.HostileFiles(1) {
		if strings.HasSuffix(h.Name, ".zip") && len(h.Data) < 1<<16 {
			f.Add(h.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read(bytes.NewReader(data), int64(len(data)), Limits{MaxEntries: 8, MaxBytes: 1 << 20})
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeValue {
				t.Fatalf("code of %v", err)
			}
			return
		}
		if len(got) == 0 || len(got) > 8 {
			t.Fatalf("%d pictures", len(got))
		}
		for _, s := range got {
			if _, err := s.Bytes(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
