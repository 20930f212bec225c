package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
)

// attrs of a node that slides a window.
const sliding = `"padding":{"s":"U0FNRQ=="},"strides":{"list":{"i":["1","2","2","1"]}}`

// smallTFJS is a model that uses most operations, with its weights.
func smallTFJS() (model string, weights []byte) {
	nodes := []string{
		`{"name":"x","op":"Placeholder","attr":{"shape":{"shape":{"dim":[{"size":"-1"},{"size":"8"},{"size":8},{"size":"2"}]}}}}`,
		`{"name":"conv","op":"_FusedConv2D","input":["x:0","k","b","slope"],"attr":{` + sliding + `,"fused_ops":{"list":{"s":["Qmlhc0FkZA==","UHJlbHU="]}}}}`,
		`{"name":"dw","op":"DepthwiseConv2dNative","input":["conv","d"],"attr":{` + sliding + `}}`,
		`{"name":"mul","op":"Mul","input":["dw","b"]}`,
		`{"name":"add","op":"AddV2","input":["b","mul"]}`,
		`{"name":"relu","op":"Relu","input":["add"]}`,
		`{"name":"min","op":"Minimum","input":["relu","six"]}`,
		`{"name":"max","op":"Maximum","input":["min","zero"]}`,
		`{"name":"pool","op":"MaxPool","input":["conv"],"attr":{` + sliding + `,"ksize":{"list":{"i":["1","2","2","1"]}}}}`,
		`{"name":"grown","op":"Pad","input":["pool","pads"]}`,
		`{"name":"wide","op":"ConcatV2","input":["max","max","axis"]}`,
		`{"name":"sum","op":"AddV2","input":["grown","wide"]}`,
		`{"name":"flat","op":"Reshape","input":["sum","shape"]}`,
		`{"name":"mean","op":"Mean","input":["sum","axes"]}`,
		`{"name":"fc","op":"_FusedMatMul","input":["mean","m","b"],"attr":{"fused_ops":{"list":{"s":["Qmlhc0FkZA=="]}}}}`,
		`{"name":"soft","op":"Softmax","input":["fc"]}`,
	}
	type entry struct {
		name, dtype string
		shape       []int
		size        int
	}
	var manifest []string
	for _, e := range []entry{
		{"k", "float32", []int{3, 3, 2, 4}, 4}, {"b", "float32", []int{4}, 4}, {"slope", "float32", []int{1, 1, 4}, 4},
		{"d", "float32", []int{3, 3, 4, 1}, 4}, {"six", "float32", []int{}, 4}, {"zero", "float32", []int{}, 4},
		{"m", "float32", []int{8, 4}, 4},
	} {
		shape, _ := json.Marshal(e.shape)
		manifest = append(manifest, fmt.Sprintf(`{"name":%q,"shape":%s,"dtype":%q}`, e.name, shape, e.dtype))
		n, _ := elements(e.shape)
		for k := range n {
			v := float32(k%7)/4 - 0.5
			switch e.name {
			case "six":
				v = 6
			case "zero":
				v = 0
			}
			weights = append(weights, raw(namedTensor{f: []float32{v}})...)
		}
	}
	for _, e := range []struct {
		name, shape string
		v           []int
	}{
		{"pads", "[4,2]", []int{0, 0, 0, 0, 0, 0, 0, 4}}, {"axis", "[]", []int{3}},
		{"shape", "[2]", []int{-1, 8}}, {"axes", "[2]", []int{1, 2}},
	} {
		manifest = append(manifest, fmt.Sprintf(`{"name":%q,"shape":%s,"dtype":"int32"}`, e.name, e.shape))
		for _, v := range e.v {
			weights = append(weights, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
		}
	}
	return `{"modelTopology":{"node":[` + strings.Join(nodes, ",\n") + `]},
"signature":{"outputs":{"flat":{"name":"flat:0"},"soft":{"name":"soft:0"}}},
"weightsManifest":[{"paths":["w.bin"],"weights":[` + strings.Join(manifest, ",\n") + `]}]}`, weights
}

func fromSmall(model string, weights []byte, outputs ...string) ([]byte, error) {
	return Graph(TFJS, Source{Name: "small", Outputs: outputs,
		Files: map[string][]byte{"m.json": []byte(model), "w.bin": weights}})
}

func TestEqualSourcesGiveEqualBytes(t *testing.T) {
	model, weights := smallTFJS()
	first, err := fromSmall(model, weights)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, err := fromSmall(model, weights); err != nil || !bytes.Equal(first, again) {
			t.Fatalf("another graph, %v", err)
		}
	}
}

