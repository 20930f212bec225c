// Package tracks walks the headers of a video container, without touching what its
// tracks hold. It tells whether the file has been cut, and which bytes to change so
// that nothing but the first video track is seen by whoever opens the file next:
// ffprobe opens a decoder for every track, and refuses what it may not open.
//
// What it cannot walk it leaves alone. That is no refusal: whoever parses the file
// in earnest has the last word.
package tracks

import (
	"encoding/binary"
	"io"

	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// Patch is a change of a few bytes that leaves all others where they are.
type Patch struct {
	At    int64
	Bytes []byte
}

// Layout is what the headers tell.
type Layout struct {
	// Hide are the changes that hide every track but the first of video, cover
	// pictures and attachments among them.
	Hide []Patch
	// Cut tells that the container announces more bytes than there are.
	Cut bool
	// Colour is what the container says of the first video track.
	Colour Colour
}

// Colour has the code points of ITU-T H.273, 2 for what is not said. Decoders forget
// what the container says where the stream itself says nothing.
type Colour struct{ Primaries, Transfer, Matrix uint64 }

// unsaid is H.273's number for that.
const unsaid = 2

// mostElements bounds the headers that are read of one file. A minute of video in a
// live recording has some ten thousand.
const mostElements = 100_000

// walker reads headers of a file that anybody may have made.
type walker struct {
	r    io.ReaderAt
	size int64
	left int // elements that may still be read
	out  Layout
	// video tells that the first video track was met.
	video bool
}

// Read walks the headers of a file of size bytes.
func Read(r io.ReaderAt, size int64, f sniff.Format) Layout {
	w := &walker{r: r, size: size, left: mostElements}
	w.out.Colour = Colour{unsaid, unsaid, unsaid}
	switch f {
	case sniff.MP4, sniff.MOV:
		w.file()
	case sniff.WebM, sniff.MKV:
		w.matroska()
	case sniff.AVI:
		w.avi()
	}
	return w.out
}

// at gives up to n bytes that stand there; fewer at the end of the file.
func (w *walker) at(off int64, n int) []byte {
	if off < 0 || off >= w.size {
		return nil
	}
	b := make([]byte, min(int64(n), w.size-off))
	k, _ := w.r.ReadAt(b, off) // what cannot be read is not there
	return b[:k]
}

func (w *walker) hide(at int64, with string) {
	w.out.Hide = append(w.out.Hide, Patch{At: at, Bytes: []byte(with)})
}

// box is a box of an ISO base media file, or a chunk of RIFF.
type box struct {
	name             string
	start, body, end int64
}

// next reads the box at off inside of what ends at end. ok is false where there is
// none.
func (w *walker) next(off, end int64) (b box, ok bool) {
	h := w.at(off, 16)
	if w.left--; w.left < 0 || len(h) < 8 || off+8 > end {
		return b, false
	}
	b = box{name: string(h[4:8]), start: off, body: off + 8}
	switch size := int64(binary.BigEndian.Uint32(h)); {
	case size == 0:
		b.end = end
	case size == 1 && len(h) == 16:
		large := binary.BigEndian.Uint64(h[8:])
		b.body, b.end = off+16, off+int64(min(large, 1<<60))
	default:
		b.end = off + size
	}
	return b, b.end >= b.body
}

// file walks the boxes of the outermost level.
func (w *walker) file() {
	for off := int64(0); off < w.size; {
		b, ok := w.next(off, w.size)
		if !ok {
			return
		}
		if b.end > w.size {
			// Telephones leave bytes of other kinds behind the last box.
			switch b.name {
			case "mdat", "moof", "moov", "mfra", "sidx":
				w.out.Cut = true
			}
			return
		}
		if b.name == "moov" {
			w.movie(b, 0)
		}
		off = b.end
	}
}

// movie walks a box that holds tracks, or cover pictures at some depth.
func (w *walker) movie(in box, depth int) {
	const deepest = 4 // moov, udta, meta, ilst
	for off := in.body; off < in.end; {
		b, ok := w.next(off, in.end)
		if !ok || b.end > in.end {
			return
		}
		switch b.name {
		case "trak":
			w.track(b)
		case "covr":
			w.hide(b.start+4, "free")
		case "meta":
			// QuickTime's has no version in front of the boxes in it.
			if h := w.at(b.body, 8); len(h) == 8 && string(h[4:]) != "hdlr" {
				b.body += 4
			}
			fallthrough
		case "udta", "ilst":
			if depth < deepest {
				w.movie(b, depth+1)
			}
		}
		off = b.end
	}
}

// track hides a track unless it is the first of video.
func (w *walker) track(b box) {
	media := w.child(b, "mdia")
	// Version, then what QuickTime calls the component's type, then ours.
	h := w.at(w.child(media, "hdlr").body, 12)
	if w.video || len(h) < 12 || string(h[8:]) != "vide" {
		w.hide(b.start+4, "free")
		return
	}
	w.video = true
	w.colour(w.child(w.child(w.child(media, "minf"), "stbl"), "stsd"))
}

// child gives the first box of that name inside of another; nothing where there is
// none.
func (w *walker) child(in box, name string) box {
	for off := in.body; off < in.end; {
		b, ok := w.next(off, in.end)
		if !ok || b.end > in.end {
			break
		}
		if b.name == name {
			return b
		}
		off = b.end
	}
	return box{body: w.size, end: w.size}
}

// colour reads the box colr of the first description of samples.
func (w *walker) colour(descriptions box) {
	const version, fields = 8, 78 // bytes before the first description, and of its own
	first, ok := w.next(descriptions.body+version, descriptions.end)
	if !ok || first.end > descriptions.end {
		return
	}
	first.body += fields
	h := w.at(w.child(first, "colr").body, 10)
	if len(h) < 10 || string(h[:3]) != "ncl" { // nclx, and nclc of QuickTime
		return
	}
	w.out.Colour = Colour{
		Primaries: uint64(binary.BigEndian.Uint16(h[4:])),
		Transfer:  uint64(binary.BigEndian.Uint16(h[6:])),
		Matrix:    uint64(binary.BigEndian.Uint16(h[8:])),
	}
}

// avi walks the chunks of a RIFF file, whose numbers have the lowest byte first.
func (w *walker) avi() {
	h := w.at(0, 12)
	if len(h) < 12 {
		return
	}
	end := 8 + int64(binary.LittleEndian.Uint32(h[4:]))
	w.out.Cut = end > w.size
	w.list(12, min(end, w.size), 0)
}

// list walks the lists hdrl and strl to the headers of the tracks.
func (w *walker) list(off, end int64, depth int) {
	for off+8 <= end {
		h := w.at(off, 12)
		if w.left--; w.left < 0 || len(h) < 12 {
			return
		}
		size := int64(binary.LittleEndian.Uint32(h[4:]))
		switch name, kind := string(h[:4]), string(h[8:]); {
		case name == "LIST" && (kind == "hdrl" || kind == "strl") && depth < 2:
			w.list(off+12, min(off+8+size, end), depth+1)
		case name == "strh" && kind == "vids" && !w.video:
			w.video = true
		case name == "strh":
			w.hide(off+8, "dats")
		}
		off += 8 + size + size&1
	}
}
