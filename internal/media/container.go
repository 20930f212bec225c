package media

import (
	"math"
	"strings"
)

// Container is what the container of a video tells beside its pictures. It is
// the zero value for stills and archives.
type Container struct {
	Frames  int // that are meant to be shown
	Untimed int // of them, without a time of their own
	// StrayMS is the farthest that the step from one frame to the next lies from
	// their mean, in milliseconds; 0 below three frames.
	StrayMS float64
	// Editor and Recorder tell that the tags name a program that cuts or converts
	// recordings, or one that records a screen or makes a virtual camera.
	Editor, Recorder bool
}

// editors lists names, in lower case, that programs for cutting and converting put
// into tags. Libraries such as Lavf and GStreamer are not among them: honest apps
// write with them too.
func editors() []string {
	return []string{
		"handbrake", "adobe", "premiere", "after effects", "final cut", "imovie", "davinci", "blackmagic", "capcut", "videocut",
		"inshot", "kinemaster", "kdenlive", "shotcut", "openshot", "pitivi", "olive video", "vegas", "magix", "filmora",
		"wondershare", "clipchamp", "movie maker", "windows live", "virtualdub", "avidemux", "losslesscut", "movavi", "cyberlink",
		"powerdirector", "videopad", "clideo", "kapwing", "veed", "canva", "flixier", "invideo", "blender", "freemake",
		"any video converter", "xmedia recode", "staxrip", "megui", "faceswap", "deepfacelab", "reface", "avatarify",
	}
}

// recorders lists the names of programs that record screens or make virtual
// cameras.
func recorders() []string {
	return []string{
		"obs studio", "obs-studio", "libobs", "streamlabs", "screenflow", "camtasia", "bandicam", "simplescreenrecorder", "screen record",
		"screenrec", "screencast", "kazam", "replaykit", "xrecorder", "mobizen", "loom.com", "snagit", "manycam", "xsplit",
		"snap camera", "vcam", "virtual cam", "deepfacelive", "scrcpy",
	}
}

// names tells whether one of the tags, of any length and content, holds one of the
// names.
func names(tags, names []string) bool {
	for _, tag := range tags {
		tag = strings.ToLower(tag)
		for _, name := range names {
			if strings.Contains(tag, name) {
				return true
			}
		}
	}
	return false
}

// stray measures how regular ascending times in seconds are, in milliseconds.
func stray(times []float64) float64 {
	n := len(times)
	if n < 3 {
		return 0
	}
	mean := (times[n-1] - times[0]) / float64(n-1)
	far := 0.0
	for i := 1; i < n; i++ {
		far = max(far, math.Abs(times[i]-times[i-1]-mean))
	}
	return 1000 * far
}
