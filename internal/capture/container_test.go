package capture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/capture/capturetest"
)

const token = "eyJhbGciOiJFUzM4NCJ9.session.signature"

func newKey(t testing.TB) *capture.Key {
	t.Helper()
	raw, err := capture.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	k, err := capture.ReadKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// sealed is a container of four chunks, with its content.
func sealed(t testing.TB, k *capture.Key) (container, content []byte) {
	t.Helper()
	content = bytes.Repeat([]byte("frames "), 100)
	container, err := capturetest.SealChunks(k.Public, token, content, 200)
	if err != nil {
		t.Fatal(err)
	}
	return container, content
}

func readAll(s *capture.Session, raw []byte) ([]byte, error) {
	return io.ReadAll(s.Open(bytes.NewReader(raw)))
}

func open(k *capture.Key, token string, container []byte) ([]byte, error) {
	return io.ReadAll(capture.Opening{Key: k, Token: token, Most: 1 << 20}.Open(bytes.NewReader(container)))
}

// chunks cuts a container behind its header and each chunk.
func chunks(container []byte) (parts [][]byte) {
	at := 6 + int(binary.BigEndian.Uint16(container[4:]))
	parts = append(parts, container[:at])
	for at < len(container) {
		n := 4 + int(binary.BigEndian.Uint32(container[at:]))
		parts = append(parts, container[at:at+n])
		at += n
	}
	return parts
}

func TestWhatWasSealedIsOpened(t *testing.T) {
	k := newKey(t)
	for _, size := range []int{0, 1, capture.MaxChunk - 1, capture.MaxChunk, capture.MaxChunk + 1, 3*capture.MaxChunk + 5} {
		content := make([]byte, size)
		for i := range content {
			content[i] = byte(i * 7)
		}
		container, err := capturetest.Seal(k.Public, token, content)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(capture.Opening{Key: k, Token: token, Most: 1 << 20}.Open(iotest.OneByteReader(bytes.NewReader(container))))
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
	}
}

func TestNoMutationOfAContainerIsAccepted(t *testing.T) {
	k := newKey(t)
	container, content := sealed(t, k)
	rng := rand.New(rand.NewPCG(14, 1))
	const n = 10000
	for i := range n {
		mutant := mutate(rng, container)
		if bytes.Equal(mutant, container) {
			continue
		}
		got, err := open(k, token, mutant)
		if bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Fatalf("mutation %d: %d bytes of %d, error %v", i, len(got), len(content), err)
		}
		if !bytes.HasPrefix(content, got) {
			t.Fatalf("mutation %d: bytes were given that were not sealed", i)
		}
	}
}

// mutate flips, cuts, doubles, moves, inserts or overwrites.
func mutate(rng *rand.Rand, from []byte) []byte {
	b := slices.Clone(from)
	at := rng.IntN(len(b))
	n := 1 + rng.IntN(min(64, len(b)-at))
	switch rng.IntN(7) {
	case 0:
		b[at] ^= 1 << rng.IntN(8)
	case 1:
		b = b[:at]
	case 2:
		b = slices.Delete(b, at, at+n)
	case 3:
		b = slices.Insert(b, at, b[at:at+n]...)
	case 4:
		to := rng.IntN(len(b))
		b[at], b[to] = b[to], b[at]
	case 5:
		for i := at; i < at+n; i++ {
			b[i] = byte(rng.Uint32())
		}
	case 6:
		parts := chunks(b)
		rng.Shuffle(len(parts)-1, func(i, j int) { parts[i+1], parts[j+1] = parts[j+1], parts[i+1] })
		b = bytes.Join(parts, nil)
	}
	return b
}

