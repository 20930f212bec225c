// Package media turns bytes into frames: it sniffs the kind, enforces limits
// before any parser, decodes inside a sandboxed child process and hands out
// upright frames. It knows nothing of faces and trusts neither file names nor
// declared types.
package media

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Limits bound what a decoder accepts. Every excess is refused with a CodeValue
// error that names the limit.
type Limits struct {
	MaxPixels     int   // per picture or frame: 50 megapixels
	MaxZipEntries int   // 300
	MaxZipBytes   int64 // unpacked: 200 MB
	MaxZipPixels  int64 // of all pictures of a zip together: 700 megapixels
	// MaxSampledPixels bounds the pixels that are decoded of a zip, 200 megapixels;
	// of a zip of larger pictures fewer are sampled, one at least.
	MaxSampledPixels int64
	MaxVideo         time.Duration // longest accepted clip
	MaxVideoFrames   int           // frames in a clip
	MaxVideoPixels   int           // per video frame
	DecodeTimeout    time.Duration // wall clock of one decoding
	MemoryBytes      uint64        // address space of one child, above what Go reserves unused
	SampledFrames    int           // frames kept of a video or zip, spread evenly: 15
	CacheBytes       int64         // decoded clips kept in memory until they are analysed, see Source.Last
}

// Frame is one decoded picture of a media file.
type Frame struct {
	Image *vision.Image
	Index int // number of the frame in the file, from 0
	// AtMS is the presentation time, from the first frame; 0 for stills, NaN never. Of
	// archives it is told by names such as 000066.jpg, milliseconds of six digits; where
	// not all names are such, fifteen pictures a second are assumed.
	AtMS float64
}

// Clip is decoded media: one frame for a still, up to Limits.SampledFrames
// spread over the whole for a video or a zip. It is shared and must not be
// changed.
type Clip struct {
	Kind   bonafide.MediaKind
	Info   bonafide.MediaInfo
	Frames []Frame
	// Container is what a video's container tells.
	Container Container
}

// Source is where media bytes lie: a local file, named by its digest. Digest is
// the key of the cache and may be empty, which switches the cache off.
type Source struct {
	Path   string
	Digest string
	// Last says that nobody is expected to ask for the clip again: it is taken out of the
	// cache, so that it lives no longer than who has asked for it needs it.
	Last bool
	// Sequence asks for a movement in place of frames spread over the whole; nil for
	// those. What is decoded for it is not kept.
	Sequence *Sequence
}

// Sequence bounds the frames of a movement, which are taken from the beginning on, evenly
// in time.
type Sequence struct {
	Until  time.Duration // from the first frame; what comes later is left out
	FPS    float64       // at most
	Frames int           // at most; a long sequence is taken at fewer frames per second
	Side   int           // longest side of a picture in pixels; larger ones are scaled down
}

// Opener decodes. Decoding is CPU-bound work done in a child process; at most one
// child per core runs at a time. What the file lacks or hides is a CodeValue
// error with a message fit for the client; what the machine lacks (no ffmpeg, no
// memory) has another code.
type Opener interface {
	Open(ctx context.Context, src Source) (*Clip, error)
}
