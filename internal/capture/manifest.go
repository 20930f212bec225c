package capture

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Limits of a manifest.
const (
	maxManifest = 1 << 20 // bytes
	maxActions  = 16
	maxFrames   = 300 // of one action, as an archive of frames may have
	maxPhotos   = 8
	maxEvents   = 1000
	maxAnalyses = 8
	maxShown    = 64     // colours
	maxWord     = 256    // bytes of a text
	maxList     = 64     // texts of a list
	maxTimeMS   = 990000 // six digits, as files of frames are named
)

// Manifest is the first file of a container's content: what was captured, when, and by
// what. Times are milliseconds since the start of the session in the client. Fields that
// are not known are left unread, so that a newer client can say more.
type Manifest struct {
	Version       int           `json:"version"`
	PluginVersion string        `json:"plugin_version"`
	ChallengeID   bonafide.ID   `json:"challenge_id"`
	Actions       []Action      `json:"actions"`
	Photos        []Photo       `json:"photos"`
	Meta          bonafide.Meta `json:"meta"` // becomes the folder's metadata
	Params        Params        `json:"params"`
	Analyses      []string      `json:"analyses"` // types, in any case of letters
	Light         *Shown        `json:"light"`
	Device        Device        `json:"device"`
	Signals       Signals       `json:"signals"`
	Log           []Event       `json:"log"`
}

// Params are the settings of analyses that a client may choose. Thresholds are not among
// them: a page is in the hands of whoever opens it.
type Params struct {
	ExtractBestShot *bool `json:"extract_best_shot"`
}

// Action is one recorded action.
type Action struct {
	Action    string     `json:"action"`
	StartedMS float64    `json:"started_ms"`
	EndedMS   float64    `json:"ended_ms"`
	Frames    []string   `json:"frames"`     // names of JPEG files
	TimesMS   []float64  `json:"t_ms"`       // of each frame
	CaptureMS []*float64 `json:"capture_ms"` // what the camera says, null where it says nothing
	Best      string     `json:"best"`       // name of a lossless frame, may be empty
}

// Photo is a still.
type Photo struct {
	Tag  string `json:"tag"`
	Name string `json:"name"`
}

// Shown is the light that was shown.
type Shown struct {
	Shown []Symbol `json:"shown"`
}

// Symbol is one colour and when it was there.
type Symbol struct {
	Color string  `json:"color"`
	AtMS  float64 `json:"t_ms"`
}

// Device is what a capture was made with, as the client tells it.
type Device struct {
	Engine    string    `json:"engine"` // chromium, gecko or webkit
	UserAgent string    `json:"user_agent"`
	Screen    []float64 `json:"screen"` // width and height
	Camera    Camera    `json:"camera"`
}

// Camera is the stream that frames were taken of.
type Camera struct {
	Width     float64 `json:"width"`
	Height    float64 `json:"height"`
	FrameRate float64 `json:"frame_rate"`
	Facing    string  `json:"facing"`
}

// Signals are what the client noticed about its camera. Whoever controls the client
// controls them.
type Signals struct {
	TrackClass     string   `json:"track_class"`
	HasGroupID     bool     `json:"has_group_id"`
	HasTrackStats  bool     `json:"has_track_stats"`
	CaptureTime    []int    `json:"capture_time"` // frames with one, and all
	JitterMS       float64  `json:"jitter_ms"`
	LabelHash      string   `json:"label_hash"`
	LabelVirtual   bool     `json:"label_virtual"`
	Patched        []string `json:"patched"`
	Webdriver      bool     `json:"webdriver"`
	DevicesChanged bool     `json:"devices_changed"`
}

// Event is an entry of the client's log.
type Event struct {
	Event   string         `json:"event"`
	AtMS    float64        `json:"t_ms"`
	Context map[string]any `json:"context"`
}

