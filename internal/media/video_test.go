package media

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/tracks"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// moving is ffmpeg's input of a moving test picture.
func moving(size string, rate int, seconds string) []string {
	return []string{"-f", "lavfi", "-i", fmt.Sprintf("testsrc2=s=%s:r=%d:d=%s", size, rate, seconds)}
}

// native decodes one frame of a clip by ffmpeg itself, upright.
func native(t *testing.T, path string, index, width, height int) *vision.Image {
	t.Helper()
	raw, err := os.ReadFile(mediatest.FFmpeg(t, "raw", "-i", path, "-vf", "select='eq(n,"+strconv.Itoa(index)+")'", "-frames:v", "1",
		"-f", "rawvideo", "-pix_fmt", "rgb24"))
	if err != nil {
		t.Fatal(err)
	}
	return &vision.Image{Width: width, Height: height, Pix: raw}
}

func TestEveryVideoFormatGivesSpreadFrames(t *testing.T) {
	sound := []string{"-f", "lavfi", "-i", "sine=d=2"}
	for name, c := range map[string]struct {
		ext, encoder, format, codec string
		flags                       []string
	}{
		"h264 mp4":            {"mp4", "libx264", "mp4", "h264", []string{"-c:a", "aac"}},
		"h264 fragmented mp4": {"mp4", "libx264", "mp4", "h264", []string{"-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"}},
		"h264 mov":            {"mov", "libx264", "mov", "h264", []string{"-c:a", "pcm_s16le"}},
		"h264 3gp":            {"3gp", "libx264", "mp4", "h264", []string{"-c:a", "aac"}},
		"hevc mp4":            {"mp4", "libx265", "mp4", "hevc", []string{"-tag:v", "hvc1", "-c:a", "aac", "-x265-params", "log-level=none"}},
		"h264 mkv":            {"mkv", "libx264", "mkv", "h264", []string{"-c:a", "libopus"}},
		"vp8 webm":            {"webm", "libvpx", "webm", "vp8", []string{"-deadline", "realtime", "-b:v", "1M", "-c:a", "libopus"}},
		"vp9 webm":            {"webm", "libvpx-vp9", "webm", "vp9", []string{"-deadline", "realtime", "-b:v", "1M", "-c:a", "libvorbis"}},
		"av1 mkv":             {"mkv", "libsvtav1", "mkv", "av1", []string{"-preset", "12", "-c:a", "libopus"}},
		"mjpeg avi":           {"avi", "mjpeg", "avi", "mjpeg", []string{"-q:v", "3", "-pix_fmt", "yuvj420p", "-c:a", "libmp3lame"}},
	} {
		t.Run(name, func(t *testing.T) {
			mediatest.NeedFFmpeg(t, c.encoder)
			args := append(append(moving("320x240", 30, "2"), sound...), "-c:v", c.encoder)
			if c.encoder != "mjpeg" {
				args = append(args, "-pix_fmt", "yuv420p")
			}
			path := mediatest.FFmpeg(t, c.ext, append(args, c.flags...)...)
			clip := open(t, newDecoder(t, nil), path)
			in := clip.Info
			if clip.Kind != bonafide.Video || in.Format != c.format || in.Codec != c.codec || in.WidthPx != 320 || in.HeightPx != 240 ||
				in.Frames != 60 || math.Abs(in.FPS-30) > 0.5 || in.DurationMS < 1950 || in.DurationMS > 2050 {
				t.Errorf("info %+v", in)
			}
			if len(clip.Frames) != 15 {
				t.Fatalf("%d frames", len(clip.Frames))
			}
			for i, f := range clip.Frames {
				index := spread(60, 15)[i]
				if f.Index != index || math.Abs(f.AtMS-float64(index)*1000/30) > 40 {
					t.Errorf("frame %d: index %d at %.1f ms", i, f.Index, f.AtMS)
				}
			}
			for _, i := range []int{0, 7, 14} {
				near(t, clip.Frames[i].Image, native(t, path, clip.Frames[i].Index, 320, 240), 2)
			}
		})
	}
}

func TestRecordingWithoutDurationIsMeasured(t *testing.T) {
	mediatest.NeedFFmpeg(t)
	in := open(t, newDecoder(t, nil), mediatest.File(t, mediatest.Sample("live.webm"))).Info
	if in.Frames != 21 || in.DurationMS < 680 || in.DurationMS > 720 || math.Abs(in.FPS-30) > 1 {
		t.Fatalf("info %+v", in)
	}
}

