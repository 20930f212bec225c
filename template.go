package bonafide

import (
	"encoding/binary"
	"hash/crc32"
	"log/slog"
	"math"
	"strings"
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

// The one codec of templates, in which they are stored and given out:
//
//	"BFT1", name and version of the model (a byte of length before each),
//	number of elements (uint16), elements (float32), CRC-32 of all before
//
// Numbers are little-endian.
const (
	templateMagic  = "BFT1"
	maxElements    = 8192
	lengthTolerant = 1e-3 // how far from 1 the length of a vector may be
)

// MaxTemplateBytes is the size of the largest encoded template.
const MaxTemplateBytes = len(templateMagic) + 2*256 + 2 + 4*maxElements + 4

// Encode writes the template down.
func (t Template) Encode() ([]byte, error) {
	if len(t.Model.Name) > math.MaxUint8 || len(t.Model.Version) > math.MaxUint8 || t.Empty() || len(t.vector) > maxElements {
		return nil, Errorf(CodeUnknown, "The template cannot be written down")
	}
	b := []byte(templateMagic)
	for _, s := range []string{t.Model.Name, t.Model.Version} {
		b = append(append(b, byte(len(s))), s...)
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(t.vector)))
	for _, v := range t.vector {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

// DecodeTemplate reads what Encode wrote. Anything else, and a vector whose length
// is not 1, is CodeValue.
func DecodeTemplate(b []byte) (Template, error) {
	body, ok := strings.CutPrefix(string(b[:max(len(b)-4, 0)]), templateMagic)
	if !ok || crc32.ChecksumIEEE(b[:len(b)-4]) != binary.LittleEndian.Uint32(b[len(b)-4:]) {
		return Template{}, errTemplate()
	}
	var t Template
	for _, s := range []*string{&t.Model.Name, &t.Model.Version} {
		if body == "" || len(body) <= int(body[0]) {
			return Template{}, errTemplate()
		}
		end := 1 + int(body[0])
		*s, body = body[1:end], body[end:]
	}
	if len(body) < 2 {
		return Template{}, errTemplate()
	}
	n := int(binary.LittleEndian.Uint16([]byte(body)))
	if body = body[2:]; n == 0 || n > maxElements || len(body) != 4*n {
		return Template{}, errTemplate()
	}
	t.vector = make([]float32, n)
	sum := 0.0
	for i := range t.vector {
		t.vector[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(body[4*i:])))
		sum += float64(t.vector[i]) * float64(t.vector[i])
	}
	// A longer vector would be like everybody; not a number fails here as well.
	if !(math.Abs(math.Sqrt(sum)-1) <= lengthTolerant) {
		return Template{}, errTemplate()
	}
	return t, nil
}

func errTemplate() error { return Errorf(CodeValue, "The template cannot be read") }
