package convert

import (
	"fmt"
	"slices"
)

// opset is the version of the ONNX operator set that all our graphs use.
const opset = 13

// value is one tensor inside a graph. Rank-4 values are always NCHW, with a
// batch of one; shape tells their true dimensions.
type value struct {
	name  string
	shape []int
}

// attr is one attribute of a node: an int, float32, string or []int.
type attr struct {
	name string
	val  any
}

type node struct {
	op    string
	in    []string
	out   value
	attrs []attr
}

// constant is an initialiser: float32 when f is set, int64 otherwise.
type constant struct {
	name  string
	shape []int
	f     []float32
	i     []int64
}

// graph collects nodes in the order in which they run. Names are made from a
// counter, so that equal input gives equal bytes.
type graph struct {
	name      string
	nodes     []*node
	constants []*constant
	inputs    []value
	outputs   []value

	made  map[string]*node     // by output name
	byKey map[string]*constant // by name
	count int
	held  int // elements of all constants
}

func newGraph(name string) *graph {
	return &graph{name: name, made: map[string]*node{}, byKey: map[string]*constant{}}
}

func (g *graph) next(prefix string) string {
	g.count++
	return fmt.Sprintf("%s_%d", prefix, g.count)
}

// maxChannels limits a picture inside a graph.
const maxChannels = 1 << 13

// check refuses values, and graphs, of a size that no known model has.
func (g *graph) check(v value) error {
	size, err := elements(v.shape)
	if err != nil {
		return err
	}
	if size == 0 || len(v.shape) == 4 && v.shape[1] > maxChannels || g.held > maxElements {
		return damaged("the graph grows too large, or shrinks to nothing, at the shape %v", v.shape)
	}
	return nil
}

// input declares the graph's input.
func (g *graph) input(name string, shape []int) value {
	v := value{name, shape}
	g.inputs = append(g.inputs, v)
	return v
}

// output declares v as an output of the graph under the given name.
func (g *graph) output(name string, v value) {
	out := value{name, v.shape}
	g.nodes = append(g.nodes, &node{op: "Identity", in: []string{v.name}, out: out})
	g.outputs = append(g.outputs, out)
}

// apply appends a node whose output has the given shape.
func (g *graph) apply(op string, shape []int, in []string, attrs ...attr) value {
	n := &node{op: op, in: in, out: value{g.next("v"), shape}, attrs: attrs}
	g.nodes = append(g.nodes, n)
	g.made[n.out.name] = n
	return n.out
}

// unary appends a node that keeps the shape of its one input.
func (g *graph) unary(op string, x value, attrs ...attr) value {
	return g.apply(op, x.shape, []string{x.name}, attrs...)
}

// floats adds a constant and returns its name. It keeps data.
func (g *graph) floats(shape []int, data []float32) string {
	return g.keep(&constant{name: g.next("w"), shape: shape, f: data})
}

// ints adds a vector of integers and returns its name.
func (g *graph) ints(data ...int) string {
	c := &constant{name: g.next("w"), shape: []int{len(data)}, i: make([]int64, len(data))}
	for k, v := range data {
		c.i[k] = int64(v)
	}
	return g.keep(c)
}

func (g *graph) keep(c *constant) string {
	g.held += len(c.f) + len(c.i)
	g.constants = append(g.constants, c)
	g.byKey[c.name] = c
	return c.name
}

// reshape gives x another shape of the same number of elements.
func (g *graph) reshape(x value, shape []int) value {
	if slices.Equal(x.shape, shape) {
		return x
	}
	return g.apply("Reshape", shape, []string{x.name, g.ints(shape...)})
}

// globalMean averages over height and width: NCHW to N x C.
func (g *graph) globalMean(x value) value {
	c := x.shape[1]
	pooled := g.apply("GlobalAveragePool", []int{1, c, 1, 1}, []string{x.name})
	return g.reshape(pooled, []int{1, c})
}

// matmul multiplies a row vector by weights of shape in x out.
func (g *graph) matmul(x value, weights []float32, in, out int) value {
	return g.apply("MatMul", []int{1, out}, []string{x.name, g.floats([]int{in, out}, weights)})
}

// conv is a two-dimensional convolution. weights are in the order output
// channel, input channel of the group, row, column.
type conv struct {
	weights []float32
	shape   [4]int // of weights
	bias    []float32
	group   int
	stride  [2]int
	pads    [4]int // top, left, bottom, right
}

// conv appends a convolution. The caller has checked that the shapes agree.
func (g *graph) conv(x value, c conv) value {
	in := []string{x.name, g.floats(c.shape[:], slices.Clone(c.weights))}
	if c.bias != nil {
		in = append(in, g.floats([]int{len(c.bias)}, slices.Clone(c.bias)))
	}
	window := pool{kernel: [2]int(c.shape[2:]), stride: c.stride, pads: c.pads}
	return g.apply("Conv", slid(x, c.shape[0], window), in,
		attr{"group", c.group},
		attr{"kernel_shape", c.shape[2:]},
		attr{"pads", c.pads[:]},
		attr{"strides", c.stride[:]})
}