// entry is how files of a container may be named.
var entry = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}){0,3}$`)

// ReadManifest reads a manifest. What is wrong with it is CodeContainer.
func ReadManifest(raw []byte) (*Manifest, error) {
	if len(raw) > maxManifest {
		return nil, broken(badManifest, "its manifest has more than %d bytes", maxManifest)
	}
	m := new(Manifest)
	if !json.Valid(raw) {
		return nil, broken(badManifest, "its manifest is no JSON")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // metadata come back as they were
	if err := dec.Decode(m); err != nil {
		return nil, broken(badManifest, "its manifest is no JSON of the right form: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if m.Version != 1 {
		return nil, broken(badManifest, "its manifest has version %d", m.Version)
	}
	if len(m.Actions)+len(m.Photos) == 0 {
		return nil, broken(badManifest, "nothing was captured")
	}
	if err := m.bounded(); err != nil {
		return nil, err
	}
	for i := range m.Actions {
		if err := m.Actions[i].check(); err != nil {
			return nil, err
		}
	}
	for _, p := range m.Photos {
		if !photo.MatchString(p.Tag) {
			return nil, broken(badManifest, "%s is no tag of a photo", bonafide.Quote(p.Tag))
		}
	}
	return m, m.names(func(string) error { return nil })
}

// bounded checks lengths.
func (m *Manifest) bounded() error {
	for _, l := range []struct {
		of        string
		have, may int
	}{
		{"actions", len(m.Actions), maxActions}, {"photos", len(m.Photos), maxPhotos}, {"analyses", len(m.Analyses), maxAnalyses},
		{"log", len(m.Log), maxEvents}, {"screen", len(m.Device.Screen), 2}, {"capture_time", len(m.Signals.CaptureTime), 2},
		{"patched", len(m.Signals.Patched), maxList}, {"light", len(m.shown()), maxShown},
	} {
		if l.have > l.may {
			return broken(badManifest, "its manifest lists %d %s, at most %d", l.have, l.of, l.may)
		}
	}
	words := slices.Concat([]string{m.PluginVersion, m.Device.Engine, m.Device.Camera.Facing, m.Signals.TrackClass, m.Signals.LabelHash}, m.Signals.Patched)
	for _, s := range m.shown() {
		words = append(words, s.Color)
	}
	for _, e := range m.Log {
		words = append(words, e.Event)
	}
	for _, w := range words {
		if len(w) > maxWord {
			return broken(badManifest, "a text of its manifest has more than %d bytes", maxWord)
		}
	}
	if len(m.Device.UserAgent) > 4*maxWord {
		return broken(badManifest, "its user agent has more than %d bytes", 4*maxWord)
	}
	return nil
}

func (m *Manifest) shown() []Symbol {
	if m.Light == nil {
		return nil
	}
	return m.Light.Shown
}

// check checks one action for itself. Times may be in any order: that is a finding and no
// mistake of form.
func (a *Action) check() error {
	switch n := len(a.Frames); {
	case !slices.Contains(Actions(), a.Action):
		return broken(badManifest, "%s is no action", bonafide.Quote(a.Action))
	case n == 0 || n > maxFrames:
		return broken(badManifest, "%s has %d frames, from 1 to %d are taken", a.Action, n, maxFrames)
	case len(a.TimesMS) != n:
		return broken(badManifest, "%s has %d frames and %d times", a.Action, n, len(a.TimesMS))
	case len(a.CaptureMS) != 0 && len(a.CaptureMS) != n:
		return broken(badManifest, "%s has %d frames and %d capture times", a.Action, n, len(a.CaptureMS))
	}
	for _, at := range append([]float64{a.StartedMS, a.EndedMS}, a.TimesMS...) {
		if !(math.Abs(at) <= maxTimeMS) {
			return broken(badManifest, "a time of %s is beyond %d ms", a.Action, maxTimeMS)
		}
	}
	return nil
}

// names gives each file that the manifest speaks of, once.
func (m *Manifest) names(each func(name string) error) error {
	seen := map[string]bool{manifestName: true}
	one := func(name string) error {
		if !entry.MatchString(name) || seen[name] {
			return broken(badManifest, "the name %s is not in order, or stands twice", bonafide.Quote(name))
		}
		seen[name] = true
		return each(name)
	}
	for _, a := range m.Actions {
		for _, name := range a.Frames {
			if err := one(name); err != nil {
				return err
			}
		}
		if a.Best == "" {
			continue
		}
		if err := one(a.Best); err != nil {
			return err
		}
	}
	for _, p := range m.Photos {
		if err := one(p.Name); err != nil {
			return err
		}
	}
	return nil
}
