package media

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

func TestMain(m *testing.M) {
	Child(os.Args)
	os.Exit(m.Run())
}

func newDecoder(t testing.TB, change func(*Limits, *Options)) *Decoder {
	t.Helper()
	lim, opts := DefaultLimits(), Options{}
	lim.DecodeTimeout = 5 * time.Minute // under the race detector on a busy machine, HEIC takes most of one
	if change != nil {
		change(&lim, &opts)
	}
	d, err := New(lim, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func open(t testing.TB, d *Decoder, path string) *Clip {
	t.Helper()
	c, err := d.Open(t.Context(), Source{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// refused wants a CodeValue error whose message contains want.
func refused(t testing.TB, err error, want string) {
	t.Helper()
	var e *bonafide.Error
	if bonafide.CodeOf(err) != bonafide.CodeValue {
		t.Fatalf("got %v with code %q", err, bonafide.CodeOf(err))
	}
	e = err.(*bonafide.Error)
	if !strings.Contains(e.Message, want) {
		t.Fatalf("message is %q, want %q (cause: %v)", e.Message, want, e.Err)
	}
}

func near(t testing.TB, got, want *vision.Image, tolerance float64) {
	t.Helper()
	if d := mediatest.Distance(got, want); d > tolerance {
		t.Errorf("%dx%d against %dx%d: mean difference %.2f, at most %v", got.Width, got.Height, want.Width, want.Height, d, tolerance)
	}
}

// brightening is the print of mediatest.Scene, in which no cell is brighter than
// those to its right and below it.
const brightening = "00000000000000000000000000000000"

func TestPicturesAreDecodedInAWorker(t *testing.T) {
	d := newDecoder(t, nil)
	scene := mediatest.Scene(160, 120)
	file := mediatest.JPEGWithEXIF(mediatest.JPEG(mediatest.RGBA(mediatest.Lay(scene, 6))), 6)
	c := open(t, d, mediatest.File(t, file))
	want := bonafide.MediaInfo{Format: "jpeg", MIME: "image/jpeg", WidthPx: 160, HeightPx: 120, Frames: 1, Print: brightening}
	if c.Kind != bonafide.Image || c.Info != want || len(c.Frames) != 1 {
		t.Fatalf("%s, %+v, %d frames", c.Kind, c.Info, len(c.Frames))
	}
	near(t, c.Frames[0].Image, scene, 2.5)
	if len(d.pool.idle) != 1 {
		t.Errorf("%d idle workers", len(d.pool.idle))
	}
}

func TestHugePicturesKeepTheirSizeInInfo(t *testing.T) {
	d := newDecoder(t, nil)
	c := open(t, d, mediatest.File(t, mediatest.JPEG(mediatest.RGBA(mediatest.Scene(4000, 3000)))))
	im := c.Frames[0].Image
	if c.Info.WidthPx != 4000 || c.Info.HeightPx != 3000 || im.Width != 2500 || im.Height != 1875 {
		t.Fatalf("%+v, frame %dx%d", c.Info, im.Width, im.Height)
	}
}

func TestEveryWholesomeFileDecodes(t *testing.T) {
	d := newDecoder(t, nil)
	for _, f := range mediatest.Wholesome() {
		t.Run(f.Name, func(t *testing.T) {
			if strings.HasPrefix(f.Name, "clip") || strings.HasPrefix(f.Name, "live") {
				mediatest.NeedFFmpeg(t)
			}
			c := open(t, d, mediatest.File(t, f.Data))
			if len(c.Frames) == 0 || c.Info.WidthPx == 0 || c.Info.MIME == "" {
				t.Fatalf("%+v", c)
			}
		})
	}
}

func TestArchiveGivesFramesSpreadOverItsNaturalOrder(t *testing.T) {
	d := newDecoder(t, func(l *Limits, _ *Options) { l.SampledFrames = 3 })
	var entries []mediatest.Entry
	for i, name := range []string{"f10.jpg", "f9.jpg", "f1.jpg", "f2.jpg", "f11.png"} {
		im := mediatest.RGBA(mediatest.Scene(40+i, 30))
		data := mediatest.JPEG(im)
		if strings.HasSuffix(name, "png") {
			data = mediatest.PNG(im)
		}
		entries = append(entries, mediatest.Entry{Name: name, Data: data})
	}
	c := open(t, d, mediatest.File(t, mediatest.Zip(entries...)))
	want := bonafide.MediaInfo{Format: "zip", MIME: "application/zip", WidthPx: 42, HeightPx: 30, Frames: 5, Print: brightening}
	if c.Kind != bonafide.ShotsSet || c.Info != want || len(c.Frames) != 3 {
		t.Fatalf("%s, %+v, %d frames", c.Kind, c.Info, len(c.Frames))
	}
	for i, w := range []struct{ index, width int }{{0, 42}, {2, 41}, {4, 44}} {
		if f := c.Frames[i]; f.Index != w.index || f.Image.Width != w.width {
			t.Errorf("frame %d: index %d, width %d; want %+v", i, f.Index, f.Image.Width, w)
		}
	}
}

func TestAnArchiveIsSampledWithinItsBudgetOfPixels(t *testing.T) {
	blank := mediatest.BlankPNG(1000, 1000)
	var entries []mediatest.Entry
	for i := range 30 {
		entries = append(entries, mediatest.Entry{Name: fmt.Sprintf("%d.png", i), Data: blank})
	}
	path := mediatest.File(t, mediatest.Zip(entries...))
	for budget, want := range map[int64]int{15_000_000: 15, 14_999_999: 14, 3_000_000: 3, 1: 1} {
		d := newDecoder(t, func(l *Limits, _ *Options) { l.MaxPixels, l.MaxSampledPixels = 1_000_000, budget })
		if c := open(t, d, path); len(c.Frames) != want || c.Info.Frames != 30 {
			t.Errorf("%d pixels: %d frames of %d", budget, len(c.Frames), c.Info.Frames)
		}
	}
	d := newDecoder(t, func(l *Limits, _ *Options) { l.MaxZipPixels = 29_999_999 })
	_, err := d.Open(t.Context(), Source{Path: path})
	refused(t, err, "The pictures of the archive have 30 megapixels together; the limit is 29")
}

func TestABombOfManyPicturesIsRefusedAtOnce(t *testing.T) {
	blank := mediatest.BlankPNG(7000, 7000)
	d := newDecoder(t, nil)
	open(t, d, mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8))))) // starts the worker
	for _, n := range []int{15, 100, 300} {
		var entries []mediatest.Entry
		for i := range n {
			entries = append(entries, mediatest.Entry{Name: fmt.Sprintf("%d.png", i), Data: blank})
		}
		path := mediatest.File(t, mediatest.Zip(entries...))
		start := time.Now()
		_, err := d.Open(t.Context(), Source{Path: path})
		refused(t, err, fmt.Sprintf("The pictures of the archive have %d megapixels together; the limit is 700", 49*n))
		if took := time.Since(start); took > time.Second && !raced {
			t.Errorf("%d pictures: %v", n, took)
		} else {
			t.Logf("%d pictures: %v", n, took)
		}
	}
}

func TestRefusalsNameTheReason(t *testing.T) {
	d := newDecoder(t, nil)
	for _, f := range mediatest.HostileFiles(1) {
		if !f.Refused || strings.HasSuffix(f.Name, "beginning.mp4") || strings.HasSuffix(f.Name, "box.mp4") {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			_, err := d.Open(t.Context(), Source{Path: mediatest.File(t, f.Data)})
			want := ""
			switch {
			case strings.HasSuffix(f.Name, "cut-photo.zip"):
				want = "Entry 1 of the archive: The picture is damaged"
			case strings.HasSuffix(f.Name, "png-bomb.zip"):
				want = "Entry 1 of the archive: The picture has 60000 x 60000 pixels; the limit is 50 megapixels"
			case strings.HasSuffix(f.Name, ".mp4"):
				want = "Unsupported media format"
			}
			refused(t, err, want)
		})
	}
}