func TestAContainerIsTakenWholeAndInItsOrderOnly(t *testing.T) {
	k := newKey(t)
	container, _ := sealed(t, k)
	other, _ := sealed(t, k)
	p, o := chunks(container), chunks(other)
	if len(p) != 5 {
		t.Fatalf("%d chunks", len(p)-1)
	}
	for name, parts := range map[string][][]byte{
		"two chunks swapped":         {p[0], p[2], p[1], p[3], p[4]},
		"the last chunk cut off":     {p[0], p[1], p[2], p[3]},
		"a chunk left out":           {p[0], p[1], p[3], p[4]},
		"a chunk twice":              {p[0], p[1], p[1], p[2], p[3], p[4]},
		"a chunk of another capture": {p[0], p[1], o[2], p[3], p[4]},
		"the header of another":      {o[0], p[1], p[2], p[3], p[4]},
		"no chunk":                   {p[0]},
		"half a chunk":               {p[0], p[1], p[2], p[3], p[4][:50]},
		"something behind the end":   {p[0], p[1], p[2], p[3], p[4], {0}},
		"one more last chunk":        {p[0], p[1], p[2], p[3], p[4], p[4]},
		"nothing":                    {},
	} {
		if _, err := open(k, token, bytes.Join(parts, nil)); bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(k, token, bytes.Join(p, nil)); err != nil {
		t.Errorf("as it was: %v", err)
	}
}

func TestAContainerOpensForItsTokenAndItsKeyOnly(t *testing.T) {
	k := newKey(t)
	container, _ := sealed(t, k)
	if _, err := open(k, token+"x", container); bonafide.CodeOf(err) != bonafide.CodeContainer {
		t.Errorf("another token: %v", err)
	}
	if _, err := open(newKey(t), token, container); bonafide.CodeOf(err) != bonafide.CodeContainer {
		t.Errorf("another key: %v", err)
	}
	forged := newKey(t)
	forged.ID = k.ID
	if _, err := open(forged, token, container); bonafide.CodeOf(err) != bonafide.CodeContainer {
		t.Errorf("another key under the same name: %v", err)
	}
}

func TestAHeaderHasOneSpelling(t *testing.T) {
	k := newKey(t)
	container, _ := sealed(t, k)
	p := chunks(container)
	header := string(p[0][6:])
	for _, edited := range []string{
		strings.Replace(header, `"v":1`, `"v": 1`, 1), strings.Replace(header, `"kid"`, `"Kid"`, 1), strings.Replace(header, `{"v":1`, `{"x":0,"v":1`, 1),
		strings.Replace(header, `"v":1`, `"v":2`, 1), strings.Replace(header, `"aead":2`, `"aead":1`, 1), header + " ", strings.Repeat(" ", 4097), "{}", "null",
	} {
		raw := append([]byte(capture.Magic), 0, 0)
		binary.BigEndian.PutUint16(raw[4:], uint16(len(edited)))
		if _, err := open(k, token, bytes.Join(append([][]byte{append(raw, edited...)}, p[1:]...), nil)); bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%.60s: %v", edited, err)
		}
	}
}

func TestAContainerHasLimits(t *testing.T) {
	k := newKey(t)
	large, err := capturetest.Seal(k.Public, token, make([]byte, 1<<20+1))
	if err != nil {
		t.Fatal(err)
	}
	many, err := capturetest.SealChunks(k.Public, token, make([]byte, 8193), 1)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := capturetest.SealChunks(k.Public, token, make([]byte, capture.MaxChunk+1), capture.MaxChunk+1)
	if err != nil {
		t.Fatal(err)
	}
	for name, container := range map[string][]byte{"content": large, "chunks": many, "chunk": wide} {
		if _, err := open(k, token, container); bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABodyThatBreaksOffIsNoBrokenContainer(t *testing.T) {
	k := newKey(t)
	container, _ := sealed(t, k)
	torn := errors.New("torn")
	for _, at := range []int{0, 3, 40, 300, len(container)} {
		body := io.MultiReader(bytes.NewReader(container[:at]), iotest.ErrReader(torn))
		if _, err := io.ReadAll(capture.Opening{Key: k, Token: token, Most: 1 << 20}.Open(body)); !errors.Is(err, torn) {
			t.Errorf("after %d bytes: %v", at, err)
		}
	}
}

func FuzzContainer(f *testing.F) {
	k := newKey(f)
	container, content := sealed(f, k)
	rng := rand.New(rand.NewPCG(14, 2))
	for range 20 {
		f.Add(mutate(rng, container))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := open(k, token, raw)
		if err == nil && !bytes.Equal(got, content) {
			t.Errorf("%q was opened", got)
		}
		if err != nil && bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Error(err)
		}
	})
}

func FuzzContent(f *testing.F) {
	m, names := capturetest.Recording(bonafide.NewID(), capture.Smile)
	raw, err := capturetest.Filled(m, names, func(i int) []byte { return fmt.Append(nil, "frame ", i) })
	if err != nil {
		f.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(14, 3))
	f.Add(raw)
	for range 20 {
		f.Add(mutateContent(rng, raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { readHostile(t, raw) })
}

// readHostile does all that is done with content, which must not panic.
func readHostile(t *testing.T, raw []byte) {
	c, err := capture.ReadContent(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		if bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%v", err)
		}
		return
	}
	d := capture.Demand{Actions: []string{capture.Smile}}
	c.Decisive(d)
	for _, h := range c.Weak(d) {
		if !(h.Weight > 0 && h.Weight < 1) {
			t.Errorf("%s has weight %v", h.Code, h.Weight)
		}
	}
	c.Marks()
	for i := range c.Manifest.Actions {
		if err := c.WriteFrames(io.Discard, i); err != nil {
			t.Error(err)
		}
	}
}

func mutateContent(rng *rand.Rand, from []byte) []byte {
	b := slices.Clone(from)
	for range 1 + rng.IntN(4) {
		b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
	}
	return b
}

func TestHostileContentIsReadWithoutHarm(t *testing.T) {
	m, names := capturetest.Recording(bonafide.NewID(), capture.Smile)
	raw, err := capturetest.Filled(m, names, func(i int) []byte { return fmt.Append(nil, "frame ", i) })
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(14, 4))
	for range 3000 {
		readHostile(t, mutateContent(rng, raw))
	}
}
