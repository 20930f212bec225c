// Package infer runs neural networks: tensors in, tensors out. It knows nothing
// of images or faces. internal/infer/ort is the only room that touches the
// runtime; internal/infer/fake serves tests.
package infer

import "context"

// Tensor is a dense float32 array in row-major order.
type Tensor struct {
	Shape []int64
	Data  []float32 // len = product of Shape
}

// Session is one loaded network. Run may be called from many goroutines at once;
// inputs and outputs are in the order of InputNames and OutputNames. The outputs
// belong to the caller. Close waits for nothing: no Run may be in flight.
type Session interface {
	InputNames() []string
	OutputNames() []string
	Run(ctx context.Context, inputs ...Tensor) ([]Tensor, error)
	Close() error
}

// Runtime loads networks. Load checks nothing about origin: the caller has
// verified the digest of onnx, which is not kept after Load returns.
type Runtime interface {
	Load(onnx []byte) (Session, error)
	Close() error
}
