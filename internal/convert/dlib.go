package convert

import (
	"encoding/json"
	"slices"
	"strings"
)

// The files of the network and its input: RGB, 150 x 150.
const (
	dlibManifest = "face_recognition_model-weights_manifest.json"
	dlibSize     = 150
)

// dlibStages names the stages of the network after its first convolution. One
// with "down" in its name halves the picture.
func dlibStages() []string {
	return []string{
		"conv32_1", "conv32_2", "conv32_3",
		"conv64_down", "conv64_1", "conv64_2", "conv64_3",
		"conv128_down", "conv128_1", "conv128_2",
		"conv256_down", "conv256_1", "conv256_2", "conv256_down_out",
	}
}

// dlib builds the face recognition network of dlib, whose weights face-api
// publishes as a manifest without a graph: a residual network of 29
// convolutions, each followed by a scale and a bias per channel.
type dlib struct {
	g       *graph
	weights map[string]*tensor
	err     error // the first one met; the steps after it do nothing
}

func fromDlib(src Source) (*graph, error) {
	var manifest []weightGroup
	if err := json.Unmarshal(src.Files[dlibManifest], &manifest); err != nil {
		return nil, damaged("%s: %v", dlibManifest, err)
	}
	weights, err := readWeights(manifest, src.Files)
	if err != nil {
		return nil, err
	}
	d := &dlib{g: newGraph(src.Name), weights: weights}
	x := d.g.input("input", []int{1, 3, dlibSize, dlibSize})
	x = d.relu(d.conv(x, "conv32_down", 2, 0))
	if d.err != nil {
		return nil, d.err
	}
	x = d.g.pool("MaxPool", x, pool{kernel: [2]int{3, 3}, stride: [2]int{2, 2}})
	for _, stage := range dlibStages() {
		if strings.Contains(stage, "down") {
			x = d.halve(x, stage)
		} else {
			y := d.relu(d.conv(x, stage+"/conv1", 1, 1))
			x = d.sum(d.conv(y, stage+"/conv2", 1, 1), x)
		}
		if d.err != nil {
			return nil, d.err
		}
	}
	x = d.g.globalMean(x)
	fc := d.tensor("fc", x.shape[1], 128)
	if d.err != nil {
		return nil, d.err
	}
	d.g.output("embedding", d.g.matmul(x, fc.f, x.shape[1], 128))
	return d.g, nil
}

// halve is a residual stage whose short cut averages 2 x 2 pixels and takes the
// missing channels as zeros. The network it was trained in pads where the two
// branches differ: here the long branch may be one row and column short.
func (d *dlib) halve(x value, stage string) value {
	y := d.relu(d.conv(x, stage+"/conv1", 2, 0))
	y = d.conv(y, stage+"/conv2", 1, 1)
	if d.err != nil {
		return x
	}
	short := d.g.pool("AveragePool", x, pool{kernel: [2]int{2, 2}, stride: [2]int{2, 2}})
	if rows, cols := short.shape[2]-y.shape[2], short.shape[3]-y.shape[3]; rows > 0 || cols > 0 {
		y = d.g.extend(y, [4]int{0, 0, rows, cols})
	}
	if y.shape[1] > short.shape[1] {
		short = d.g.grow(short, y.shape[1])
	}
	return d.sum(y, short)
}

// conv is a square convolution with the scale that follows it folded in.
func (d *dlib) conv(x value, name string, stride, pad int) value {
	if d.err != nil {
		return x
	}
	filters := d.tensor(name+"/conv/filters", -1, -1, x.shape[1], -1)
	if d.err != nil {
		return x
	}
	c := conv{group: 1, stride: [2]int{stride, stride}, pads: [4]int{pad, pad, pad, pad}}
	c.weights, c.shape = convOrder(filters)
	outs := c.shape[0]
	bias := d.tensor(name+"/conv/bias", outs)
	scale := d.tensor(name+"/scale/weights", outs)
	shift := d.tensor(name+"/scale/biases", outs)
	if k := c.shape[2]; d.err == nil && (k != c.shape[3] || k > x.shape[2]+2*pad) {
		d.err = damaged("layer %q has the window %v", name, c.shape[2:])
	}
	if d.err != nil {
		return x
	}
	per := len(c.weights) / outs
	for k := range c.weights {
		c.weights[k] *= scale.f[k/per]
	}
	c.bias = make([]float32, outs)
	for o := range c.bias {
		// The conversion keeps the compiler from fusing the two steps.
		c.bias[o] = float32(bias.f[o]*scale.f[o]) + shift.f[o]
	}
	return d.g.conv(x, c)
}

// tensor returns the named weights, whose shape must be as given, -1 for any.
func (d *dlib) tensor(name string, shape ...int) *tensor {
	t := d.weights[name]
	switch {
	case d.err != nil:
	case t == nil || t.f == nil:
		d.err = damaged("weights %q are missing", name)
	case !fits(t.shape, shape):
		d.err = damaged("weights %q have the shape %v, not %v", name, t.shape, shape)
	}
	return t
}

func (d *dlib) relu(x value) value { return d.g.unary("Relu", x) }

// sum adds the branches of a residual stage.
func (d *dlib) sum(x, short value) value {
	if d.err == nil && !slices.Equal(x.shape, short.shape) {
		d.err = damaged("branches of shapes %v and %v", x.shape, short.shape)
	}
	return d.relu(d.g.apply("Add", x.shape, []string{x.name, short.name}))
}
