package media

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sandbox"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/still"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// videoCodecs are the codecs that are accepted, by ffmpeg's names.
func videoCodecs() []string { return []string{"h264", "hevc", "vp8", "vp9", "mjpeg", "av1", "mpeg4"} }

// The decoders that ffmpeg may use. It decodes nothing but video; ffprobe insists
// on opening a decoder for every track, so that it needs those of sound too.
const (
	videoDecoders = "h264,hevc,vp8,vp9,mjpeg,av1,libdav1d,mpeg4"
	soundDecoders = "aac,mp3,mp3float,opus,vorbis,flac,alac,ac3,eac3,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb," +
		"pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_mulaw,pcm_alaw,adpcm_ima_wav,adpcm_ms,mov_text"
)

// demuxer gives ffmpeg's name of the one demuxer that may read the format.
// Guessing, which would find playlists, is thereby switched off.
func demuxer(f sniff.Format) string {
	switch f {
	case sniff.MP4, sniff.MOV:
		return "mov"
	case sniff.WebM, sniff.MKV:
		return "matroska"
	}
	return "avi"
}

// video decodes frames spread over a clip. The container is read first, which
// costs little, so that one decoding gives exactly the frames that are wanted.
func (d *Decoder) video(ctx context.Context, f *os.File, format sniff.Format) (*Clip, error) {
	timed, cancel := context.WithTimeout(ctx, d.limits.DecodeTimeout)
	defer cancel()
	clip, err := d.decodeVideo(timed, f, format)
	switch {
	case err == nil:
		return clip, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case timed.Err() != nil:
		return nil, d.tooSlow(format, err)
	}
	return nil, err
}

func (d *Decoder) decodeVideo(ctx context.Context, f *os.File, format sniff.Format) (*Clip, error) {
	answer, err := d.probe(ctx, f, format)
	if err != nil {
		return nil, err
	}
	t, err := readTrack(answer, d.limits)
	if err != nil {
		return nil, err
	}
	frames, err := d.frames(ctx, f, format, t)
	if err != nil {
		return nil, err
	}
	return &Clip{Kind: bonafide.Video, Info: t.info(format), Frames: frames, Container: t.container}, nil
}

// probe has ffprobe describe the first video track and its packets. One packet
// more than allowed is asked for, to see that there are too many.
func (d *Decoder) probe(ctx context.Context, f *os.File, format sniff.Format) ([]byte, error) {
	args := append(d.inputArgs(format, videoDecoders+","+soundDecoders, 1),
		"-select_streams", "V:0",
		"-show_entries", "packet=pts_time,dts_time,flags:stream=codec_name,width,height,sample_aspect_ratio,nb_frames:stream_side_data=displaymatrix"+
			":stream_tags="+tagNames+":format_tags="+tagNames,
		"-read_intervals", "%+#"+strconv.Itoa(d.limits.MaxVideoFrames+1),
		"-of", "json=compact=1", "-i", mediaFile)
	p, err := d.program(d.opts.FFprobe, f, 1, args)
	if err != nil {
		return nil, err
	}
	// A packet takes about a hundred bytes, the rest little.
	most := int64(512<<10 + 200*d.limits.MaxVideoFrames)
	var answer []byte
	err = p.run(ctx, d.starter, func(out io.Reader) error {
		answer, err = io.ReadAll(io.LimitReader(out, most))
		if int64(len(answer)) == most {
			return errors.New("too much output")
		}
		return err
	})
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case p.unfit(), errors.Is(err, errKilled):
		return nil, err
	case bytes.Contains(p.stderr.kept, []byte("exceeds specified max pixel count")):
		return nil, tooManyPixels(d.limits)
	case bytes.Contains(p.stderr.kept, []byte("not on whitelist")):
		return nil, bonafide.Wrap(bonafide.CodeValue, "The video uses a codec that is not supported", err)
	}
	return nil, damagedVideo(err)
}

