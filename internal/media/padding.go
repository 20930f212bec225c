package media

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// A clip of a few frames a second may have been padded to a constant rate by
// repeating each. Of such a clip the frames that the camera made are sampled, or
// else an honest recording would look frozen. The file does not tell which they are:
// what a repeated frame takes in it depends on the encoder. So a clip of which some
// sampled frames equal the last ones is decoded once more, to tiny pictures of every
// frame. Clips in which everything moves, nearly all, cost nothing.

// standsStill tells whether at least a quarter of the steps from one sampled frame
// to the next change next to nothing.
func standsStill(frames []Frame) bool {
	still := 0
	for i := 1; i < len(frames); i++ {
		a, b := frames[i-1].Image, frames[i].Image
		if a.Width == b.Width && a.Height == b.Height && unlike(a.Pix, b.Pix, 97) < leastChange {
			still++
		}
	}
	return len(frames) > 2 && 4*still >= len(frames)-1
}

// leastChange is the mean difference, in levels, above which a frame is a new one.
// The noise of a sensor makes more, what an encoder does to a picture that stands
// still makes less.
const leastChange = 0.2

// unlike is the mean difference of every step-th sample.
func unlike(a, b []byte, step int) float64 {
	sum, n := 0, 0
	for i := 0; i < len(a) && i < len(b); i += step {
		d := int(a[i]) - int(b[i])
		sum += max(d, -d)
		n++
	}
	return float64(sum) / float64(max(1, n))
}

// unpadded samples the clip without its repeated frames, if it was padded.
func (d *Decoder) unpadded(ctx context.Context, f *os.File, format sniff.Format, t *track, sampled []Frame) ([]Frame, error) {
	changes, err := d.changes(ctx, f, format, len(t.times))
	if err != nil {
		return nil, err
	}
	fresh := distinct(changes, t.keys)
	if fresh == nil {
		return sampled, nil
	}
	t.container.Distinct = len(fresh)
	chosen := spread(len(fresh), d.limits.SampledFrames)
	for i, at := range chosen {
		chosen[i] = fresh[at]
	}
	return d.frames(ctx, f, format, t, chosen)
}

// changes decodes the whole clip, of at most n frames, and tells how far each frame
// differs from the last one, in levels of brightness at a grid of points.
func (d *Decoder) changes(ctx context.Context, f *os.File, format sniff.Format, n int) ([]float64, error) {
	const side = 64
	threads := d.threads()
	args := append([]string{"-nostdin", "-noautorotate", "-reinit_filter", "0"}, d.inputArgs(format, threads)...)
	args = append(args, "-i", mediaFile, "-map", "0:V:0", "-vf", "scale="+strconv.Itoa(side)+":"+strconv.Itoa(side)+":flags=neighbor,format=gray",
		"-fps_mode", "passthrough", "-frames:v", strconv.Itoa(n), "-f", "rawvideo", "pipe:1")
	p, err := d.program(d.opts.FFmpeg, f, threads, args)
	if err != nil {
		return nil, err
	}
	var changes []float64
	err = p.run(ctx, d.starter, func(out io.Reader) error {
		last, next := make([]byte, side*side), make([]byte, side*side)
		for len(changes) < n {
			if _, err := io.ReadFull(out, next); err != nil {
				return err
			}
			changes = append(changes, unlike(last, next, 1))
			last, next = next, last
		}
		return nil
	})
	switch {
	case err != nil && (ctx.Err() != nil || p.unfit()), errors.Is(err, errKilled):
		return nil, err
	}
	return changes, nil // of a damaged clip, of the frames that there are
}

// distinct gives the numbers of the frames that a camera made, nil if the clip was
// not padded. They change the picture more than all others do, which an encoder may
// still make finer, and come as regularly as a camera's: a picture that stands still
// is not taken for padding. Key frames are made anew whatever they show.
func distinct(changes []float64, keys []bool) []int {
	const fewest, rarest, contrast = 3, 20, 1.5 // frames; frames per new one; change of new over repeated
	n := min(len(changes), len(keys))
	if n < 2*fewest {
		return nil
	}
	ordered := slices.Sorted(slices.Values(changes[1:n]))
	slices.Reverse(ordered)
	allKeys := !slices.Contains(keys[:n], false)
	for m := max(fewest-1, n/rarest-1); m < n/2; m++ {
		least := ordered[m-1]
		if least < leastChange {
			break
		}
		if least < contrast*max(ordered[m], leastChange/2) {
			continue
		}
		fresh, anew := []int{0}, 0
		for i := 1; i < n; i++ {
			if changes[i] >= least {
				fresh = append(fresh, i)
				if keys[i] {
					anew++
				}
			}
		}
		if (allKeys || 2*anew < len(fresh)) && regular(fresh, n) {
			return fresh
		}
	}
	return nil
}

// regular tells whether frames come at the intervals that a constant rate leaves
// when it is padded to another, which differ by one. A frame that changes too little
// may be missing now and then.
func regular(fresh []int, n int) bool {
	gaps := make([]float64, 0, len(fresh))
	for i := 1; i < len(fresh); i++ {
		gaps = append(gaps, float64(fresh[i]-fresh[i-1]))
	}
	usual := median(gaps)
	missed := 0
	for _, g := range gaps {
		switch {
		case g >= usual-1 && g <= usual+1:
		case g >= 2*usual-1 && g <= 2*usual+2:
			missed++
		default:
			return false
		}
	}
	return usual >= 2 && 4*missed <= len(gaps) && float64(n-fresh[len(fresh)-1]) <= 2*usual+2
}