func TestUnwantedOutputsCostNothing(t *testing.T) {
	model, weights := smallTFJS()
	all, _ := fromSmall(model, weights)
	flat, err := fromSmall(model, weights, "flat")
	if err != nil || len(flat) >= len(all) || bytes.Contains(flat, []byte("Softmax")) {
		t.Errorf("%d of %d bytes, %v", len(flat), len(all), err)
	}
}

func TestLimitsAndScalesAreFolded(t *testing.T) {
	model, weights := smallTFJS()
	graph, err := fromSmall(model, weights)
	if err != nil {
		t.Fatal(err)
	}
	_, nodes := readONNX(graph)
	count := map[string]int{}
	for _, n := range nodes {
		count[n.op]++
	}
	if count["Clip"] != 1 || count["Min"] != 0 || count["Max"] != 0 || count["Mul"] != 0 || count["Pad"] != 0 {
		t.Errorf("operations: %v", count)
	}
}

func TestDamagedTFJSIsRefused(t *testing.T) {
	model, weights := smallTFJS()
	for name, change := range map[string][2]string{
		"no JSON":              {`{"modelTopology"`, `{`},
		"a cycle":              {`["x:0","k","b","slope"]`, `["sum","k","b","slope"]`},
		"a missing input":      {`["conv","d"]`, `["gone","d"]`},
		"a missing weight":     {`["conv","d"]`, `["conv","gone"]`},
		"an unknown operation": {`"op":"Relu"`, `"op":"Einsum"`},
		"an unknown output":    {`"flat:0"`, `"gone"`},
		"a huge shape":         {`"shape":[3,3,2,4]`, `"shape":[67108864,67108864,67108864,67108864]`},
		"a negative shape":     {`"shape":[3,3,2,4]`, `"shape":[-3,-3,2,4]`},
		"another shape":        {`"shape":[3,3,2,4]`, `"shape":[3,3,4,2]`},
		"weights too short":    {`"shape":[8,4]`, `"shape":[8,400]`},
		"a type":               {`"dtype":"float32"`, `"dtype":"string"`},
		"a missing file":       {`"w.bin"`, `"../w.bin"`},
		"zero strides":         {`["1","2","2","1"]`, `["1","0","0","1"]`},
		"an open size":         {`{"size":"8"}`, `{"size":"-1"}`},
		"a shape that is off":  {`"input":["sum","shape"]`, `"input":["sum","axes"]`},
		"twice the same":       {`"name":"dw"`, `"name":"conv"`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(model, change[0]) {
				t.Fatal("nothing was changed")
			}
			_, err := fromSmall(strings.Replace(model, change[0], change[1], 1), weights)
			if bonafide.CodeOf(err) != bonafide.CodeModel {
				t.Errorf("err = %v", err)
			}
		})
	}
}

// smallIR is a network of one convolution with its bias and slope.
const smallIR = `<net name="n" version="11"><layers>
<layer id="0" type="Parameter"><data shape="1,2,4,4"/></layer>
<layer id="1" type="Const"><data element_type="f16" shape="2, 1, 1, 3, 3" offset="0" size="36"/></layer>
<layer id="2" type="Convert"/>
<layer id="3" type="GroupConvolution"><data strides="1, 1" pads_begin="1, 1" pads_end="1, 1" dilations="1, 1" auto_pad="explicit"/></layer>
<layer id="4" type="Const"><data element_type="f32" shape="1, 2, 1, 1" offset="36" size="8"/></layer>
<layer id="5" type="Add"/>
<layer id="6" type="Const"><data element_type="f32" shape="1" offset="36" size="4"/></layer>
<layer id="7" type="PReLU"/>
<layer id="8" type="AvgPool"><data kernel="4, 4" strides="4, 4" pads_begin="0, 0" pads_end="0, 0" auto_pad="explicit"/></layer>
<layer id="9" type="Sigmoid"/>
<layer id="10" type="Multiply"/>
<layer id="11" type="Result"/>
</layers><edges>
<edge from-layer="0" to-layer="3" to-port="0"/><edge from-layer="1" to-layer="2" to-port="0"/>
<edge from-layer="2" to-layer="3" to-port="1"/><edge from-layer="3" to-layer="5" to-port="0"/>
<edge from-layer="4" to-layer="5" to-port="1"/><edge from-layer="5" to-layer="7" to-port="0"/>
<edge from-layer="6" to-layer="7" to-port="1"/><edge from-layer="7" to-layer="8" to-port="0"/>
<edge from-layer="8" to-layer="9" to-port="0"/><edge from-layer="7" to-layer="10" to-port="0"/>
<edge from-layer="9" to-layer="10" to-port="1"/><edge from-layer="10" to-layer="11" to-port="0"/>
</edges></net>`