// frames decodes the chosen frames. A clip of which fewer than half of them can be
// decoded is damaged.
func (d *Decoder) frames(ctx context.Context, f *os.File, format sniff.Format, t *track) ([]Frame, error) {
	chosen := spread(len(t.times), d.limits.SampledFrames)
	w, h := still.Fit(t.shownWidth, t.height, frameSide)
	threads := d.threads()
	args := append([]string{"-nostdin", "-noautorotate"}, d.inputArgs(format, videoDecoders, threads)...)
	args = append(args, "-i", mediaFile, "-map", "0:V:0", "-an", "-sn", "-dn",
		"-vf", pick(chosen, w, h), "-fps_mode", "passthrough", "-frames:v", strconv.Itoa(len(chosen)),
		"-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1")
	p, err := d.program(d.opts.FFmpeg, f, threads, args)
	if err != nil {
		return nil, err
	}
	times, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer times.Close()
	defer theirs.Close()
	p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, theirs)
	var frames []Frame
	failed := p.run(ctx, d.starter, func(out io.Reader) error {
		for len(frames) < len(chosen) {
			im := vision.NewImage(w, h)
			if _, err := io.ReadFull(out, im.Pix); err != nil {
				return err
			}
			at := len(frames)
			frames = append(frames, Frame{Image: still.Orient(im, t.orientation), Index: chosen[at], AtMS: 1000 * (t.times[chosen[at]] - t.times[0])})
		}
		return nil
	})
	theirs.Close()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case failed != nil && p.unfit(), errors.Is(failed, errKilled):
		return nil, failed
	case 2*len(frames) < len(chosen):
		return nil, damagedVideo(failed)
	}
	stamp(frames, times)
	return frames, nil
}

// stamp gives the frames the times that ffmpeg told, in lines such as
// "frame:1 pts:367 pts_time:0.367". They differ from the container's where frames
// could not be decoded. The first frame's time is zero.
func stamp(frames []Frame, times io.Reader) {
	lines := bufio.NewScanner(io.LimitReader(times, 64<<10))
	var first float64
	for at := 0; at < len(frames) && lines.Scan(); {
		_, value, ok := strings.Cut(lines.Text(), "pts_time:")
		if !ok {
			continue
		}
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(seconds) && !math.IsInf(seconds, 0) {
			if at == 0 {
				first = seconds
			}
			frames[at].AtMS = 1000 * (seconds - first)
		}
		at++
	}
}

// pick is the filter that lets the chosen frames through, tells their times on
// descriptor 4 and makes them w x h, also where the clip changes its size on the
// way. The filter metadata prints frames that have an entry, so they get one.
func pick(chosen []int, w, h int) string {
	terms := make([]string, len(chosen))
	for i, n := range chosen {
		terms[i] = fmt.Sprintf("eq(n,%d)", n)
	}
	return fmt.Sprintf("select='%s',metadata=add:key=k:value=v,metadata=print:file='pipe\\:4',scale=%d:%d:flags=bilinear,setsar=1,format=rgb24",
		strings.Join(terms, "+"), w, h)
}

func damagedVideo(err error) error {
	return bonafide.Wrap(bonafide.CodeValue, "The video is damaged", err)
}

// inputArgs bind ffmpeg and ffprobe to one demuxer, the decoders, local files,
// and numbers of pixels and threads.
func (d *Decoder) inputArgs(format sniff.Format, decoders string, threads int) []string {
	return []string{"-v", "error", "-hide_banner", "-threads", strconv.Itoa(threads),
		"-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer(format),
		"-codec_whitelist", decoders, "-max_pixels", strconv.Itoa(d.limits.MaxVideoPixels), "-f", demuxer(format)}
}

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
	if p.killed() {
		err = fmt.Errorf("%w: %w", errKilled, err)
	}
	return fmt.Errorf("%w: %s", err, p.stderr.kept)
}
