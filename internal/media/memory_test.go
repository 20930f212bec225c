package media_test

import (
	"bytes"
	"image"
	"image/png"
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
