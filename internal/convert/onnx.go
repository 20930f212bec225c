package convert

import (
	"encoding/binary"
	"math"
)

// irVersion 7 is the oldest ONNX file format that carries opset 13.
const irVersion = 7

// Element types of onnx.TensorProto.
const (
	elemFloat = 1
	elemInt64 = 7
)

// Types of onnx.AttributeProto.
const (
	attrFloat  = 1
	attrInt    = 2
	attrString = 3
	attrInts   = 7
)

// message is a protocol buffer being written. Field numbers in this file are
// those of onnx.proto3.
type message []byte

func (m *message) varint(field int, v uint64) {
	*m = binary.AppendUvarint(*m, uint64(field)<<3)
	*m = binary.AppendUvarint(*m, v)
}

func (m *message) bytes(field int, b []byte) {
	*m = binary.AppendUvarint(*m, uint64(field)<<3|2)
	*m = binary.AppendUvarint(*m, uint64(len(b)))
	*m = append(*m, b...)
}

func (m *message) text(field int, s string) { m.bytes(field, []byte(s)) }

func (m *message) float(field int, v float32) {
	*m = binary.AppendUvarint(*m, uint64(field)<<3|5)
	*m = binary.LittleEndian.AppendUint32(*m, math.Float32bits(v))
}

// encode writes the graph as an onnx.ModelProto.
func (g *graph) encode() []byte {
	var body message
	for _, n := range g.nodes {
		body.bytes(1, n.encode())
	}
	body.text(2, g.name)
	for _, c := range g.constants {
		body.bytes(5, c.encode())
	}
	for _, v := range g.inputs {
		body.bytes(11, v.encode())
	}
	for _, v := range g.outputs {
		body.bytes(12, v.encode())
	}
	var set message
	set.text(1, "")
	set.varint(2, opset)
	var model message
	model.varint(1, irVersion)
	model.text(2, "bonafide")
	model.bytes(7, body)
	model.bytes(8, set)
	return model
}

func (n *node) encode() []byte {
	var m message
	for _, name := range n.in {
		m.text(1, name)
	}
	m.text(2, n.out.name)
	m.text(4, n.op)
	for _, a := range n.attrs {
		m.bytes(5, a.encode())
	}
	return m
}

func (a attr) encode() []byte {
	var m message
	m.text(1, a.name)
	switch v := a.val.(type) {
	case float32:
		m.float(2, v)
		m.varint(20, attrFloat)
	case int:
		m.varint(3, uint64(v))
		m.varint(20, attrInt)
	case string:
		m.text(4, v)
		m.varint(20, attrString)
	case []int:
		for _, x := range v {
			m.varint(8, uint64(x))
		}
		m.varint(20, attrInts)
	}
	return m
}

func (c *constant) encode() []byte {
	var m message
	for _, d := range c.shape {
		m.varint(1, uint64(d))
	}
	var raw []byte
	if c.f != nil {
		m.varint(2, elemFloat)
		raw = make([]byte, 0, 4*len(c.f))
		for _, v := range c.f {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
	} else {
		m.varint(2, elemInt64)
		raw = make([]byte, 0, 8*len(c.i))
		for _, v := range c.i {
			raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
		}
	}
	m.text(8, c.name)
	m.bytes(9, raw)
	return m
}

// encode writes a float value as onnx.ValueInfoProto with fixed dimensions.
func (v value) encode() []byte {
	var shape message
	for _, d := range v.shape {
		var dim message
		dim.varint(1, uint64(d))
		shape.bytes(1, dim)
	}
	var tensor message
	tensor.varint(1, elemFloat)
	tensor.bytes(2, shape)
	var kind message
	kind.bytes(1, tensor)
	var m message
	m.text(1, v.name)
	m.bytes(2, kind)
	return m
}
