package convert

import (
	"slices"
)

// lower makes one layer of the source, after its inputs.
func (c *ir) lower(l *irLayer) (value, error) {
	if l.Type == "Parameter" {
		shape, err := l.ints("shape")
		if err != nil || len(shape) != 4 || shape[0] != 1 || len(c.g.inputs) > 0 {
			return value{}, damaged("layer %s is not the one picture", l.ID)
		}
		return c.g.input("input", shape), nil
	}
	x, err := c.input(l, 0)
	if err != nil {
		return value{}, err
	}
	switch l.Type {
	case "Convolution", "GroupConvolution":
		return c.conv(l, x)
	case "Add":
		return c.binary(l, x, "Add")
	case "Multiply":
		return c.binary(l, x, "Mul")
	case "PReLU":
		slopes, err := c.channels(l, x)
		if err != nil {
			return value{}, err
		}
		return c.g.prelu(x, slopes), nil
	case "Sigmoid":
		return c.g.unary("Sigmoid", x), nil
	case "AvgPool":
		return c.avgPool(l, x)
	}
	return value{}, damaged("layer %s has the unknown type %q", l.ID, l.Type)
}

func (c *ir) conv(l *irLayer, x value) (value, error) {
	w, err := c.constant(l, 1)
	if err != nil {
		return value{}, err
	}
	group := 1
	var shape []int
	if w != nil {
		shape = w.shape
	}
	if l.Type == "GroupConvolution" && len(shape) == 5 {
		group = shape[0]
		shape = append([]int{shape[0] * shape[1]}, shape[2:]...)
	}
	if len(shape) != 4 || shape[1]*group != x.shape[1] || shape[0]%group != 0 {
		return value{}, damaged("layer %s has weights of shape %v for input %v", l.ID, shape, x.shape)
	}
	p, err := l.window(x, shape[2:])
	if err != nil {
		return value{}, err
	}
	return c.g.conv(x, conv{weights: w.f, shape: [4]int(shape), group: group, stride: p.stride, pads: p.pads}), nil
}

// binary makes an operation on two values, the second of the same shape or of
// one number per channel, or on a value and a constant. Scales and biases behind
// a convolution are folded into it.
func (c *ir) binary(l *irLayer, x value, op string) (value, error) {
	k, err := c.constant(l, 1)
	if err != nil {
		return value{}, err
	}
	if k == nil {
		y, err := c.input(l, 1)
		if err != nil {
			return value{}, err
		}
		if !slices.Equal(x.shape, y.shape) && !slices.Equal(y.shape, []int{1, x.shape[1], 1, 1}) {
			return value{}, damaged("layer %s joins %v and %v", l.ID, x.shape, y.shape)
		}
		return c.g.apply(op, x.shape, []string{x.name, y.name}), nil
	}
	perChannel, err := c.channels(l, x)
	if err != nil {
		return value{}, err
	}
	if n := c.g.maker(x, "Conv"); n != nil && c.uses[l.inputs[0]] == 1 {
		if op == "Add" {
			c.g.foldBias(n, perChannel)
		} else {
			c.g.foldScale(n, perChannel)
		}
		return x, nil
	}
	return c.g.apply(op, x.shape, []string{x.name, c.g.floats([]int{len(perChannel), 1, 1}, perChannel)}), nil
}

// channels spreads the second input, a constant of one number or of one number
// per channel, to one number per channel of x.
func (c *ir) channels(l *irLayer, x value) ([]float32, error) {
	k, err := c.constant(l, 1)
	if err != nil {
		return nil, err
	}
	n := x.shape[1]
	switch {
	case k == nil:
		return nil, damaged("layer %s lacks its constant", l.ID)
	case len(k.f) == 1:
		return slices.Repeat(k.f, n), nil
	case len(k.f) == n && (slices.Equal(k.shape, []int{n}) && l.Type == "PReLU" || slices.Equal(k.shape, []int{1, n, 1, 1})):
		return k.f, nil
	}
	return nil, damaged("layer %s has a constant of shape %v for %v", l.ID, k.shape, x.shape)
}

func (c *ir) avgPool(l *irLayer, x value) (value, error) {
	kernel, err := l.ints("kernel")
	if err != nil {
		return value{}, err
	}
	p, err := l.window(x, kernel)
	if err != nil {
		return value{}, err
	}
	if p.pads != [4]int{} || !slices.Equal(kernel, x.shape[2:]) {
		return value{}, damaged("layer %s pools over a part of the picture", l.ID)
	}
	return c.g.apply("GlobalAveragePool", []int{1, x.shape[1], 1, 1}, []string{x.name}), nil
}
