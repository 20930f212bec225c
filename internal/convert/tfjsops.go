package convert

import (
	"slices"
)

// lower makes one node of the source, after its inputs.
func (t *tfjs) lower(n *tfjsNode) (value, error) {
	switch n.Op {
	case "Placeholder":
		return t.placeholder(n)
	case "_FusedConv2D", "Conv2D", "DepthwiseConv2dNative":
		return t.conv(n)
	case "MaxPool":
		return t.maxPool(n)
	case "_FusedMatMul":
		return t.matmul(n)
	case "Add", "AddV2", "Mul", "Minimum", "Maximum":
		return t.binary(n)
	case "Prelu", "Relu", "Sigmoid", "Softmax":
		x, err := t.operand(n)
		if err != nil {
			return value{}, err
		}
		return t.activate(n, n.Op, x, n.Input[1:])
	case "Identity":
		x, err := t.operand(n)
		if err == nil {
			t.uses[n.Name] += t.uses[n.Input[0]] - 1 // both names have the same readers
		}
		return x, err
	case "Pad":
		return t.pad(n)
	case "Mean":
		return t.mean(n)
	case "Reshape":
		return t.reshape(n)
	case "ConcatV2":
		return t.concat(n)
	}
	return value{}, damaged("node %q has the unknown operation %q", n.Name, n.Op)
}

// operand makes the first input of a node.
func (t *tfjs) operand(n *tfjsNode) (value, error) {
	if len(n.Input) == 0 {
		return value{}, damaged("node %q has no input", n.Name)
	}
	return t.value(n.Input[0])
}

// picture makes the first input of a node and requires it to be of rank 4.
func (t *tfjs) picture(n *tfjsNode) (value, error) {
	x, err := t.operand(n)
	if err == nil && len(x.shape) != 4 {
		err = damaged("node %q wants a picture, not shape %v", n.Name, x.shape)
	}
	return x, err
}

// constant returns the k-th input of a node, which must be a constant.
func (t *tfjs) constant(n *tfjsNode, k int) (*tensor, error) {
	if k < len(n.Input) {
		if c := t.consts[n.Input[k]]; c != nil {
			return c, nil
		}
	}
	return nil, damaged("node %q lacks constant input %d", n.Name, k)
}

func (t *tfjs) placeholder(n *tfjsNode) (value, error) {
	s := n.Attr["shape"].Shape
	if s == nil || len(s.Dim) != 4 {
		return value{}, damaged("input %q is not a picture", n.Name)
	}
	h, w, c := int(s.Dim[1].Size), int(s.Dim[2].Size), int(s.Dim[3].Size)
	if h < 1 || w < 1 || c < 1 || len(t.g.inputs) > 0 {
		return value{}, damaged("input %q has no fixed size or is not the only one", n.Name)
	}
	return t.g.input("input", []int{1, c, h, w}), nil
}

func (t *tfjs) conv(n *tfjsNode) (value, error) {
	x, err := t.picture(n)
	if err != nil {
		return value{}, err
	}
	w, err := t.constant(n, 1)
	if err != nil {
		return value{}, err
	}
	stride, err := n.window()
	if err != nil {
		return value{}, err
	}
	same, err := n.padding()
	if err != nil {
		return value{}, err
	}
	if len(w.shape) != 4 || w.f == nil || len(w.f) == 0 || w.shape[2] != x.shape[1] {
		return value{}, damaged("node %q has weights of shape %v for input %v", n.Name, w.shape, x.shape)
	}
	c := conv{group: 1, stride: stride}
	if n.Op == "DepthwiseConv2dNative" {
		c.group = w.shape[2]
		c.weights, c.shape = depthwiseOrder(w)
	} else {
		c.weights, c.shape = convOrder(w)
	}
	if c.pads, err = pads(x.shape, [2]int{w.shape[0], w.shape[1]}, stride, same); err != nil {
		return value{}, err
	}
	fused, extra := n.fused(), n.Input[2:]
	if len(fused) > 0 && fused[0] == "BiasAdd" {
		bias, err := t.constant(n, 2)
		if err != nil {
			return value{}, err
		}
		if len(bias.f) != c.shape[0] {
			return value{}, damaged("node %q has %d biases", n.Name, len(bias.f))
		}
		c.bias, fused, extra = bias.f, fused[1:], extra[1:]
	}
	return t.activateAll(n, t.g.conv(x, c), fused, extra)
}

