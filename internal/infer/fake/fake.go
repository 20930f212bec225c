// Package fake stands in for the inference runtime in tests: a network is a
// function, and its name is the content of its graph file.
package fake

import (
	"context"
	"fmt"
	"slices"

	"github.com/bonafide-id/bonafide/internal/infer"
)

// Network answers runs. Answer must give the same outputs for the same inputs and
// may be called from several goroutines at once.
type Network struct {
	Inputs, Outputs []string // names
	Answer          func(inputs []infer.Tensor) ([]infer.Tensor, error)
}

// Zeros gives a tensor of zeros.
func Zeros(shape ...int64) infer.Tensor {
	n := int64(1)
	for _, d := range shape {
		n *= d
	}
	return infer.Tensor{Shape: shape, Data: make([]float32, n)}
}

// Constant is a network of one input that always gives the same outputs.
func Constant(outputs ...infer.Tensor) Network {
	n := Network{Inputs: []string{"input"}}
	n.Answer = func([]infer.Tensor) ([]infer.Tensor, error) {
		own := slices.Clone(outputs)
		for i := range own {
			own[i].Data = slices.Clone(own[i].Data)
		}
		return own, nil
	}
	for i := range outputs {
		n.Outputs = append(n.Outputs, fmt.Sprintf("output%d", i))
	}
	return n
}

// Runtime holds networks by the content of their graph files.
type Runtime map[string]Network

var _ infer.Runtime = Runtime(nil)

// Load gives the network of that name.
func (r Runtime) Load(graph []byte) (infer.Session, error) {
	n, ok := r[string(graph)]
	if !ok {
		return nil, fmt.Errorf("no network %q", graph)
	}
	return session{n}, nil
}

// Close does nothing.
func (r Runtime) Close() error { return nil }

type session struct{ n Network }

func (s session) InputNames() []string { return s.n.Inputs }

func (s session) OutputNames() []string { return s.n.Outputs }

func (s session) Run(ctx context.Context, inputs ...infer.Tensor) ([]infer.Tensor, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.n.Answer(inputs)
}

func (session) Close() error { return nil }
