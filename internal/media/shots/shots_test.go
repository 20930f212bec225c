package shots

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

var limits = Limits{MaxEntries: 300, MaxBytes: 200 << 20, MaxPicture: 50_000_000, MaxPixels: 700_000_000}

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
	entries := []mediatest.Entry{{Name: "frames/"}, {Name: "frames\\"}, {Name: "frames/1.jpg", Data: photo(0)}}
	for _, name := range []string{
		"__MACOSX/frames/._1.jpg", "frames/__MACOSX/._1.jpg", "a/b/__macosx/c/2.jpg", "frames/._1.jpg", "._2.jpg",
		"frames/.DS_Store", ".ds_store", "frames/Thumbs.db", "THUMBS.DB", "a\\thumbs.db", "Desktop.ini", "frames/desktop.ini",
		".nomedia", "frames/.nomedia", ".thumbnails/1.jpg", ".directory", "@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg", "$RECYCLE.BIN/desktop.ini",
		"Icon\r", "ehthumbs_vista.db",
	} {
		entries = append(entries, mediatest.Entry{Name: name, Data: []byte("what a system adds")})
	}
	got, err := read(mediatest.Zip(entries...))
	if err != nil || len(got) != 1 {
		t.Fatalf("%d pictures, %v", len(got), err)
	}
}

func TestNamesOrderAndAreNoPaths(t *testing.T) {
	for _, names := range [][3]string{
		{"frames\\2.jpg", "frames\\10.jpg", "frames\\1.jpg"},
		{"/frames/2.jpg", "/frames/10.jpg", "/frames/1.jpg"},
		{"C:\\frames\\2.jpg", "C:\\frames\\10.jpg", "C:\\frames\\1.jpg"},
		{"d:2.jpg", "d:10.jpg", "d:1.jpg"},
		{"\\\\server\\share\\2.jpg", "\\\\server\\share\\10.jpg", "\\\\server\\share\\1.jpg"},
		{"./2.jpg", "./10.jpg", "./1.jpg"},
	} {
		var entries []mediatest.Entry
		for i, name := range names {
			entries = append(entries, mediatest.Entry{Name: name, Data: photo(i)})
		}
		got, err := read(mediatest.Zip(entries...))
		if err != nil || len(got) != 3 {
			t.Errorf("%q: %d pictures, %v", names[0], len(got), err)
			continue
		}
		for i, want := range []int{2, 0, 1} {
			if b, err := got[i].Bytes(); err != nil || !bytes.Equal(b, entries[want].Data) {
				t.Errorf("%q: picture %d is not %s (%v)", names[0], i, names[want], err)
			}
		}
	}
}

func TestOneNameWrittenTwoWaysIsOneName(t *testing.T) {
	_, err := read(mediatest.Zip(mediatest.Entry{Name: "a/1.jpg", Data: photo(0)}, mediatest.Entry{Name: "/a\\1.jpg", Data: photo(1)}))
	if bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "Entry 2 of the archive has the name of another") {
		t.Fatalf("got %v", err)
	}
}

func TestMethodsAreRefusedByTheirNames(t *testing.T) {
	file := mediatest.Zip(mediatest.Entry{Name: "1.jpg", Data: photo(0)})
	for method, want := range map[uint16]string{
		9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 77: "method 77", 1: "Shrink", 6: "Implode",
	} {
		_, err := read(mediatest.ZipOfMethod(file, method))
		if bonafide.CodeOf(err) != bonafide.CodeValue || err.Error() != "Entry 1 of the archive is compressed by "+want+"; allowed: stored, deflated" {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := read(mediatest.ZipOfMethod(file, 99)); bonafide.CodeOf(err) != bonafide.CodeValue || err.Error() != "The archive is encrypted" {
		t.Errorf("got %v", err)
	}
}

func TestManyLargePicturesAreRefusedFromTheirHeaders(t *testing.T) {
	blank := mediatest.BlankPNG(7000, 7000)
	var entries []mediatest.Entry
	for i := range 100 {
		entries = append(entries, mediatest.Entry{Name: fmt.Sprintf("%d.png", i), Data: blank})
	}
	start := time.Now()
	_, err := read(mediatest.Zip(entries...))
	if bonafide.CodeOf(err) != bonafide.CodeValue || err.Error() != "The pictures of the archive have 4900 megapixels together; the limit is 700" {
		t.Fatalf("got %v", err)
	}
	t.Logf("packed and refused within %v", time.Since(start))
}

func TestArchivesOfTheFieldAreReadOrRefusedByName(t *testing.T) {
	const folder = "../../../../shared/data/field/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: the archives of the field are not here")
	}
	for name, want := range map[string]string{
		"zip_dotnet_backslash_names.zip": "", "zip_macos_appledouble_beside.zip": "", "zip_macosx_nested.zip": "", "zip_thumbs_db_lowercase.zip": "",
		"zip_lzma_said_damaged.zip": "is compressed by LZMA; allowed: stored, deflated",
	} {
		file, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := read(file)
		if want == "" && (err != nil || len(got) == 0) || want != "" && !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: %d pictures, %v", name, len(got), err)
		}
	}
}

func TestTricksAreRefusedByName(t *testing.T) {
	files := mediatest.HostileFiles(1)
	for name, want := range map[string]string{
		"no-entries.zip":      "holds no pictures",
		"folders-only.zip":    "holds no pictures",
		"too-many.zip":        "more than 300 entries",
		"nested.zip":          "Entry 1 of the archive is not a JPEG, PNG, WebP or HEIC picture but ZIP",
		"nested-as-photo.zip": "Entry 1 of the archive is not",
		"upwards.zip":         "unsafe name",
		"upwards-dos.zip":     "unsafe name",
		"nul.zip":             "unsafe name",
		"link.zip":            "not a plain file",
		"encrypted.zip":       "is encrypted",
		"twice.zip":           "has the name of another",
		"text.zip":            "Entry 2 of the archive is not a JPEG, PNG, WebP or HEIC picture but text",
		"video.zip":           "Entry 1 of the archive is not a JPEG, PNG, WebP or HEIC picture but MP4",
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
		got, err := Read(bytes.NewReader(data), int64(len(data)), Limits{MaxEntries: 8, MaxBytes: 1 << 20, MaxPicture: 1 << 20, MaxPixels: 1 << 22})
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

func TestNamesTellWhenPicturesWereTaken(t *testing.T) {
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{[]string{"f/000600.jpg", "f/000666.jpg", "f/001000.png"}, "[0 66 400]"},
		{[]string{"1.jpg", "2.jpg", "3.jpg"}, "[0 66.66666666666667 133.33333333333334]"},
		{[]string{"000001.jpg", "a.jpg"}, "[0 66.66666666666667]"},
		{[]string{"a/000300.jpg", "b/000200.jpg"}, "[0 66.66666666666667]"},
		{[]string{"blank.jpg"}, "[0]"},
	} {
		var entries []mediatest.Entry
		for i, name := range tt.names {
			entries = append(entries, mediatest.Entry{Name: name, Data: photo(i)})
		}
		set, err := read(mediatest.Zip(entries...))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(Times(set)); got != tt.want {
			t.Errorf("%q: %s", tt.names, got)
		}
	}
}
