package media

import (
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// A worker and its owner talk over a socket that keeps messages apart, JSON in
// either direction. The owner sends a request together with the descriptor of
// the file. The worker answers with one message per frame, whose pixels lie in
// memory that both share, and waits for leave to overwrite them; the last frame
// needs none. Or it answers with a refusal.

// maxMessage bounds a message in either direction.
const maxMessage = 4096

// The descriptors that a worker inherits.
const (
	workerSocket = 3
	workerPixels = 4
)

// request asks for the frames of the file that comes with it.
type request struct {
	Format     sniff.Format `json:"format"`
	MaxPixels  int          `json:"max_pixels"`
	MaxSide    int          `json:"max_side"`
	MaxEntries int          `json:"max_entries"`
	MaxBytes   int64        `json:"max_bytes"`
	ZipPixels  int64        `json:"zip_pixels"`     // of all pictures of an archive
	Sampled    int64        `json:"sampled_pixels"` // of those that are decoded
	Frames     int          `json:"frames"`         // at most, of an archive

	// Of a sequence, see Sequence; without one frames are spread over the whole.
	FPS     float64 `json:"fps,omitempty"`
	UntilMS float64 `json:"until_ms,omitempty"`
}

// reply is one frame, or the reason why there is none.
type reply struct {
	Refusal string `json:"refusal,omitempty"` // fit for the client
	Cause   string `json:"cause,omitempty"`   // for the log

	Width      int  `json:"width,omitempty"`
	Height     int  `json:"height,omitempty"`
	FullWidth  int  `json:"full_width,omitempty"`
	FullHeight int  `json:"full_height,omitempty"`
	Index      int  `json:"index,omitempty"` // in the file
	Total      int  `json:"total,omitempty"` // frames in the file
	Last       bool `json:"last,omitempty"`

	AtMS float64 `json:"at_ms,omitempty"` // of an archive, see Frame
}

// valid tells whether a frame's numbers are possible. The worker may have been
// taken over by what it decoded.
func (r *reply) valid(q request) bool {
	return r.Width > 0 && r.Width <= q.MaxSide && r.Height > 0 && r.Height <= q.MaxSide &&
		r.FullWidth > 0 && r.FullHeight > 0 && r.FullWidth <= q.MaxPixels/r.FullHeight &&
		r.Index >= 0 && r.Index < r.Total && r.Total <= max(1, q.MaxEntries) && r.AtMS >= 0 && r.AtMS <= 1e6*1000
}

// printable tells whether a refusal may be shown: one short line of ASCII.
func printable(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return len(s) <= 200
}
