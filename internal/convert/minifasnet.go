package convert

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// minifasnet builds MiniFASNetV2 or MiniFASNetV1SE for pictures of 80 x 80 from
// the state dict of the published checkpoint. The layers are those of
// minivision-ai/Silent-Face-Anti-Spoofing, src/model_lib/MiniFASNet.py; the
// number of channels comes from the weights. Batch norms are folded into the
// convolutions.
type minifasnet struct {
	g       *graph
	weights map[string]*tensor
	gates   bool  // V1SE: the last block of each stage weighs its channels
	err     error // the first one met; the steps after it do nothing
}

const (
	minifasnetSize = 80
	batchNormEps   = 1e-5 // PyTorch's default, which the model leaves as it is
)

func fromMiniFASNet(src Source, gates bool) (*graph, error) {
	data, err := src.only()
	if err != nil {
		return nil, err
	}
	tensors, err := readTorch(data)
	if err != nil {
		return nil, err
	}
	m := &minifasnet{g: newGraph(src.Name), weights: map[string]*tensor{}, gates: gates}
	for name, t := range tensors {
		name = strings.TrimPrefix(name, "module.") // left by training on several devices
		if m.weights[name] != nil {
			return nil, damaged("weights %q are there twice", name)
		}
		m.weights[name] = t
	}
	x := m.g.input("input", []int{1, 3, minifasnetSize, minifasnetSize})
	x = m.activated(x, "conv1", layer{stride: 2, pad: 1})
	x = m.activated(x, "conv2_dw", layer{stride: 1, pad: 1, depthwise: true})
	x = m.block(x, "conv_23", 2)
	x = m.stage(x, "conv_3", 4)
	x = m.block(x, "conv_34", 2)
	x = m.stage(x, "conv_4", 6)
	x = m.block(x, "conv_45", 2)
	x = m.stage(x, "conv_5", 2)
	x = m.activated(x, "conv_6_sep", layer{stride: 1})
	x = m.conv(x, "conv_6_dw", layer{stride: 1, depthwise: true})
	x = m.head(x)
	if m.err != nil {
		return nil, m.err
	}
	m.g.output("output", x)
	return m.g, nil
}

// stage is a row of blocks, each added to its own input.
func (m *minifasnet) stage(x value, name string, blocks int) value {
	for k := range blocks {
		block := fmt.Sprintf("%s.model.%d", name, k)
		y := m.block(x, block, 1)
		if m.gates && k == blocks-1 {
			y = m.gate(y, block+".se_module")
		}
		if m.err == nil && !slices.Equal(x.shape, y.shape) {
			m.err = damaged("block %q changes the shape %v to %v", block, x.shape, y.shape)
		}
		if m.err != nil {
			return x
		}
		x = m.g.apply("Add", x.shape, []string{x.name, y.name})
	}
	return x
}

// block widens the channels, filters each of them, and narrows them again.
func (m *minifasnet) block(x value, name string, stride int) value {
	x = m.activated(x, name+".conv", layer{stride: 1})
	x = m.activated(x, name+".conv_dw", layer{stride: stride, pad: 1, depthwise: true})
	return m.conv(x, name+".project", layer{stride: 1})
}

// gate weighs each channel by a number that comes from the means of all.
func (m *minifasnet) gate(x value, name string) value {
	if m.err != nil {
		return x
	}
	means := m.g.apply("GlobalAveragePool", []int{1, x.shape[1], 1, 1}, []string{x.name})
	y := m.norm(means, name+".fc1", name+".bn1", layer{stride: 1})
	y = m.norm(m.g.unary("Relu", y), name+".fc2", name+".bn2", layer{stride: 1})
	if m.err == nil && y.shape[1] != x.shape[1] {
		m.err = damaged("gate %q makes %v of %v", name, y.shape, x.shape)
	}
	return m.g.apply("Mul", x.shape, []string{x.name, m.g.unary("Sigmoid", y).name})
}

// layer says how a convolution slides; its window comes from the weights.
type layer struct {
	stride, pad int
	depthwise   bool
}

