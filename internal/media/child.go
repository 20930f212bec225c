package media

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sandbox"
	"github.com/bonafide-id/bonafide/internal/media/shots"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/still"
)

// workerName is a worker's first argument.
const workerName = "bonafide-media-worker"

// Child does a decoder's work and never returns when args, the arguments of this
// process, say that the process was started for it. Otherwise it returns at
// once. It must be the first call of main, and of TestMain where tests decode.
func Child(args []string) {
	sandbox.Child(args)
	if len(args) == 0 || args[0] != workerName {
		return
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "media worker:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// workerChild is a worker as seen from inside.
type workerChild struct {
	pixels []byte // shared with the owner
	buf    []byte
	oob    []byte
}

// work answers requests until the owner closes the socket. It can reach nothing
// but its two descriptors and the file that comes with a request.
func work() error {
	var st unix.Stat_t
	if err := unix.Fstat(workerPixels, &st); err != nil {
		return fmt.Errorf("shared memory: %w", err)
	}
	pixels, err := unix.Mmap(workerPixels, 0, int(st.Size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return fmt.Errorf("shared memory: %w", err)
	}
	if err := sandbox.Harden(); err != nil {
		return err
	}
	c := &workerChild{pixels: pixels, buf: make([]byte, maxMessage), oob: make([]byte, unix.CmsgSpace(4))}
	// An empty reply says that the worker is ready.
	if err := c.send(reply{}); err != nil {
		return err
	}
	for {
		q, file, err := c.receive()
		if err != nil || file == nil {
			return err
		}
		if err := c.answer(q, file); err != nil {
			return err
		}
		if err := unix.Munmap(file); err != nil {
			return err
		}
		if q.Format != sniff.JPEG {
			// All but JPEG is decoded into Go's memory, of which a large picture
			// leaves much behind.
			debug.FreeOSMemory()
		}
	}
}

// receive gives the next request and its file, mapped; no file when the owner is
// gone.
func (c *workerChild) receive() (request, []byte, error) {
	var q request
	n, oobn, _, _, err := unix.Recvmsg(workerSocket, c.buf, c.oob, unix.MSG_CMSG_CLOEXEC)
	if err != nil || n == 0 {
		return q, nil, err
	}
	if err := json.Unmarshal(c.buf[:n], &q); err != nil {
		return q, nil, err
	}
	messages, err := unix.ParseSocketControlMessage(c.oob[:oobn])
	if err != nil || len(messages) != 1 {
		return q, nil, fmt.Errorf("request without a file: %v", err)
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return q, nil, fmt.Errorf("request without a file: %v", err)
	}
	defer unix.Close(fds[0])
	var st unix.Stat_t
	if err := unix.Fstat(fds[0], &st); err != nil {
		return q, nil, err
	}
	file, err := unix.Mmap(fds[0], 0, int(st.Size), unix.PROT_READ, unix.MAP_PRIVATE)
	return q, file, err
}

// answer sends the frames of one file, or the refusal.
func (c *workerChild) answer(q request, file []byte) error {
	var err error
	if q.Format == sniff.Zip {
		err = c.archive(q, file)
	} else {
		err = c.frame(q, q.Format, file, reply{Total: 1, Last: true})
	}
	var refusal *bonafide.Error
	if errors.As(err, &refusal) && refusal.Code == bonafide.CodeValue {
		r := reply{Refusal: refusal.Message}
		if refusal.Err != nil {
			r.Cause = refusal.Err.Error()
			r.Cause = r.Cause[:min(len(r.Cause), 500)] // six bytes each in JSON, at worst
		}
		return c.send(r)
	}
	return err
}

// frame decodes one picture into the shared memory and says so.
func (c *workerChild) frame(q request, format sniff.Format, data []byte, r reply) error {
	lim := still.Limits{MaxPixels: q.MaxPixels, MaxSide: q.MaxSide}
	p, err := still.Decode(format, data, lim, func(size int) []byte { return c.pixels[:size] })
	if err != nil {
		return err
	}
	r.Width, r.Height, r.FullWidth, r.FullHeight = p.Width, p.Height, p.FullWidth, p.FullHeight
	return c.send(r)
}

// archive decodes frames spread over the archive, one after the other.
func (c *workerChild) archive(q request, data []byte) error {
	lim := shots.Limits{MaxEntries: q.MaxEntries, MaxBytes: q.MaxBytes, MaxPicture: q.MaxPixels, MaxPixels: q.ZipPixels}
	set, err := shots.Read(bytes.NewReader(data), int64(len(data)), lim)
	if err != nil {
		return err
	}
	times := shots.Times(set)
	chosen := affordable(set, func(k int) []int { return q.choose(times, k) }, q)
	for i, at := range chosen {
		picture, err := set[at].Bytes()
		if err != nil {
			return err
		}
		r := reply{Index: at, Total: len(set), Last: i == len(chosen)-1, AtMS: times[at]}
		if err := c.frame(q, set[at].Format, picture, r); err != nil {
			return set[at].Of(err)
		}
		if r.Last {
			break
		}
		// Leave to overwrite the pixels.
		if n, err := unix.Read(workerSocket, c.buf); err != nil || n == 0 {
			return fmt.Errorf("leave: %d, %v", n, err)
		}
	}
	return nil
}

// choose picks at most k pictures of an archive, whose times are given.
func (q request) choose(times []float64, k int) []int {
	if q.FPS == 0 {
		return spread(len(times), k)
	}
	return steps(times, q.UntilMS, q.FPS/1000, k)
}

// affordable picks as many pictures as were asked for, fewer where they would have more
// pixels than the limit together.
func affordable(set []shots.Shot, choose func(k int) []int, q request) []int {
	for k := q.Frames; ; k-- {
		chosen := choose(k)
		var pixels int64
		for _, at := range chosen {
			pixels += int64(set[at].Pixels)
		}
		if pixels <= q.Sampled || k == 1 {
			return chosen
		}
	}
}

func (c *workerChild) send(r reply) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = unix.Write(workerSocket, raw)
	return err
}
