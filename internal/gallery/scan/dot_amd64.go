package scan

import "golang.org/x/sys/cpu"

// kernels are those that this machine can run, the fastest first.
func kernels() []kernel {
	var all []kernel
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI {
		all = append(all, checked(dotsVNNI))
	}
	if cpu.X86.HasAVX2 {
		all = append(all, checked(dotsAVX2))
	}
	return append(all, dotsPlain)
}

// checked makes a kernel of one in assembly, which reads and writes where it is told.
func checked(dots func(codes *byte, probe *int8, dots *int32, rows, width int)) kernel {
	return func(codes []byte, probe []int8, out []int32) {
		if len(out) == 0 || len(probe) == 0 {
			clear(out)
			return
		}
		_ = codes[len(out)*len(probe)-1]
		if len(probe)%lane != 0 {
			panic("scan: a row is not made of whole lanes")
		}
		dots(&codes[0], &probe[0], &out[0], len(out), len(probe))
	}
}

// dotsVNNI wants AVX-512 with VNNI.
//
//go:noescape
func dotsVNNI(codes *byte, probe *int8, dots *int32, rows, width int)

// dotsAVX2 wants AVX2.
//
//go:noescape
func dotsAVX2(codes *byte, probe *int8, dots *int32, rows, width int)
