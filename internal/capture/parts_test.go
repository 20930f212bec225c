package capture_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
)

// archive is a zip of frames by their names.
func archive(t *testing.T, names []string, content func(i int) string) capture.Part {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content(i)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return capture.Part{Tags: []string{"video_selfie", capture.Smile}, Size: int64(b.Len()), File: bytes.NewReader(b.Bytes())}
}

func TestAnUploadWithoutAContainerIsHeldToTimesAndFrames(t *testing.T) {
	one := func(i int) string { return string(rune('a' + i)) }
	video := capture.Part{Tags: []string{"video_selfie", capture.Smile}, Size: 3, File: bytes.NewReader([]byte("mp4")), Lasts: 13 * time.Second}
	drawn := time.Now()
	for name, c := range map[string]struct {
		parts []capture.Part
		after time.Duration
		want  []string
	}{
		"as asked for":           {[]capture.Part{archive(t, []string{"000900.jpg", "000966.jpg", "001032.jpg"}, one)}, time.Minute, nil},
		"numbered":               {[]capture.Part{archive(t, []string{"frame9.jpg", "frame10.jpg", "frame11.jpg"}, one)}, time.Minute, nil},
		"too slow":               {[]capture.Part{archive(t, []string{"000000.jpg", "013000.jpg"}, one)}, time.Minute, []string{bonafide.ReasonLate}},
		"a video, too slow":      {[]capture.Part{video}, time.Minute, []string{bonafide.ReasonLate}},
		"longer than since then": {[]capture.Part{archive(t, []string{"000000.jpg", "008000.jpg"}, one)}, time.Second, []string{bonafide.ReasonTimeOrder}},
		"a loop": {[]capture.Part{archive(t, []string{"000000.jpg", "000066.jpg", "000132.jpg", "000198.jpg"}, func(i int) string { return one(i % 2) })}, time.Minute,
			[]string{bonafide.ReasonDuplicateFrames}},
		"twice": {[]capture.Part{archive(t, []string{"000000.jpg"}, one), archive(t, []string{"000066.jpg", "000000.jpg"}, one)}, time.Minute,
			[]string{bonafide.ReasonActionOrder, bonafide.ReasonDuplicateFrames}},
		"nothing of it": {[]capture.Part{{Tags: []string{"photo_id", "photo_id_front"}}}, time.Minute, []string{bonafide.ReasonActionMissing}},
	} {
		content, err := capture.ReadParts(c.parts)
		if err != nil {
			t.Fatal(err)
		}
		if got := content.Decisive(capture.Demand{Actions: []string{capture.Smile}, Drawn: drawn, Arrived: drawn.Add(c.after)}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
