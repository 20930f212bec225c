package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// pool keeps idle workers. How many run at once is the decoder's business.
type pool struct {
	start func() (*worker, error)
	mu    sync.Mutex
	idle  []*worker
}

// take gives the worker that was idle last, or a fresh one.
func (p *pool) take() (w *worker, fresh bool, err error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		w, p.idle = p.idle[n-1], p.idle[:n-1]
		p.mu.Unlock()
		return w, false, nil
	}
	p.mu.Unlock()
	w, err = p.start()
	return w, true, err
}

func (p *pool) give(w *worker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, w)
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.idle {
		_ = w.discard(false) // it says that it was killed
	}
	p.idle = nil
}

// pictures decodes a still or an archive of stills in a worker.
func (d *Decoder) pictures(ctx context.Context, f *os.File, format sniff.Format, seq *Sequence) (*Clip, error) {
	q := request{
		Format:     format,
		MaxPixels:  d.limits.MaxPixels,
		MaxSide:    stillSide,
		MaxEntries: d.limits.MaxZipEntries,
		MaxBytes:   d.limits.MaxZipBytes,
		ZipPixels:  d.limits.MaxZipPixels,
		Sampled:    max(d.limits.MaxSampledPixels, int64(d.limits.MaxPixels)),
		Frames:     d.limits.SampledFrames,
	}
	if format == sniff.Zip {
		q.MaxSide = frameSide
	}
	if seq != nil {
		q.MaxSide = min(q.MaxSide, seq.Side)
		q.Frames, q.FPS, q.UntilMS = seq.Frames, seq.FPS, float64(seq.Until.Milliseconds())
		q.Sampled = d.limits.MaxZipPixels // they are scaled down as they are read
	}
	for {
		w, fresh, err := d.pool.take()
		if err != nil {
			return nil, err
		}
		since := w.meter()
		clip, err := d.ask(ctx, w, f, q)
		if err == nil || bonafide.CodeOf(err) == bonafide.CodeValue {
			d.pool.give(w)
			return clip, err
		}
		if errors.Is(err, context.DeadlineExceeded) && starved(since()) {
			err = fmt.Errorf("%w: %w", errStarved, err)
		}
		cause := fmt.Errorf("%w: %w", err, w.discard(errors.Is(err, io.EOF) || errors.Is(err, errGone) || isGone(err)))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, errGone) && fresh:
			return nil, cause
		case errors.Is(err, errGone):
			continue // it died while idle: the file is not the cause
		case errors.Is(err, context.DeadlineExceeded):
			return nil, d.tooSlow(format, cause)
		case errors.Is(cause, errKilled):
			return nil, cause
		}
		return nil, bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("The %s could not be decoded", noun(format)), cause)
	}
}

// isGone tells whether a socket's error means that its other end is closed.
func isGone(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// busyFor is when to come again with a file that the machine had no time for.
const busyFor = 10 * time.Second

// tooSlow blames the file for the time that its decoding took, unless the decoder did
// not get a core for it.
func (d *Decoder) tooSlow(format sniff.Format, cause error) error {
	if errors.Is(cause, errStarved) {
		busy := bonafide.Wrap(bonafide.CodeBusy, fmt.Sprintf("The server is too busy to decode the %s, try again later", noun(format)), cause)
		busy.RetryAfter = busyFor
		return busy
	}
	return bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("The %s could not be decoded within %v", noun(format), d.limits.DecodeTimeout), cause)
}

// ask puts the frames that the worker decodes together.
func (d *Decoder) ask(ctx context.Context, w *worker, f *os.File, q request) (*Clip, error) {
	ctx, cancel := context.WithTimeout(ctx, d.limits.DecodeTimeout)
	defer cancel()
	clip := &Clip{Kind: q.Format.Kind(), Info: bonafide.MediaInfo{Format: string(q.Format), MIME: q.Format.MIME()}}
	err := w.decode(ctx, f, q, func(r reply) error {
		if len(clip.Frames) == q.Frames {
			return errors.New("more frames than asked for")
		}
		im := &vision.Image{Width: r.Width, Height: r.Height, Pix: make([]byte, 3*r.Width*r.Height)}
		if err := w.copyPixels(im.Pix); err != nil {
			return err
		}
		if len(clip.Frames) == 0 {
			clip.Info.WidthPx, clip.Info.HeightPx, clip.Info.Frames = r.FullWidth, r.FullHeight, r.Total
		}
		clip.Frames = append(clip.Frames, Frame{Image: im, Index: r.Index, AtMS: r.AtMS})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return clip, nil
}

// noun says to the client what a file is.
func noun(f sniff.Format) string {
	switch f.Kind() {
	case bonafide.ShotsSet:
		return "archive"
	case bonafide.Video:
		return "video"
	}
	return "picture"
}
