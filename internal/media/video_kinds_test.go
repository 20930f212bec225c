package media

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// joined puts pieces of VP8 into one track of a WebM file.
func joined(t *testing.T, pieces []string) string {
	t.Helper()
	list := ""
	for _, p := range pieces {
		list += "file '" + p + "'\n"
	}
	return mediatest.FFmpeg(t, "webm", "-f", "concat", "-safe", "0", "-i", mediatest.File(t, []byte(list)), "-c", "copy")
}

// scene is ffmpeg's input of a still scene of ten frames.
func scene(t *testing.T, im *vision.Image) []string {
	in := mediatest.File(t, mediatest.PNG(mediatest.RGBA(im)))
	return []string{"-f", "png_pipe", "-loop", "1", "-framerate", "10", "-t", "1", "-i", in}
}

func TestFramesKeepTheirOwnShapeWhenItChangesOnTheWay(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libvpx")
	wide, high, large := mediatest.Scene(320, 240), mediatest.Scene(240, 320), mediatest.Scene(640, 480)
	huge, shrunk := mediatest.Scene(2400, 1600), mediatest.Scene(1920, 1280)
	piece := map[*vision.Image]string{}
	for _, im := range []*vision.Image{wide, high, large, huge} {
		args := append(scene(t, im), "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "4M", "-pix_fmt", "yuv420p")
		piece[im] = mediatest.FFmpeg(t, "ivf", args...)
	}
	for name, order := range map[string][]*vision.Image{
		"turned once":       {wide, high},
		"turned back":       {high, wide, high, wide},
		"grown and shrunk":  {wide, large, wide},
		"grown beyond us":   {wide, huge, high},
		"no change":         {wide, wide},
		"many small pieces": {wide, high, large, high, wide, large, huge, wide},
	} {
		t.Run(name, func(t *testing.T) {
			var pieces []string
			for _, im := range order {
				pieces = append(pieces, piece[im])
			}
			c := open(t, newDecoder(t, nil), joined(t, pieces))
			if len(c.Frames) != 15 || c.Info.Frames != 10*len(order) {
				t.Fatalf("%d frames of %d", len(c.Frames), c.Info.Frames)
			}
			for _, f := range c.Frames {
				want := order[f.Index/10]
				if want == huge {
					want = shrunk
				}
				near(t, f.Image, want, 4)
				if math.Abs(f.AtMS-100*float64(f.Index)) > 2 {
					t.Errorf("frame %d at %v ms", f.Index, f.AtMS)
				}
			}
		})
	}
}

func TestFramesThatChangeTheirShapeAreTurnedAllTheSame(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	a, b := mediatest.Scene(320, 240), mediatest.Scene(200, 320)
	list := ""
	for _, im := range []*vision.Image{a, b} {
		args := append(scene(t, mediatest.Lay(im, 6)), "-c:v", "libx264", "-crf", "8", "-pix_fmt", "yuv420p", "-x264-params", "repeat-headers=1")
		list += "file '" + mediatest.FFmpeg(t, "h264", args...) + "'\n"
	}
	path := mediatest.FFmpeg(t, "mp4", "-f", "concat", "-safe", "0", "-r", "10", "-i", mediatest.File(t, []byte(list)), "-c", "copy", "-tag:v", "avc3")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	setMatrix(t, file, 0, 1, -1, 0)
	c := open(t, newDecoder(t, nil), mediatest.File(t, file))
	if c.Info.WidthPx != 320 || c.Info.HeightPx != 240 {
		t.Errorf("info %+v", c.Info)
	}
	near(t, c.Frames[0].Image, a, 4)
	near(t, c.Frames[len(c.Frames)-1].Image, b, 4)
}

func TestOddTracksBesideTheVideoAreIgnored(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx", "mjpeg")
	srt := mediatest.File(t, []byte("1\n00:00:00,000 --> 00:00:01,000\nHello\n"))
	png := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(64, 64))))
	tone := []string{"-f", "lavfi", "-i", "sine=d=1"}
	words := []string{"-f", "srt", "-i", srt}
	h264 := []string{"-c:v", "libx264", "-pix_fmt", "yuv420p"}
	vp8 := []string{"-c:v", "libvpx", "-deadline", "realtime"}
	for name, c := range map[string]struct {
		ext   string
		input []string
		flags []string
	}{
		"avi with mp2":            {"avi", tone, append(h264, "-c:a", "mp2")},
		"avi of mjpeg with mp2":   {"avi", tone, []string{"-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "mp2"}},
		"avi with wma":            {"avi", tone, append(h264, "-c:a", "wmav2")},
		"mov with pcm_s24be":      {"mov", tone, append(h264, "-c:a", "pcm_s24be")},
		"mov with pcm_f32be":      {"mov", tone, append(h264, "-c:a", "pcm_f32be")},
		"mov with adpcm_ima_qt":   {"mov", tone, append(h264, "-c:a", "adpcm_ima_qt")},
		"mov with sound first":    {"mov", tone, append(h264, "-c:a", "pcm_s24be", "-map", "1:a", "-map", "0:v")},
		"mkv with wma":            {"mkv", tone, append(h264, "-c:a", "wmav2")},
		"mkv with sound first":    {"mkv", tone, append(h264, "-c:a", "dca", "-strict", "-2", "-map", "1:a", "-map", "0:v")},
		"mkv with truehd":         {"mkv", tone, append(h264, "-c:a", "truehd", "-strict", "-2")},
		"mkv with srt":            {"mkv", words, append(h264, "-c:s", "srt")},
		"mkv with ass":            {"mkv", words, append(h264, "-c:s", "ass")},
		"webm with webvtt":        {"webm", words, append(vp8, "-c:s", "webvtt")},
		"mp4 with timed text":     {"mp4", words, append(h264, "-c:s", "mov_text")},
		"mp4 with mp2":            {"mp4", tone, append(h264, "-c:a", "mp2")},
		"fragmented mp4 with mp2": {"mp4", tone, append(h264, "-c:a", "mp2", "-movflags", "frag_keyframe+empty_moov")},
		"mp4 with aac":            {"mp4", tone, append(h264, "-c:a", "aac")},
		"live webm with opus":     {"webm", tone, append(vp8, "-c:a", "libopus", "-live", "1")},
		"mkv with a font":         {"mkv", nil, append(h264, "-attach", srt, "-metadata:s:t", "mimetype=application/x-truetype-font")},
		"mkv with a cover":        {"mkv", nil, append(h264, "-attach", png, "-metadata:s:t", "mimetype=image/png", "-metadata:s:t", "filename=cover.png")},
		"mp4 with a cover":        {"mp4", []string{"-f", "png_pipe", "-i", png}, append(h264, "-map", "0", "-map", "1", "-c:v:1", "png", "-disposition:v:1", "attached_pic")},
		"mkv of two videos":       {"mkv", []string{"-f", "png_pipe", "-i", png}, append(h264, "-map", "0", "-map", "1", "-c:v:1", "png")},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(append(moving("160x120", 10, "1"), c.input...), c.flags...)
			c := open(t, newDecoder(t, nil), mediatest.FFmpeg(t, c.ext, args...))
			if c.Info.Frames != 10 || len(c.Frames) != 10 || c.Info.WidthPx != 160 || c.Container.Cut {
				t.Errorf("%d frames, %+v, %+v", len(c.Frames), c.Info, c.Container)
			}
		})
	}
}

