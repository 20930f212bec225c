// Package tone shows video of a wide gamut or a high dynamic range (HLG, PQ) as
// players show it on an ordinary screen: with BT.709's primaries, diffuse white at
// 203 cd/m2 (ITU-R BT.2408) as white, and what is brighter pressed into the last
// few levels below it. It works on samples, so that it depends on no filter that a
// build of ffmpeg may lack.
package tone

import "math"

// Transfer is how samples stand for light.
type Transfer int

// The transfer functions: of ordinary video (ITU-R BT.1886), and of ITU-R BT.2100.
const (
	SDR Transfer = iota
	HLG
	PQ
)

// Primaries are the colours that pure samples stand for.
type Primaries int

// The primaries of ITU-R BT.709, BT.2020, and of SMPTE EG 432-1 (Display P3).
const (
	BT709 Primaries = iota
	BT2020
	P3
)

const (
	white = 203.0 // cd/m2, diffuse white
	peak  = 1000.0 / white
	knee  = 0.9 // of white; what is darker comes out as it is
)

// Mapper maps pictures of one kind. It may be used by several goroutines.
type Mapper struct {
	light    []float32 // by the upper 12 bits of a sample; 1 is white
	ootf     *curve    // of HLG: what scene light is multiplied by, from its luma
	toBT709  [3][3]float32
	compress *curve // what light is multiplied by, from its largest part
	signal   *curve // samples from light, 0 to 255
}

// New makes a mapper.
func New(t Transfer, p Primaries) *Mapper {
	m := &Mapper{light: make([]float32, 1<<12), toBT709: matrix(p)}
	for i := range m.light {
		m.light[i] = float32(light(t, float64(i)/float64(len(m.light)-1)))
	}
	if t == HLG {
		m.ootf = newCurve(func(y float64) float64 { return peak * math.Pow(y, 0.2) })
	}
	m.compress = newCurve(func(v float64) float64 { return shoulder(v) / v })
	m.signal = newCurve(func(v float64) float64 { return 255*math.Pow(min(v, 1), 1/2.4) + 0.5 })
	return m
}

// light gives the light of a sample of 0 to 1, of HLG the scene's.
func light(t Transfer, e float64) float64 {
	switch t {
	case HLG: // BT.2100, table 5, inverse OETF
		const a, b, c = 0.17883277, 0.28466892, 0.55991073
		if e <= 0.5 {
			return e * e / 3
		}
		return (math.Exp((e-c)/a) + b) / 12
	case PQ: // BT.2100, table 4, EOTF
		const m1, m2, c1, c2, c3 = 2610.0 / 16384, 2523.0 / 32, 3424.0 / 4096, 2413.0 / 128, 2392.0 / 128
		p := math.Pow(e, 1/m2)
		return 10000 / white * math.Pow(max(p-c1, 0)/(c2-c3*p), 1/m1)
	}
	return math.Pow(e, 2.4)
}

// shoulder leaves light below the knee as it is and brings what is between there
// and the peak below white, without a kink.
func shoulder(v float64) float64 {
	if v <= knee {
		return v
	}
	const j = knee
	const a = -j * j * (peak - 1) / (j*j - 2*j + peak)
	const b = (j*j - 2*j*peak + peak) / (peak - 1)
	return min(1, (b*b+2*b*j+j*j)/(b-a)*(v+a)/(v+b))
}

func matrix(p Primaries) [3][3]float32 {
	switch p {
	case BT2020: // ITU-R BT.2087, inverse
		return [3][3]float32{{1.6605, -0.5876, -0.0728}, {-0.1246, 1.1329, -0.0083}, {-0.0182, -0.1006, 1.1187}}
	case P3:
		return [3][3]float32{{1.2249, -0.2247, 0}, {-0.0420, 1.0419, 0}, {-0.0197, -0.0786, 1.0979}}
	}
	return [3][3]float32{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
}

// Map writes 8-bit RGB to dst from src, RGB of 16 bits with the lowest byte first
// and twice as long.
func (m *Mapper) Map(dst, src []byte) {
	mx := &m.toBT709
	for ; len(dst) >= 3 && len(src) >= 6; dst, src = dst[3:], src[6:] {
		r := m.light[(uint(src[1])<<8|uint(src[0]))>>4]
		g := m.light[(uint(src[3])<<8|uint(src[2]))>>4]
		b := m.light[(uint(src[5])<<8|uint(src[4]))>>4]
		if m.ootf != nil {
			// Luma by BT.2020's weights, as BT.2100 says.
			gain := m.ootf.of(0.2627*r + 0.6780*g + 0.0593*b)
			r, g, b = r*gain, g*gain, b*gain
		}
		r, g, b = max(0, mx[0][0]*r+mx[0][1]*g+mx[0][2]*b), max(0, mx[1][0]*r+mx[1][1]*g+mx[1][2]*b), max(0, mx[2][0]*r+mx[2][1]*g+mx[2][2]*b)
		if most := max(r, g, b); most > knee {
			k := m.compress.of(most)
			r, g, b = r*k, g*k, b*k
		}
		dst[0], dst[1], dst[2] = byte(m.signal.of(r)), byte(m.signal.of(g)), byte(m.signal.of(b))
	}
}

// curve is a function of light in a table, whose steps are in proportion to the
// light: a thousandth, over 38 doublings.
type curve struct {
	table [doublings<<mantissa + 1]float32
}

const (
	mantissa  = 9
	doublings = 38
	darkest   = 127 - 32 // exponent of the smallest light, as a float32 has it
	dropped   = 23 - mantissa
)

func newCurve(f func(float64) float64) *curve {
	c := new(curve)
	for i := range c.table {
		bits := uint32(i+darkest<<mantissa)<<dropped | 1<<(dropped-1)
		c.table[i] = float32(f(float64(math.Float32frombits(bits))))
	}
	return c
}

func (c *curve) of(v float32) float32 {
	i := int(math.Float32bits(v)>>dropped) - darkest<<mantissa
	return c.table[max(0, min(i, len(c.table)-1))]
}