func TestShortClipGivesAllFrames(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("64x48", 10, "0.7"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	if c := open(t, newDecoder(t, nil), path); len(c.Frames) != 7 || c.Frames[6].Index != 6 {
		t.Fatalf("%d frames", len(c.Frames))
	}
}

func TestUnevenTimesAreKept(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("64x48", 10, "0.5"), "-vf", "setpts='(N*N)/10/TB'", "-fps_mode", "passthrough", "-c:v", "libx264", "-bf", "2", "-pix_fmt", "yuv420p")...)
	for i, f := range open(t, newDecoder(t, nil), path).Frames {
		if want := float64(i*i) * 100; math.Abs(f.AtMS-want) > 1 {
			t.Errorf("frame %d at %.1f ms, want %.1f", i, f.AtMS, want)
		}
	}
}

// setMatrix sets the display matrix of an mp4 file's one track.
func setMatrix(t *testing.T, file []byte, a, b, c, d int32) {
	t.Helper()
	at := strings.Index(string(file), "tkhd")
	if at < 0 {
		t.Fatal("no tkhd")
	}
	m := file[at+4+40:] // version 0: the matrix begins after 40 bytes
	for i, v := range []int32{a, b, 0, c, d, 0} {
		v <<= 16
		copy(m[4*i:], []byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)})
	}
}

func TestEveryDisplayMatrixComesOutUpright(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	scene := mediatest.Scene(96, 64)
	d := newDecoder(t, nil)
	for o, m := range map[int][4]int32{
		1: {1, 0, 0, 1}, 2: {-1, 0, 0, 1}, 3: {-1, 0, 0, -1}, 4: {1, 0, 0, -1}, 5: {0, 1, 1, 0}, 6: {0, 1, -1, 0}, 7: {0, -1, -1, 0}, 8: {0, -1, 1, 0},
	} {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Lay(scene, o))))
			path := mediatest.FFmpeg(t, "mp4", "-f", "png_pipe", "-i", in, "-c:v", "libx264", "-crf", "10", "-pix_fmt", "yuv420p")
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			setMatrix(t, file, m[0], m[1], m[2], m[3])
			c := open(t, d, mediatest.File(t, file))
			if c.Info.WidthPx != 96 || c.Info.HeightPx != 64 {
				t.Errorf("info %+v", c.Info)
			}
			near(t, c.Frames[0].Image, scene, 4)
		})
	}
}

func TestRotationTagOfTelephonesIsApplied(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	plain := mediatest.FFmpeg(t, "mov", append(moving("96x64", 10, "0.3"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	path := mediatest.FFmpeg(t, "mov", "-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=90")
	c := open(t, newDecoder(t, nil), path)
	if c.Info.WidthPx != 64 || c.Info.HeightPx != 96 {
		t.Skip("SKIPPED: this ffmpeg no longer writes the rotation from metadata")
	}
	near(t, c.Frames[0].Image, native(t, path, 0, 64, 96), 2)
}

func TestOblongPixelsBecomeSquare(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("96x64", 10, "0.3"), "-vf", "setsar=2/1", "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	c := open(t, newDecoder(t, nil), path)
	if c.Info.WidthPx != 192 || c.Frames[0].Image.Width != 192 || c.Frames[0].Image.Height != 64 {
		t.Fatalf("info %+v, frame %dx%d", c.Info, c.Frames[0].Image.Width, c.Frames[0].Image.Height)
	}
}

func TestLargeVideoComesOutAtWorkingSize(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("3840x2160", 10, "0.2"), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")...)
	c := open(t, newDecoder(t, nil), path)
	if c.Info.WidthPx != 3840 || c.Info.HeightPx != 2160 || c.Frames[0].Image.Width != 1920 || c.Frames[0].Image.Height != 1080 {
		t.Fatalf("info %+v, frame %dx%d", c.Info, c.Frames[0].Image.Width, c.Frames[0].Image.Height)
	}
}

func TestVideosBeyondTheLimitsAreRefused(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "mpeg2video")
	short := mediatest.FFmpeg(t, "mp4", append(moving("64x48", 10, "2"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	for name, c := range map[string]struct {
		path   string
		change func(*Limits, *Options)
		want   string
	}{
		"duration": {short, func(l *Limits, _ *Options) { l.MaxVideo = time.Second }, "The video is longer than 1s"},
		"frames":   {short, func(l *Limits, _ *Options) { l.MaxVideoFrames = 19 }, "The video has more than 19 frames"},
		"pixels":   {short, func(l *Limits, _ *Options) { l.MaxVideoPixels = 64*48 - 1 }, "The frames of the video have more than 0.00307 megapixels"},
		"codec":    {mediatest.FFmpeg(t, "avi", append(moving("64x48", 10, "1"), "-c:v", "mpeg2video")...), nil, "codec"},
		"sound":    {mediatest.FFmpeg(t, "mp4", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"), nil, "The file holds no video track"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := newDecoder(t, c.change).Open(t.Context(), Source{Path: c.path})
			refused(t, err, c.want)
		})
	}
}

func TestVideoBombIsRefusedFromItsHeader(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", "-f", "lavfi", "-i", "color=s=8192x4608:r=1:d=1", "-frames:v", "1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
	_, err := newDecoder(t, nil).Open(t.Context(), Source{Path: path})
	refused(t, err, "The frames of the video have more than 9.44 megapixels")
}

func TestPlaylistInsideAWhitelistedNameOpensNothing(t *testing.T) {
	mediatest.NeedFFmpeg(t)
	// The sniffer would refuse it; the demuxer that is forced must too.
	list := mediatest.File(t, []byte("ffconcat version 1.0\nfile '"+mediatest.File(t, mediatest.Sample("clip.mp4"))+"'\n"))
	file, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, f := range []string{"mp4", "webm", "avi"} {
		_, err := newDecoder(t, nil).video(t.Context(), file, sniff.Format(f), nil)
		refused(t, err, "The video is damaged")
	}
}

func TestHalfAClipIsDamaged(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("320x240", 30, "2"), "-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p", "-movflags", "faststart")...)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := newDecoder(t, nil)
	_, err = d.Open(t.Context(), Source{Path: mediatest.File(t, file[:len(file)/4])})
	refused(t, err, "The video is damaged")
	c := open(t, d, mediatest.File(t, file[:len(file)*95/100]))
	if len(c.Frames) < 8 {
		t.Errorf("%d frames of a clip that lacks its end", len(c.Frames))
	}
}

func TestWithoutFFmpegPicturesStillDecode(t *testing.T) {
	d := newDecoder(t, func(_ *Limits, o *Options) { o.FFmpeg, o.FFprobe = "no-such-ffmpeg", "no-such-ffprobe" })
	open(t, d, mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8)))))
	_, err := d.Open(t.Context(), Source{Path: mediatest.File(t, mediatest.Sample("clip.mp4"))})
	if bonafide.CodeOf(err) != bonafide.CodeUnsupported || !strings.HasPrefix(err.Error(), "Video decoding is not installed on this server") {
		t.Fatalf("got %v", err)
	}
}

