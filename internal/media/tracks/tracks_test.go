package tracks

import (
	"bytes"
	"testing"

	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

func samples() map[string]sniff.Format {
	return map[string]sniff.Format{"clip.mp4": sniff.MP4, "clip.mov": sniff.MOV, "clip.mkv": sniff.MKV, "live.webm": sniff.WebM, "clip.avi": sniff.AVI}
}

func TestALonelyVideoTrackIsLeftAlone(t *testing.T) {
	for name, format := range samples() {
		file := mediatest.Sample(name)
		got := Read(bytes.NewReader(file), int64(len(file)), format)
		if len(got.Hide) != 0 || got.Cut {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestACutFileIsTold(t *testing.T) {
	for name, format := range samples() {
		file := mediatest.Sample(name)
		for _, percent := range []int{60, 80, 99} {
			cut := file[:len(file)*percent/100]
			if got := Read(bytes.NewReader(cut), int64(len(cut)), format); !got.Cut {
				t.Errorf("%s, %d %%: not told", name, percent)
			}
		}
	}
}

func TestWhatIsNoContainerHasNoLayout(t *testing.T) {
	for _, h := range mediatest.HostileFiles(1) {
		for _, format := range samples() {
			got := Read(bytes.NewReader(h.Data), int64(len(h.Data)), format)
			for _, p := range got.Hide {
				if p.At < 0 || p.At+int64(len(p.Bytes)) > int64(len(h.Data)) {
					t.Fatalf("%s as %s: %+v", h.Name, format, p)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for name := range samples() {
		f.Add(mediatest.Sample(name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range samples() {
			got := Read(bytes.NewReader(data), int64(len(data)), format)
			for _, p := range got.Hide {
				if p.At < 0 || p.At+int64(len(p.Bytes)) > int64(len(data)) {
					t.Fatalf("%+v of %d bytes", p, len(data))
				}
			}
		}
	})
}
