package convert

import (
	"encoding/binary"
	"math"
	"slices"
)

// maxElements limits one tensor, and with it what a shape may multiply to.
const maxElements = 1 << 26

// tensor is a constant read from a source: f is set for numbers, i for
// integers that steer an operation.
type tensor struct {
	shape []int
	f     []float32
	i     []int
}

// elements multiplies a shape, refusing negative and oversized ones.
func elements(shape []int) (int, error) {
	n := 1
	for _, d := range shape {
		if d < 0 || d > maxElements || n*d > maxElements {
			return 0, damaged("shape %v is out of range", shape)
		}
		n *= d
	}
	return n, nil
}

// fits tells whether a shape is as wanted, where -1 stands for any size above 0.
func fits(shape, wanted []int) bool {
	return slices.EqualFunc(shape, wanted, func(have, want int) bool {
		return have > 0 && (have == want || want < 0)
	})
}

// weightGroup is one entry of a TensorFlow.js weights manifest: tensors that lie
// one after another in the concatenation of the files.
type weightGroup struct {
	Paths   []string      `json:"paths"`
	Weights []weightEntry `json:"weights"`
}

type weightEntry struct {
	Name         string `json:"name"`
	Shape        []int  `json:"shape"`
	DType        string `json:"dtype"`
	Quantization *struct {
		DType string  `json:"dtype"`
		Scale float64 `json:"scale"`
		Min   float64 `json:"min"`
	} `json:"quantization"`
}

// readWeights takes all tensors of a manifest out of the files it names.
func readWeights(manifest []weightGroup, files map[string][]byte) (map[string]*tensor, error) {
	all := map[string]*tensor{}
	for _, group := range manifest {
		var data []byte
		for _, path := range group.Paths {
			part, ok := files[path]
			if !ok {
				return nil, damaged("weights file %q is missing", path)
			}
			if len(data)+len(part) > MaxSourceBytes {
				return nil, damaged("weights are larger than %d bytes", MaxSourceBytes)
			}
			data = append(data, part...)
		}
		for _, entry := range group.Weights {
			t, rest, err := entry.take(data)
			if err != nil {
				return nil, err
			}
			if all[entry.Name] != nil {
				return nil, damaged("tensor %q occurs twice", entry.Name)
			}
			all[entry.Name], data = t, rest
		}
		if len(data) > 0 {
			return nil, damaged("%d bytes follow the last tensor", len(data))
		}
	}
	return all, nil
}

// take decodes the entry from the front of data and returns what follows.
func (e weightEntry) take(data []byte) (*tensor, []byte, error) {
	n, err := elements(e.Shape)
	if err != nil {
		return nil, nil, err
	}
	stored := e.DType
	if e.Quantization != nil {
		stored = "quantised " + e.Quantization.DType
	}
	size := map[string]int{"float32": 4, "int32": 4, "quantised float16": 2, "quantised uint8": 1, "quantised uint16": 2}[stored]
	if size == 0 {
		return nil, nil, damaged("tensor %q has the unknown type %q", e.Name, stored)
	}
	if n*size > len(data) {
		return nil, nil, damaged("tensor %q is cut off", e.Name)
	}
	raw, rest := data[:n*size], data[n*size:]
	t := &tensor{shape: slices.Clone(e.Shape)}
	switch stored {
	case "int32":
		t.i = make([]int, n)
		for k := range t.i {
			t.i[k] = int(int32(binary.LittleEndian.Uint32(raw[4*k:])))
		}
	case "float32":
		t.f = float32s(raw)
	case "quantised float16":
		t.f = float16s(raw)
	default:
		t.f = make([]float32, n)
		for k := range t.f {
			q := float64(raw[k*size])
			if size == 2 {
				q = float64(binary.LittleEndian.Uint16(raw[2*k:]))
			}
			// The conversions keep the compiler from fusing the two steps, which
			// would give other bytes on other processors.
			t.f[k] = float32(float64(q*e.Quantization.Scale) + e.Quantization.Min)
		}
	}
	return t, rest, nil
}

// float32s reads little-endian single precision.
func float32s(raw []byte) []float32 {
	f := make([]float32, len(raw)/4)
	for k := range f {
		f[k] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*k:]))
	}
	return f
}

// float16s reads little-endian half precision (IEEE 754 binary16).
func float16s(raw []byte) []float32 {
	f := make([]float32, len(raw)/2)
	for k := range f {
		f[k] = half(binary.LittleEndian.Uint16(raw[2*k:]))
	}
	return f
}

func half(h uint16) float32 {
	sign, exponent, fraction := uint32(h&0x8000)<<16, uint32(h>>10)&31, uint32(h&0x3ff)
	switch exponent {
	case 0: // zero or subnormal: fraction * 2^-24
		v := float32(fraction) / (1 << 24)
		return math.Float32frombits(sign | math.Float32bits(v))
	case 31:
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
