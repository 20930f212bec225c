package convert

// convOrder turns weights of rows, columns, inputs, outputs into outputs,
// inputs, rows, columns.
func convOrder(w *tensor) ([]float32, [4]int) {
	rows, cols, ins, outs := w.shape[0], w.shape[1], w.shape[2], w.shape[3]
	f := make([]float32, 0, len(w.f))
	for o := range outs {
		for i := range ins {
			for rc := range rows * cols {
				f = append(f, w.f[(rc*ins+i)*outs+o])
			}
		}
	}
	return f, [4]int{outs, ins, rows, cols}
}

// depthwiseOrder turns weights of rows, columns, channels, multiplier into
// channels x multiplier, 1, rows, columns.
func depthwiseOrder(w *tensor) ([]float32, [4]int) {
	rows, cols, outs := w.shape[0], w.shape[1], w.shape[2]*w.shape[3]
	f := make([]float32, 0, len(w.f))
	for o := range outs {
		for rc := range rows * cols {
			f = append(f, w.f[rc*outs+o])
		}
	}
	return f, [4]int{outs, 1, rows, cols}
}

// pads works out the padding of a window: with same, TensorFlow makes the output
// the input's size over the stride, rounded up, and pads more at the end.
func pads(shape []int, kernel, stride [2]int, same bool) (p [4]int, err error) {
	for axis := range 2 {
		size, k, s := shape[2+axis], kernel[axis], stride[axis]
		if k < 1 || k > 64 || !same && k > size {
			return p, damaged("a window of %v does not fit %v", kernel, shape)
		}
		if !same {
			continue
		}
		total := max(((size+s-1)/s-1)*s+k-size, 0)
		p[axis], p[axis+2] = total/2, total-total/2
	}
	return p, nil
}
