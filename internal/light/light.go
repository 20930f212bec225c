// Package light looks in a recording for the colours that the screen showed meanwhile: what
// the face reflects of them follows the sequence that was drawn. A recording that was made
// before, or beside another screen, does not.
//
// It is a weak sign. By day a screen gives a face less than a hundredth of its light, and
// who tints a recording by the colours that the page is told has them, too.
package light

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/bonafide-id/bonafide"
)

// Key is where the technical metadata of a media of a drawn capture hold what was shown.
const Key = "light"

// Least is the correlation below which the colours are not seen; docs/judge/gestures.md has
// how often a recording reaches it with and without them.
const Least = 0.6

// Shown is what the screen showed during a capture. Times are milliseconds of the session.
type Shown struct {
	Symbols  []Symbol           `json:"symbols"`
	SymbolMS float64            `json:"symbol_ms"` // for how long each is there
	Begins   map[string]float64 `json:"begins"`    // first frame of each recording, by the tag of its action
}

// Symbol is one colour and when it came.
type Symbol struct {
	Color string  `json:"color"` // such as #30c060
	AtMS  float64 `json:"t_ms"`
}

// Of reads what was shown during a media, whose first frame is then at 0. ok is false where
// nothing was. Metadata that cannot be read are an error.
func Of(m *bonafide.Media) (s Shown, ok bool, err error) {
	kept, there := m.TechnicalMeta[Key]
	if !there {
		return s, false, nil
	}
	raw, err := json.Marshal(kept)
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return s, false, fmt.Errorf("media %s: what the screen showed: %w", m.ID, err)
	}
	for _, tag := range m.Tags {
		begins, named := s.Begins[tag]
		if !named {
			continue
		}
		for i := range s.Symbols {
			s.Symbols[i].AtMS -= begins
		}
		return s, true, nil
	}
	return s, false, nil
}

// Look is the mean colour of the face at one moment.
type Look struct {
	AtMS float64
	RGB  [3]float64 // from 0 to 255
}

const (
	leastLooks  = 20   // that a correlation rests on
	leastShare  = 0.75 // of the sequence that must lie within them
	mostDelayMS = 300  // of the camera and of the page
	delayStepMS = 50
	assumed     = 0.1 // share of the screen in the light; the correlation hardly depends on it
)

// Correlation tells from -1 to 1 how well the chroma of the face follows the sequence, at
// the delay that suits best. NaN says that the recording shows too little of it. What
// changes slowly, as the light of a room does, is left out.
func (s Shown) Correlation(looks []Look) float64 {
	n := len(s.Symbols)
	if n < 2 {
		return math.NaN()
	}
	from, to := s.Symbols[0].AtMS, s.Symbols[n-1].AtMS+s.SymbolMS
	var times []float64
	var face [][3]float64
	for _, l := range looks {
		if l.AtMS >= from && l.AtMS <= to+mostDelayMS {
			times, face = append(times, l.AtMS), append(face, l.RGB)
		}
	}
	if len(times) < leastLooks || times[len(times)-1]-times[0] < leastShare*(to-from) {
		return math.NaN()
	}
	seen := chroma(face, times)
	best := math.Inf(-1)
	for delay := 0.0; delay <= mostDelayMS; delay += delayStepMS {
		lit := make([][3]float64, len(times))
		for i, at := range times {
			lit[i] = s.at(at - delay)
		}
		best = max(best, correlation(seen, chroma(lit, times)))
	}
	return best
}

// at is the light on a face while a colour is shown, by that without the screen.
func (s Shown) at(ms float64) [3]float64 {
	const mean = 0.65 // of the colours
	out := [3]float64{1 - assumed, 1 - assumed, 1 - assumed}
	for i := len(s.Symbols) - 1; i >= 0; i-- {
		if ms < s.Symbols[i].AtMS {
			continue
		}
		if ms < s.Symbols[i].AtMS+s.SymbolMS {
			for c := range out {
				out[c] += assumed * channel(s.Symbols[i].Color, c) / mean
			}
		}
		break
	}
	return out
}

// channel gives red, green or blue of a colour such as #30c060, from 0 to 1.
func channel(color string, c int) float64 {
	if len(color) != 7 {
		return 0
	}
	v, _ := strconv.ParseUint(color[1+2*c:3+2*c], 16, 8) // 0 of what is no colour
	return float64(v) / 255
}

// chroma gives red and blue by green, as logarithms without what changes slowly: two
// series one after the other.
func chroma(rgb [][3]float64, times []float64) []float64 {
	n := len(rgb)
	out := make([]float64, 2*n)
	for i, v := range rgb {
		green := math.Log(max(v[1], 1e-3))
		out[i], out[n+i] = math.Log(max(v[0], 1e-3))-green, math.Log(max(v[2], 1e-3))-green
	}
	slow := parabolas(times)
	for _, series := range [][]float64{out[:n], out[n:]} {
		for _, p := range slow {
			share := dot(series, p)
			for i := range series {
				series[i] -= share * p[i]
			}
		}
	}
	return out
}

// parabolas gives three orthonormal series of which every parabola over the times is made.
func parabolas(times []float64) [][]float64 {
	var all [][]float64
	for power := range 3 {
		p := make([]float64, len(times))
		for i, t := range times {
			p[i] = math.Pow((t-times[0])/(times[len(times)-1]-times[0]), float64(power))
		}
		for _, before := range all {
			share := dot(p, before)
			for i := range p {
				p[i] -= share * before[i]
			}
		}
		length := math.Sqrt(dot(p, p))
		for i := range p {
			p[i] /= length
		}
		all = append(all, p)
	}
	return all
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// correlation of series without a mean; 0 where one of them does not change.
func correlation(a, b []float64) float64 {
	length := math.Sqrt(dot(a, a) * dot(b, b))
	if length == 0 {
		return 0
	}
	return dot(a, b) / length
}
