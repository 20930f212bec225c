package ort_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	"github.com/bonafide-id/bonafide/internal/infer/fake"
	"github.com/bonafide-id/bonafide/internal/infer/ort"
)

// library gives the path of the built library, or skips.
func library(t testing.TB) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "build", "lib", "libonnxruntime.so.1")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED, NOTHING WAS TESTED: no inference library at %s; run make build", path)
	}
	return path
}

func open(t testing.TB) *ort.Runtime {
	t.Helper()
	r, err := ort.Open(library(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func load(t testing.TB, r infer.Runtime, graph []byte) infer.Session {
	t.Helper()
	s, err := r.Load(graph)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Protobuf, as far as a graph of one node needs it.
func bytesField(n int, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(binary.AppendUvarint([]byte{byte(n<<3 | 2)}, uint64(len(body))), body...)
}

func text(n int, s string) []byte { return bytesField(n, []byte(s)) }

func number(n int, v uint64) []byte { return binary.AppendUvarint([]byte{byte(n << 3)}, v) }

// graph is a network of one node that takes n inputs a, b, ... of 1 x any x 4
// numbers and gives one output.
func graph(op string, n int) []byte {
	value := func(field int, name string) []byte {
		dim := func(size uint64) []byte { return bytesField(1, number(1, size)) }
		shape := bytesField(2, dim(1), bytesField(1, text(2, "rows")), dim(4))
		return bytesField(field, text(1, name), bytesField(2, bytesField(1, number(1, 1), shape)))
	}
	var node, values [][]byte
	for i := range n {
		node = append(node, text(1, string(rune('a'+i))))
		values = append(values, value(11, string(rune('a'+i))))
	}
	node = append(node, text(2, "sum"), text(4, op))
	values = append(values, value(12, "sum"))
	body := append([][]byte{bytesField(1, node...), text(2, "test")}, values...)
	return slices.Concat(number(1, 8), bytesField(8, number(2, 13)), bytesField(7, body...))
}

func TestASessionComputes(t *testing.T) {
	s := load(t, open(t), graph("Add", 2))
	if !slices.Equal(s.InputNames(), []string{"a", "b"}) || !slices.Equal(s.OutputNames(), []string{"sum"}) {
		t.Errorf("inputs %v, outputs %v", s.InputNames(), s.OutputNames())
	}
	a := infer.Tensor{Shape: []int64{1, 1, 4}, Data: []float32{1, 2, 3, 4}}
	b := infer.Tensor{Shape: []int64{1, 1, 4}, Data: []float32{10, 20, 30, 40}}
	out, err := s.Run(t.Context(), a, b)
	if err != nil || len(out) != 1 {
		t.Fatal(out, err)
	}
	if !slices.Equal(out[0].Data, []float32{11, 22, 33, 44}) || !slices.Equal(out[0].Shape, []int64{1, 1, 4}) {
		t.Errorf("got %v", out[0])
	}
}

func TestASessionIsSharedByGoroutines(t *testing.T) {
	s := load(t, open(t), graph("Add", 2))
	var runners sync.WaitGroup
	for g := range 8 {
		runners.Go(func() {
			in := fake.Zeros(1, int64(g+1), 4)
			for i := range in.Data {
				in.Data[i] = float32(g)
			}
			for range 200 {
				out, err := s.Run(t.Context(), in, in)
				if err != nil || len(out[0].Data) != len(in.Data) || slices.ContainsFunc(out[0].Data, func(v float32) bool { return v != float32(2*g) }) {
					t.Errorf("got %v, %v", out, err)
					return
				}
			}
		})
	}
	runners.Wait()
}

func TestUnfitInputsAreErrors(t *testing.T) {
	s := load(t, open(t), graph("Add", 2))
	good := fake.Zeros(1, 1, 4)
	for name, inputs := range map[string][]infer.Tensor{
		"none":           {},
		"too few":        {good},
		"wrong shape":    {good, fake.Zeros(1, 1, 5)},
		"too few values": {good, {Shape: []int64{1, 1, 4}, Data: make([]float32, 3)}},
		"no values":      {good, {Shape: []int64{1, 1, 4}}},
		"no shape":       {good, {Data: make([]float32, 4)}},
	} {
		if out, err := s.Run(t.Context(), inputs...); err == nil {
			t.Errorf("%s: got %v", name, out)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Run(ctx, good, good); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestUnreadableGraphsAreModelErrors(t *testing.T) {
	r := open(t)
	whole := graph("Add", 2)
	for name, g := range map[string][]byte{
		"empty": nil, "text": []byte("not a graph"), "cut": whole[:len(whole)/2], "unknown node": graph("Divine", 1),
	} {
		if _, err := r.Load(g); bonafide.CodeOf(err) != bonafide.CodeModel {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnfitLibrariesAreModelErrors(t *testing.T) {
	notLibrary := filepath.Join(t.TempDir(), "libonnxruntime.so.1")
	if err := os.WriteFile(notLibrary, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"missing": notLibrary + ".not", "not a library": notLibrary} {
		if _, err := ort.Open(path); bonafide.CodeOf(err) != bonafide.CodeModel {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOneProcessMayOpenTheLibraryTwice(t *testing.T) {
	first, second := open(t), open(t)
	load(t, first, graph("Relu", 1))
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	if err := second.Close(); err != nil {
		t.Error("closing twice:", err)
	}
	load(t, first, graph("Relu", 1))
	if _, err := ort.Open(filepath.Join(t.TempDir(), "other")); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("another library: %v", err)
	}
}

func TestTheLibraryCanBeOpenedAgainAfterClose(t *testing.T) {
	path := library(t)
	for range 3 {
		r, err := ort.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		s, err := r.Load(graph("Relu", 1))
		if err != nil {
			t.Fatal(err)
		}
		if out, err := s.Run(t.Context(), fake.Zeros(1, 2, 4)); err != nil || len(out[0].Data) != 8 {
			t.Error(out, err)
		}
		if err := errors.Join(s.Close(), r.Close()); err != nil {
			t.Error(err)
		}
	}
}

// resident gives the memory of this process in MiB.
func resident(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("SKIPPED, NOTHING WAS TESTED: no /proc")
	}
	var size, pages int
	if _, err := fmt.Fscan(strings.NewReader(string(raw)), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize() >> 20
}

func TestMemoryStaysFlat(t *testing.T) {
	s := load(t, open(t), graph("Add", 2))
	in := fake.Zeros(1, 8000, 4) // 125 KiB: 4,000 lost tensors would be 500 MiB
	run := func(n int) {
		for range n {
			if _, err := s.Run(t.Context(), in, in); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Run(t.Context(), in); err == nil {
				t.Fatal("no error")
			}
		}
	}
	run(500)
	before := resident(t)
	run(4000)
	if after := resident(t); after > before+32 {
		t.Errorf("grew from %d to %d MiB", before, after)
	}
}

func BenchmarkCall(b *testing.B) {
	s := load(b, open(b), graph("Relu", 1))
	in := fake.Zeros(1, 4, 4)
	for b.Loop() {
		if _, err := s.Run(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}