func fromIR(xml string) ([]byte, error) {
	return Graph(OpenVINO, Source{Name: "small", Files: map[string][]byte{"n.xml": []byte(xml), "n.bin": make([]byte, 44)}})
}

func TestDamagedOpenVINOIsRefused(t *testing.T) {
	if _, err := fromIR(smallIR); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"no XML":               {`</net>`, ``},
		"a cycle":              {`<edge from-layer="0" to-layer="3"`, `<edge from-layer="10" to-layer="3"`},
		"an edge to nowhere":   {`to-layer="11"`, `to-layer="99"`},
		"an unknown type":      {`type="Sigmoid"`, `type="Einsum"`},
		"weights cut off":      {`size="36"`, `size="3600"`},
		"a huge offset":        {`offset="0"`, `offset="9223372036854775807"`},
		"a huge shape":         {`2, 1, 1, 3, 3`, `67108864, 67108864, 67108864, 3, 3`},
		"another shape":        {`2, 1, 1, 3, 3`, `1, 2, 1, 3, 3`},
		"a type of number":     {`"f16"`, `"u4"`},
		"zero strides":         {`strides="1, 1"`, `strides="0, 1"`},
		"dilation":             {`dilations="1, 1"`, `dilations="2, 2"`},
		"a partial pool":       {`kernel="4, 4"`, `kernel="2, 2"`},
		"no result":            {`type="Result"`, `type="Sigmoid"`},
		"a picture of rank 3":  {`1,2,4,4`, `2,4,4`},
		"a layer with no name": {`id="9"`, `id=""`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(smallIR, change[0]) {
				t.Fatal("nothing was changed")
			}
			_, err := fromIR(strings.Replace(smallIR, change[0], change[1], 1))
			if bonafide.CodeOf(err) != bonafide.CodeModel {
				t.Errorf("err = %v", err)
			}
		})
	}
}

func TestUnknownConversionsAreRefused(t *testing.T) {
	if _, err := Graph("caffe", Source{}); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("err = %v", err)
	}
	if _, err := Graph(None, Source{}); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("err = %v", err)
	}
}

func TestHalfPrecisionIsExact(t *testing.T) {
	for bits, want := range map[uint16]float64{
		0x0000: 0, 0x3c00: 1, 0xc000: -2, 0x3555: 0.333251953125, 0x7bff: 65504,
		0x0001: math.Ldexp(1, -24), 0x83ff: -math.Ldexp(1023, -24), 0x0400: math.Ldexp(1, -14), 0xfc00: math.Inf(-1),
	} {
		if got := half(bits); float64(got) != want {
			t.Errorf("half(%#04x) = %g, want %g", bits, got, want)
		}
	}
	if !math.IsNaN(float64(half(0x7e00))) {
		t.Error("not a number became one")
	}
	if !math.Signbit(float64(half(0x8000))) {
		t.Error("negative zero lost its sign")
	}
}

func FuzzTFJS(f *testing.F) {
	model, weights := smallTFJS()
	f.Add([]byte(model), weights)
	f.Fuzz(func(t *testing.T, model, weights []byte) {
		_, _ = fromSmall(string(model), weights)
	})
}

func FuzzOpenVINO(f *testing.F) {
	f.Add([]byte(smallIR), make([]byte, 44))
	f.Fuzz(func(t *testing.T, xml, weights []byte) {
		_, _ = Graph(OpenVINO, Source{Files: map[string][]byte{"n.xml": xml, "n.bin": weights}})
	})
}