func TestACodecThatIsNotAllowedIsNamed(t *testing.T) {
	mediatest.NeedFFmpeg(t, "mpeg2video")
	for _, ext := range []string{"avi", "mkv"} {
		_, err := newDecoder(t, nil).Open(t.Context(), Source{Path: mediatest.FFmpeg(t, ext, append(moving("64x48", 25, "1"), "-c:v", "mpeg2video")...)})
		refused(t, err, "Unsupported video codec: mpeg2video is not supported; allowed: H.264, HEVC")
	}
}

func TestPaddedClipsDoNotStandStill(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx", "libx265", "mjpeg")
	for name, flags := range map[string][]string{
		"x264":           {"-c:v", "libx264", "-pix_fmt", "yuv420p"},
		"x264 ultrafast": {"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"},
		"vp8":            {"-c:v", "libvpx", "-deadline", "realtime", "-b:v", "1M"},
		"x265":           {"-c:v", "libx265", "-preset", "fast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none"},
		"mjpeg":          {"-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"},
	} {
		for _, rate := range []struct{ from, to, seconds int }{{3, 30, 2}, {5, 30, 1}, {4, 25, 4}} {
			t.Run(fmt.Sprintf("%s %d to %d", name, rate.from, rate.to), func(t *testing.T) {
				// A crawling window over noise, which changes as a whole.
				filter := fmt.Sprintf("mandelbrot=s=320x240:r=%d,noise=alls=30:allf=t,gblur=1,fps=%d", rate.from, rate.to)
				clip := open(t, newDecoder(t, nil), mediatest.FFmpeg(t, "mkv", append([]string{"-f", "lavfi", "-i", filter, "-t", fmt.Sprint(rate.seconds)}, flags...)...))
				want := rate.from * rate.seconds
				// Where an encoder uses repeated frames to make the last one finer, none
				// stands still and all count.
				if n := clip.Container.Distinct; n != 0 && (n < want*3/4 || n > want+1) {
					t.Errorf("%d frames of %d are new", n, want)
				}
				if still := same(clip); 4*still >= len(clip.Frames)-1 {
					t.Errorf("%d of %d steps show nothing new: %+v", still, len(clip.Frames)-1, clip.Container)
				}
			})
		}
	}
}

