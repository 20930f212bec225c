package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sandbox"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// The longest sides of the pictures that are handed out. Larger ones are scaled
// down, and Info keeps the original size. A face that fills a fifth of the width
// still has 400 pixels across, four times what any model looks at.
const (
	stillSide = 2560
	frameSide = 1920 // of videos and archives, of which many are kept
)

// DefaultLimits are what a small server bears and honest clients do not notice:
// thirty seconds at 240 frames, as long as they are decoded in time, pictures of any telephone, video up to 4k.
func DefaultLimits() Limits {
	return Limits{
		MaxPixels:        50_000_000,
		MaxZipEntries:    300,
		MaxZipBytes:      200 << 20,
		MaxZipPixels:     700_000_000, // 300 frames of 1080p
		MaxSampledPixels: 200_000_000, // fifteen photos of a telephone
		MaxVideo:         30 * time.Second,
		MaxVideoFrames:   7200,
		MaxVideoPixels:   4096 * 2304,
		DecodeTimeout:    30 * time.Second,
		MemoryBytes:      2 << 30, // a HEIC of 50 megapixels that is to be turned takes 1.7
		SampledFrames:    15,
		CacheBytes:       128 << 20, // fifteen frames of 1920 x 1440
	}
}

func (l Limits) check() error {
	if l.MaxPixels <= 0 || l.MaxZipEntries <= 0 || l.MaxZipBytes <= 0 || l.MaxZipPixels <= 0 || l.MaxSampledPixels <= 0 || l.MaxVideo <= 0 || l.MaxVideoFrames <= 0 ||
		l.MaxVideoPixels <= 0 || l.DecodeTimeout <= 0 || l.MemoryBytes == 0 || l.SampledFrames <= 0 || l.CacheBytes < 0 {
		return errors.New("media: every limit must be positive")
	}
	return nil
}

// Options say what a Decoder works with.
type Options struct {
	FFmpeg  string // name or path; empty means ffmpeg
	FFprobe string // name or path; empty means ffprobe
	Workers int    // children that run at once for one payer, and one more for others; 0 means one per core
	Log     *slog.Logger
	// Decoded hears of each file that was decoded, from when a place was free for it; nil
	// for nobody.
	Decoded func(ctx context.Context, began time.Time)
}

// Decoder implements Opener. Pictures and archives are decoded by a few children
// that stay, videos by ffmpeg, started anew for each. Children start when first
// needed. The main function of the program, tests included, must call Child
// before anything else.
type Decoder struct {
	limits  Limits
	opts    Options
	report  sandbox.Report
	starter *sandbox.Starter
	slots   *quota.Share // one per child that may run
	pool    pool
	cache   *cache

	mu      sync.Mutex
	closed  context.Context // done when Close was called
	close   context.CancelFunc
	running sync.WaitGroup // decodings
}

// New checks limits and options. It warns in the log when the kernel lacks a
// means of isolation.
func New(limits Limits, opts Options) (*Decoder, error) {
	if err := limits.check(); err != nil {
		return nil, err
	}
	if opts.FFmpeg == "" {
		opts.FFmpeg = "ffmpeg"
	}
	if opts.FFprobe == "" {
		opts.FFprobe = "ffprobe"
	}
	if opts.Workers <= 0 {
		opts.Workers = runtime.NumCPU()
	}
	starter, err := sandbox.NewStarter()
	if err != nil {
		return nil, err
	}
	d := &Decoder{
		limits:  limits,
		opts:    opts,
		report:  sandbox.Probe(),
		starter: starter,
		slots:   quota.New(quota.ForCores(opts.Workers)),
		cache:   newCache(limits.CacheBytes),
	}
	d.pool.start = d.startWorker
	d.closed, d.close = context.WithCancel(context.Background())
	if !d.report.Full() && opts.Log != nil {
		opts.Log.Warn("media: this kernel isolates decoders only in part", "sandbox", d.report.String())
	}
	return d, nil
}

// Sandbox tells which means isolate the decoders on this machine.
func (d *Decoder) Sandbox() sandbox.Report { return d.report }

// Video tells whether videos can be decoded on this machine: a CodeUnsupported error
// names the program that is missing.
func (d *Decoder) Video() error {
	for _, name := range []string{d.opts.FFmpeg, d.opts.FFprobe} {
		if _, err := exec.LookPath(name); err != nil {
			return bonafide.Wrap(bonafide.CodeUnsupported, "Video decoding is not installed on this server", err)
		}
	}
	return nil
}

