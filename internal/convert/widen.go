package convert

import "slices"

// block is the number of channels that the runtime keeps together. It leaves its
// blocked layout, at a price, where a depthwise convolution, a pooling or a sum
// has another number of channels than a multiple of it (8 or 16, by processor).
const block = 16

// widen appends channels of zero weights until the pictures inside the graph have
// a multiple of block channels. What the graph computes stays the same, since
// whatever reads an added channel gives it no weight.
func (g *graph) widen() {
	w := &widener{g: g, parent: map[string]string{}, fixed: map[string]bool{}}
	for _, in := range g.inputs {
		w.fix(in.name)
	}
	for _, n := range g.nodes {
		w.tie(n)
	}
	for _, n := range g.nodes {
		w.rewrite(n)
	}
}

// widener groups the values that must have the same number of channels.
type widener struct {
	g      *graph
	parent map[string]string
	fixed  map[string]bool // by representative of the group: keeps its channels
}

func (w *widener) find(name string) string {
	for w.parent[name] != "" {
		name = w.parent[name]
	}
	return name
}

func (w *widener) fix(name string) { w.fixed[w.find(name)] = true }

func (w *widener) join(a, b string) {
	a, b = w.find(a), w.find(b)
	if a == b {
		return
	}
	w.parent[b] = a
	w.fixed[a] = w.fixed[a] || w.fixed[b]
}

// depthwise tells whether a convolution has one filter for each channel.
func (g *graph) depthwise(n *node) bool {
	shape := g.byKey[n.in[1]].shape
	return shape[1] == 1 && n.attrs[0].val.(int) == shape[0] && shape[0] > 1
}

// tie notes what a node asks of the channels of its inputs and its output.
func (w *widener) tie(n *node) {
	switch n.op {
	case "Conv":
		if w.g.depthwise(n) {
			w.join(n.in[0], n.out.name)
		} else if n.attrs[0].val.(int) != 1 {
			w.fix(n.in[0])
			w.fix(n.out.name)
		}
	case "Relu", "LeakyRelu", "Sigmoid", "Clip", "MaxPool", "AveragePool", "GlobalAveragePool", "Add", "Mul":
		for _, in := range n.in {
			if w.g.byKey[in] == nil {
				w.join(in, n.out.name)
			}
		}
		if len(n.out.shape) != 4 {
			w.fix(n.out.name)
		}
	default:
		for _, in := range n.in {
			w.fix(in)
		}
		w.fix(n.out.name)
	}
}

// channels is how many channels a value gets that has n of them. Where the block
// would be less than half full, the added work costs more than it saves.
func (w *widener) channels(name string, n int) int {
	if n < block/2 || w.fixed[w.find(name)] {
		return n
	}
	return (n + block - 1) / block * block
}

// rewrite fills the constants of a node up.
func (w *widener) rewrite(n *node) {
	if len(n.out.shape) != 4 {
		return
	}
	outs := w.channels(n.out.name, n.out.shape[1])
	switch n.op {
	case "Conv":
		weights := w.g.byKey[n.in[1]]
		if w.g.depthwise(n) {
			n.attrs[0].val = outs
		} else if n.attrs[0].val.(int) == 1 {
			weights.fill(1, w.channels(n.in[0], weights.shape[1]))
		}
		weights.fill(0, outs)
		if len(n.in) > 2 {
			w.g.byKey[n.in[2]].fill(0, outs)
		}
	case "Add", "Mul":
		for _, in := range n.in {
			if c := w.g.byKey[in]; c != nil {
				c.fill(0, outs)
			}
		}
	}
}

// fill appends zeros along an axis until it has the given size.
func (c *constant) fill(axis, size int) {
	have := c.shape[axis]
	if have == size {
		return
	}
	inner, outer := 1, 1
	for k, d := range c.shape {
		if k < axis {
			outer *= d
		} else if k > axis {
			inner *= d
		}
	}
	f := make([]float32, 0, outer*size*inner)
	for o := range outer {
		f = append(f, c.f[o*have*inner:(o+1)*have*inner]...)
		f = append(f, make([]float32, (size-have)*inner)...)
	}
	c.f = f
	c.shape = slices.Clone(c.shape)
	c.shape[axis] = size
}
