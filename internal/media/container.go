package media

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Container is what the container of a video tells beside its pictures. It is
// the zero value for stills and archives.
type Container struct {
	Frames  int // that are meant to be shown
	Untimed int // of them, without a time of their own
	// Distinct counts the frames of a clip of a few frames a second that was padded
	// to a constant rate by repeating them; only these are sampled. It is 0 for all
	// other clips.
	Distinct int
	// Cut tells that the container announces more than there is: the recording or
	// its transfer was cut short.
	Cut bool
	// StrayMS is the farthest that the step from one frame to the next lies from
	// their mean, in milliseconds; 0 below three frames.
	StrayMS float64
	// Editor and Recorder tell that the tags name a program that cuts or converts
	// recordings, or one that records a screen or makes a virtual camera.
	Editor, Recorder bool
}

// program is a name that a program leaves in tags, in lower case.
type programName struct {
	name string
	// common tells that the name is an ordinary word or a place as well, so that it
	// counts only in tags which programs write, and not in a title.
	common bool
}

func programNames(common bool, names ...string) []programName {
	out := make([]programName, len(names))
	for i, n := range names {
		out[i] = programName{name: n, common: common}
	}
	return out
}

// editors lists programs for cutting and converting. Libraries such as Lavf and
// GStreamer are not among them: honest apps write with them too.
func editors() []programName {
	return append(programNames(false,
		"handbrake", "adobe premiere", "adobe media encoder", "premiere pro", "premiere rush", "premiere elements", "adobe after effects",
		"final cut pro", "imovie", "davinci resolve", "blackmagic", "capcut", "videocut", "inshot", "kinemaster", "kdenlive", "shotcut",
		"openshot", "pitivi", "olive video", "sony vegas", "vegas pro", "vegas movie studio", "magix vegas", "filmora", "wondershare",
		"clipchamp", "windows movie maker", "virtualdub", "avidemux", "losslesscut", "movavi", "cyberlink", "powerdirector", "videopad",
		"clideo", "kapwing", "veed", "canva", "flixier", "invideo", "freemake", "any video converter", "xmedia recode", "staxrip", "megui",
		"faceswap", "deepfacelab", "reface", "avatarify"),
		programNames(true, "adobe", "premiere", "after effects", "final cut", "davinci", "vegas", "magix", "movie maker", "windows live", "blender")...)
}

// recorders lists programs that record screens or make virtual cameras.
func recorders() []programName {
	return append(programNames(false,
		"obs studio", "obs-studio", "libobs", "streamlabs", "screenflow", "camtasia", "bandicam", "simplescreenrecorder", "replaykit",
		"xrecorder", "mobizen", "loom.com", "snagit", "manycam", "xsplit", "snap camera", "vcam", "virtual cam", "virtual camera",
		"deepfacelive", "scrcpy", "screen record", "screen recorder", "screen recording", "screenrec", "screencast", "screenrecorder"),
		programNames(true, "kazam")...)
}

// tags are those of the file and of the track, by their names.
type tags []map[string]string

// name tells whether one of the tags, of any length and content, holds one of the
// names.
func (t tags) name(names []programName) bool {
	for _, tags := range t {
		for key, value := range tags {
			value = strings.ToLower(value)
			title := strings.EqualFold(key, "title")
			for _, p := range names {
				if !(p.common && title) && holdsWord(value, p.name) {
					return true
				}
			}
		}
	}
	return false
}

// holdsWord tells whether the text holds the name as a word of its own. A number may
// follow, as programs write their versions.
func holdsWord(text, name string) bool {
	for at := 0; ; {
		next := strings.Index(text[at:], name)
		if next < 0 || name == "" {
			return false
		}
		at += next
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !inWord(before) && !unicode.IsDigit(before) && !inWord(after) {
			return true
		}
		at += len(name)
	}
}

// inWord tells whether a letter goes on with the word beside it. In scripts that
// leave no spaces a foreign word stands between letters all the same.
func inWord(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
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
