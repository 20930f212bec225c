package mediatest

import (
	"bytes"
	"encoding/binary"
)

// HEIC puts one HEVC picture (an Annex B stream of one key frame) of width x
// height into a HEIC file that asks to be turned by turns x 90 degrees
// counter-clockwise and, if mirror is not negative, mirrored first: 0 top to
// bottom, 1 left to right.
func HEIC(annexB []byte, width, height, turns, mirror int) []byte {
	var sets [][]byte
	var picture []byte
	for _, nal := range nals(annexB) {
		switch kind := nal[0] >> 1 & 0x3f; {
		case kind >= 32 && kind <= 34: // VPS, SPS, PPS
			sets = append(sets, nal)
		case kind < 32:
			picture = binary.BigEndian.AppendUint32(picture, uint32(len(nal)))
			picture = append(picture, nal...)
		}
	}
	properties := [][]byte{
		box("ispe", be32(0, uint32(width), uint32(height))),
		box("hvcC", configuration(sets)),
	}
	if mirror >= 0 {
		properties = append(properties, box("imir", []byte{byte(mirror)}))
	}
	properties = append(properties, box("irot", []byte{byte(turns)}))
	uses := append(be32(0, 1), 0, 1, byte(len(properties)))
	for i := range properties {
		const essential = 0x80
		uses = append(uses, essential|byte(i+1))
	}
	meta := func(at int) []byte {
		return box("meta", be32(0),
			box("hdlr", be32(0, 0), []byte("pict"), make([]byte, 13)),
			box("pitm", be32(0), []byte{0, 1}),
			box("iinf", be32(0), []byte{0, 1}, box("infe", be32(2<<24), []byte{0, 1, 0, 0}, []byte("hvc1\x00"))),
			box("iloc", be32(0), []byte{0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1}, be32(uint32(at), uint32(len(picture)))),
			box("iprp", box("ipco", properties...), box("ipma", uses)))
	}
	ftyp := box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic"))
	at := len(ftyp) + len(meta(0)) + 8
	return bytes.Join([][]byte{ftyp, meta(at), box("mdat", picture)}, nil)
}

// configuration is the HEVCDecoderConfigurationRecord of ISO/IEC 14496-15.
func configuration(sets [][]byte) []byte {
	var profile []byte
	for _, nal := range sets {
		if nal[0]>>1&0x3f == 33 {
			profile = bytes.ReplaceAll(nal, []byte{0, 0, 3}, []byte{0, 0})[3:15]
		}
	}
	out := append([]byte{1}, profile...)
	out = append(out, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, byte(len(sets)))
	for _, nal := range sets {
		out = append(out, 0x80|nal[0]>>1&0x3f, 0, 1)
		out = binary.BigEndian.AppendUint16(out, uint16(len(nal)))
		out = append(out, nal...)
	}
	return out
}

// nals splits an Annex B stream at its start codes.
func nals(b []byte) [][]byte {
	var out [][]byte
	for _, part := range bytes.Split(b, []byte{0, 0, 1})[1:] {
		if part = bytes.TrimRight(part, "\x00"); len(part) > 2 {
			out = append(out, part)
		}
	}
	return out
}

func box(name string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	return append(append(out, name...), body...)
}

func be32(words ...uint32) []byte {
	var out []byte
	for _, w := range words {
		out = binary.BigEndian.AppendUint32(out, w)
	}
	return out
}