// same counts the steps from one sampled frame to the next that change nothing.
func same(c *Clip) (n int) {
	for i := 1; i < len(c.Frames); i++ {
		if vision.Compare(c.Frames[i-1].Image, c.Frames[i].Image).Mean < 0.1 {
			n++
		}
	}
	return n
}

func TestWhatIsNotPaddedIsSampledAsItIs(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	noise := "noise=alls=6:allf=t"
	for name, filter := range map[string]string{
		"moving":              "mandelbrot=s=320x240:r=30,trim=duration=3," + noise,
		"a still picture":     "color=gray:s=320x240:r=30:d=3",
		"a still, then alive": "mandelbrot=s=320x240:r=30,trim=duration=3,tpad=stop_mode=clone:stop_duration=3",
		"alive, held twice":   "mandelbrot=s=320x240:r=30,trim=duration=4,select='lt(n,20)+between(n,60,80)',setpts=PTS,fps=30",
	} {
		t.Run(name, func(t *testing.T) {
			for _, gop := range []string{"250", "15"} {
				c := open(t, newDecoder(t, nil), mediatest.FFmpeg(t, "mp4", "-f", "lavfi", "-i", filter, "-c:v", "libx264", "-g", gop, "-pix_fmt", "yuv420p"))
				if c.Container.Distinct != 0 || len(c.Frames) != 15 {
					t.Errorf("%+v, %d frames", c.Container, len(c.Frames))
				}
			}
		})
	}
}

func TestHDRLooksAsItsSDRDoes(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx265", "libx264")
	const toHLG = "zscale=tin=bt709:pin=bt709:min=bt709:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203:agamma=0,format=yuv420p10le"
	const toPQ = "zscale=tin=bt709:pin=bt709:min=bt709:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
	sdr := mediatest.FFmpeg(t, "mp4", append(scene(t, mediatest.Scene(320, 240)), "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
		"-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-c:v", "libx264", "-crf", "4")...)
	d := newDecoder(t, nil)
	want := open(t, d, sdr).Frames[0].Image
	near(t, want, mediatest.Scene(320, 240), 3)
	hevc := []string{"-c:v", "libx265", "-tag:v", "hvc1"}
	for name, c := range map[string]struct {
		ext, filter, transfer string
		flags                 []string
	}{
		"HLG in mp4":           {"mp4", toHLG, "arib-std-b67", append(hevc, "-x265-params", "log-level=none:crf=4")},
		"HLG in mov":           {"mov", toHLG, "arib-std-b67", append(hevc, "-x265-params", "log-level=none:crf=4")},
		"HLG in mkv":           {"mkv", toHLG, "arib-std-b67", []string{"-c:v", "libx265", "-x265-params", "log-level=none:crf=4"}},
		"PQ in mp4":            {"mp4", toPQ, "smpte2084", append(hevc, "-x265-params", "log-level=none:crf=4")},
		"HLG of 8 bits":        {"mp4", toHLG + ",format=yuv420p", "arib-std-b67", []string{"-c:v", "libx264", "-crf", "4"}},
		"PQ of 10 bits, H.264": {"mp4", toPQ, "smpte2084", []string{"-c:v", "libx264", "-crf", "4"}},
		"wide gamut": {"mp4", "zscale=tin=bt709:pin=bt709:min=bt709:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:t=bt709:m=bt2020nc:r=tv:npl=203,format=yuv420p10le",
			"bt709", append(hevc, "-x265-params", "log-level=none:crf=4")},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"-i", sdr, "-vf", c.filter, "-color_primaries", "bt2020", "-color_trc", c.transfer, "-colorspace", "bt2020nc", "-color_range", "tv"}, c.flags...)
			got := open(t, d, mediatest.FFmpeg(t, c.ext, args...)).Frames[0].Image
			near(t, got, want, 3)
			for i, m := range means(got) {
				if w := means(want)[i]; math.Abs(m-w) > 4 {
					t.Errorf("channel %d: mean %.1f, want %.1f", i, m, w)
				}
			}
		})
	}
}

