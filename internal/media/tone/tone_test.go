package tone

import (
	"encoding/binary"
	"math"
	"testing"
)

// grey maps a sample of 0 to 1 in all three colours.
func grey(m *Mapper, e float64) [3]byte {
	var src [6]byte
	for i := range 3 {
		binary.LittleEndian.PutUint16(src[2*i:], uint16(e*65535+0.5))
	}
	var dst [3]byte
	m.Map(dst[:], src[:])
	return dst
}

func TestDiffuseWhiteIsWhiteAndBlackIsBlack(t *testing.T) {
	for name, c := range map[string]struct {
		t     Transfer
		white float64 // signal of 203 cd/m2, ITU-R BT.2408, table 1
	}{"HLG": {HLG, 0.75}, "PQ": {PQ, 0.58}, "SDR": {SDR, 1}} {
		m := New(c.t, BT2020)
		for i, v := range grey(m, c.white) {
			if v < 248 {
				t.Errorf("%s: white is %d in colour %d", name, v, i)
			}
		}
		if got := grey(m, 0); got != [3]byte{} {
			t.Errorf("%s: black is %v", name, got)
		}
		if got := grey(m, 1); got[0] < 250 {
			t.Errorf("%s: the brightest is %v", name, got)
		}
	}
}

func TestMiddleGreysAreThoseOfBT2408(t *testing.T) {
	// An 18 % grey card: 26 cd/m2 under 203 for a white of 100 %.
	for name, c := range map[string]struct {
		t    Transfer
		card float64
	}{"HLG": {HLG, 0.38}, "PQ": {PQ, 0.38}} {
		want := 255 * math.Pow(26.0/203, 1/2.4)
		if got := float64(grey(New(c.t, BT2020), c.card)[1]); math.Abs(got-want) > 4 {
			t.Errorf("%s: %v, want %.0f", name, got, want)
		}
	}
}

func TestBrighterNeverComesOutDarker(t *testing.T) {
	for _, c := range []struct {
		t Transfer
		p Primaries
	}{{SDR, BT2020}, {SDR, P3}, {HLG, BT2020}, {PQ, BT2020}, {PQ, BT709}} {
		m, last := New(c.t, c.p), [3]byte{}
		for i := range 4096 {
			got := grey(m, float64(i)/4095)
			for k := range got {
				if int(got[k])+1 < int(last[k]) || max(got[0], got[1], got[2])-min(got[0], got[1], got[2]) > 2 {
					t.Fatalf("%+v: sample %d gives %v after %v", c, i, got, last)
				}
			}
			last = got
		}
	}
}

func TestTheShoulderHasNoKink(t *testing.T) {
	const step = 1e-4
	slope := func(v float64) float64 { return (shoulder(v+step) - shoulder(v)) / step }
	if d := math.Abs(slope(knee+step) - slope(knee-2*step)); d > 0.02 {
		t.Errorf("the slope leaps by %v", d)
	}
	if v := shoulder(peak); math.Abs(v-1) > 1e-6 {
		t.Errorf("the peak comes out at %v", v)
	}
}

func BenchmarkMap1080p(b *testing.B) {
	m := New(HLG, BT2020)
	src, dst := make([]byte, 6*1920*1080), make([]byte, 3*1920*1080)
	for i := range src {
		src[i] = byte(i * 31)
	}
	for b.Loop() {
		m.Map(dst, src)
	}
}
