// Package ort runs networks on ONNX Runtime, loaded from a shared library at run
// time. Each network gets one thread per call: parallelism comes from calling a
// session from several goroutines at once, which scales better than threads
// inside a call for networks of a few milliseconds.
package ort

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
	onnx "github.com/yalue/onnxruntime_go"
)

// Version is the one release of the library that Open accepts. Newer ones run
// PReLU several times slower, and results of two releases may differ in the last
// digits.
const Version = "1.26.0"

// process counts the runtimes of this process: the library keeps one environment
// per process, which the first Open makes and the last Close takes down.
var process struct {
	sync.Mutex
	users int
	path  string
}

// Runtime loads networks. It may be opened more than once in one process, always
// from the same file.
type Runtime struct {
	once sync.Once
}

var _ infer.Runtime = (*Runtime)(nil)

// Open loads libonnxruntime from a file. A missing file, another release or
// another file than an earlier runtime's is a CodeModel error.
func Open(path string) (*Runtime, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("inference library: %w", err)
	}
	process.Lock()
	defer process.Unlock()
	if process.users > 0 && process.path != path {
		return nil, bonafide.Errorf(bonafide.CodeModel, "inference library already loaded from another file")
	}
	if process.users == 0 {
		if err := start(path); err != nil {
			return nil, err
		}
	}
	process.users, process.path = process.users+1, path
	return &Runtime{}, nil
}

func start(path string) error {
	if _, err := os.Stat(path); err != nil {
		return bonafide.Wrap(bonafide.CodeModel, "inference library is not installed", err)
	}
	onnx.SetSharedLibraryPath(path)
	if err := onnx.InitializeEnvironment(); err != nil {
		return bonafide.Wrap(bonafide.CodeModel, "inference library cannot be used, ONNX Runtime "+Version+" is needed", err)
	}
	if v := onnx.GetVersion(); v != Version {
		onnx.DestroyEnvironment()
		return bonafide.Errorf(bonafide.CodeModel, "inference library is ONNX Runtime %s, %s is needed", v, Version)
	}
	return nil
}

// Close gives the runtime back; its sessions must have been closed before.
func (r *Runtime) Close() error {
	var err error
	r.once.Do(func() {
		process.Lock()
		defer process.Unlock()
		if process.users--; process.users == 0 {
			err = onnx.DestroyEnvironment()
		}
	})
	return err
}

// Load builds a session from an ONNX graph of float32 tensors.
func (r *Runtime) Load(graph []byte) (infer.Session, error) {
	if len(graph) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeModel, "graph is empty")
	}
	inputs, outputs, err := onnx.GetInputOutputInfoWithONNXData(graph)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "graph cannot be read", err)
	}
	s := &session{}
	for _, in := range inputs {
		s.inputs = append(s.inputs, in.Name)
	}
	for _, out := range outputs {
		s.outputs = append(s.outputs, out.Name)
	}
	options, err := options()
	if err != nil {
		return nil, fmt.Errorf("session options: %w", err)
	}
	defer options.Destroy()
	s.network, err = onnx.NewDynamicAdvancedSessionWithONNXData(graph, s.inputs, s.outputs, options)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "graph cannot be loaded", err)
	}
	return s, nil
}

func options() (*onnx.SessionOptions, error) {
	o, err := onnx.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		o.SetIntraOpNumThreads(1),
		o.SetInterOpNumThreads(1),
		o.SetExecutionMode(onnx.ExecutionModeSequential),
		o.SetGraphOptimizationLevel(onnx.GraphOptimizationLevelEnableAll),
	)
	if err != nil {
		o.Destroy()
		return nil, err
	}
	return o, nil
}

// session is one network. The library allows concurrent runs of one session.
type session struct {
	network         *onnx.DynamicAdvancedSession
	inputs, outputs []string
}

func (s *session) InputNames() []string { return s.inputs }

func (s *session) OutputNames() []string { return s.outputs }

func (s *session) Close() error { return s.network.Destroy() }

// Run works on the caller's input memory, which it does not change.
func (s *session) Run(ctx context.Context, inputs ...infer.Tensor) ([]infer.Tensor, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var pinned runtime.Pinner
	defer pinned.Unpin()
	in := make([]onnx.Value, 0, len(inputs))
	defer func() { destroy(in) }()
	for _, t := range inputs {
		if len(t.Data) > 0 {
			pinned.Pin(&t.Data[0])
		}
		v, err := onnx.NewTensor(onnx.Shape(t.Shape), t.Data)
		if err != nil {
			return nil, fmt.Errorf("input tensor: %w", err)
		}
		in = append(in, v)
	}
	out := make([]onnx.Value, len(s.outputs))
	defer func() { destroy(out) }()
	if err := s.network.Run(in, out); err != nil {
		return nil, fmt.Errorf("inference: %w", err)
	}
	results := make([]infer.Tensor, len(out))
	for i, v := range out {
		t, ok := v.(*onnx.Tensor[float32])
		if !ok {
			return nil, bonafide.Errorf(bonafide.CodeModel, "output %s of the graph is not of float32", s.outputs[i])
		}
		// The memory behind the tensor is Go's and outlives it.
		results[i] = infer.Tensor{Shape: t.GetShape(), Data: t.GetData()}
	}
	return results, nil
}

func destroy(values []onnx.Value) {
	for _, v := range values {
		if v != nil {
			v.Destroy()
		}
	}
}
