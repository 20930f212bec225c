package sniff

import "math/bits"

// split cuts the EBML element at the front of b into its identifier, as much of
// its body as is there, and what follows. It is not ok when b does not begin
// with an element.
func split(b []byte) (id uint64, body, next []byte, ok bool) {
	id, n := number(b, false)
	if n == 0 {
		return 0, nil, nil, false
	}
	size, m := number(b[n:], true)
	if m == 0 {
		return 0, nil, nil, false
	}
	b = b[n+m:]
	if size > uint64(len(b)) {
		return id, b, nil, true
	}
	return id, b[:size], b[size:], true
}

// number reads a number of variable length; the zeros before its first bit count
// the bytes that follow. Sizes are read without that bit. n is 0 when it is not
// whole.
func number(b []byte, size bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if size {
		v &^= 0x80 >> (n - 1)
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}
