package tracks

import "math/bits"

// Identifiers of Matroska's elements (RFC 9559) that are looked at.
const (
	idEBML        = 0x1a45dfa3
	idSegment     = 0x18538067
	idCluster     = 0x1f43b675
	idTracks      = 0x1654ae6b
	idEntry       = 0xae
	idType        = 0x83
	idCodec       = 0x86
	idVideo       = 0xe0
	idColour      = 0x55b0
	idMatrix      = 0x55b1
	idTransfer    = 0x55ba
	idPrimaries   = 0x55bb
	idAttachments = 0x1941a469
	idAttached    = 0x61a7
	idMIME        = 0x4660
	idChecksum    = 0xbf
	void          = "\xec"
)

// element is an element of EBML. Live recordings do not know the size of some.
type element struct {
	id               uint64
	start, body, end int64
	endless          bool
}

// element reads the header at off inside of what ends at end.
func (w *walker) element(off, end int64) (e element, ok bool) {
	const longest = 12 // four bytes of identifier, eight of size
	h := w.at(off, longest)
	if w.left--; w.left < 0 || off >= end {
		return e, false
	}
	id, n := vint(h, true)
	if n == 0 || n > 4 {
		return e, false
	}
	size, m := vint(h[n:], false)
	if m == 0 {
		return e, false
	}
	e = element{id: id, start: off, body: off + int64(n+m)}
	if size == 1<<(7*m)-1 {
		e.endless, e.end = true, end
		return e, true
	}
	e.end = e.body + int64(size)
	return e, true
}

// vint reads a number of variable length, with its mark of the length or without. n
// is 0 where there is none.
func vint(b []byte, marked bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if !marked {
		v &^= 0x80 >> (n - 1)
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}

// matroska walks the segment, which follows the header.
func (w *walker) matroska() {
	for off := int64(0); off < w.size; {
		e, ok := w.element(off, w.size)
		if !ok {
			return
		}
		if e.id == idSegment {
			w.out.Cut = e.end > w.size
			w.segment(e.body, min(e.end, w.size))
			return
		}
		if e.id != idEBML && e.end > w.size {
			return
		}
		off = e.end
	}
}

// segment walks the elements of the first level. Those of a cluster whose size is
// not known follow as if they were of the same level, which ends where another
// cluster begins.
func (w *walker) segment(off, end int64) {
	for off < end {
		e, ok := w.element(off, end)
		if !ok {
			return
		}
		if e.endless {
			off = e.body
			continue
		}
		if e.end > end {
			w.out.Cut = known(e.id)
			return
		}
		switch e.id {
		case idTracks:
			w.children(e, w.entry)
		case idAttachments:
			w.children(e, w.attached)
		}
		off = e.end
	}
}

// known tells whether an element may stand in a segment or a cluster: other bytes
// behind the last one are none.
func known(id uint64) bool {
	switch id {
	case idCluster, idTracks, idAttachments, 0x114d9b74, 0x1549a966, 0x1c53bb6b, 0x1043a770, 0x1254c367, // of the segment
		0xe7, 0xa3, 0xa0, 0xa7, 0xab, 0xec: // of a cluster
		return true
	}
	return false
}

// children hands the elements inside of one on. A checksum over what is changed is
// hidden, too.
func (w *walker) children(in element, each func(element)) {
	before, checksum := len(w.out.Hide), int64(-1)
	for off := in.body; off < in.end; {
		e, ok := w.element(off, in.end)
		if !ok || e.end > in.end {
			break
		}
		if e.id == idChecksum {
			checksum = e.start
		}
		each(e)
		off = e.end
	}
	if checksum >= 0 && len(w.out.Hide) > before {
		w.hide(checksum, void)
	}
}

// entry makes the codec of a track unknown, unless it is the first of video.
func (w *walker) entry(e element) {
	if e.id != idEntry {
		return
	}
	const video = 1
	var kind byte
	var picture element
	codec := int64(-1)
	w.children(e, func(c element) {
		switch {
		case c.id == idType && c.end > c.body:
			if b := w.at(c.end-1, 1); len(b) == 1 {
				kind = b[0]
			}
		case c.id == idCodec && c.end > c.body:
			codec = c.body
		case c.id == idVideo:
			picture = c
		}
	})
	if kind == video && !w.video {
		w.video = true
		w.children(picture, w.colours)
		return
	}
	if codec >= 0 {
		w.hide(codec, "Z") // after A_OPUS, V_MPEG2, S_TEXT/UTF8
	}
}

// colours reads what a video track says of its colours.
func (w *walker) colours(e element) {
	if e.id != idColour {
		return
	}
	w.children(e, func(c element) {
		var v uint64
		for _, b := range w.at(c.body, int(min(c.end-c.body, 8))) {
			v = v<<8 | uint64(b)
		}
		switch c.id {
		case idPrimaries:
			w.out.Colour.Primaries = v
		case idTransfer:
			w.out.Colour.Transfer = v
		case idMatrix:
			w.out.Colour.Matrix = v
		}
	})
}

// attached makes the type of an attachment unknown: pictures among them are shown
// as tracks.
func (w *walker) attached(e element) {
	if e.id != idAttached {
		return
	}
	w.children(e, func(c element) {
		if c.id == idMIME && c.end > c.body {
			w.hide(c.body, "z")
		}
	})
}
