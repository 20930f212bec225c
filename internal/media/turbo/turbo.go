//go:build cgo && !noturbo

package turbo

/*
#cgo LDFLAGS: -l:libturbojpeg.a
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

enum { decodedClean = 0, decodedWarned = 1, decodedFailed = 2, decodedOtherSize = 3 };

// decode_jpeg fills dst, width x height pixels of format, and message (200 bytes).
static int decode_jpeg(const unsigned char *data, unsigned long size, int full_width, int full_height,
                       unsigned char *dst, int width, int height, int format, char *message) {
	int w = 0, h = 0, subsampling, colorspace, result = decodedClean;
	tjhandle tj = tjInitDecompress();
	if (!tj) {
		return decodedFailed;
	}
	// Its verdict on the subsampling does not matter, tjDecompress2 knows more kinds.
	tjDecompressHeader3(tj, data, size, &w, &h, &subsampling, &colorspace);
	if (w != full_width || h != full_height) {
		tjDestroy(tj);
		return decodedOtherSize;
	}
	if (tjDecompress2(tj, data, size, dst, width, 0, height, format, TJFLAG_LIMITSCANS) != 0) {
		result = tjGetErrorCode(tj) == TJERR_WARNING ? decodedWarned : decodedFailed;
		strncpy(message, tjGetErrorStr2(tj), 199);
	}
	tjDestroy(tj);
	return result;
}

// encode_jpeg gives a buffer, which grows with the file, or NULL.
static unsigned char *encode_jpeg(const unsigned char *rgb, int width, int height, int quality, unsigned long *size) {
	unsigned char *out = NULL;
	tjhandle tj = tjInitCompress();
	if (!tj) {
		return NULL;
	}
	*size = 0;
	if (tjCompress2(tj, rgb, width, 0, height, TJPF_RGB, &out, size, TJSAMP_420, quality, 0) != 0) {
		tjFree(out);
		out = NULL;
	}
	tjDestroy(tj);
	return out;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unsafe"
)

// Format is the layout of decoded pixels.
type Format int

// RGB has three bytes per pixel; CMYK has four, as they lie in the file.
const (
	RGB Format = iota
	CMYK
)

func (f Format) native() (tjpf C.int, bytesPerPixel int) {
	if f == CMYK {
		return C.TJPF_CMYK, 4
	}
	return C.TJPF_RGB, 3
}

// Scaled gives the size at which a picture of width x height is decoded so that
// no side exceeds maxSide: the largest of eight, seven, ... one eighths that
// fits, one eighth if none does.
func Scaled(width, height, maxSide int) (w, h int) {
	for eighths := 8; eighths > 1; eighths-- {
		w, h = (width*eighths+7)/8, (height*eighths+7)/8
		if w <= maxSide && h <= maxSide {
			return w, h
		}
	}
	return (width + 7) / 8, (height + 7) / 8
}

// Picture is the size in the file's header and the size to decode at, which
// Scaled gave.
type Picture struct {
	FullWidth, FullHeight int
	Width, Height         int
	Format                Format
}

// Decode decodes data into dst, which holds exactly the picture at the size to
// decode at. A file of another size than said, a file that ends early and
// damaged data are errors, and dst is then undefined.
func Decode(dst, data []byte, p Picture) error {
	format, bpp := p.Format.native()
	if len(data) == 0 || p.Width <= 0 || p.Height <= 0 || len(dst) != bpp*p.Width*p.Height {
		return errors.New("turbo: buffer and size do not agree")
	}
	var message [200]C.char
	result := C.decode_jpeg((*C.uchar)(unsafe.Pointer(&data[0])), C.ulong(len(data)), C.int(p.FullWidth), C.int(p.FullHeight),
		(*C.uchar)(unsafe.Pointer(&dst[0])), C.int(p.Width), C.int(p.Height), format, &message[0])
	text := C.GoString(&message[0])
	switch {
	case result == C.decodedClean, result == C.decodedWarned && harmless(text):
		return nil
	case result == C.decodedOtherSize:
		return errors.New("turbo: the picture's size is not the header's")
	}
	return fmt.Errorf("turbo: %s", text)
}

// harmless knows the warnings of libjpeg that leave every pixel as it was meant.
// Cameras are known to cause them.
func harmless(warning string) bool {
	return strings.Contains(warning, "extraneous bytes before marker") ||
		strings.Contains(warning, "Unknown Adobe color transform code") ||
		strings.Contains(warning, "ICC profile")
}

// Encode compresses RGB pixels, 4:2:0, quality 1 to 100.
func Encode(rgb []byte, width, height, quality int) ([]byte, error) {
	if width <= 0 || height <= 0 || len(rgb) != 3*width*height {
		return nil, errors.New("turbo: buffer and size do not agree")
	}
	var size C.ulong
	out := C.encode_jpeg((*C.uchar)(unsafe.Pointer(&rgb[0])), C.int(width), C.int(height), C.int(quality), &size)
	if out == nil {
		return nil, errors.New("turbo: encoding failed")
	}
	defer C.tjFree(out)
	if size > math.MaxInt32 {
		return nil, errors.New("turbo: the picture is too large to encode")
	}
	return C.GoBytes(unsafe.Pointer(out), C.int(size)), nil
}
