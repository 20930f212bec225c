package convert

import (
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
)

// irNetwork is the part of an OpenVINO intermediate representation (versions 10
// and 11) that matters here. Every layer that we know has one output.
type irNetwork struct {
	Layers []*irLayer `xml:"layers>layer"`
	Edges  []struct {
		From   string `xml:"from-layer,attr"`
		To     string `xml:"to-layer,attr"`
		ToPort int    `xml:"to-port,attr"`
	} `xml:"edges>edge"`
}

type irLayer struct {
	ID   string `xml:"id,attr"`
	Type string `xml:"type,attr"`
	Data struct {
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"data"`
	inputs []string // layers, by port
}

// ir converts one network. Its values are NCHW, as ours are.
type ir struct {
	g       *graph
	weights []byte
	layers  map[string]*irLayer
	uses    map[string]int // readers in the source, by layer
	values  map[string]value
	consts  map[string]*tensor
	open    map[string]bool // being made: meeting one again means a cycle
}

// fromOpenVINO converts a network of one XML file and one file of weights.
func fromOpenVINO(src Source) (*graph, error) {
	c := &ir{g: newGraph(src.Name), layers: map[string]*irLayer{}, uses: map[string]int{},
		values: map[string]value{}, consts: map[string]*tensor{}, open: map[string]bool{}}
	var network irNetwork
	for name, data := range src.Files {
		switch path.Ext(name) {
		case ".xml":
			if err := xml.Unmarshal(data, &network); err != nil {
				return nil, damaged("%s: %v", name, err)
			}
		case ".bin":
			c.weights = data
		}
	}
	if err := c.index(network); err != nil {
		return nil, err
	}
	results := 0
	for _, l := range network.Layers {
		if l.Type != "Result" {
			continue
		}
		x, err := c.input(l, 0)
		if err != nil {
			return nil, err
		}
		results++
		c.g.output("output_"+strconv.Itoa(results), x)
	}
	if results == 0 || len(c.g.inputs) != 1 {
		return nil, damaged("the network has %d inputs and %d results", len(c.g.inputs), results)
	}
	return c.g, nil
}

// index names the layers and ties them together.
func (c *ir) index(network irNetwork) error {
	if len(network.Layers) > maxNodes || len(network.Edges) > 4*maxNodes {
		return damaged("more than %d layers", maxNodes)
	}
	for _, l := range network.Layers {
		if l.ID == "" || c.layers[l.ID] != nil {
			return damaged("a layer is nameless or there twice")
		}
		c.layers[l.ID] = l
	}
	for _, e := range network.Edges {
		to := c.layers[e.To]
		if to == nil || c.layers[e.From] == nil || e.ToPort < 0 || e.ToPort > 7 {
			return damaged("an edge from %q to %q leads nowhere", e.From, e.To)
		}
		for len(to.inputs) <= e.ToPort {
			to.inputs = append(to.inputs, "")
		}
		to.inputs[e.ToPort] = e.From
		c.uses[e.From]++
	}
	return nil
}

// input returns the k-th input of a layer, making it if need be.
func (c *ir) input(l *irLayer, k int) (value, error) {
	if k >= len(l.inputs) || c.layers[l.inputs[k]] == nil {
		return value{}, damaged("layer %s lacks input %d", l.ID, k)
	}
	id := l.inputs[k]
	if v, ok := c.values[id]; ok {
		return v, nil
	}
	if c.open[id] {
		return value{}, damaged("layer %s needs itself", id)
	}
	c.open[id] = true
	v, err := c.lower(c.layers[id])
	if err != nil {
		return value{}, err
	}
	if err := c.g.check(v); err != nil {
		return value{}, err
	}
	c.values[id] = v
	return v, nil
}

// constant returns the k-th input of a layer when it is a constant, else nil.
func (c *ir) constant(l *irLayer, k int) (*tensor, error) {
	if k >= len(l.inputs) {
		return nil, nil
	}
	id := l.inputs[k]
	from := c.layers[id]
	for hops := 0; from != nil && from.Type == "Convert" && len(from.inputs) == 1 && hops < 8; hops++ {
		from = c.layers[from.inputs[0]] // half to single precision, done while reading
	}
	if from == nil || from.Type != "Const" {
		return nil, nil
	}
	if t := c.consts[from.ID]; t != nil {
		return t, nil
	}
	t, err := c.readConstant(from)
	c.consts[from.ID] = t
	return t, err
}

func (c *ir) readConstant(l *irLayer) (*tensor, error) {
	shape, err := l.ints("shape")
	if err != nil {
		return nil, err
	}
	n, err := elements(shape)
	if err != nil {
		return nil, err
	}
	offset, err1 := strconv.Atoi(l.attr("offset"))
	size, err2 := strconv.Atoi(l.attr("size"))
	if err1 != nil || err2 != nil || offset < 0 || size < 0 || offset > len(c.weights)-size {
		return nil, damaged("the weights of layer %s are cut off", l.ID)
	}
	raw := c.weights[offset : offset+size]
	t := &tensor{shape: shape}
	switch l.attr("element_type") {
	case "f16":
		t.f = float16s(raw)
	case "f32":
		t.f = float32s(raw)
	}
	if t.f == nil || len(t.f) != n || n == 0 {
		return nil, damaged("layer %s has weights of type %q and %d bytes for shape %v", l.ID, l.attr("element_type"), size, shape)
	}
	return t, nil
}

func (l *irLayer) attr(name string) string {
	for _, a := range l.Data.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ints reads a list such as "1, 1"; an absent attribute is an empty list.
func (l *irLayer) ints(name string) ([]int, error) {
	var list []int
	for part := range strings.SplitSeq(l.attr(name), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 || v > maxElements || len(list) >= 8 {
			return nil, damaged("layer %s has the %s %q", l.ID, name, l.attr(name))
		}
		list = append(list, v)
	}
	return list, nil
}

// window reads how a layer slides over the picture. Where the layer does not say
// the kernel itself, it comes from the weights.
func (l *irLayer) window(x value, kernel []int) (pool, error) {
	strides, err1 := l.ints("strides")
	begin, err2 := l.ints("pads_begin")
	end, err3 := l.ints("pads_end")
	dilations, err4 := l.ints("dilations")
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil ||
		len(kernel) != 2 || len(strides) != 2 || len(begin) != 2 || len(end) != 2 ||
		len(dilations) > 0 && !slices.Equal(dilations, []int{1, 1}) || l.attr("auto_pad") != "explicit" {
		return pool{}, damaged("layer %s slides in a way that is not known", l.ID)
	}
	p := pool{kernel: [2]int(kernel), stride: [2]int(strides), pads: [4]int{begin[0], begin[1], end[0], end[1]}}
	for axis := range 2 {
		if p.stride[axis] < 1 || p.kernel[axis] < 1 || max(begin[axis], end[axis]) > 4096 ||
			x.shape[2+axis]+begin[axis]+end[axis] < p.kernel[axis] {
			return pool{}, damaged("layer %s has a window that does not fit", l.ID)
		}
	}
	return p, nil
}
