package scan

import "unsafe"

// kernel gives, for each of len(dots) rows of codes, the sum of the products of its bytes,
// taken as 0 to 255, with the numbers of the probe. Rows are as long as the probe, which
// is a multiple of lane. All kernels give the same whole numbers.
type kernel func(codes []byte, probe []int8, dots []int32)

// dotsPlain is the kernel for any machine.
func dotsPlain(codes []byte, probe []int8, dots []int32) {
	n := len(probe)
	for i := range dots {
		row := codes[i*n : i*n+n]
		var s, t, u, v int32
		for j := 0; j+4 <= len(row) && j+4 <= len(probe); j += 4 {
			s += int32(row[j]) * int32(probe[j])
			t += int32(row[j+1]) * int32(probe[j+1])
			u += int32(row[j+2]) * int32(probe[j+2])
			v += int32(row[j+3]) * int32(probe[j+3])
		}
		dots[i] = s + t + u + v
	}
}

// add adds up the words of a block of codes.
func add(codes []byte) uint64 {
	words := unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(codes))), len(codes)/8)
	var s, t, u, v uint64
	for i := 0; i+8 <= len(words); i += 8 {
		w := words[i : i+8 : i+8]
		s += w[0] + w[4]
		t += w[1] + w[5]
		u += w[2] + w[6]
		v += w[3] + w[7]
	}
	return s + t + u + v
}