// activateAll applies the operations that are folded into a node.
func (t *tfjs) activateAll(n *tfjsNode, v value, ops, extra []string) (value, error) {
	for _, op := range ops {
		var err error
		if v, err = t.activate(n, op, v, extra); err != nil {
			return value{}, err
		}
	}
	return v, nil
}

// activate applies an operation that works on each element, or along the last
// axis. extra names its further inputs.
func (t *tfjs) activate(n *tfjsNode, op string, x value, extra []string) (value, error) {
	switch op {
	case "Relu", "Sigmoid":
		return t.g.unary(op, x), nil
	case "Softmax":
		if len(x.shape) == 4 {
			return value{}, damaged("node %q is a softmax over a picture", n.Name)
		}
		return t.g.unary(op, x, attr{"axis", len(x.shape) - 1}), nil
	case "Prelu":
		if len(extra) != 1 || t.consts[extra[0]] == nil {
			return value{}, damaged("node %q lacks its slopes", n.Name)
		}
		slopes, err := t.channels(n, t.consts[extra[0]], x)
		if err != nil {
			return value{}, err
		}
		return t.g.prelu(x, slopes), nil
	}
	return value{}, damaged("node %q has the unknown activation %q", n.Name, op)
}

func (t *tfjs) maxPool(n *tfjsNode) (value, error) {
	x, err := t.picture(n)
	if err != nil {
		return value{}, err
	}
	stride, err := n.window()
	if err != nil {
		return value{}, err
	}
	k := n.ints("ksize")
	if len(k) != 4 || k[0] != 1 || k[3] != 1 {
		return value{}, damaged("node %q has the window %v", n.Name, k)
	}
	same, err := n.padding()
	if err != nil {
		return value{}, err
	}
	p, err := pads(x.shape, [2]int{k[1], k[2]}, stride, same)
	if err != nil {
		return value{}, err
	}
	return t.g.pool("MaxPool", x, pool{kernel: [2]int{k[1], k[2]}, stride: stride, pads: p}), nil
}

func (t *tfjs) matmul(n *tfjsNode) (value, error) {
	x, err := t.operand(n)
	if err != nil {
		return value{}, err
	}
	w, err := t.constant(n, 1)
	if err != nil {
		return value{}, err
	}
	if n.Attr["transpose_a"].B || n.Attr["transpose_b"].B || len(w.shape) != 2 || w.f == nil ||
		!slices.Equal(x.shape, []int{1, w.shape[0]}) {
		return value{}, damaged("node %q multiplies %v by %v", n.Name, x.shape, w.shape)
	}
	v := t.g.matmul(x, w.f, w.shape[0], w.shape[1])
	fused, extra := n.fused(), n.Input[2:]
	if len(fused) > 0 && fused[0] == "BiasAdd" {
		bias, err := t.constant(n, 2)
		if err != nil {
			return value{}, err
		}
		if len(bias.f) != w.shape[1] {
			return value{}, damaged("node %q has %d biases", n.Name, len(bias.f))
		}
		v = t.g.apply("Add", v.shape, []string{v.name, t.g.floats([]int{len(bias.f)}, bias.f)})
		fused, extra = fused[1:], extra[1:]
	}
	return t.activateAll(n, v, fused, extra)
}

// binary makes an operation on two values of one shape, or on a value and a
// constant of one number or one number per channel. Scales and biases behind a
// convolution are folded into it, limits into a Clip.
func (t *tfjs) binary(n *tfjsNode) (value, error) {
	if len(n.Input) != 2 {
		return value{}, damaged("node %q has %d inputs", n.Name, len(n.Input))
	}
	left, right := n.Input[0], n.Input[1]
	if t.consts[left] != nil {
		left, right = right, left // each of these operations is commutative
	}
	x, err := t.value(left)
	if err != nil {
		return value{}, err
	}
	op := map[string]string{"Add": "Add", "AddV2": "Add", "Mul": "Mul", "Minimum": "Min", "Maximum": "Max"}[n.Op]
	if k := t.consts[right]; k != nil {
		return t.withConstant(n, op, x, k, t.uses[left] == 1)
	}
	y, err := t.value(right)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(x.shape, y.shape) {
		return value{}, damaged("node %q joins %v and %v", n.Name, x.shape, y.shape)
	}
	return t.g.apply(op, x.shape, []string{x.name, y.name}), nil
}

