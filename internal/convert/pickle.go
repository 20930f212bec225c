package convert

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Limits on a pickle. A checkpoint of some hundred tensors stays far below.
const (
	maxPickleSteps = 1 << 20
	maxPickleStack = 1 << 16
	maxPickleText  = 1 << 12
)

// unpickler reads the part of Python's pickle protocol 2 that PyTorch's state
// dicts are written in.
type unpickler struct {
	data  []byte
	stack []any
	memo  map[int]any
}

// unpickle reads one pickle from the front of data and returns what follows it.
func unpickle(data []byte) (v any, rest []byte, err error) {
	u := &unpickler{data: data, memo: map[int]any{}}
	for range maxPickleSteps {
		op, err := u.take(1)
		if err != nil {
			return nil, nil, err
		}
		if op[0] == '.' {
			v, err := u.pop()
			return v, u.data, err
		}
		if err := u.step(op[0]); err != nil {
			return nil, nil, err
		}
		if len(u.stack) > maxPickleStack || len(u.memo) > maxPickleStack {
			return nil, nil, damaged("pickle is too deep")
		}
	}
	return nil, nil, damaged("pickle is too long")
}

func (u *unpickler) take(n int) ([]byte, error) {
	if n < 0 || n > len(u.data) {
		return nil, damaged("pickle is cut off")
	}
	b := u.data[:n]
	u.data = u.data[n:]
	return b, nil
}

// number reads a little-endian unsigned integer of n bytes.
func (u *unpickler) number(n int) (int, error) {
	b, err := u.take(n)
	if err != nil {
		return 0, err
	}
	var full [8]byte
	copy(full[:], b)
	return int(binary.LittleEndian.Uint64(full[:])), nil
}

func (u *unpickler) push(v any) error {
	u.stack = append(u.stack, v)
	return nil
}

func (u *unpickler) pop() (any, error) {
	if len(u.stack) == 0 {
		return nil, damaged("pickle takes from an empty stack")
	}
	v := u.stack[len(u.stack)-1]
	u.stack = u.stack[:len(u.stack)-1]
	return v, nil
}

// popMark takes everything above the last mark.
func (u *unpickler) popMark() ([]any, error) {
	for at := len(u.stack) - 1; at >= 0; at-- {
		if u.stack[at] == (pickleMark{}) {
			items := slices.Clone(u.stack[at+1:])
			u.stack = u.stack[:at]
			return items, nil
		}
	}
	return nil, damaged("pickle lacks a mark")
}

// popTuple takes n values.
func (u *unpickler) popTuple(n int) (pickleTuple, error) {
	if n > len(u.stack) {
		return nil, damaged("pickle takes from an empty stack")
	}
	at := len(u.stack) - n
	items := slices.Clone(u.stack[at:])
	u.stack = u.stack[:at]
	return items, nil
}

// step runs one opcode.
func (u *unpickler) step(op byte) error {
	switch op {
	case 0x80: // PROTO
		version, err := u.number(1)
		if err == nil && version != 2 {
			err = damaged("pickle is of protocol %d", version)
		}
		return err
	case '(':
		return u.push(pickleMark{})
	case 'N':
		return u.push(nil)
	case 0x88:
		return u.push(true)
	case 0x89:
		return u.push(false)
	case '}':
		return u.push(&pickleDict{map[string]any{}})
	case ']':
		return u.push(&pickleList{})
	case 'K', 'M', 'J', 0x8a:
		return u.integer(op)
	case 'X', 'U', 'T':
		return u.text(op)
	case ')', 0x85, 0x86, 0x87, 't':
		return u.tuple(op)
	case 'q', 'r', 'h', 'j':
		return u.remember(op)
	case 'c':
		return u.global()
	case 'Q', 'R', 'b':
		return u.build(op)
	case 'a', 'e', 's', 'u':
		return u.fill(op)
	}
	return damaged("pickle has the unknown instruction %#x", op)
}

