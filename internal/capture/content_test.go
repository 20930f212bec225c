package capture_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/capture/capturetest"
	"github.com/bonafide-id/bonafide/internal/light"
)

// distinct gives each frame bytes of its own.
func distinct(i int) []byte { return fmt.Append(nil, "frame ", i) }

// recorded reads a recording of the actions after change.
func recorded(t *testing.T, content func(int) []byte, change func(*capture.Manifest), actions ...string) *capture.Content {
	t.Helper()
	m, names := capturetest.Recording(bonafide.NewID(), actions...)
	if change != nil {
		change(&m)
	}
	raw, err := capturetest.Filled(m, names, content)
	if err != nil {
		t.Fatal(err)
	}
	c, err := capture.ReadContent(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asked is the demand of a capture that was drawn half a minute ago.
func asked(actions ...string) capture.Demand {
	now := time.Now()
	return capture.Demand{Actions: actions, Drawn: now.Add(-30 * time.Second), Arrived: now}
}

func TestFramesAreNamedByTheirTimes(t *testing.T) {
	c := recorded(t, distinct, func(m *capture.Manifest) { m.Actions[0].TimesMS[1] = m.Actions[0].TimesMS[0] }, capture.Smile)
	var b bytes.Buffer
	if err := c.WriteFrames(&b, 0); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File[:3] {
		names = append(names, f.Name)
	}
	if want := []string{"000100.jpg", "000101.jpg", "000232.jpg"}; len(archive.File) != 30 || !slices.Equal(names, want) {
		t.Errorf("%d files, %v", len(archive.File), names)
	}
}

func TestAManifestThatIsOutOfBoundsIsRefused(t *testing.T) {
	m, names := capturetest.Recording(bonafide.NewID(), capture.Smile)
	valid, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(from, to string) []byte {
		if !strings.Contains(string(valid), from) {
			t.Fatalf("no %s", from)
		}
		return []byte(strings.Replace(string(valid), from, to, 1))
	}
	long := `"` + strings.Repeat("x", 300) + `"`
	for name, raw := range map[string][]byte{
		"no JSON":            []byte("{"),
		"another version":    edit(`"version":1`, `"version":2`),
		"a number for text":  edit(`"plugin_version":"0.1.0"`, `"plugin_version":1`),
		"nothing":            []byte(`{"version":1}`),
		"an unknown action":  edit(capture.Smile, "video_selfie_dance"),
		"a time too many":    edit(`"t_ms":[`, `"t_ms":[1,`),
		"a time beyond":      edit(`"t_ms":[100,`, `"t_ms":[1e300,`),
		"a path upwards":     edit("f/0/0000.jpg", "../0000.jpg"),
		"an absolute path":   edit("f/0/0000.jpg", "/etc/passwd"),
		"a frame twice":      edit("f/0/0001.jpg", "f/0/0000.jpg"),
		"the manifest again": edit("f/0/0000.jpg", "manifest.json"),
		"a long text":        edit(`"0.1.0"`, long),
		"too many frames":    edit(`"frames":[`, `"frames":[`+strings.Repeat(`"a",`, 400)),
		"a frame not there":  edit("f/0/0000.jpg", "f/0/9999.jpg"),
		"too large":          append(slices.Clone(valid), bytes.Repeat([]byte(" "), 1<<20)...),
		"a wrong photo":      edit(`"photos":null`, `"photos":[{"tag":"video","name":"p.jpg"}]`),
		"no photo there":     edit(`"photos":null`, `"photos":[{"tag":"photo_id_front","name":"p.jpg"}]`),
	} {
		files := make([]capturetest.File, len(names))
		for i, n := range names {
			files[i] = capturetest.File{Name: n, Data: distinct(i)}
		}
		content, err := capturetest.Pack(raw, files...)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := capture.ReadContent(bytes.NewReader(content), int64(len(content))); bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestContentHoldsWhatItsManifestNamesAndNothingElse(t *testing.T) {
	m, names := capturetest.Recording(bonafide.NewID(), capture.Smile)
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	type file struct {
		name   string
		method uint16
	}
	pack := func(files ...file) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range files {
			to, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: f.method})
			if err != nil {
				t.Fatal(err)
			}
			data := []byte("frame of " + f.name)
			if f.name == "manifest.json" {
				data = raw
			}
			if _, err := to.Write(data); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var frames []file
	for _, n := range names {
		frames = append(frames, file{name: n})
	}
	first := file{name: "manifest.json"}
	good := pack(append([]file{first}, frames...)...)
	if _, err := capture.ReadContent(bytes.NewReader(good), int64(len(good))); err != nil {
		t.Fatal(err)
	}
	damaged := slices.Clone(good)
	damaged[bytes.Index(damaged, []byte("frame of f/0/0003"))] ^= 1
	for name, b := range map[string][]byte{
		"one more file":          pack(append([]file{first, {name: "more.jpg"}}, frames...)...),
		"the manifest last":      pack(append(slices.Clone(frames), first)...),
		"a compressed manifest":  pack(append([]file{{"manifest.json", zip.Deflate}}, frames...)...),
		"a frame less":           pack(append([]file{first}, frames[1:]...)...),
		"a name twice":           pack(append([]file{first, frames[0]}, frames...)...),
		"a frame that is broken": damaged,
		"no zip":                 []byte("PK"),
		"nothing":                nil,
	} {
		if _, err := capture.ReadContent(bytes.NewReader(b), int64(len(b))); bonafide.CodeOf(err) != bonafide.CodeContainer {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACaptureThatDoesWhatWasDrawnHasNothingAgainstIt(t *testing.T) {
	c := recorded(t, distinct, nil, capture.Blank, capture.Smile, capture.Left)
	d := asked(capture.Smile, capture.Left)
	if codes, weak := c.Decisive(d), c.Weak(d); len(codes)+len(weak) > 0 {
		t.Errorf("%v %v", codes, weak)
	}
	if codes := c.Decisive(asked()); len(codes) > 0 {
		t.Errorf("where nothing was demanded: %v", codes)
	}
}

func TestActionsHaveToBeThoseThatWereDrawnInTheirOrder(t *testing.T) {
	for _, tt := range []struct {
		drawn, shown []string
		want         string
	}{
		{[]string{capture.Smile, capture.Left}, []string{capture.Smile}, bonafide.ReasonActionMissing},
		{[]string{capture.Smile, capture.Left}, []string{capture.Blank}, bonafide.ReasonActionMissing},
		{[]string{capture.Smile, capture.Left}, []string{capture.Left, capture.Smile}, bonafide.ReasonActionOrder},
		{[]string{capture.Smile, capture.Left}, []string{capture.Left, capture.Smile, capture.Left}, bonafide.ReasonActionOrder},
		{[]string{capture.Smile, capture.Left}, []string{capture.Smile, capture.Up, capture.Left}, bonafide.ReasonActionOrder},
		{[]string{capture.Blank}, []string{capture.Smile}, bonafide.ReasonActionMissing},
		{[]string{capture.Best}, []string{capture.OneShot}, ""},
		{[]string{"photo_id_front", capture.Smile}, []string{capture.Smile}, bonafide.ReasonActionMissing},
	} {
		codes := recorded(t, distinct, nil, tt.shown...).Decisive(asked(tt.drawn...))
		if got := strings.Join(codes, " "); got != tt.want {
			t.Errorf("%v for %v: %q, want %q", tt.shown, tt.drawn, got, tt.want)
		}
	}
}

func TestTimesAreThoseOfOneRecordingAfterTheDraw(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*capture.Manifest)
		want   string
	}{
		"frames swapped":            {func(m *capture.Manifest) { t := m.Actions[0].TimesMS; t[3], t[4] = t[4], t[3] }, bonafide.ReasonTimeOrder},
		"before the draw":           {func(m *capture.Manifest) { m.Actions[0].StartedMS = -5000 }, bonafide.ReasonTimeOrder},
		"a frame before the action": {func(m *capture.Manifest) { m.Actions[0].TimesMS[0] = 10 }, bonafide.ReasonTimeOrder},
		"a frame after the action":  {func(m *capture.Manifest) { m.Actions[0].TimesMS[29] += 5000 }, bonafide.ReasonTimeOrder},
		"ended before it began":     {func(m *capture.Manifest) { m.Actions[0].EndedMS = 50 }, bonafide.ReasonTimeOrder},
		"two actions at once":       {func(m *capture.Manifest) { m.Actions[1].StartedMS = 500 }, bonafide.ReasonTimeOrder},
		"longer than since the draw": {func(m *capture.Manifest) {
			m.Actions[1].EndedMS = 60000
			m.Actions[1].StartedMS = 59000
			shift(m.Actions[1].TimesMS, 56400)
		}, bonafide.ReasonTimeOrder},
		"an action without end":        {func(m *capture.Manifest) { m.Actions[1].EndedMS = m.Actions[1].StartedMS + 12500 }, bonafide.ReasonLate},
		"frames over thirteen seconds": {func(m *capture.Manifest) { m.Actions[1].TimesMS[29] += 12000; m.Actions[1].EndedMS += 10000 }, bonafide.ReasonLate},
	} {
		codes := recorded(t, distinct, tt.change, capture.Smile, capture.Left).Decisive(asked(capture.Smile, capture.Left))
		if got := strings.Join(codes, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func shift(times []float64, by float64) {
	for i := range times {
		times[i] += by
	}
}

func TestAFrameThatComesBackIsADuplicate(t *testing.T) {
	d := asked(capture.Smile, capture.Left)
	for name, tt := range map[string]struct {
		content func(int) []byte
		want    string
		weak    bool
	}{
		"a loop":                      {func(i int) []byte { return distinct(i % 20) }, bonafide.ReasonDuplicateFrames, false},
		"one frame from before":       {func(i int) []byte { return distinct(i % 59) }, bonafide.ReasonDuplicateFrames, false},
		"a still":                     {func(int) []byte { return distinct(0) }, bonafide.ReasonDuplicateFrames, true},
		"a camera that is a bit slow": {func(i int) []byte { return distinct(i - i%4/3) }, "", true},
	} {
		c := recorded(t, tt.content, nil, capture.Smile, capture.Left)
		if got := strings.Join(c.Decisive(d), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		if weak := c.Weak(d); (len(weak) > 0) != tt.weak {
			t.Errorf("%s: %v", name, weak)
		}
	}
	d.Seen = 1
	if got := recorded(t, distinct, nil, capture.Smile, capture.Left).Decisive(d); !slices.Equal(got, []string{bonafide.ReasonDuplicateFrames}) {
		t.Errorf("a frame of an earlier capture: %v", got)
	}
}

func TestHalfOfACaptureIsKnownAgainByItsMarks(t *testing.T) {
	first := recorded(t, distinct, nil, capture.Smile, capture.Left)
	second := recorded(t, func(i int) []byte { return distinct(i + 30) }, nil, capture.Smile, capture.Left)
	marks, found := first.Marks(), 0
	for _, d := range slices.Concat(second.Digests...) {
		if slices.Contains(marks, d) {
			found++
		}
	}
	if len(marks) != 16 || found == 0 {
		t.Errorf("%d of %d marks", found, len(marks))
	}
}

func TestWhatOnlyTheClientTellsNeverDecides(t *testing.T) {
	worst := func(m *capture.Manifest) {
		m.Signals = capture.Signals{TrackClass: "CanvasCaptureMediaStreamTrack", CaptureTime: []int{0, 30}, JitterMS: 0.1,
			LabelVirtual: true, Patched: []string{"getUserMedia"}, Webdriver: true, DevicesChanged: true}
	}
	d := asked(capture.Smile)
	c := recorded(t, distinct, worst, capture.Smile)
	weak := c.Weak(d)
	if codes := c.Decisive(d); len(codes) > 0 || len(weak) < 8 || strongest(weak) >= 1 {
		t.Errorf("%v, %v", codes, weak)
	}
	for _, engine := range []string{"gecko", "webkit"} {
		c := recorded(t, distinct, func(m *capture.Manifest) {
			m.Device.Engine, m.Signals = engine, capture.Signals{TrackClass: "MediaStreamTrack", CaptureTime: []int{0, 30}, JitterMS: 8}
		}, capture.Smile)
		if weak := c.Weak(d); len(weak) > 0 {
			t.Errorf("%s, which never gives capture times: %v", engine, weak)
		}
	}
}

// strongest gives the greatest weight.
func strongest(hints []bonafide.Hint) float64 {
	most := 0.0
	for _, h := range hints {
		most = max(most, h.Weight)
	}
	return most
}

func TestColoursThatTheScreenDidNotShowAreASign(t *testing.T) {
	drawn := []string{"#ffffff", "#3060ff", "#30c060"}
	s := capture.Session{}
	s.Colors = drawn
	d := asked(capture.Smile)
	d.Colors = drawn
	for name, tt := range map[string]struct {
		shown []string
		as    bool
	}{"as drawn": {drawn, true}, "in another order": {[]string{"#3060ff", "#ffffff", "#30c060"}, false}, "too few": {drawn[:2], false}, "none": {nil, false}} {
		c := recorded(t, distinct, func(m *capture.Manifest) {
			if tt.shown == nil {
				return
			}
			m.Light = &capture.Shown{}
			for i, color := range tt.shown {
				m.Light.Shown = append(m.Light.Shown, capture.Symbol{Color: color, AtMS: 100 + 500*float64(i)})
			}
		}, capture.Smile)
		weak := c.Weak(d)
		told := slices.ContainsFunc(weak, func(h bonafide.Hint) bool { return h.Code == "light_not_shown" && h.Weight < 1 })
		if told == tt.as {
			t.Errorf("%s: %v", name, weak)
		}
		kept := s.Kept(&c.Manifest, weak)
		if shown, there := kept[light.Key].(light.Shown); there != tt.as || tt.as && (len(shown.Symbols) != 3 || shown.Begins[capture.Smile] != c.Manifest.Actions[0].TimesMS[0]) {
			t.Errorf("%s: kept %+v", name, kept)
		}
	}
}