// Close ends all children and waits for the decodings that still run; they fail.
func (d *Decoder) Close() error {
	d.mu.Lock()
	d.close()
	d.mu.Unlock()
	d.running.Wait()
	d.pool.close()
	d.starter.Close()
	return nil
}

var errClosed = errors.New("media: the decoder is closed")

// Open implements Opener. Callers that ask for the same digest at the same time
// share one decoding; a caller that gives up does not disturb the others.
func (d *Decoder) Open(ctx context.Context, src Source) (*Clip, error) {
	if src.Digest == "" || src.Sequence != nil {
		return d.decode(ctx, src)
	}
	clip, err := d.cache.get(ctx, src.Digest, func(ctx context.Context) (*Clip, error) { return d.decode(ctx, src) })
	if src.Last {
		d.cache.drop(src.Digest)
	}
	return clip, err
}

// Forget drops what is kept of the digest. Whoever decodes it at the moment is not
// disturbed.
func (d *Decoder) Forget(digest string) { d.cache.drop(digest) }

// decode waits for a free slot and decodes the file.
func (d *Decoder) decode(ctx context.Context, src Source) (*Clip, error) {
	d.mu.Lock()
	if d.closed.Err() != nil {
		d.mu.Unlock()
		return nil, errClosed
	}
	d.running.Add(1)
	d.mu.Unlock()
	defer d.running.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.closed, cancel)()

	f, format, err := openFile(src.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	release, err := d.slots.Take(ctx, quota.PayerOf(ctx))
	if err != nil {
		return nil, err
	}
	defer release()
	decode := d.pictures
	if format.Kind() == bonafide.Video {
		decode = d.video
	}
	began := time.Now()
	work := func() (*Clip, error) { return decode(ctx, f, format, src.Sequence) }
	clip, err := work()
	if errors.Is(err, errKilled) && ctx.Err() == nil {
		// Once more: whoever killed it meant another, or memory is free by now.
		if d.opts.Log != nil {
			d.opts.Log.Warn("media: a decoder was killed, its work is tried once more", "error", err)
		}
		clip, err = work()
	}
	if err != nil {
		return nil, err
	}
	if d.opts.Decoded != nil {
		d.opts.Decoded(ctx, began)
	}
	clip.Info.Print = vision.HashOf(clip.middle().Image).String()
	return clip, nil
}

// maxThreads is how many threads one video gets at most. More of them gain little
// and take memory of the child's limit.
const maxThreads = 4

// threads is how many threads the decoding of a video may use, which has one slot:
// one more for each slot that is free at the moment. They are not taken, so that
// nobody who comes later waits for a long video. The slot that is left for others does
// not count: it stands for no core.
func (d *Decoder) threads() int { return min(max(1, d.slots.Idle()), maxThreads) }

// openFile opens a file and sniffs it.
func openFile(path string) (*os.File, sniff.Format, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, "", fmt.Errorf("media: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, "", fmt.Errorf("media: %w", err)
	}
	head := make([]byte, sniff.HeadBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		f.Close()
		return nil, "", fmt.Errorf("media: %w", err)
	}
	format, err := sniff.Sniff(head[:n])
	if err != nil {
		f.Close()
		return nil, "", err
	}
	return f, format, nil
}

// steps gives the indexes of at most k frames, evenly in time, from the first one on: of
// those not later than until, and at most rate of them in a unit of time.
func steps(times []float64, until, rate float64, k int) []int {
	last := len(times) - 1
	for last > 0 && times[last]-times[0] > until {
		last--
	}
	step := 1 / rate
	if k > 1 {
		step = max(step, (times[last]-times[0])/float64(k-1))
	}
	var out []int
	for i := 0; i <= last && len(out) < k; i++ {
		// The frame that is nearest to its turn, by a quarter of a step.
		if turn := step * float64(len(out)); times[i]-times[0] >= turn-step/4 {
			out = append(out, i)
		}
	}
	return out
}

// spread gives the indexes of at most k of n frames, evenly spread, the first and
// the last among them.
func spread(n, k int) []int {
	k = min(n, k)
	out := make([]int, k)
	for i := range out {
		if k > 1 {
			out[i] = (i*(n-1) + (k-1)/2) / (k - 1)
		}
	}
	return out
}
