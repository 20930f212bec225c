package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sandbox"
)

// program is a run of ffmpeg or ffprobe.
type program struct {
	cmd    *exec.Cmd
	stderr *head
	cpu    time.Duration // processor time that it may take
	ended  bool          // by us
}

// mediaFile is how a program opens the media, its descriptor 3: that works alike for
// a file on disk and for one that is in memory alone.
const (
	mediaPath = "/proc/self/fd/3"
	mediaFile = "file:" + mediaPath
)

// program prepares a run that may read the one file and keep so many threads busy.
func (d *Decoder) program(name string, f *os.File, threads int, args []string) (*program, error) {
	binary, err := exec.LookPath(name)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeUnsupported, "Video decoding is not installed on this server", err)
	}
	if binary, err = filepath.Abs(binary); err != nil {
		return nil, err
	}
	seconds := uint64(threads)*uint64(d.limits.DecodeTimeout.Seconds()) + 1
	policy := sandbox.Policy{
		Read: []string{mediaPath}, Exec: binary, Files: 32, MemoryBytes: d.limits.MemoryBytes, CPUSeconds: seconds,
	}
	p := &program{stderr: new(head), cpu: time.Duration(seconds) * time.Second}
	p.cmd, err = sandbox.Command(policy, nil, binary, append([]string{name}, args...)...)
	if err != nil {
		return nil, err
	}
	p.cmd.Stderr = p.stderr
	p.cmd.ExtraFiles = []*os.File{f}
	return p, nil
}

// unfit tells whether the program failed before it saw the file: for want of
// rights, memory or libraries. That is the machine's fault.
func (p *program) unfit() bool {
	const noLibrary = 127 // the dynamic loader's exit status
	if p.cmd.ProcessState == nil {
		return true
	}
	code := p.cmd.ProcessState.ExitCode()
	return code == sandbox.ExitLaunch || code == noLibrary
}

// killed tells whether something outside ended the program. ffmpeg takes some
// signals for a wish to end and ends with a status of its own. The kernel's signal
// at the end of the processor time is meant for the program.
func (p *program) killed() bool {
	const ffmpegSignalled = 255
	state := p.cmd.ProcessState
	if state == nil || p.ended || state.UserTime()+state.SystemTime() >= p.cpu-time.Second/2 {
		return false
	}
	return killed(state) || state.ExitCode() == ffmpegSignalled
}

// run starts the program and hands its output to read. It is killed when the
// context ends or read has had enough; the output's end, even if it is early, is no
// error of read's.
func (p *program) run(ctx context.Context, s *sandbox.Starter, read func(io.Reader) error) error {
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	from := time.Now()
	if err := s.Start(p.cmd); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { sandbox.Kill(p.cmd) })
	err = read(out)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err != nil {
		p.ended = true
		sandbox.Kill(p.cmd)
	}
	waited := p.cmd.Wait()
	p.ended = !stop() || p.ended
	if err = errors.Join(err, waited); err == nil {
		return nil
	}
	state := p.cmd.ProcessState
	switch {
	case ctx.Err() != nil && state != nil && starved(time.Since(from), state.UserTime()+state.SystemTime()):
		err = fmt.Errorf("%w: %w", errStarved, err)
	case p.killed():
		err = fmt.Errorf("%w: %w", errKilled, err)
	}
	return fmt.Errorf("%w: %s", err, p.stderr.kept)
}
