package convert

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"
)

// namedTensor is one entry of a state dict under construction.
type namedTensor struct {
	name  string
	shape []int
	f     []float32
}

// pickler writes pickles as PyTorch does: a name or constant text that occurs
// again is recalled from the memo.
type pickler struct {
	bytes.Buffer
	kept int
	memo map[string]int
}

// once writes s the first time, and recalls it from then on.
func (p *pickler) once(s string, write func()) {
	at, ok := p.memo[s]
	switch {
	case ok && at < 256:
		p.Write([]byte{'h', byte(at)})
	case ok:
		p.WriteByte('j')
		p.Write(binary.LittleEndian.AppendUint32(nil, uint32(at)))
	default:
		if p.memo == nil {
			p.memo = map[string]int{}
		}
		p.memo[s] = p.kept
		write()
		p.keep()
	}
}

func (p *pickler) global(module, name string) {
	p.once(module+" "+name, func() { p.WriteString("c" + module + "\n" + name + "\n") })
}

func (p *pickler) text(s string) {
	p.WriteByte('X')
	p.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(s))))
	p.WriteString(s)
	p.keep()
}

func (p *pickler) keep() {
	if p.kept < 256 {
		p.Write([]byte{'q', byte(p.kept)})
	} else {
		p.WriteByte('r')
		p.Write(binary.LittleEndian.AppendUint32(nil, uint32(p.kept)))
	}
	p.kept++
}

func (p *pickler) int(v int) {
	switch {
	case v < 256:
		p.Write([]byte{'K', byte(v)})
	case v < 65536:
		p.WriteByte('M')
		p.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
	default:
		p.WriteByte('J')
		p.Write(binary.LittleEndian.AppendUint32(nil, uint32(v)))
	}
}

func (p *pickler) ints(v []int) {
	if len(v) == 0 {
		p.WriteByte(')')
		return
	}
	if len(v) > 3 {
		p.WriteByte('(')
	}
	for _, x := range v {
		p.int(x)
	}
	if len(v) > 3 {
		p.WriteByte('t')
	} else {
		p.WriteByte(byte(0x84 + len(v)))
	}
	p.keep()
}

func (p *pickler) tensor(t namedTensor, class, key string, old bool) {
	p.global("torch._utils", "_rebuild_tensor_v2")
	p.WriteString("((")
	p.once("storage", func() { p.WriteString("X\x07\x00\x00\x00storage") })
	p.global("torch", class)
	p.text(key)
	p.text("cuda:0")
	p.int(max(len(t.f), 1))
	if old {
		p.WriteByte('N')
	}
	p.WriteString("t")
	p.keep()
	p.WriteByte('Q')
	p.int(0)
	p.ints(t.shape)
	strides := make([]int, len(t.shape))
	for k, step := len(t.shape)-1, 1; k >= 0; k-- {
		strides[k] = step
		step *= t.shape[k]
	}
	p.ints(strides)
	p.WriteByte(0x89)
	p.global("collections", "OrderedDict")
	p.WriteString(")R")
	p.keep()
	p.WriteByte('t')
	p.keep()
	p.WriteByte('R')
	p.keep()
}

// stateDict writes the pickle of all tensors; storages are numbered.
func stateDict(tensors []namedTensor, old bool) []byte {
	p := &pickler{}
	p.WriteString("\x80\x02")
	p.global("collections", "OrderedDict")
	p.WriteString(")R")
	p.keep()
	p.WriteByte('(')
	for k, t := range tensors {
		p.text(t.name)
		class := "FloatStorage"
		if t.f == nil {
			class = "LongStorage" // a counter
		}
		p.tensor(t, class, strconv.Itoa(k), old)
	}
	p.WriteByte('u')
	p.WriteByte('}') // the dict's own attributes
	p.text("_metadata")
	p.global("collections", "OrderedDict")
	p.WriteString(")R(")
	p.text("")
	p.WriteByte('}')
	p.text("version")
	p.WriteString("K\x01sus")
	p.WriteString("b.")
	return p.Bytes()
}

