package media

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/still"
	"github.com/bonafide-id/bonafide/internal/media/tracks"
)

// probed is what ffprobe tells of a clip's first video track, by its field
// names: the packets, read without decoding them, and the track.
type probed struct {
	Packets []struct {
		PTS   string `json:"pts_time"`
		DTS   string `json:"dts_time"`
		Flags string `json:"flags"`
	} `json:"packets"`
	Streams []stream `json:"streams"`
	Format  struct {
		Tags map[string]string `json:"tags"`
	} `json:"format"`
}

// stream is what ffprobe tells of a track.
type stream struct {
	Codec     string `json:"codec_name"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Aspect    string `json:"sample_aspect_ratio"`
	Frames    string `json:"nb_frames"`
	Range     string `json:"color_range"`
	Matrix    string `json:"color_space"`
	Transfer  string `json:"color_transfer"`
	Primaries string `json:"color_primaries"`
	Side      []struct {
		Matrix string `json:"displaymatrix"`
	} `json:"side_data_list"`
	Tags map[string]string `json:"tags"`
}

// tagNames are the tags in which programs leave their names. What people write
// of a recording is not asked for, but for the title, where some services put
// their address.
const tagNames = "encoder,ENCODER,software,SOFTWARE,com.apple.quicktime.software,title,TITLE"

// track is a clip's video track as the container describes it.
type track struct {
	codec         string
	width, height int // of a decoded frame
	shownWidth    int // width with square pixels
	orientation   int // EXIF's number for the display matrix
	colours       colours
	times         []float64 // when frames are shown, in seconds from the first one, ascending
	pauses        pauses    // that are not in times
	keys          []bool    // frames that stand by themselves
	side          int       // longest side of the pictures that are made of frames
	container     Container
}

// readTrack makes a track of ffprobe's answer and refuses what is beyond the
// limits. Containers may lie about their duration, and browsers write none: the
// packets are what counts. The layout is what the container's headers tell beside.
func readTrack(answer []byte, lim Limits, layout tracks.Layout) (*track, error) {
	var p probed
	if err := json.Unmarshal(answer, &p); err != nil {
		return nil, bonafide.Wrap(bonafide.CodeValue, "The video is damaged", err)
	}
	if len(p.Streams) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The file holds no video track")
	}
	s := p.Streams[0]
	if !slices.Contains(videoCodecs(), s.Codec) {
		return nil, unsupportedCodec("", nil)
	}
	t := &track{codec: s.Codec, width: s.Width, height: s.Height, orientation: 1, side: frameSide}
	if t.width <= 0 || t.height <= 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The video is damaged")
	}
	if t.width > lim.MaxVideoPixels/t.height {
		return nil, tooManyPixels(lim)
	}
	t.shownWidth = squareWidth(t.width, s.Aspect)
	for _, side := range s.Side {
		if side.Matrix != "" {
			t.orientation = matrixOrientation(side.Matrix)
		}
	}
	t.colours = coloursOf(s, layout.Colour)
	shown, untimed := presentation(p)
	t.times, t.pauses = withoutPauses(shown)
	if err := t.check(lim); err != nil {
		return nil, err
	}
	for _, p := range shown {
		t.keys = append(t.keys, p.key)
	}
	said := tags{p.Format.Tags, s.Tags}
	t.container = Container{
		Frames: len(t.times) + untimed, Untimed: untimed, StrayMS: stray(t.times), Cut: layout.Cut,
		Editor: said.name(editors()), Recorder: said.name(recorders()),
	}
	// MP4 and AVI count their frames in advance. Where most of them are not there,
	// too little is left of a file that has been cut.
	if announced, err := strconv.Atoi(s.Frames); err == nil && layout.Cut && len(p.Packets) < announced/2 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The video is damaged")
	}
	return t, nil
}

func tooManyPixels(lim Limits) error {
	return bonafide.Errorf(bonafide.CodeValue, "The frames of the video have more than %.3g megapixels", float64(lim.MaxVideoPixels)/1e6)
}

// ErrTooLong is behind the error of a clip that is sound, but over the limit of time or
// frames.
var ErrTooLong = errors.New("media: the clip is too long")

func (t *track) check(lim Limits) error {
	n := len(t.times)
	if n == 0 {
		return bonafide.Errorf(bonafide.CodeValue, "The video holds no frames")
	}
	if n > lim.MaxVideoFrames {
		return bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("The video has more than %d frames", lim.MaxVideoFrames), ErrTooLong)
	}
	if t.seconds() > lim.MaxVideo.Seconds() {
		return bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("The video is longer than %v", lim.MaxVideo), ErrTooLong)
	}
	return nil
}

// seconds is the time from the first frame to the end of the last, which is taken
// to be shown as long as the others on average.
func (t *track) seconds() float64 {
	n := len(t.times)
	if n < 2 {
		return 0
	}
	return t.times[n-1] * float64(n) / float64(n-1)
}

// info describes the clip, upright.
func (t *track) info(f sniff.Format) bonafide.MediaInfo {
	m := bonafide.MediaInfo{
		Format: string(f), MIME: f.MIME(), Codec: t.codec,
		WidthPx: t.shownWidth, HeightPx: t.height,
		DurationMS: int64(1000*t.seconds() + 0.5), Frames: len(t.times),
	}
	if still.Transposed(t.orientation) {
		m.WidthPx, m.HeightPx = m.HeightPx, m.WidthPx
	}
	if s := t.seconds(); s > 0 {
		m.FPS = float64(len(t.times)) / s
	}
	return m
}

// squareWidth gives the width that a frame has with square pixels. Ratios that no
// camera has are ignored.
func squareWidth(width int, aspect string) int {
	var num, den int
	if _, err := fmt.Sscanf(aspect, "%d:%d", &num, &den); err != nil || num <= 0 || den <= 0 {
		return width
	}
	if ratio := float64(num) / float64(den); ratio > 0.25 && ratio < 4 {
		return max(1, int(float64(width)*ratio+0.5))
	}
	return width
}

// matrixOrientation gives the EXIF number of a display matrix as ffprobe prints
// it: three rows "00000000: a b u" in 16.16 fixed point. A frame's pixel (x, y)
// is shown at (a*x + c*y, b*x + d*y). Cameras turn by quarters and mirror;
// anything else counts as upright.
func matrixOrientation(text string) int {
	var m [2][2]int
	row := 0
	for line := range strings.Lines(text) {
		var at, w int
		if n, _ := fmt.Sscanf(line, "%x: %d %d %d", &at, &m[row][0], &m[row][1], &w); n < 3 {
			continue
		}
		if row++; row == 2 {
			break
		}
	}
	sign := func(v int) int { return cmp.Compare(v, 0) }
	switch [4]int{sign(m[0][0]), sign(m[0][1]), sign(m[1][0]), sign(m[1][1])} {
	case [4]int{-1, 0, 0, 1}:
		return 2
	case [4]int{-1, 0, 0, -1}:
		return 3
	case [4]int{1, 0, 0, -1}:
		return 4
	case [4]int{0, 1, 1, 0}:
		return 5
	case [4]int{0, 1, -1, 0}:
		return 6
	case [4]int{0, -1, -1, 0}:
		return 7
	case [4]int{0, -1, 1, 0}:
		return 8
	}
	return 1
}