func TestDecoderThatCannotStartIsTheMachinesFault(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "ffprobe")
	if err := os.WriteFile(broken, []byte("not a program"), 0o700); err != nil {
		t.Fatal(err)
	}
	d := newDecoder(t, func(_ *Limits, o *Options) { o.FFmpeg, o.FFprobe = broken, broken })
	_, err := d.Open(t.Context(), Source{Path: mediatest.File(t, mediatest.Sample("clip.mp4"))})
	if err == nil || bonafide.CodeOf(err) != bonafide.CodeUnknown {
		t.Fatalf("got %v", err)
	}
}

func TestSlowVideoIsKilled(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	path := mediatest.FFmpeg(t, "mp4", append(moving("640x480", 30, "10"), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")...)
	d := newDecoder(t, func(l *Limits, _ *Options) { l.DecodeTimeout = 20 * time.Millisecond })
	_, err := d.Open(t.Context(), Source{Path: path})
	if code := bonafide.CodeOf(err); code != bonafide.CodeValue && code != bonafide.CodeBusy { // as much as there is of a core
		t.Errorf("got %v", err)
	}
}

func TestAFileIsToBlameForTheTimeInWhichItsDecoderHadACore(t *testing.T) {
	d := newDecoder(t, func(l *Limits, _ *Options) { l.DecodeTimeout = 3 * time.Second })
	for _, tt := range []struct {
		cause   error
		code    bonafide.Code
		message string
	}{
		{context.DeadlineExceeded, bonafide.CodeValue, "The video could not be decoded within 3s"},
		{fmt.Errorf("%w: %w", errStarved, context.DeadlineExceeded), bonafide.CodeBusy, "The server is too busy to decode the video, try again later"},
	} {
		if err := d.tooSlow(sniff.MP4, tt.cause); bonafide.CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.message) {
			t.Errorf("%v: got %v", tt.cause, err)
		}
	}
	if starved(time.Second, 600*time.Millisecond) || !starved(time.Second, 400*time.Millisecond) {
		t.Error("half of a core is the limit")
	}
}

func TestTheClockOfAWorkerTellsItsTimeOnACore(t *testing.T) {
	d, started := watched(t, func(_ *Limits, o *Options) { o.Workers = 1 })
	open(t, d, small(t))
	since := started()[0].meter()
	open(t, d, mediatest.File(t, mediatest.BlankPNG(4000, 4000)))
	passed, used := since()
	if used <= 0 || used > passed+time.Second/10 {
		t.Errorf("%v of %v", used, passed)
	}
	idle := started()[0].meter()
	time.Sleep(50 * time.Millisecond)
	if passed, used := idle(); !starved(passed, used) {
		t.Errorf("an idle worker had a core for %v of %v", used, passed)
	}
}

// FuzzReadTrack feeds answers of ffprobe, in which the tags are whatever a file
// says, to their reader.
func FuzzReadTrack(f *testing.F) {
	f.Add([]byte(`{"packets":[{"pts_time":"0.0"},{},{"pts_time":"-1e308"}],"streams":[{"codec_name":"vp8","width":1,"height":1,"tags":{"encoder":"HandBrake"}}],"format":{"tags":{"title":"\u0000\ud800 OBS Studio"}}}`))
	f.Add([]byte(`{"packets":[{"pts_time":"0.0","dts_time":"-0.1","flags":"K_"},{"pts_time":"1e300","flags":"__"}],"streams":[{"codec_name":"h264","width":96,"height":64,"sample_aspect_ratio":"1:1","side_data_list":[{"displaymatrix":"\n00000000: 0 65536 0\n00000001: -65536 0 0\n00000002: 0 0 1073741824\n"}]}]}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		got, err := readTrack(answer, DefaultLimits(), tracks.Layout{Cut: true})
		if err != nil {
			return
		}
		in := got.info("mp4")
		if in.WidthPx <= 0 || in.HeightPx <= 0 || math.IsNaN(in.FPS) || in.DurationMS < 0 || in.DurationMS > 30_000 {
			t.Fatalf("%+v", in)
		}
		c := got.container
		if c.Frames != len(got.times)+c.Untimed || c.Untimed < 0 || !(c.StrayMS >= 0) || c.StrayMS > 30_000 {
			t.Fatalf("%+v", c)
		}
	})
}

func TestAMovementIsDecodedEvenlyFromTheBeginning(t *testing.T) {
	d := newDecoder(t, nil)
	path := mediatest.File(t, mediatest.Sample("clip.mp4"))
	all, err := d.Open(t.Context(), Source{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	seq := Sequence{Until: time.Duration(all.Info.DurationMS) * time.Millisecond / 2, FPS: 10, Frames: 100, Side: 48}
	clip, err := d.Open(t.Context(), Source{Path: path, Digest: "d", Sequence: &seq})
	if err != nil {
		t.Fatal(err)
	}
	last := clip.Frames[len(clip.Frames)-1]
	if clip.Frames[0].Index != 0 || last.AtMS > float64(seq.Until.Milliseconds()) || max(last.Image.Width, last.Image.Height) > 48 {
		t.Errorf("%d frames until %g ms, %dx%d", len(clip.Frames), last.AtMS, last.Image.Width, last.Image.Height)
	}
	for i, f := range clip.Frames[1:] {
		if step := f.AtMS - clip.Frames[i].AtMS; step < 60 {
			t.Errorf("frame %d comes after %g ms", f.Index, step)
		}
	}
	if again, err := d.Open(t.Context(), Source{Path: path, Digest: "d"}); err != nil || len(again.Frames) == len(clip.Frames) && again.Frames[0].Image.Width == clip.Frames[0].Image.Width {
		t.Errorf("the movement was kept: %v", err)
	}
}

func TestStepsAreEvenInTime(t *testing.T) {
	var times []float64
	for i := range 300 {
		times = append(times, float64(i)/30)
	}
	for _, tt := range []struct {
		until, rate float64
		k           int
		n, last     int
	}{
		{15, 15, 150, 150, 299},
		{5, 15, 150, 76, 150},
		{15, 60, 150, 150, 299},
		{15, 15, 1, 1, 0},
	} {
		got := steps(times, tt.until, tt.rate, tt.k)
		if len(got) != tt.n || got[len(got)-1] != tt.last {
			t.Errorf("%+v: %d frames, the last is %d", tt, len(got), got[len(got)-1])
		}
	}
	// One that comes late is followed by one in time.
	if got := steps([]float64{0, 0.02, 0.2, 0.21, 0.9}, 15, 10, 150); len(got) != 4 {
		t.Errorf("of irregular times: %v", got)
	}
}

func TestManyFramesAreReadWhileTheirSizesAreTold(t *testing.T) {
	const n = 1200 // what is told of them is more than a pipe holds
	path := mediatest.FFmpeg(t, "mp4", append(moving("64x48", 60, "20"), "-pix_fmt", "yuv420p")...)
	d := newDecoder(t, nil)
	clip, err := d.Open(t.Context(), Source{Path: path, Sequence: &Sequence{Until: 20 * time.Second, FPS: 60, Frames: n, Side: 48}})
	if err != nil || len(clip.Frames) != n {
		t.Errorf("%d frames, %v", len(clip.Frames), err)
	}
}
