package shots

import (
	"path"
	"strconv"
	"strings"
)

// assumedFPS is the rate of archives that do not tell any.
const assumedFPS = 15

// Times gives when the pictures were taken, in milliseconds from the first one. Names such
// as 000066.jpg tell it, of milliseconds in six digits; where not all names do, in
// ascending order, pictures are taken to come at an ordinary rate.
func Times(set []Shot) []float64 {
	out := make([]float64, len(set))
	for i := range set {
		ms, ok := milliseconds(set[i].name)
		if !ok || i > 0 && ms <= out[i-1] {
			return assumed(len(set))
		}
		out[i] = ms
	}
	for i := len(out) - 1; i >= 0; i-- {
		out[i] -= out[0]
	}
	return out
}

func assumed(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(i) * 1000 / assumedFPS
	}
	return out
}

// milliseconds reads the name of a picture that tells its time.
func milliseconds(name string) (float64, bool) {
	base := path.Base(name)
	base = strings.TrimSuffix(base, path.Ext(base))
	if len(base) != 6 || digits(base) != 6 {
		return 0, false
	}
	n, err := strconv.Atoi(base)
	return float64(n), err == nil
}
