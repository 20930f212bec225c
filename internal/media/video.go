package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/tracks"
)

// videoCodecs are the codecs that are accepted, by ffmpeg's names.
func videoCodecs() []string { return []string{"h264", "hevc", "vp8", "vp9", "mjpeg", "av1", "mpeg4"} }

// videoDecoders are the decoders that ffmpeg may use. Everything but the first
// video track is hidden from it.
const videoDecoders = "h264,hevc,vp8,vp9,mjpeg,av1,libdav1d,mpeg4"

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
func (d *Decoder) video(ctx context.Context, f *os.File, format sniff.Format, seq *Sequence) (*Clip, error) {
	timed, cancel := context.WithTimeout(ctx, d.limits.DecodeTimeout)
	defer cancel()
	clip, err := d.decodeVideo(timed, f, format, seq)
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

func (d *Decoder) decodeVideo(ctx context.Context, f *os.File, format sniff.Format, seq *Sequence) (*Clip, error) {
	f, layout, done, err := onlyVideo(f, format)
	if err != nil {
		return nil, err
	}
	defer done()
	answer, err := d.probe(ctx, f, format)
	if err != nil {
		return nil, err
	}
	t, err := readTrack(answer, d.limits, layout)
	if err != nil {
		return nil, err
	}
	chosen := spread(len(t.times), d.limits.SampledFrames)
	if seq != nil {
		t.side = min(t.side, seq.Side)
		chosen = steps(t.times, seq.Until.Seconds(), seq.FPS, seq.Frames)
	}
	frames, err := d.frames(ctx, f, format, t, chosen)
	if err == nil && seq == nil && standsStill(frames) {
		frames, err = d.unpadded(ctx, f, format, t, frames)
	}
	if err != nil {
		return nil, err
	}
	return &Clip{Kind: bonafide.Video, Info: t.info(format), Frames: frames, Container: t.container}, nil
}

// onlyVideo gives the file with all tracks but the first of video hidden, as a copy
// in memory where there is something to hide, and what its headers tell. The file
// that was given stays the caller's.
func onlyVideo(f *os.File, format sniff.Format) (seen *os.File, layout tracks.Layout, done func(), err error) {
	st, err := f.Stat()
	if err != nil {
		return nil, layout, nil, fmt.Errorf("media: %w", err)
	}
	layout = tracks.Read(f, st.Size(), format)
	if len(layout.Hide) == 0 {
		return f, layout, func() {}, nil
	}
	if seen, err = InMemory(); err != nil {
		return nil, layout, nil, err
	}
	_, err = io.Copy(seen, io.NewSectionReader(f, 0, st.Size()))
	for _, p := range layout.Hide {
		if err == nil {
			_, err = seen.WriteAt(p.Bytes, p.At)
		}
	}
	if err != nil {
		seen.Close()
		return nil, layout, nil, fmt.Errorf("media: %w", err)
	}
	return seen, layout, func() { seen.Close() }, nil
}

// probe has ffprobe describe the first video track and its packets. One packet
// more than allowed is asked for, to see that there are too many.
func (d *Decoder) probe(ctx context.Context, f *os.File, format sniff.Format) ([]byte, error) {
	args := append(d.inputArgs(format, 1),
		"-select_streams", "V:0",
		"-show_entries", "packet=pts_time,dts_time,flags:stream=codec_name,width,height,sample_aspect_ratio,nb_frames,"+
			"color_range,color_space,color_transfer,color_primaries:stream_side_data=displaymatrix"+
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
		return nil, err
	case p.unfit(), errors.Is(err, errKilled):
		return nil, err
	case bytes.Contains(p.stderr.kept, []byte("exceeds specified max pixel count")):
		return nil, tooManyPixels(d.limits)
	case bytes.Contains(p.stderr.kept, []byte("not on whitelist")):
		return nil, unsupportedCodec(refusedCodec(p.stderr.kept), err)
	}
	return nil, damagedVideo(err)
}

// unsupportedCodec names the codec, if it is known, and those that are allowed.
func unsupportedCodec(name string, cause error) error {
	if name != "" {
		name = ": " + name + " is not supported"
	}
	return bonafide.Wrap(bonafide.CodeValue, "Unsupported video codec"+name+"; allowed: H.264, HEVC, VP8, VP9, AV1, MPEG-4, Motion JPEG", cause)
}

// refusedCodec finds the name in ffprobe's "Codec (mpeg2video) not on whitelist".
func refusedCodec(stderr []byte) string {
	m := regexp.MustCompile(`Codec \(([a-z0-9_]{1,32})\) not on whitelist`).FindSubmatch(stderr)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// frames decodes the chosen frames. A clip of which fewer than half of them can be
// decoded is damaged.
func (d *Decoder) frames(ctx context.Context, f *os.File, format sniff.Format, t *track, chosen []int) ([]Frame, error) {
	threads := d.threads()
	const sizes = "pipe:4"
	args := append([]string{"-nostdin", "-noautorotate", "-reinit_filter", "0"}, d.inputArgs(format, threads)...)
	args = append(args, "-i", mediaFile, "-filter_complex", t.graph(chosen))
	n := strconv.Itoa(len(chosen))
	same := []string{"-fps_mode", "passthrough", "-autoscale", "0", "-frames:v", n}
	args = append(append(args, "-map", "[frames]"), same...)
	args = append(args, "-f", "rawvideo", "pipe:1", "-map", "[widths]", "-map", "[heights]")
	args = append(append(args, same...), "-enc_time_base", "1:1000000", "-f", "framecrc", sizes)
	p, err := d.program(d.opts.FFmpeg, f, threads, args)
	if err != nil {
		return nil, err
	}
	told, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer told.Close()
	defer theirs.Close()
	p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, theirs)
	// Read meanwhile: a pipe holds what is told of some 500 frames, less where there are many
	// pipes, and a program that waits for room in it sends no more pixels.
	shapes := make(chan []shape, 1)
	go func() { shapes <- readShapes(told, len(chosen)) }()
	var pixels []byte
	failed := p.run(ctx, d.starter, func(out io.Reader) error {
		pixels, err = t.read(out, len(chosen))
		return err
	})
	theirs.Close()
	if failed != nil && (ctx.Err() != nil || p.unfit()) || errors.Is(failed, errKilled) {
		return nil, failed
	}
	frames := t.cut(pixels, <-shapes, chosen, threads)
	if 2*len(frames) < len(chosen) {
		return nil, damagedVideo(failed)
	}
	return frames, nil
}

func damagedVideo(err error) error {
	return bonafide.Wrap(bonafide.CodeValue, "The video is damaged", err)
}

// inputArgs bind ffmpeg and ffprobe to one demuxer, the decoders, local files,
// and numbers of pixels and threads.
func (d *Decoder) inputArgs(format sniff.Format, threads int) []string {
	return []string{"-v", "error", "-hide_banner", "-threads", strconv.Itoa(threads),
		"-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer(format),
		"-codec_whitelist", videoDecoders, "-max_pixels", strconv.Itoa(d.limits.MaxVideoPixels), "-f", demuxer(format)}
}