func TestHDRIsSeenWhereOnlyTheContainerSaysSo(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx265")
	args := append(scene(t, mediatest.Scene(320, 240)), "-vf", "scale=out_color_matrix=bt2020:out_range=tv,format=yuv420p10le",
		"-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc", "-c:v", "libx265", "-x265-params", "log-level=none:crf=4")
	both := mediatest.FFmpeg(t, "mp4", args...)
	d := newDecoder(t, nil)
	want := open(t, d, both).Frames[0].Image
	for name, flags := range map[string][]string{
		"the container": {"-bsf:v", "hevc_metadata=colour_primaries=2:transfer_characteristics=2:matrix_coefficients=2", "-movflags", "+write_colr"},
		"the stream":    {"-c:v", "copy", "-movflags", "-write_colr"},
	} {
		for _, ext := range []string{"mp4", "mov", "mkv"} {
			if ext == "mkv" {
				flags = flags[:2]
			}
			path := mediatest.FFmpeg(t, ext, append([]string{"-i", both, "-c", "copy"}, flags...)...)
			if d := mediatest.Distance(open(t, d, path).Frames[0].Image, want); d > 0.5 {
				t.Errorf("only %s of %s: mean difference %.1f", name, ext, d)
			}
		}
	}
}

// means gives the means of the three colours.
func means(im *vision.Image) (m [3]float64) {
	for i, v := range im.Pix {
		m[i%3] += float64(v) / float64(len(im.Pix)/3)
	}
	return m
}

func TestRangeAndMatrixAreThoseOfTheTrack(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx", "libx265")
	small, large := mediatest.Scene(320, 240), mediatest.Scene(1280, 720)
	for name, c := range map[string]struct {
		im           *vision.Image
		ext          string
		matrix, span string
		flags        []string
	}{
		"bt601 said":            {large, "mp4", "bt601", "tv", []string{"-colorspace", "smpte170m", "-color_range", "tv"}},
		"bt709 said":            {small, "mp4", "bt709", "tv", []string{"-colorspace", "bt709", "-color_range", "tv"}},
		"full range":            {small, "mp4", "bt601", "pc", []string{"-colorspace", "smpte170m", "-color_range", "pc"}},
		"full range, bt709":     {large, "mkv", "bt709", "pc", []string{"-colorspace", "bt709", "-color_range", "pc"}},
		"small and not said":    {small, "mp4", "bt601", "tv", nil},
		"large and not said":    {large, "mp4", "bt709", "tv", nil},
		"large vp8":             {large, "webm", "bt601", "tv", []string{"-c:v", "libvpx", "-deadline", "realtime", "-b:v", "20M"}},
		"bt2020 without its P.": {small, "mp4", "bt2020", "tv", []string{"-colorspace", "bt2020nc", "-color_range", "tv"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(scene(t, c.im), "-frames:v", "1", "-vf", "scale=out_color_matrix="+c.matrix+":out_range="+c.span+",format=yuv420p", "-c:v", "libx264", "-crf", "4")
			near(t, open(t, newDecoder(t, nil), mediatest.FFmpeg(t, c.ext, append(args, c.flags...)...)).Frames[0].Image, c.im, 3)
		})
	}
}

