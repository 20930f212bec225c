package bonafide

import (
	"encoding/binary"
	"log/slog"
	"math"
)

// Template is what is stored of a face: an L2-normalised embedding and the
// model that made it. Its vector is reachable through Vector only, so that
// neither slog nor %+v nor encoding/json shows it. Templates of two models must
// never be compared.
type Template struct {
	Model  ModelRef
	vector []float32
}

// NewTemplate takes ownership of the vector.
func NewTemplate(model ModelRef, vector []float32) Template {
	return Template{Model: model, vector: vector}
}

// Vector returns the embedding itself, not a copy.
func (t Template) Vector() []float32 { return t.vector }

// Empty tells that there is no embedding.
func (t Template) Empty() bool { return len(t.vector) == 0 }

// String hides the vector.
func (t Template) String() string { return "template of " + t.Model.Name }

// GoString hides the vector.
func (t Template) GoString() string { return t.String() }

// LogValue hides the vector.
func (t Template) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalJSON hides the vector.
func (t Template) MarshalJSON() ([]byte, error) { return []byte(`"` + "template" + `"`), nil }

// AppendVector appends the vector as little-endian float32, the one codec that
// persistence uses.
func (t Template) AppendVector(b []byte) []byte {
	for _, v := range t.vector {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}
