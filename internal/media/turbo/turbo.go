//go:build cgo && !noturbo

package turbo

/*
#cgo LDFLAGS: -l:libturbojpeg.a
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>
#include <turbojpeg.h>

enum { decoded = 0, decodedLost = 1, decodedFailed = 2, decodedOtherSize = 3 };

// A scan of its own for each bit of each coefficient of each colour is far less.
enum { mostScans = 500 };

// reader is libjpeg's, with what happens on the way.
struct reader {
	struct jpeg_decompress_struct jpeg; // first: callbacks are given its address
	struct jpeg_error_mgr error;
	struct jpeg_source_mgr source;
	struct jpeg_progress_mgr progress;
	jmp_buf jump;
	int lost;     // data could not be read
	int doubtful; // the end is missing, or scans do not follow each other
	char *message; // of the first loss or of the failure
};

static void failed(j_common_ptr c) {
	struct reader *r = (struct reader *)c;
	r->error.format_message(c, r->message);
	longjmp(r->jump, 1);
}

// warned keeps what costs pixels. The other warnings, of odd values in headers and
// of bytes too many, leave every pixel as it was meant.
static void warned(j_common_ptr c, int level) {
	struct reader *r = (struct reader *)c;
	if (level >= 0) {
		return;
	}
	switch (r->error.msg_code) {
	case JWRN_HIT_MARKER:
	case JWRN_HUFF_BAD_CODE:
	case JWRN_ARITH_BAD_CODE:
	case JWRN_MUST_RESYNC:
		if (!r->lost) {
			r->error.format_message(c, r->message);
		}
		r->lost = 1;
		break;
	case JWRN_BOGUS_PROGRESSION:
		r->doubtful = 1;
		break;
	}
}

static void said(j_common_ptr c) {}

static void limit_scans(j_common_ptr c) {
	struct reader *r = (struct reader *)c;
	if (r->jpeg.input_scan_number > mostScans) {
		strcpy(r->message, "more scans than any picture has");
		longjmp(r->jump, 1);
	}
}

static void start_source(j_decompress_ptr j) {}

// end_source answers for the bytes that are not there with the end of the image.
static boolean end_source(j_decompress_ptr j) {
	static const JOCTET end[2] = {0xff, JPEG_EOI};
	((struct reader *)j)->doubtful = 1;
	j->src->next_input_byte = end;
	j->src->bytes_in_buffer = 2;
	return TRUE;
}

static void skip_source(j_decompress_ptr j, long n) {
	struct jpeg_source_mgr *s = j->src;
	if (n <= 0) {
		return;
	}
	if ((size_t)n > s->bytes_in_buffer) {
		end_source(j);
		return;
	}
	s->next_input_byte += n;
	s->bytes_in_buffer -= n;
}

// whole tells whether every bit of every coefficient of a progressive picture was
// there. Others have all in one scan, in which a loss is seen.
static int whole(j_decompress_ptr j) {
	if (!j->coef_bits) {
		return 1;
	}
	for (int c = 0; c < j->num_components; c++) {
		for (int k = 0; k < DCTSIZE2; k++) {
			if (j->coef_bits[c][k] != 0) {
				return 0;
			}
		}
	}
	return 1;
}

// decode_jpeg fills dst, width x height pixels of RGB or CMYK, and message, of
// JMSG_LENGTH_MAX bytes.
static int decode_jpeg(const unsigned char *data, unsigned long size, int full_width, int full_height,
                       unsigned char *dst, int width, int height, int cmyk, char *message) {
	struct reader r;
	memset(&r, 0, sizeof r);
	r.message = message;
	r.jpeg.err = jpeg_std_error(&r.error);
	r.error.error_exit = failed;
	r.error.emit_message = warned;
	r.error.output_message = said;
	if (setjmp(r.jump)) {
		jpeg_destroy_decompress(&r.jpeg);
		return decodedFailed;
	}
	jpeg_create_decompress(&r.jpeg);
	r.source.init_source = start_source;
	r.source.fill_input_buffer = end_source;
	r.source.skip_input_data = skip_source;
	r.source.resync_to_restart = jpeg_resync_to_restart;
	r.source.term_source = start_source;
	r.source.next_input_byte = data;
	r.source.bytes_in_buffer = size;
	r.jpeg.src = &r.source;
	r.progress.progress_monitor = limit_scans;
	r.jpeg.progress = &r.progress;
	jpeg_read_header(&r.jpeg, TRUE);
	int result = decodedOtherSize;
	if (r.jpeg.image_width == full_width && r.jpeg.image_height == full_height) {
		r.jpeg.out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
		r.jpeg.scale_denom = 8;
		for (r.jpeg.scale_num = 8; r.jpeg.scale_num > 1; r.jpeg.scale_num--) {
			if ((full_width * (int)r.jpeg.scale_num + 7) / 8 == width && (full_height * (int)r.jpeg.scale_num + 7) / 8 == height) {
				break;
			}
		}
		jpeg_start_decompress(&r.jpeg);
		if (r.jpeg.output_width == width && r.jpeg.output_height == height && r.jpeg.output_components == (cmyk ? 4 : 3)) {
			while (r.jpeg.output_scanline < r.jpeg.output_height) {
				JSAMPROW row = dst + (size_t)r.jpeg.output_scanline * width * r.jpeg.output_components;
				jpeg_read_scanlines(&r.jpeg, &row, 1);
			}
			result = decoded;
			if (!r.lost && r.doubtful && !whole(&r.jpeg)) {
				strcpy(message, "not all scans are there");
				r.lost = 1;
			}
			if (r.lost) {
				result = decodedLost;
			}
		}
	}
	jpeg_destroy_decompress(&r.jpeg);
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
	"unsafe"
)

// Format is the layout of decoded pixels.
type Format int

// RGB has three bytes per pixel; CMYK has four, as they lie in the file.
const (
	RGB Format = iota
	CMYK
)

func (f Format) bytesPerPixel() int {
	if f == CMYK {
		return 4
	}
	return 3
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
// decode at. A file of another size than said, and one of which data is missing or
// cannot be read, are errors, and dst is then undefined. What libjpeg warns of
// beside, odd headers and a missing end after all rows, costs no pixel and is none.
func Decode(dst, data []byte, p Picture) error {
	if len(data) == 0 || p.Width <= 0 || p.Height <= 0 || len(dst) != p.Format.bytesPerPixel()*p.Width*p.Height {
		return errors.New("turbo: buffer and size do not agree")
	}
	cmyk := C.int(0)
	if p.Format == CMYK {
		cmyk = 1
	}
	var message [C.JMSG_LENGTH_MAX]C.char
	switch C.decode_jpeg((*C.uchar)(unsafe.Pointer(&data[0])), C.ulong(len(data)), C.int(p.FullWidth), C.int(p.FullHeight),
		(*C.uchar)(unsafe.Pointer(&dst[0])), C.int(p.Width), C.int(p.Height), cmyk, &message[0]) {
	case C.decoded:
		return nil
	case C.decodedOtherSize:
		return errors.New("turbo: the picture's size is not the header's")
	}
	return fmt.Errorf("turbo: %s", C.GoString(&message[0]))
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