// prelu multiplies negative elements by their channel's slope. On a picture,
// where the slopes a differ, it is written as a*x + (1-a)*max(x, 0) with
// convolutions of one pixel: ONNX's own PRelu would force the runtime out of its
// blocked layout and takes a quarter longer over a whole network.
func (g *graph) prelu(x value, slopes []float32) value {
	if one := slopes[0]; !slices.ContainsFunc(slopes, func(s float32) bool { return s != one }) {
		return g.unary("LeakyRelu", x, attr{"alpha", one})
	}
	if len(x.shape) != 4 {
		return g.apply("PRelu", x.shape, []string{x.name, g.floats([]int{len(slopes)}, slopes)})
	}
	rest := make([]float32, len(slopes))
	for k, a := range slopes {
		rest[k] = 1 - a
	}
	var positive value
	if slices.Max(slopes) <= 1 { // then the factor may come first, and the Relu is fused
		positive = g.unary("Relu", g.perChannel(x, rest))
	} else {
		positive = g.perChannel(g.unary("Relu", x), rest)
	}
	return g.apply("Add", x.shape, []string{positive.name, g.perChannel(x, slopes).name})
}

// perChannel multiplies each channel by its factor.
func (g *graph) perChannel(x value, factors []float32) value {
	c := len(factors)
	return g.conv(x, conv{weights: factors, shape: [4]int{c, 1, 1, 1}, group: c, stride: [2]int{1, 1}})
}

// pool is a window that slides over the picture.
type pool struct {
	kernel, stride [2]int
	pads           [4]int // top, left, bottom, right
}

func (g *graph) pool(op string, x value, p pool) value {
	return g.apply(op, slid(x, x.shape[1], p), []string{x.name},
		attr{"kernel_shape", p.kernel[:]}, attr{"pads", p.pads[:]}, attr{"strides", p.stride[:]})
}

// slid is the shape of what a window leaves of x.
func slid(x value, channels int, p pool) []int {
	return []int{1, channels,
		(x.shape[2]+p.pads[0]+p.pads[2]-p.kernel[0])/p.stride[0] + 1,
		(x.shape[3]+p.pads[1]+p.pads[3]-p.kernel[1])/p.stride[1] + 1}
}

// grow appends channels of zeros to a picture. It is written as a convolution
// with the unit matrix, since ONNX's own Pad would force the runtime out of its
// blocked layout here and, through the short cut of a residual network, in all
// layers behind.
func (g *graph) grow(x value, channels int) value {
	have := x.shape[1]
	unit := make([]float32, channels*have)
	for c := range have {
		unit[c*have+c] = 1
	}
	return g.conv(x, conv{weights: unit, shape: [4]int{channels, have, 1, 1}, group: 1, stride: [2]int{1, 1}})
}

// extend puts rows and columns of zeros around a picture, with a convolution for
// the same reason. pads are top, left, bottom, right.
func (g *graph) extend(x value, pads [4]int) value {
	c := x.shape[1]
	ones := slices.Repeat([]float32{1}, c)
	return g.conv(x, conv{weights: ones, shape: [4]int{c, 1, 1, 1}, group: c, stride: [2]int{1, 1}, pads: pads})
}

// limit folds a minimum or maximum with a number into the Relu or Clip that made
// x, and tells whether that was possible. Nothing else may read x.
func (g *graph) limit(x value, op string, bound float32) bool {
	if relu := g.maker(x, "Relu"); relu != nil && op == "Min" && bound > 0 {
		relu.op = "Clip"
		relu.in = append(relu.in, g.floats(nil, []float32{0}), g.floats(nil, []float32{bound}))
		return true
	}
	clip := g.maker(x, "Clip")
	return clip != nil && op == "Max" && bound <= g.byKey[clip.in[1]].f[0]
}

// maker returns the node that made x when it is of the given kind, else nil.
func (g *graph) maker(x value, op string) *node {
	if n := g.made[x.name]; n != nil && n.op == op {
		return n
	}
	return nil
}

// foldScale multiplies the outputs of a convolution by one factor per channel.
// It is only right when nothing but the multiplication reads the convolution.
func (g *graph) foldScale(n *node, scale []float32) {
	w := g.byKey[n.in[1]]
	per := len(w.f) / len(scale)
	for k := range w.f {
		w.f[k] *= scale[k/per]
	}
	if len(n.in) < 3 {
		return
	}
	b := g.byKey[n.in[2]]
	for k := range b.f {
		b.f[k] *= scale[k]
	}
}

// foldBias adds one number per channel to the outputs of a convolution, under
// the same condition.
func (g *graph) foldBias(n *node, bias []float32) {
	if len(n.in) < 3 {
		n.in = append(n.in, g.floats([]int{len(bias)}, slices.Clone(bias)))
		return
	}
	b := g.byKey[n.in[2]]
	for k := range b.f {
		b.f[k] += bias[k]
	}
}
