package media

import (
	"errors"

	"github.com/bonafide-id/bonafide/internal/media/still"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Thumbnail gives a small JPEG of the clip's middle frame, since first frames
// are often dark, with no side longer than maxSide pixels.
func Thumbnail(c *Clip, maxSide int) ([]byte, error) {
	if len(c.Frames) == 0 {
		return nil, errors.New("media: a clip without frames")
	}
	return EncodeJPEG(still.Shrink(c.middle().Image, maxSide), 85)
}

// middle is the frame that stands for the whole clip, which must have one.
func (c *Clip) middle() *Frame { return &c.Frames[len(c.Frames)/2] }

// EncodeJPEG compresses the picture, 4:2:0, quality 1 to 100.
func EncodeJPEG(im *vision.Image, quality int) ([]byte, error) {
	return still.EncodeJPEG(im, quality)
}
