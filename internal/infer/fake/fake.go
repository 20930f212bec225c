// Package fake stands in for the inference runtime in tests: a network is a
// function, and its name is the content of its graph file.
package fake

import (
	"context"
	"fmt"

	"github.com/bonafide-id/bonafide/internal/infer"
)

// Network answers a run. It must give the same answer to the same inputs and may
// be called from several goroutines at once.
type Network func(inputs []infer.Tensor) ([]infer.Tensor, error)

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

// Constant is a network that always gives the same outputs.
func Constant(outputs ...infer.Tensor) Network {
	return func([]infer.Tensor) ([]infer.Tensor, error) { return outputs, nil }
}

type session struct{ network Network }

func (session) InputNames() []string { return []string{"input"} }

func (session) OutputNames() []string { return []string{"output"} }

func (s session) Run(ctx context.Context, inputs ...infer.Tensor) ([]infer.Tensor, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.network(inputs)
}

func (session) Close() error { return nil }