func raw(t namedTensor) []byte {
	if t.f == nil {
		return make([]byte, 8)
	}
	var b []byte
	for _, v := range t.f {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// legacyCheckpoint writes the container that PyTorch wrote before 1.6.
func legacyCheckpoint(tensors []namedTensor) []byte {
	var b bytes.Buffer
	b.WriteString("\x80\x02\x8a\x0a" + torchMagic + ".")
	b.WriteString("\x80\x02M\xe9\x03.")
	machine := &pickler{}
	machine.WriteString("\x80\x02}(")
	machine.text("protocol_version")
	machine.int(1001)
	machine.text("little_endian")
	machine.WriteByte(0x88)
	machine.text("type_sizes")
	machine.WriteString("}(")
	machine.text("short")
	machine.int(2)
	machine.WriteString("uu.")
	b.Write(machine.Bytes())
	b.Write(stateDict(tensors, true))
	keys := &pickler{}
	keys.WriteString("\x80\x02](")
	for k := range tensors {
		keys.text(strconv.Itoa(k))
	}
	keys.WriteString("e.")
	b.Write(keys.Bytes())
	for _, t := range tensors {
		b.Write(binary.LittleEndian.AppendUint64(nil, uint64(max(len(t.f), 1))))
		b.Write(raw(t))
	}
	return b.Bytes()
}

// zipCheckpoint writes today's container.
func zipCheckpoint(t testing.TB, tensors []namedTensor) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "archive/" + name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("data.pkl", stateDict(tensors, false))
	for k, x := range tensors {
		add(fmt.Sprintf("data/%d", k), raw(x))
	}
	add("version", []byte("3\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func smallDict() []namedTensor {
	return []namedTensor{
		{"conv.weight", []int{2, 1, 1, 2}, []float32{1, 2, 3, 4}},
		{"bn.num_batches_tracked", []int{}, nil},
		{"bn.bias", []int{2}, []float32{-5, 0.25}},
	}
}

func TestBothContainersGiveTheSameTensors(t *testing.T) {
	for name, data := range map[string][]byte{
		"zip":    zipCheckpoint(t, smallDict()),
		"legacy": legacyCheckpoint(smallDict()),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readTorch(data)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 {
				t.Errorf("%d tensors, want the 2 of floats", len(got))
			}
			for _, want := range smallDict() {
				if want.f == nil {
					continue
				}
				if g := got[want.name]; g == nil || !slices.Equal(g.shape, want.shape) || !slices.Equal(g.f, want.f) {
					t.Errorf("%s = %v", want.name, g)
				}
			}
		})
	}
}

func TestHostileCheckpointsAreRefused(t *testing.T) {
	legacy := legacyCheckpoint(smallDict())
	call := "\x80\x02cos\nsystem\nX\x02\x00\x00\x00ls\x85R."
	shared := slices.Concat(smallDict(), smallDict()[:1])
	shared[3].name = "again"
	sharing := bytes.Replace(legacyCheckpoint(shared), []byte("X\x01\x00\x00\x003"), []byte("X\x01\x00\x00\x000"), 1)
	for name, data := range map[string][]byte{
		"empty":                  nil,
		"a call of the system":   []byte(call),
		"a cut storage":          legacy[:len(legacy)-1],
		"a cut pickle":           legacy[:40],
		"another magic":          bytes.Replace(legacy, []byte(torchMagic), []byte("0123456789"), 1),
		"a shared storage":       sharing,
		"nothing but a zip head": []byte("PK\x03\x04"),
		"a tensor beyond its storage": bytes.Replace(legacy,
			[]byte("K\x02\x85"), []byte("K\x03\x85"), 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := readTorch(data); err == nil {
				t.Errorf("accepted as %v", got)
			}
		})
	}
}

func FuzzTorch(f *testing.F) {
	f.Add(legacyCheckpoint(smallDict()))
	f.Add(zipCheckpoint(f, smallDict()))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = readTorch(data)
	})
}

func FuzzPickle(f *testing.F) {
	f.Add(stateDict(smallDict(), true))
	f.Add([]byte("\x80\x02\x8a\x0a" + torchMagic + "."))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, _, err := unpickle(data)
		if err == nil {
			_, _ = collect(v, func(string) ([]byte, error) { return make([]byte, 64), nil })
		}
	})
}
