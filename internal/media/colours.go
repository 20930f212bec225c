package media

import (
	"github.com/bonafide-id/bonafide/internal/media/tone"
	"github.com/bonafide-id/bonafide/internal/media/tracks"
)

// colours is how the samples of a track stand for colours, by ffmpeg's names.
type colours struct {
	matrix    string // in_color_matrix of the filter scale; "" leaves it to the frames
	limits    string // in_range of the filter scale; "" leaves it to the frames
	transfer  tone.Transfer
	primaries tone.Primaries
}

// coloursOf reads what the track declares and, where it says nothing, what its
// container does. What neither declares is guessed as players do: HDR comes in
// BT.2020, high definition in BT.709, all else in BT.601, in which VP8 and Motion
// JPEG always are.
func coloursOf(s stream, said tracks.Colour) colours {
	var c colours
	switch s.Transfer {
	case "arib-std-b67":
		c.transfer = tone.HLG
	case "smpte2084":
		c.transfer = tone.PQ
	case "", "unknown", "reserved":
		switch said.Transfer { // ITU-T H.273, table 3
		case 16:
			c.transfer = tone.PQ
		case 18:
			c.transfer = tone.HLG
		}
	}
	switch s.Primaries {
	case "bt2020":
		c.primaries = tone.BT2020
	case "smpte432", "smpte431":
		c.primaries = tone.P3
	case "", "unknown", "reserved":
		switch { // table 2
		case said.Primaries == 9, said.Primaries == 2 && c.transfer != tone.SDR:
			c.primaries = tone.BT2020
		case said.Primaries == 11, said.Primaries == 12:
			c.primaries = tone.P3
		}
	}
	if s.Range == "tv" || s.Range == "pc" {
		c.limits = s.Range
	}
	switch s.Matrix {
	case "gbr":
	case "bt709", "fcc", "smpte240m", "smpte170m", "bt470bg":
		c.matrix = s.Matrix
	case "bt2020nc", "bt2020c":
		c.matrix = "bt2020"
	default:
		c.matrix = c.unsaidMatrix(s, said)
	}
	return c
}

// unsaidMatrix takes the container's word, or guesses.
func (c colours) unsaidMatrix(s stream, said tracks.Colour) string {
	const definition = 1280 * 576 // more pixels are high definition
	switch {
	case said.Matrix == 1: // table 4
		return "bt709"
	case said.Matrix == 5, said.Matrix == 6, s.Codec == "vp8", s.Codec == "mjpeg":
		return "smpte170m"
	case said.Matrix == 9, said.Matrix == 10, c.transfer != tone.SDR, c.primaries == tone.BT2020:
		return "bt2020"
	case s.Width*s.Height >= definition:
		return "bt709"
	}
	return "smpte170m"
}

// scaling gives the filter scale its options.
func (c colours) scaling() string {
	out := ""
	if c.matrix != "" {
		out += ":in_color_matrix=" + c.matrix
	}
	if c.limits != "" {
		out += ":in_range=" + c.limits
	}
	return out
}

// plain tells whether the samples are those of an ordinary screen.
func (c colours) plain() bool { return c.transfer == tone.SDR && c.primaries == tone.BT709 }

// pixels is the form in which ffmpeg hands the pixels out: what is mapped has finer
// steps.
func (c colours) pixels() string {
	if c.plain() {
		return "rgb24"
	}
	return "rgb48le"
}

func (c colours) bytesPerPixel() int {
	if c.plain() {
		return 3
	}
	return 6
}

// mapper is nil where nothing is to be mapped.
func (c colours) mapper() *tone.Mapper {
	if c.plain() {
		return nil
	}
	return tone.New(c.transfer, c.primaries)
}
