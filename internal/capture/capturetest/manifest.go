package capturetest

import (
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
)

// FrameMS is the time between two frames of a Recording.
const FrameMS = 66

// Recording is the manifest of a capture that does what it was asked for, two seconds for
// each action, and the names of the frames that belong to it.
func Recording(challenge bonafide.ID, actions ...string) (m capture.Manifest, names []string) {
	m = capture.Manifest{
		Version: 1, PluginVersion: "0.1.0", ChallengeID: challenge, Analyses: []string{"quality"},
		Device:  capture.Device{Engine: "chromium", Camera: capture.Camera{Width: 720, Height: 1280, FrameRate: 30, Facing: "user"}},
		Signals: capture.Signals{TrackClass: "MediaStreamTrack", HasGroupID: true, HasTrackStats: true, CaptureTime: []int{30, 30}, JitterMS: 6},
	}
	for i, name := range actions {
		start := float64(100 + i*2500)
		a := capture.Action{Action: name, StartedMS: start, EndedMS: start + 2000}
		for f := range 30 {
			a.Frames = append(a.Frames, fmt.Sprintf("f/%d/%04d.jpg", i, f))
			a.TimesMS = append(a.TimesMS, start+float64(f*FrameMS))
		}
		m.Actions = append(m.Actions, a)
		names = append(names, a.Frames...)
	}
	return m, names
}

// Filled packs a manifest with files that are what content says.
func Filled(m capture.Manifest, names []string, content func(i int) []byte) ([]byte, error) {
	files := make([]File, len(names))
	for i, name := range names {
		files[i] = File{Name: name, Data: content(i)}
	}
	return Pack(m, files...)
}
