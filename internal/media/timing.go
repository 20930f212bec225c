package media

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// packet is a frame in its container, as ffprobe tells of it.
type packet struct {
	at  float64 // presentation time in seconds
	key bool
}

// presentation lists the frames in the order in which they are shown. Packets that
// are only there to be decoded (flag D) are left out; AVI knows decoding times only.
// untimed counts the frames that have no time at all.
func presentation(p probed) (shown []packet, untimed int) {
	shown = make([]packet, 0, len(p.Packets))
	for _, k := range p.Packets {
		if strings.Contains(k.Flags, "D") {
			continue
		}
		at, err := strconv.ParseFloat(cmp.Or(k.PTS, k.DTS), 64)
		if err != nil || math.IsNaN(at) || math.IsInf(at, 0) {
			untimed++
			continue
		}
		shown = append(shown, packet{at: at, key: strings.Contains(k.Flags, "K")})
	}
	slices.SortStableFunc(shown, func(a, b packet) int { return cmp.Compare(a.at, b.at) })
	return shown, untimed
}

// pause is a time without frames that is not counted as shown: the recording was
// held, or its clock leapt.
type pause struct {
	after float64 // seconds from the first frame, in the container's time
	cut   float64 // seconds
}

type pauses []pause

// withoutPauses gives the times in seconds, from the first frame, with each pause
// shortened to an ordinary step. A pause is longer than two seconds and eight
// ordinary steps.
func withoutPauses(shown []packet) (times []float64, p pauses) {
	const least, steps = 2.0, 8
	times = make([]float64, len(shown))
	if len(shown) == 0 {
		return times, nil
	}
	gaps := make([]float64, 0, len(shown))
	for i := 1; i < len(shown); i++ {
		gaps = append(gaps, shown[i].at-shown[i-1].at)
	}
	ordinary := median(gaps)
	var cut float64
	for i := 1; i < len(shown); i++ {
		if gap := gaps[i-1]; len(gaps) > 1 && gap > max(least, steps*ordinary) {
			p = append(p, pause{after: shown[i-1].at - shown[0].at, cut: gap - ordinary})
			cut += gap - ordinary
		}
		times[i] = shown[i].at - shown[0].at - cut
	}
	return times, p
}

// shown gives the time that counts for one of the container's, both from the first
// frame.
func (p pauses) shown(at float64) float64 {
	out := at
	for _, pause := range p {
		if at > pause.after {
			out -= pause.cut
		}
	}
	return max(0, out)
}

// median of no numbers is 0; of an even number of them it is the lower one.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(v))
	return sorted[(len(sorted)-1)/2]
}