func TestAPauseIsNoLength(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx")
	for name, c := range map[string]struct{ filter, ext, codec string }{
		"mp4":            {"setpts='round((N/10+40*gte(N,20))/TB)'", "mp4", "libx264"},
		"webm":           {"setpts='round((N/10+35*gte(N,20))/TB)'", "webm", "libvpx"},
		"webm of two":    {"setpts='round((N/10+25*gte(N,10)+3600*gte(N,30))/TB)'", "webm", "libvpx"},
		"with an offset": {"setpts='round((3600+N/10+40*gte(N,20))/TB)'", "mkv", "libx264"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(moving("64x48", 10, "4"), "-vf", c.filter, "-fps_mode", "passthrough", "-c:v", c.codec, "-pix_fmt", "yuv420p")
			clip := open(t, newDecoder(t, nil), mediatest.FFmpeg(t, c.ext, args...))
			if d := clip.Info.DurationMS; d < 3900 || d > 4100 || clip.Info.Frames != 40 {
				t.Errorf("%+v", clip.Info)
			}
			for _, f := range clip.Frames {
				if math.Abs(f.AtMS-100*float64(f.Index)) > 20 {
					t.Errorf("frame %d at %v ms", f.Index, f.AtMS)
				}
			}
		})
	}
	// What goes on for long is long.
	long := mediatest.FFmpeg(t, "mp4", append(moving("64x48", 1, "32"), "-c:v", "libx264", "-pix_fmt", "yuv420p")...)
	_, err := newDecoder(t, nil).Open(t.Context(), Source{Path: long})
	refused(t, err, "The video is longer than 30s")
}

func TestManyFramesASecondAreNoFault(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264")
	for _, c := range []struct{ rate, seconds int }{{120, 16}, {240, 20}} {
		path := mediatest.FFmpeg(t, "mp4", append(moving("160x120", c.rate, fmt.Sprint(c.seconds)), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")...)
		clip := open(t, newDecoder(t, func(l *Limits, _ *Options) { l.DecodeTimeout = DefaultLimits().DecodeTimeout }), path)
		if clip.Info.Frames != c.rate*c.seconds || len(clip.Frames) != 15 {
			t.Errorf("%+v", clip.Info)
		}
	}
}

func TestAVideoThatWasCutIsTold(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx")
	h264 := []string{"-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac"}
	vp8 := []string{"-c:v", "libvpx", "-deadline", "realtime", "-b:v", "1M", "-c:a", "libopus"}
	for name, c := range map[string]struct {
		ext   string
		flags []string
	}{
		"mp4":            {"mp4", append(h264, "-movflags", "faststart")},
		"fragmented mp4": {"mp4", append(h264, "-movflags", "frag_keyframe+empty_moov")},
		"mov":            {"mov", append(h264, "-movflags", "faststart")},
		"webm":           {"webm", vp8},
		"live webm":      {"webm", append(vp8, "-live", "1")},
		"mkv":            {"mkv", h264},
		"avi":            {"avi", []string{"-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "mp3"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := append(append(moving("320x240", 30, "3"), "-f", "lavfi", "-i", "sine=d=3"), c.flags...)
			file, err := os.ReadFile(mediatest.FFmpeg(t, c.ext, args...))
			if err != nil {
				t.Fatal(err)
			}
			d := newDecoder(t, nil)
			if c := open(t, d, mediatest.File(t, file)); c.Container.Cut {
				t.Error("the whole one is told to be cut")
			}
			trailer := append(file[:len(file):len(file)], "what a telephone leaves behind"...)
			if c := open(t, d, mediatest.File(t, trailer)); c.Container.Cut {
				t.Error("one with more behind it is told to be cut")
			}
			for _, percent := range []int{99, 80, 60} {
				c := open(t, d, mediatest.File(t, file[:len(file)*percent/100]))
				if !c.Container.Cut || c.Info.Frames < 20 {
					t.Errorf("%d %%: %+v", percent, c.Container)
				}
			}
		})
	}
}

func TestVideosOfTheFieldAreSeenAsTheyAre(t *testing.T) {
	const folder = "../../../shared/data/field/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("SKIPPED: the videos of the field are not here")
	}
	mediatest.NeedFFmpeg(t)
	d := newDecoder(t, nil)
	if c := open(t, d, folder+"cfr30_from_3fps_genuine_frozen.mp4"); c.Container.Distinct < 5 || c.Container.Distinct > 7 || same(c) > 0 {
		t.Errorf("padded: %+v, %d still", c.Container, same(c))
	}
	open(t, d, folder+"mkv_h264_srt_subtitle.mkv")
	if c := open(t, d, folder+"mp4_title_canvas_preface_las_vegas.mp4"); c.Container.Editor {
		t.Errorf("a title: %+v", c.Container)
	}
	clips, _ := filepath.Glob("../../../shared/data/pad/video/*")
	for _, path := range clips {
		if strings.HasSuffix(path, ".csv") {
			continue
		}
		start := time.Now()
		if c := open(t, d, path); c.Container.Distinct != 0 || c.Container.Cut {
			t.Errorf("%s: %+v, %v", filepath.Base(path), c.Container, time.Since(start))
		}
	}
}
