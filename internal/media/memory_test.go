package media_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"reflect"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
)

func TestAPictureInMemoryIsDecoded(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 32, 24))); err != nil {
		t.Fatal(err)
	}
	d, err := media.New(media.DefaultLimits(), media.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	src, done, err := media.Picture(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	clip, err := d.Open(t.Context(), src)
	if err != nil || clip.Info.WidthPx != 32 || clip.Info.HeightPx != 24 || src.Digest != "" {
		t.Errorf("%+v, %v", clip, err)
	}
	done()
	if _, err := d.Open(t.Context(), src); err == nil {
		t.Error("the picture is still there")
	}
}

func TestWhatIsNoPictureIsNotHeld(t *testing.T) {
	for _, h := range mediatest.HostileFiles(1) {
		_, done, err := media.Picture(h.Data)
		if err == nil {
			done()
			continue
		}
		if bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", h.Name, err)
		}
	}
	for name, head := range map[string]string{"nothing": "", "a video": "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"} {
		if _, _, err := media.Picture([]byte(head)); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAVideoInMemoryGivesTheFramesOfItsFile(t *testing.T) {
	mediatest.NeedFFmpeg(t)
	content := mediatest.Sample("clip.mp4")
	path := mediatest.File(t, content)
	t.Setenv("TMPDIR", t.TempDir()) // what is written here is seen
	d, err := media.New(media.DefaultLimits(), media.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	f, err := media.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	want, err := d.Open(t.Context(), media.Source{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Open(t.Context(), media.Source{Path: f.Name()})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) || len(got.Frames) < 2 {
		t.Errorf("%d frames, %+v; of the file %d, %+v", len(got.Frames), got.Info, len(want.Frames), want.Info)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestWhatIsForgottenIsDecodedAnew(t *testing.T) {
	d, err := media.New(media.DefaultLimits(), media.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	src := media.Source{Path: mediatest.File(t, mediatest.BlankPNG(32, 24)), Digest: "d"}
	open := func() *media.Clip {
		clip, err := d.Open(t.Context(), src)
		if err != nil {
			t.Fatal(err)
		}
		return clip
	}
	first := open()
	if open() != first {
		t.Fatal("nothing is kept")
	}
	d.Forget("other")
	if open() != first {
		t.Error("another one was forgotten")
	}
	d.Forget(src.Digest)
	if open() == first {
		t.Error("it is still there")
	}
}
