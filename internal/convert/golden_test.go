package convert

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "write the golden outputs of the ready graphs anew")

// golden is models/<name>/golden.json. Those of the npm models are written by
// testdata/golden.mjs with the original library, those of our own networks by
// train/export.py with the library that trained them, the others with -update
// from graphs that their publisher or another converter made.
type golden struct {
	Input   goldenInput    `json:"input"`
	Outputs []goldenOutput `json:"outputs"`
}

type goldenInput struct {
	Size  int        `json:"size"`
	Seed  uint32     `json:"seed"`
	Mean  [3]float32 `json:"mean"`
	Scale [3]float32 `json:"scale"`
}

// goldenOutput holds every Step-th of Count values. Range is what differences are
// measured by.
type goldenOutput struct {
	Name   string    `json:"name"`
	Count  int       `json:"count"`
	Range  float64   `json:"range"`
	Step   int       `json:"step"`
	Values []float32 `json:"values"`
}

// picture makes the input that golden.mjs describes, as NCHW.
func (g *golden) picture() []float32 {
	state := g.Input.Seed
	next := func() uint32 {
		state = state*1664525 + 1013904223
		return state >> 24
	}
	size := g.Input.Size
	across := (size + 15) / 16
	blocks := make([]uint32, across*across*3)
	for k := range blocks {
		blocks[k] = next()
	}
	x := make([]float32, 3*size*size)
	for i := range size * size {
		for c := range 3 {
			block := blocks[(i/size/16*across+i%size/16)*3+c]
			v := float32((3*block + next()) >> 2)
			x[c*size*size+i] = (v - g.Input.Mean[c]) * g.Input.Scale[c]
		}
	}
	return x
}

func readGolden(t *testing.T, name string) *golden {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../models", name, "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	g := &golden{}
	if err := json.Unmarshal(raw, g); err != nil {
		t.Fatal(err)
	}
	return g
}

// read collects source files for a conversion.
func read(t testing.TB, name string, paths ...string) Source {
	t.Helper()
	src := Source{Name: name, Files: map[string][]byte{}}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src.Files[filepath.Base(path)] = raw
	}
	return src
}

func TestConvertedGraphsEqualTheirOriginals(t *testing.T) {
	human := filepath.Join(npm(t), "@vladmandic/human/models")
	faceAPI := filepath.Join(npm(t), "@vladmandic/face-api/model/face_recognition_model")
	for name, c := range map[string]struct {
		conversion string
		files      []string
		outputs    []string
	}{
		"blazeface": {TFJS, []string{human + "/blazeface.json", human + "/blazeface.bin"}, nil},
		"facemesh":  {TFJS, []string{human + "/facemesh.json", human + "/facemesh.bin"}, []string{"output_mesh", "output_faceflag"}},
		"iris":      {TFJS, []string{human + "/iris.json", human + "/iris.bin"}, nil},
		"faceres":   {TFJS, []string{human + "/faceres.json", human + "/faceres.bin"}, []string{"global_pooling/Mean"}},
		"dlib-face": {Dlib, []string{faceAPI + "-weights_manifest.json", faceAPI + ".bin"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			src := read(t, name, c.files...)
			src.Outputs = c.outputs
			graph, err := Graph(c.conversion, src)
			if err != nil {
				t.Fatal(err)
			}
			readGolden(t, name).hold(t, graph)
		})
	}
}

// hold runs a graph and compares its outputs.
func (g *golden) hold(t *testing.T, graph []byte) {
	t.Helper()
	got := run(t, graph, int64(g.Input.Size), g.picture())
	for _, want := range g.Outputs {
		out := got[want.Name]
		if len(out) != want.Count {
			t.Errorf("output %s has %d values, want %d", want.Name, len(out), want.Count)
			continue
		}
		if e := worst(every(want.Step, out), want.Values) / want.Range; !(e < 1e-5) {
			t.Errorf("output %s differs by %.2g of its range", want.Name, e)
		}
	}
}

func every(step int, values []float32) []float32 {
	var kept []float32
	for i := 0; i < len(values); i += step {
		kept = append(kept, values[i])
	}
	return kept
}

func TestReadyGraphsKeepTheirOutputs(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		size int
	}{
		"yunet-n":         {"yunet_n_dynamic.onnx", 320},
		"reid-0095":       {"face-reidentification-retail-0095.converted.onnx", 128},
		"minifasnet-v2":   {"mfn27.onnx", 80},
		"minifasnet-v1se": {"mfn40.onnx", 80},
	} {
		t.Run(name, func(t *testing.T) {
			graph, err := os.ReadFile(shared(t, "models/"+c.file))
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				g := &golden{Input: goldenInput{Size: c.size, Seed: 7, Scale: [3]float32{1, 1, 1}}}
				g.write(t, name, run(t, graph, int64(c.size), g.picture()))
			}
			readGolden(t, name).hold(t, graph)
		})
	}
}

func TestGraphsOfOurOwnSayWhatTheirTrainerSaid(t *testing.T) {
	paths, err := filepath.Glob("../../models/*/model.onnx")
	if err != nil || len(paths) == 0 {
		t.Skip("SKIPPED: no model of our own is shipped yet")
	}
	for _, path := range paths {
		name := filepath.Base(filepath.Dir(path))
		t.Run(name, func(t *testing.T) {
			graph, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			readGolden(t, name).hold(t, graph)
		})
	}
}

// write keeps about 32 values of each output, a line per output.
func (g *golden) write(t *testing.T, name string, outputs map[string][]float32) {
	t.Helper()
	var lines [][]byte
	for _, out := range slices.Sorted(maps.Keys(outputs)) {
		values := outputs[out]
		step := max(1, len(values)/32)
		line, err := json.Marshal(goldenOutput{out, len(values), magnitude(values), step, every(step, values)})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	input, err := json.Marshal(g.Input)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("{\n  \"input\": %s,\n  \"outputs\": [\n    %s\n  ]\n}\n", input, bytes.Join(lines, []byte(",\n    ")))
	if err := os.WriteFile(filepath.Join("../../models", name, "golden.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// worst is the greatest difference.
func worst(got, want []float32) float64 {
	var most float64
	for i, w := range want {
		most = max(most, math.Abs(float64(got[i])-float64(w)))
	}
	return most
}

// TestOpenVINOEqualsAnotherConverter compares with a graph of the same weights
// that another converter made.
func TestOpenVINOEqualsAnotherConverter(t *testing.T) {
	base := "models/face-reidentification-retail-0095"
	graph, err := Graph(OpenVINO, read(t, "reid-0095", shared(t, base+".xml"), shared(t, base+".bin")))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(shared(t, base+".converted.onnx"))
	if err != nil {
		t.Fatal(err)
	}
	g := golden{}
	g.Input.Size, g.Input.Scale = 128, [3]float32{1, 1, 1}
	x := g.picture()
	want := run(t, other, 128, x)["out_658"]
	got := run(t, graph, 128, x)["output_1"]
	if e := worst(got, want) / magnitude(want); !(e < 1e-5) || len(got) != 256 {
		t.Errorf("%d values differ by %.2g of their range", len(got), e)
	}
}

// magnitude is the greatest absolute value.
func magnitude(values []float32) float64 {
	var most float64
	for _, v := range values {
		most = max(most, math.Abs(float64(v)))
	}
	return most
}