// withConstant joins x and k; sole tells that nothing else reads x.
func (t *tfjs) withConstant(n *tfjsNode, op string, x value, k *tensor, sole bool) (value, error) {
	if len(k.f) == 1 && sole && t.g.limit(x, op, k.f[0]) {
		return x, nil
	}
	perChannel, err := t.channels(n, k, x)
	if err != nil {
		return value{}, err
	}
	if c := t.g.maker(x, "Conv"); c != nil && sole && (op == "Add" || op == "Mul") {
		if op == "Add" {
			t.g.foldBias(c, perChannel)
		} else {
			t.g.foldScale(c, perChannel)
		}
		return x, nil
	}
	shape := []int{len(perChannel)}
	if len(x.shape) == 4 {
		shape = []int{len(perChannel), 1, 1}
	}
	return t.g.apply(op, x.shape, []string{x.name, t.g.floats(shape, perChannel)}), nil
}

// channels spreads a constant of one number, or of one number per channel (the
// source's last axis), to one number per channel of x.
func (t *tfjs) channels(n *tfjsNode, k *tensor, x value) ([]float32, error) {
	c := x.shape[len(x.shape)-1]
	if len(x.shape) == 4 {
		c = x.shape[1]
	}
	switch {
	case len(k.f) == 1:
		return slices.Repeat(k.f, c), nil
	case len(k.f) == c && k.shape[len(k.shape)-1] == c:
		return k.f, nil
	}
	return nil, damaged("node %q has a constant of shape %v for %v", n.Name, k.shape, x.shape)
}

func (t *tfjs) pad(n *tfjsNode) (value, error) {
	x, err := t.picture(n)
	if err != nil {
		return value{}, err
	}
	k, err := t.constant(n, 1)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(k.shape, []int{4, 2}) || k.i == nil {
		return value{}, damaged("node %q pads by shape %v", n.Name, k.shape)
	}
	more := k.i[7] // the known models only append channels
	if !slices.Equal(k.i[:7], make([]int, 7)) || more < 0 || more > maxChannels/4 {
		return value{}, damaged("node %q pads by %v", n.Name, k.i)
	}
	return t.g.grow(x, x.shape[1]+more), nil
}

func (t *tfjs) mean(n *tfjsNode) (value, error) {
	x, err := t.picture(n)
	if err != nil {
		return value{}, err
	}
	axes, err := t.constant(n, 1)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(axes.i, []int{1, 2}) || n.Attr["keep_dims"].B {
		return value{}, damaged("node %q is a mean over axes %v", n.Name, axes.i)
	}
	return t.g.globalMean(x), nil
}

func (t *tfjs) reshape(n *tfjsNode) (value, error) {
	x, err := t.operand(n)
	if err != nil {
		return value{}, err
	}
	k, err := t.constant(n, 1)
	if err != nil {
		return value{}, err
	}
	if len(k.i) < 1 || len(k.i) > 3 {
		return value{}, damaged("node %q reshapes to %v", n.Name, k.i)
	}
	total, err := elements(x.shape)
	if err != nil {
		return value{}, err
	}
	shape, open, known := slices.Clone(k.i), -1, 1
	for axis, d := range shape {
		switch {
		case d == -1 && open < 0:
			open = axis
		case d < 1 || known > total/d:
			return value{}, damaged("node %q reshapes %v to %v", n.Name, x.shape, k.i)
		default:
			known *= d
		}
	}
	if open >= 0 {
		shape[open] = total / known
		known *= shape[open]
	}
	if known != total {
		return value{}, damaged("node %q reshapes %v to %v", n.Name, x.shape, k.i)
	}
	return t.g.reshape(t.flat(x), shape), nil
}

// concat joins pictures along their channels, the source's last axis.
func (t *tfjs) concat(n *tfjsNode) (value, error) {
	x, err := t.picture(n)
	if err != nil {
		return value{}, err
	}
	last := len(n.Input) - 1
	axis, err := t.constant(n, last)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(axis.i, []int{3}) && !slices.Equal(axis.i, []int{-1}) {
		return value{}, damaged("node %q joins along axis %v", n.Name, axis.i)
	}
	shape, names := slices.Clone(x.shape), []string{x.name}
	for _, in := range n.Input[1:last] {
		y, err := t.value(in)
		if err != nil {
			return value{}, err
		}
		if len(y.shape) != 4 || !slices.Equal(y.shape[2:], x.shape[2:]) {
			return value{}, damaged("node %q joins %v and %v", n.Name, x.shape, y.shape)
		}
		shape[1] += y.shape[1]
		names = append(names, y.name)
	}
	return t.g.apply("Concat", shape, names, attr{"axis", 1}), nil
}