// integer reads BININT1, BININT2, BININT or LONG1.
func (u *unpickler) integer(op byte) error {
	size := map[byte]int{'K': 1, 'M': 2, 'J': 4}[op]
	if op == 0x8a {
		n, err := u.number(1)
		if err != nil {
			return err
		}
		b, err := u.take(n)
		if err != nil {
			return err
		}
		if n > 8 {
			return u.push(pickleLong(b))
		}
		var v int64 // little-endian two's complement of n bytes
		for k := n - 1; k >= 0; k-- {
			v = v<<8 | int64(b[k])
		}
		if n > 0 && n < 8 && b[n-1] >= 0x80 {
			v -= 1 << (8 * n)
		}
		return u.push(int(v))
	}
	v, err := u.number(size)
	if err != nil {
		return err
	}
	if op == 'J' {
		v = int(int32(v))
	}
	return u.push(v)
}

// text reads BINUNICODE, BINSTRING or SHORT_BINSTRING.
func (u *unpickler) text(op byte) error {
	width := 4
	if op == 'U' {
		width = 1
	}
	n, err := u.number(width)
	if err != nil {
		return err
	}
	if n > maxPickleText {
		return damaged("pickle has a text of %d bytes", n)
	}
	b, err := u.take(n)
	if err != nil {
		return err
	}
	return u.push(string(b))
}

func (u *unpickler) tuple(op byte) error {
	var t pickleTuple
	var err error
	switch op {
	case ')':
	case 't':
		t, err = u.popMark()
	default:
		t, err = u.popTuple(int(op) - 0x84)
	}
	if err != nil {
		return err
	}
	return u.push(t)
}

// remember puts the top of the stack into the memo, or brings back from there.
func (u *unpickler) remember(op byte) error {
	width := 1
	if op == 'r' || op == 'j' {
		width = 4
	}
	at, err := u.number(width)
	if err != nil {
		return err
	}
	if op == 'h' || op == 'j' {
		v, ok := u.memo[at]
		if !ok {
			return damaged("pickle recalls what it never kept")
		}
		return u.push(v)
	}
	if len(u.stack) == 0 {
		return damaged("pickle keeps nothing")
	}
	u.memo[at] = u.stack[len(u.stack)-1]
	return nil
}

// global reads GLOBAL: two lines, module and name.
func (u *unpickler) global() error {
	var lines [2]string
	for k := range lines {
		end := bytes.IndexByte(u.data[:min(len(u.data), maxPickleText)], '\n')
		if end < 0 {
			return damaged("pickle names a global without an end")
		}
		lines[k] = string(u.data[:end])
		u.data = u.data[end+1:]
	}
	g := pickleGlobal(lines[0] + " " + lines[1])
	switch g {
	case orderedDict, rebuildTensor, rebuildV2, floatStorage, longStorage:
		return u.push(g)
	}
	return damaged("pickle names the global %q", g)
}

// build runs BINPERSID, REDUCE or BUILD.
func (u *unpickler) build(op byte) error {
	if op == 'Q' {
		id, err := u.pop()
		if err != nil {
			return err
		}
		s, err := storageOf(id)
		if err != nil {
			return err
		}
		return u.push(s)
	}
	two, err := u.popTuple(2)
	if err != nil {
		return err
	}
	if op == 'b' {
		// The state of an OrderedDict carries the versions of modules: not needed.
		if _, ok := two[0].(*pickleDict); !ok {
			return damaged("pickle gives a state to something else than a dict")
		}
		return u.push(two[0])
	}
	f, ok1 := two[0].(pickleGlobal)
	args, ok2 := two[1].(pickleTuple)
	if !ok1 || !ok2 {
		return damaged("pickle calls what cannot be called")
	}
	v, err := call(f, args)
	if err != nil {
		return err
	}
	return u.push(v)
}

// fill runs APPEND, APPENDS, SETITEM or SETITEMS.
func (u *unpickler) fill(op byte) error {
	var items []any
	var err error
	switch op {
	case 'a':
		items, err = u.popTuple(1)
	case 's':
		items, err = u.popTuple(2)
	default:
		items, err = u.popMark()
	}
	if err != nil {
		return err
	}
	if len(u.stack) == 0 {
		return damaged("pickle fills nothing")
	}
	switch into := u.stack[len(u.stack)-1].(type) {
	case *pickleList:
		if op == 'a' || op == 'e' {
			into.items = append(into.items, items...)
			return nil
		}
	case *pickleDict:
		if op == 's' || op == 'u' {
			return into.set(items)
		}
	}
	return damaged("pickle fills something else than a list or dict")
}