func (m *minifasnet) activated(x value, name string, l layer) value {
	x = m.conv(x, name, l)
	if m.err != nil {
		return x
	}
	slopes := m.tensor(name+".prelu.weight", x.shape[1])
	if m.err != nil {
		return x
	}
	return m.g.prelu(x, slopes.f)
}

func (m *minifasnet) conv(x value, name string, l layer) value {
	return m.norm(x, name+".conv", name+".bn", l)
}

// norm is a convolution with the batch norm behind it.
func (m *minifasnet) norm(x value, name, norm string, l layer) value {
	c := conv{group: 1, stride: [2]int{l.stride, l.stride}, pads: [4]int{l.pad, l.pad, l.pad, l.pad}}
	ins := x.shape[1]
	if l.depthwise {
		c.group, ins = ins, 1
	}
	w := m.tensor(name+".weight", -1, ins, -1, -1)
	if m.err != nil {
		return x
	}
	c.shape = [4]int(w.shape)
	if outs, k := c.shape[0], c.shape[2]; outs%c.group != 0 || k != c.shape[3] || k > x.shape[2]+2*l.pad {
		m.err = damaged("layer %q has weights of shape %v for %v", name, w.shape, x.shape)
		return x
	}
	scale, shift := m.batchNorm(norm, c.shape[0])
	if m.err != nil {
		return x
	}
	c.weights = make([]float32, len(w.f))
	per := len(w.f) / c.shape[0]
	for k := range w.f {
		c.weights[k] = float32(float64(w.f[k]) * scale[k/per])
	}
	c.bias = shift
	return m.g.conv(x, c)
}

// batchNorm gives the factor and the summand that a batch norm amounts to.
func (m *minifasnet) batchNorm(name string, channels int) (scale []float64, shift []float32) {
	gamma, beta := m.tensor(name+".weight", channels), m.tensor(name+".bias", channels)
	mean, variance := m.tensor(name+".running_mean", channels), m.tensor(name+".running_var", channels)
	if m.err != nil {
		return nil, nil
	}
	scale, shift = make([]float64, channels), make([]float32, channels)
	for k := range scale {
		scale[k] = float64(gamma.f[k]) / math.Sqrt(float64(variance.f[k])+batchNormEps)
		// The inner conversion keeps the compiler from fusing the two steps.
		shift[k] = float32(float64(beta.f[k]) - float64(float64(mean.f[k])*scale[k]))
	}
	return scale, shift
}

// head makes three logits of the last picture, of one pixel.
func (m *minifasnet) head(x value) value {
	if m.err == nil && !slices.Equal(x.shape[2:], []int{1, 1}) {
		m.err = damaged("the last picture is of shape %v", x.shape)
	}
	linear, prob := m.tensor("linear.weight", -1, x.shape[1]), m.tensor("prob.weight", 3, -1)
	if m.err != nil {
		return x
	}
	ins, outs := linear.shape[1], linear.shape[0]
	scale, shift := m.batchNorm("bn", outs)
	if m.err == nil && prob.shape[1] != outs {
		m.err = damaged("the last layers have the shapes %v and %v", linear.shape, prob.shape)
	}
	if m.err != nil {
		return x
	}
	w := make([]float32, ins*outs)
	for o := range outs {
		for i := range ins {
			w[i*outs+o] = float32(float64(linear.f[o*ins+i]) * scale[o])
		}
	}
	x = m.g.matmul(m.g.reshape(x, []int{1, ins}), w, ins, outs)
	x = m.g.apply("Add", x.shape, []string{x.name, m.g.floats([]int{outs}, shift)})
	last := make([]float32, 3*outs)
	for k := range last {
		last[k] = prob.f[k%3*outs+k/3]
	}
	return m.g.matmul(x, last, outs, 3)
}

// tensor returns the named weights, whose shape must be as given, -1 for any.
func (m *minifasnet) tensor(name string, shape ...int) *tensor {
	t := m.weights[name]
	switch {
	case m.err != nil:
	case t == nil:
		m.err = damaged("weights %q are missing", name)
	case !fits(t.shape, shape):
		m.err = damaged("weights %q have the shape %v, not %v", name, t.shape, shape)
	}
	return t
}
