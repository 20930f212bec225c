package gestures

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/bonafide-id/bonafide/internal/infer"
)

// memo remembers in a file what networks answered, by network and input, so that rules
// can be tried again in the time that it takes to decode and to draw.
type memo struct {
	infer.Runtime
	mu    sync.Mutex
	known map[[sha256.Size]byte][]infer.Tensor
	out   *gob.Encoder
}

// answered is one entry of the file.
type answered struct {
	Key [sha256.Size]byte
	Out []infer.Tensor
}

// remembering is a runtime with the memory in a folder; with none the runtime itself.
func remembering(t *testing.T, rt infer.Runtime, folder string) infer.Runtime {
	t.Helper()
	if folder == "" {
		return rt
	}
	m := &memo{Runtime: rt, known: map[[sha256.Size]byte][]infer.Tensor{}}
	files, err := filepath.Glob(filepath.Join(folder, "*.memo"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if err := m.read(name); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	f, err := os.CreateTemp(folder, "*.memo")
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	m.out = gob.NewEncoder(w)
	t.Cleanup(func() {
		if err := errors.Join(w.Flush(), f.Close()); err != nil {
			t.Error(err)
		}
	})
	return m
}

// read takes what a file holds; an entry that a killed run left half written ends it.
func (m *memo) read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := gob.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var a answered
		if err := in.Decode(&a); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		} else if err != nil {
			return err
		}
		m.known[a.Key] = a.Out
	}
}

// Load gives a session that answers from memory.
func (m *memo) Load(onnx []byte) (infer.Session, error) {
	s, err := m.Runtime.Load(onnx)
	return &remembered{Session: s, memo: m, graph: sha256.Sum256(onnx)}, err
}

type remembered struct {
	infer.Session
	memo  *memo
	graph [sha256.Size]byte
}

// Run asks the network what is not known.
func (s *remembered) Run(ctx context.Context, inputs ...infer.Tensor) ([]infer.Tensor, error) {
	h := sha256.New()
	h.Write(s.graph[:])
	for _, in := range inputs {
		raw := make([]byte, 0, 4*len(in.Data))
		for _, v := range in.Data {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
		h.Write(raw)
	}
	key := [sha256.Size]byte(h.Sum(nil))
	s.memo.mu.Lock()
	out, there := s.memo.known[key]
	s.memo.mu.Unlock()
	if there {
		return out, nil
	}
	out, err := s.Session.Run(ctx, inputs...)
	if err != nil {
		return nil, err
	}
	s.memo.mu.Lock()
	defer s.memo.mu.Unlock()
	s.memo.known[key] = out
	return out, s.memo.out.Encode(answered{key, out})
}
