package media

import (
	"math"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/media/tracks"
)

func TestProgramsAreToldByTheirTags(t *testing.T) {
	for tag, want := range map[string]Container{
		"HandBrake 1.8.1 2024062200":        {Editor: true},
		"Adobe Premiere Pro 2024 (Windows)": {Editor: true},
		"clideo.com":                        {Editor: true},
		"OBS Studio":                        {Recorder: true},
		"Lavf58.29.100":                     {},
		"GStreamer matroskamux":             {},
		"Chrome":                            {},
		"17.5.1":                            {},
		"":                                  {},
		"Blender 4.1":                       {Editor: true},
		"VirtualDub2 build 44282":           {Editor: true},
		"VEGAS Pro 21":                      {Editor: true},
	} {
		said := tags{{"encoder": "Lavf60"}, {"encoder": tag}}
		got := Container{Editor: said.name(editors()), Recorder: said.name(recorders())}
		if got != want {
			t.Errorf("%q: got %+v", tag, got)
		}
	}
}

func TestWordsOfATitleAreNoPrograms(t *testing.T) {
	for title, want := range map[string]bool{
		"Canvas Demo - Las Vegas preface": false, "Veedhuis": false, "Las Vegas": false, "vegas": false, "Our blender recipe": false,
		"The final cut of the premiere": false, "Prefaced": false, "canvases": false, "Инканва canvaс": false, "canva\u0301": false, "ocanva": false,
		"Caf\u00e9veed": false, "2reface": false, "Premiere of the Adobe house": false, "Kazam!": false, "moveed": false,
		"made with canva": true, "Canva": true, "CANVA.com": true, "veed.io": true, "用Canva制作": true, "Canvaで作成": true, "сделано в Canva, быстро": true,
		"Sony Vegas": true, "edited in HandBrake 1.8": true, "Reface-2024": true, "x_veed_y": true, "OBS Studio": true,
	} {
		said := tags{nil, {"TITLE": title}}
		if got := said.name(editors()) || said.name(recorders()); got != want {
			t.Errorf("%q: got %v", title, got)
		}
	}
}

func FuzzHoldsWord(f *testing.F) {
	f.Add("made with canva \xff", "canva")
	f.Fuzz(func(t *testing.T, text, name string) {
		if holdsWord(text, name) && !strings.Contains(text, name) {
			t.Fatal("found what is not there")
		}
	})
}

func TestAnEditorsTagIsFoundInEveryContainer(t *testing.T) {
	mediatest.NeedFFmpeg(t, "libx264", "libvpx", "mjpeg")
	d := newDecoder(t, nil)
	for ext, args := range map[string][]string{
		"mp4":  {"-c:v", "libx264", "-fflags", "+bitexact", "-metadata", "title=HandBrake"},
		"mov":  {"-c:v", "libx264", "-fflags", "+bitexact", "-metadata", "title=HandBrake"},
		"webm": {"-c:v", "libvpx", "-deadline", "realtime", "-metadata", "title=made with HandBrake"},
		"mkv":  {"-c:v", "libx264", "-metadata", "title=HandBrake"},
	} {
		for _, tagged := range []bool{true, false} {
			args := args
			if !tagged {
				args = args[:len(args)-2]
			}
			c := open(t, d, mediatest.FFmpeg(t, ext, append(append(moving("160x120", 10, "1"), "-pix_fmt", "yuv420p"), args...)...)).Container
			if c.Editor != tagged || c.Recorder || c.Frames != 10 || c.Untimed != 0 || c.StrayMS > 1.1 {
				t.Errorf("%s, tagged %v: %+v", ext, tagged, c)
			}
		}
	}
}

func TestIrregularTimesStray(t *testing.T) {
	for name, tt := range map[string]struct {
		times []float64
		want  float64
	}{
		"none":      {nil, 0},
		"two":       {[]float64{0, 9}, 0},
		"constant":  {[]float64{0, 0.04, 0.08, 0.12}, 0},
		"one late":  {[]float64{0, 0.04, 0.09, 0.12}, 10},
		"one frame": {[]float64{1}, 0},
	} {
		if got := stray(tt.times); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%s: %v ms", name, got)
		}
	}
}

func TestFramesWithoutATimeAreCounted(t *testing.T) {
	answer := `{"packets":[{"pts_time":"0.0"},{"pts_time":"0.1"},{},{"pts_time":"NaN"},{"dts_time":"0.3"},{"flags":"_D"}],
		"streams":[{"codec_name":"h264","width":64,"height":48,"tags":{"encoder":"Lavc HandBrake"}}],"format":{"tags":{"title":"OBS Studio"}}}`
	track, err := readTrack([]byte(answer), DefaultLimits(), tracks.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	c := track.container
	if c.Frames != 5 || c.Untimed != 2 || len(track.times) != 3 || !c.Editor || !c.Recorder || math.Abs(c.StrayMS-50) > 1e-9 {
		t.Errorf("got %+v", c)
	}
}
