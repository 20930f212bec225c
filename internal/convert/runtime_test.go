package convert

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	ort "github.com/yalue/onnxruntime_go"
)

// npm returns the folder of installed packages, or skips the test.
func npm(t testing.TB) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("BONAFIDE_NPM"), "../../build/node_modules"} {
		if dir == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "@vladmandic/human/models")); err == nil {
			return dir
		}
	}
	t.Skip("SKIPPED: needs the npm packages; run make build or set BONAFIDE_NPM")
	return ""
}

// shared returns a file of the shared folder beside the repository, or skips.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: needs %s from the shared folder; set BONAFIDE_SHARED", name)
	}
	return path
}

var startRuntime = sync.OnceValue(func() error { return ort.InitializeEnvironment() })

// run feeds one NCHW picture to a graph and returns its outputs by name.
func run(t testing.TB, graph []byte, shape []int64, data []float32) map[string][]float32 {
	t.Helper()
	ort.SetSharedLibraryPath(filepath.Join(npm(t), "onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1"))
	if err := startRuntime(); err != nil {
		t.Fatal(err)
	}
	ins, outs, err := ort.GetInputOutputInfoWithONNXData(graph)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range outs {
		names = append(names, o.Name)
	}
	s, err := ort.NewDynamicAdvancedSessionWithONNXData(graph, []string{ins[0].Name}, names, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Destroy()
	x, err := ort.NewTensor(ort.NewShape(shape...), data)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Destroy()
	values := make([]ort.Value, len(names))
	if err := s.Run([]ort.Value{x}, values); err != nil {
		t.Fatal(err)
	}
	got := map[string][]float32{}
	for k, v := range values {
		got[names[k]] = append([]float32(nil), v.(*ort.Tensor[float32]).GetData()...)
		v.Destroy()
	}
	return got
}
