package convert

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"
)

// maxNodes limits a TensorFlow.js graph, and with it the depth of recursion.
const maxNodes = 10000

// tfjsModel is the part of a TensorFlow.js graph model that matters here.
type tfjsModel struct {
	ModelTopology struct {
		Node []*tfjsNode `json:"node"`
	} `json:"modelTopology"`
	Signature           tfjsSignature `json:"signature"`
	UserDefinedMetadata struct {
		Signature tfjsSignature `json:"signature"`
	} `json:"userDefinedMetadata"`
	WeightsManifest []weightGroup `json:"weightsManifest"`
}

type tfjsSignature struct {
	Outputs map[string]struct {
		Name string `json:"name"`
	} `json:"outputs"`
}

type tfjsNode struct {
	Name  string              `json:"name"`
	Op    string              `json:"op"`
	Input []string            `json:"input"`
	Attr  map[string]tfjsAttr `json:"attr"`
}

// tfjsAttr is an attribute of a node. Integers come as JSON numbers or as
// strings, texts in base64.
type tfjsAttr struct {
	S     []byte `json:"s"`
	B     bool   `json:"b"`
	Shape *struct {
		Dim []struct {
			Size tfjsInt `json:"size"`
		} `json:"dim"`
	} `json:"shape"`
	List struct {
		I []tfjsInt `json:"i"`
		S [][]byte  `json:"s"`
	} `json:"list"`
}

type tfjsInt int

// UnmarshalJSON takes 3 and "3" alike.
func (v *tfjsInt) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(bytes.Trim(raw, `"`), (*int)(v))
}

// tfjs converts one model. The rank-4 values of the source are NHWC, ours NCHW.
type tfjs struct {
	g      *graph
	nodes  map[string]*tfjsNode
	consts map[string]*tensor
	uses   map[string]int   // readers in the source
	values map[string]value // made so far, by name in the source
	open   map[string]bool  // being made: meeting one again means a cycle
}

// fromTFJS converts a graph model: one JSON file and the weights that it names.
func fromTFJS(src Source) (*graph, error) {
	var model *tfjsModel
	for name, data := range src.Files {
		if path.Ext(name) != ".json" {
			continue
		}
		if model != nil {
			return nil, damaged("there are two JSON files")
		}
		model = &tfjsModel{}
		if err := json.Unmarshal(data, model); err != nil {
			return nil, damaged("%s: %v", name, err)
		}
	}
	if model == nil {
		return nil, damaged("there is no JSON file")
	}
	consts, err := readWeights(model.WeightsManifest, src.Files)
	if err != nil {
		return nil, err
	}
	t := &tfjs{g: newGraph(src.Name), nodes: map[string]*tfjsNode{}, consts: consts,
		uses: map[string]int{}, values: map[string]value{}, open: map[string]bool{}}
	if err := t.index(model.ModelTopology.Node); err != nil {
		return nil, err
	}
	outputs := model.Signature.Outputs
	if len(outputs) == 0 {
		outputs = model.UserDefinedMetadata.Signature.Outputs
	}
	bySignature := map[string]string{}
	for key, out := range outputs {
		bySignature[plainName(key)] = plainName(out.Name)
	}
	if err := t.outputs(bySignature, src.Outputs); err != nil {
		return nil, err
	}
	return t.g, nil
}

// index names the nodes and counts the readers of each value.
func (t *tfjs) index(nodes []*tfjsNode) error {
	if len(nodes) > maxNodes {
		return damaged("more than %d nodes", maxNodes)
	}
	for _, n := range nodes {
		if n == nil || n.Name == "" || t.nodes[n.Name] != nil {
			return damaged("a node is empty, nameless or there twice")
		}
		t.nodes[n.Name] = n
		for i, in := range n.Input {
			n.Input[i] = plainName(in)
			t.uses[n.Input[i]]++
		}
	}
	return nil
}

// outputs makes the wanted outputs and, on the way, all that they need.
func (t *tfjs) outputs(bySignature map[string]string, wanted []string) error {
	if len(wanted) == 0 {
		for name := range bySignature {
			wanted = append(wanted, name)
		}
		slices.Sort(wanted)
	}
	if len(wanted) == 0 {
		return damaged("the model has no signature")
	}
	for _, name := range wanted {
		t.uses[bySignature[name]]++
	}
	for _, name := range wanted {
		from, ok := bySignature[name]
		if !ok {
			return damaged("there is no output %q", name)
		}
		v, err := t.value(from)
		if err != nil {
			return err
		}
		t.g.output(name, t.flat(v))
	}
	return nil
}

// value returns the named value of the source, making it if need be.
func (t *tfjs) value(name string) (value, error) {
	if v, ok := t.values[name]; ok {
		return v, nil
	}
	n := t.nodes[name]
	if n == nil || t.consts[name] != nil {
		return value{}, damaged("there is no value %q", name)
	}
	if t.open[name] {
		return value{}, damaged("node %q needs itself", name)
	}
	t.open[name] = true
	v, err := t.lower(n)
	if err != nil {
		return value{}, err
	}
	if err := t.g.check(v); err != nil {
		return value{}, err
	}
	t.values[name] = v
	return v, nil
}

// plainName strips the mark of a control input and the number of an output.
// None of the operations here has a second output.
func plainName(s string) string {
	s = strings.TrimPrefix(s, "^")
	name, _, _ := strings.Cut(s, ":")
	return name
}

// flat gives a rank-4 value back in the source's NHWC order, as outputs and
// reshapes need it. Where only one of channels and pixels is more than one, the
// order in memory is the same and nothing moves.
func (t *tfjs) flat(v value) value {
	if len(v.shape) != 4 {
		return v
	}
	c, h, w := v.shape[1], v.shape[2], v.shape[3]
	shape := []int{1, h, w, c}
	if c == 1 || h*w == 1 {
		return t.g.reshape(v, shape)
	}
	return t.g.apply("Transpose", shape, []string{v.name}, attr{"perm", []int{0, 2, 3, 1}})
}

func (n *tfjsNode) ints(key string) []int {
	list := n.Attr[key].List.I
	out := make([]int, len(list))
	for i, v := range list {
		out[i] = int(v)
	}
	return out
}

// fused lists the operations that are folded into the node.
func (n *tfjsNode) fused() []string {
	var ops []string
	for _, s := range n.Attr["fused_ops"].List.S {
		ops = append(ops, string(s))
	}
	return ops
}

// padding tells whether the node pads so that the output keeps the input's size.
func (n *tfjsNode) padding() (same bool, err error) {
	switch p := string(n.Attr["padding"].S); p {
	case "SAME":
		return true, nil
	case "VALID":
		return false, nil
	default:
		return false, damaged("node %q has the padding %q", n.Name, p)
	}
}

// window checks the strides, dilations and layout of a node that slides a
// window over the picture.
func (n *tfjsNode) window() (stride [2]int, err error) {
	if f := n.Attr["data_format"].S; len(f) > 0 && string(f) != "NHWC" {
		return stride, damaged("node %q has the layout %q", n.Name, f)
	}
	if d := n.ints("dilations"); len(d) > 0 && !slices.Equal(d, []int{1, 1, 1, 1}) {
		return stride, damaged("node %q is dilated", n.Name)
	}
	s := n.ints("strides")
	if len(s) != 4 || s[0] != 1 || s[3] != 1 || s[1] < 1 || s[2] < 1 || s[1] > 64 || s[2] > 64 {
		return stride, damaged("node %q has the strides %v", n.Name, s)
	}
	return [2]int{s[1], s[2]}, nil
}
