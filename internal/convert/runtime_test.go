package convert

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/infer/ort"
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

// run feeds one NCHW picture to a graph and returns its outputs by name.
func run(t testing.TB, graph []byte, size int64, data []float32) map[string][]float32 {
	t.Helper()
	library := "onnxruntime-node/bin/napi-v6/linux/" + strings.Replace(runtime.GOARCH, "amd64", "x64", 1) + "/libonnxruntime.so.1"
	r, err := ort.Open(filepath.Join(npm(t), library))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	s, err := r.Load(graph)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out, err := s.Run(context.Background(), infer.Tensor{Shape: []int64{1, 3, size, size}, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]float32{}
	for k, name := range s.OutputNames() {
		got[name] = out[k].Data
	}
	return got
}
