package convert

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// TestMiniFASNetLayersEqualAReadyGraph writes the weights of a ready graph as
// checkpoints, with batch norms that undo themselves, and compares what comes
// out of their conversion with the ready graph itself.
func TestMiniFASNetLayersEqualAReadyGraph(t *testing.T) {
	for conversion, file := range map[string]string{MiniFASNetV2: "mfn27.onnx", MiniFASNetV1SE: "mfn40.onnx"} {
		t.Run(conversion, func(t *testing.T) {
			ready, err := os.ReadFile(shared(t, "models/"+file))
			if err != nil {
				t.Fatal(err)
			}
			dict := checkpointOf(ready)
			g := golden{}
			g.Input.Size, g.Input.Seed, g.Input.Scale = minifasnetSize, 7, [3]float32{1, 1, 1}
			x := g.picture()
			want := run(t, ready, minifasnetSize, x)["output"]
			for name, checkpoint := range map[string][]byte{"zip": zipCheckpoint(t, dict), "legacy": legacyCheckpoint(dict)} {
				graph, err := Graph(conversion, Source{Name: name, Files: map[string][]byte{"a.pth": checkpoint}})
				if err != nil {
					t.Fatal(err)
				}
				got := run(t, graph, minifasnetSize, x)["output"]
				if e := worst(got, want) / magnitude(want); !(e < 1e-5) || len(got) != 3 {
					t.Errorf("%s: %v, want %v: %.2g of the range", name, got, want, e)
				}
			}
		})
	}
}

// checkpointOf turns a graph that PyTorch exported back into a state dict. The
// names of its values tell the modules that they came from.
func checkpointOf(onnx []byte) []namedTensor {
	constants, nodes := readONNX(onnx)
	var dict []namedTensor
	add := func(name string, shape []int, f []float32) {
		dict = append(dict, namedTensor{"module." + name, shape, f})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range nodes {
		module := strings.Trim(n.out.name, "/")
		if i := strings.LastIndexByte(module, '/'); i >= 0 {
			module = module[:i]
		}
		module = strings.ReplaceAll(strings.ReplaceAll(module, "/model/model.", "/model."), "/", ".")
		switch n.op {
		case "Conv":
			w, b := constants[n.in[1]], constants[n.in[2]]
			norm := strings.TrimSuffix(module, "conv") + "bn"
			if i := strings.Index(module, "se_module.fc"); i >= 0 {
				norm = module[:i] + "se_module.bn" + module[i+len("se_module.fc"):]
			}
			weights := append([]float32(nil), w.f...)
			gamma, beta := make([]float32, len(b.f)), make([]float32, len(b.f))
			mean, variance := make([]float32, len(b.f)), make([]float32, len(b.f))
			for k := range b.f {
				gamma[k], mean[k], variance[k] = 0.5+random.Float32(), random.Float32()-0.5, 0.5+random.Float32()
				scale := float64(gamma[k]) / math.Sqrt(float64(variance[k])+1e-5)
				beta[k] = float32(float64(b.f[k]) + float64(mean[k])*scale)
				per := len(weights) / len(b.f)
				for i := k * per; i < (k+1)*per; i++ {
					weights[i] = float32(float64(weights[i]) / scale)
				}
			}
			add(module+".weight", w.shape, weights)
			add(norm+".weight", b.shape, gamma)
			add(norm+".bias", b.shape, beta)
			add(norm+".running_mean", b.shape, mean)
			add(norm+".running_var", b.shape, variance)
			add(norm+".num_batches_tracked", []int{}, nil)
		case "PRelu":
			slopes := constants[n.in[1]]
			add(module+".weight", slopes.shape[:1], slopes.f)
		case "MatMul":
			if module == "output" {
				module = "prob"
			}
			w := constants[n.in[1]]
			ins, outs := w.shape[0], w.shape[1]
			turned := make([]float32, len(w.f))
			for k, v := range w.f {
				turned[k%outs*ins+k/outs] = v
			}
			add(module+".weight", []int{outs, ins}, turned)
		}
	}
	for _, part := range []string{"weight", "bias", "running_mean", "running_var"} {
		c := constants["bn."+part]
		add("bn."+part, c.shape, c.f)
	}
	return dict
}

// readONNX reads the float constants and the nodes of a trusted graph.
func readONNX(b []byte) (map[string]*constant, []*node) {
	constants, nodes := map[string]*constant{}, []*node(nil)
	fields(b, func(field int, _ uint64, graph []byte) {
		if field != 7 {
			return
		}
		fields(graph, func(field int, _ uint64, part []byte) {
			switch field {
			case 1:
				n := &node{}
				fields(part, func(field int, _ uint64, text []byte) {
					switch field {
					case 1:
						n.in = append(n.in, string(text))
					case 2:
						n.out.name = string(text)
					case 4:
						n.op = string(text)
					}
				})
				nodes = append(nodes, n)
			case 5:
				c := &constant{}
				fields(part, func(field int, v uint64, data []byte) {
					switch {
					case field == 1 && data == nil:
						c.shape = append(c.shape, int(v))
					case field == 1:
						for len(data) > 0 {
							d, n := binary.Uvarint(data)
							c.shape, data = append(c.shape, int(d)), data[n:]
						}
					case field == 8:
						c.name = string(data)
					case field == 9:
						c.f = float32s(data)
					}
				})
				constants[c.name] = c
			}
		})
	})
	return constants, nodes
}

// fields walks the fields of a protocol buffer.
func fields(b []byte, visit func(field int, v uint64, data []byte)) {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		b = b[n:]
		switch tag & 7 {
		case 0:
			v, n := binary.Uvarint(b)
			b = b[n:]
			visit(int(tag>>3), v, nil)
		case 2:
			size, n := binary.Uvarint(b)
			b = b[n:]
			visit(int(tag>>3), 0, b[:size])
			b = b[size:]
		case 5:
			b = b[4:]
		case 1:
			b = b[8:]
		}
	}
}
