package scan

import (
	"fmt"
	"math"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
)

const (
	// blockRows is how many references a full block holds: a collection grows without
	// being copied.
	blockRows = 4096
	// fewRows is how many the first block of a collection holds at first.
	fewRows = 16
	// lane is what the rows of codes are filled up to, in bytes: one register.
	lane = 64
)

// list holds the references of one collection: row i belongs to owners[i].
type list struct {
	id     bonafide.ID
	dim    int
	owners []owner
	blocks []*block // all full but the last
}

type owner struct{ image, person bonafide.ID }

// block holds what is known of some references. Of reference i with vector x, coded
// as q at scale s:
type block struct {
	codes   []byte    // q + 128, a byte a number, filled up to lanes
	vectors []float32 // x
	scale   []float32 // s
	length  []float32 // of s*q, or a little more
	loss    []float32 // length of x - s*q, or a little more

	memory []byte // in which all of it lies
	mapped *runtime.Cleanup
}

// width is the length of a row of codes.
func width(dim int) int { return (dim + lane - 1) / lane * lane }

// newBlock makes room for rows. A full block lies outside of Go's heap, which would
// otherwise let as much garbage pile up as there are references.
func newBlock(rows, dim int) (*block, error) {
	w := width(dim)
	size := rows * (w + 4*dim + 3*4)
	b := &block{}
	if rows < blockRows {
		b.memory = unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(make([]uint64, (size+7)/8)))), size)
	} else {
		memory, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
		if err != nil {
			return nil, fmt.Errorf("memory for references: %w", err)
		}
		_ = unix.Madvise(memory, unix.MADV_HUGEPAGE) // which not every kernel has
		b.memory = memory
		give := runtime.AddCleanup(b, func(memory []byte) { _ = unix.Munmap(memory) }, memory)
		b.mapped = &give
	}
	b.codes = b.memory[:rows*w]
	at := rows * w
	floats := func(n int) []float32 {
		v := unsafe.Slice((*float32)(unsafe.Pointer(&b.memory[at])), n)
		at += 4 * n
		return v
	}
	b.vectors, b.scale, b.length, b.loss = floats(rows*dim), floats(rows), floats(rows), floats(rows)
	return b, nil
}

// rows is how many references there is room for.
func (b *block) rows() int { return len(b.scale) }

// release forgets the templates at once. Nobody may look at them any more.
func (b *block) release() {
	if b.mapped == nil {
		clear(b.memory)
		return
	}
	b.mapped.Stop()
	_ = unix.Munmap(b.memory)
	b.memory, b.codes, b.vectors, b.scale, b.length, b.loss = nil, nil, nil, nil, nil, nil
}

func (l *list) release() {
	for _, b := range l.blocks {
		b.release()
	}
	l.blocks, l.owners = nil, nil
}

// add appends a reference and tells its row.
func (l *list) add(o owner, v []float32) (int, error) {
	row := len(l.owners)
	if err := l.grow(row); err != nil {
		return 0, err
	}
	l.blocks[row/blockRows].put(row%blockRows, v)
	l.owners = append(l.owners, o)
	return row, nil
}

// grow makes room for a row.
func (l *list) grow(row int) error {
	last := len(l.blocks) - 1
	switch {
	case row == len(l.blocks)*blockRows && row > 0: // all are full
		b, err := newBlock(blockRows, l.dim)
		if err != nil {
			return err
		}
		l.blocks = append(l.blocks, b)
	case last < 0:
		b, err := newBlock(fewRows, l.dim)
		if err != nil {
			return err
		}
		l.blocks = append(l.blocks, b)
	case row%blockRows == l.blocks[last].rows():
		small := l.blocks[last]
		b, err := newBlock(min(blockRows, 2*small.rows()), l.dim)
		if err != nil {
			return err
		}
		copy(b.codes, small.codes)
		copy(b.vectors, small.vectors)
		copy(b.scale, small.scale)
		copy(b.length, small.length)
		copy(b.loss, small.loss)
		small.release()
		l.blocks[last] = b
	}
	return nil
}

// remove puts the last row in the place of the removed one, and tells which image has
// moved so; none where it was the last one itself.
func (l *list) remove(row int) (moved bonafide.ID) {
	last := len(l.owners) - 1
	from := l.blocks[last/blockRows]
	if row != last {
		l.owners[row] = l.owners[last]
		moved = l.owners[row].image
		l.blocks[row/blockRows].copyRow(row%blockRows, from, last%blockRows, l.dim)
	}
	from.clearRow(last%blockRows, l.dim) // no template outlives its person
	l.owners[last] = owner{}
	l.owners = l.owners[:last]
	if last%blockRows == 0 {
		from.release()
		l.blocks = l.blocks[:len(l.blocks)-1]
	}
	return moved
}

func (l *list) vector(row int) []float32 {
	at := row % blockRows * l.dim
	return l.blocks[row/blockRows].vectors[at : at+l.dim]
}

// put writes a reference down.
func (b *block) put(i int, v []float32) {
	w := width(len(v))
	copy(b.vectors[i*len(v):], v)
	c := encode(v, b.codes[i*w:(i+1)*w])
	b.scale[i], b.length[i], b.loss[i] = c.scale, above(c.length), above(c.loss)
}

func (b *block) copyRow(i int, from *block, j, dim int) {
	w := width(dim)
	copy(b.codes[i*w:(i+1)*w], from.codes[j*w:])
	copy(b.vectors[i*dim:(i+1)*dim], from.vectors[j*dim:])
	b.scale[i], b.length[i], b.loss[i] = from.scale[j], from.length[j], from.loss[j]
}

func (b *block) clearRow(i, dim int) {
	w := width(dim)
	clear(b.codes[i*w : (i+1)*w])
	clear(b.vectors[i*dim : (i+1)*dim])
	b.scale[i], b.length[i], b.loss[i] = 0, 0, 0
}

// code is how a vector was written as bytes.
type code struct {
	scale  float32
	length float64 // of scale*q
	loss   float64 // length of x - scale*q, with room for what arithmetic rounds
}

// rounding is more than the part of the lengths of two vectors by which any sum of their
// products in float64 may be off: that of the exact comparison, and those of the bounds.
const rounding = 1e-10

// encode writes v as bytes, each 128 more than the number, and fills up with zeros. What
// is not finite has an infinite loss: it is always compared exactly, which then fails.
func encode(v []float32, into []byte) code {
	for i := range into {
		into[i] = 128
	}
	if !gallery.Finite(v) {
		return code{loss: math.Inf(1)}
	}
	most := 0.0
	for _, x := range v {
		most = max(most, math.Abs(float64(x)))
	}
	c := code{scale: float32(most / 127)}
	scale, length, loss := float64(c.scale), 0.0, 0.0
	for i, x := range v {
		q := 0.0
		if scale > 0 {
			q = max(-127, min(127, math.RoundToEven(float64(x)/scale)))
		}
		into[i] = byte(int(q) + 128)
		length += q * q
		left := float64(x) - scale*q
		loss += left * left
	}
	c.length = scale * math.Sqrt(length)
	c.loss = math.Sqrt(loss)
	c.loss += rounding * (c.length + c.loss)
	return c
}

// above is the next float32 above x.
func above(x float64) float32 { return math.Nextafter32(float32(x), float32(math.Inf(1))) }