func TestMissingFileIsNotTheClientsFault(t *testing.T) {
	_, err := newDecoder(t, nil).Open(t.Context(), Source{Path: "/nowhere/at/all"})
	if err == nil || bonafide.CodeOf(err) != bonafide.CodeUnknown {
		t.Fatalf("got %v", err)
	}
}

func TestLimitsMustBePositive(t *testing.T) {
	if _, err := New(Limits{}, Options{}); err == nil {
		t.Fatal("limits of zero were accepted")
	}
}

func TestClosedDecoderDecodesNothing(t *testing.T) {
	d := newDecoder(t, nil)
	path := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8))))
	open(t, d, path)
	_ = d.Close()
	if _, err := d.Open(t.Context(), Source{Path: path}); err == nil {
		t.Fatal("decoded")
	}
}

func TestThumbnailIsSmall(t *testing.T) {
	scene := mediatest.Scene(800, 600)
	d := newDecoder(t, nil)
	thumb, err := Thumbnail(&Clip{Frames: []Frame{{Image: scene}}}, 200)
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, d, mediatest.File(t, thumb))
	near(t, c.Frames[0].Image, mediatest.Scene(200, 150), 3)
	if _, err := Thumbnail(&Clip{}, 200); err == nil {
		t.Error("a thumbnail of nothing")
	}
}

func TestFramesAreSpreadEvenly(t *testing.T) {
	for _, c := range []struct {
		n, k int
		want []int
	}{{0, 3, []int{}}, {1, 3, []int{0}}, {2, 15, []int{0, 1}}, {5, 1, []int{0}}, {5, 3, []int{0, 2, 4}}, {150, 4, []int{0, 50, 99, 149}}} {
		got := spread(c.n, c.k)
		if len(got) != len(c.want) {
			t.Fatalf("%d of %d: %v", c.k, c.n, got)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d of %d: %v, want %v", c.k, c.n, got, c.want)
			}
		}
	}
}
