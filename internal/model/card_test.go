package model_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/model/modeltest"
)

func TestTheCardsOfTheRepositoryFitTogether(t *testing.T) {
	byName := map[string]*model.Card{}
	for _, c := range modeltest.Cards(t) {
		byName[c.Name] = c
	}
	for _, c := range byName {
		for _, name := range c.Refers() {
			if byName[name] == nil {
				t.Errorf("%s refers to %s, which has no card", c.Name, name)
			}
		}
		for _, p := range c.Parts {
			if byName[p.Model].Version != p.Version {
				t.Errorf("%s was measured with version %s of %s", c.Name, p.Version, p.Model)
			}
		}
		if m := c.Members; m != nil {
			if byName[m.Roles[model.RoleEmbedder]].Calibration == nil || m.Roles[model.RolePAD] != "" && byName[m.Roles[model.RolePAD]].Calibration == nil {
				t.Errorf("a member of %s is not calibrated", c.Name)
			}
		}
	}
}

const digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func input(crop string) string {
	return `"input":{"width":64,"height":64,"layout":"NCHW","order":"RGB","mean":[0,0,0],"scale":[1,1,1],` + crop + `}`
}

// cards are a set of every decoder, by name.
func cards() map[string]string {
	graph := `"version":"1","license":"MIT","graphs":[{"sha256":"` + digest + `","bytes":1}]`
	align := input(`"crop":"align","template":[[20,20],[44,20],[32,32],[24,44],[40,44]]`)
	points := `"calibration":{"points":[[0,0],[0.5,0.85],[1,1]]}`
	return map[string]string{
		"yunet": `{"name":"yunet","role":"detector",` + graph + `,` + input(`"crop":"letterbox"`) +
			`,"decoder":"yunet","params":{"score":0.6,"iou":0.3,"sizes":[64,128]}}`,
		"blazeface": `{"name":"blazeface","role":"detector",` + graph + `,` + input(`"crop":"letterbox"`) +
			`,"decoder":"blazeface","params":{"score":0.5,"iou":0.3,"strides":[16,32],"anchors":[2,6],"crops":2,"confirm_flag":0.5,"box":[0,0,1,1],"mesh_box":[0,-0.1,1,1.2]}}`,
		"facemesh": `{"name":"facemesh","role":"landmarker",` + graph + `,` + input(`"crop":"mesh","box_scale":1.5`) +
			`,"decoder":"facemesh","params":{"pitch_offset_deg":3,"sure_flag":0.6,"sure_miss":9,"sure_margin":2,"least_margin":1,"least_flag":0.5,"level_deg":180}}`,
		"means":   `{"name":"means","role":"embedder",` + graph + `,` + align + `,"decoder":"embedding"}`,
		"corners": `{"name":"corners","role":"embedder",` + graph + `,` + align + `,"decoder":"embedding"}`,
		"joined": `{"name":"joined","version":"3","license":"MIT","role":"embedder","parts":[{"model":"means","version":"1","weight":0.7},` +
			`{"model":"corners","version":"1","weight":0.3}],` + points + `}`,
		"pad": `{"name":"pad","role":"pad",` + graph + `,` + input(`"crop":"shift","box_scale":2.7`) +
			`,"decoder":"softmax","params":{"live":1,"clip":0.001}}`,
		"pads": `{"name":"pads","version":"1","license":"MIT","role":"pad","parts":[{"model":"pad","version":"1","weight":1}],` +
			`"calibration":{"logistic":{"slope":2,"offset":1}}}`,
		"set-test": `{"name":"set-test","version":"1","license":"MIT","role":"set","members":{"rank":2,"roles":{"pad":"pads","detector":"yunet","landmarker":"facemesh",` +
			`"embedder":"joined"},"gate":{"min_eye_distance_px":60,"min_face_width_px":96,"max_face_share":0.45,"max_clip_face_share":0.6,"second_face_share":0.3,` +
			`"max_yaw_deg":30,"max_pitch_deg":30,"max_roll_deg":30,"min_sharpness":0.01,"min_brightness":0.1,"max_brightness":0.9,"min_colourfulness":5,"min_frames":5,"max_frames":15},` +
			`"stream":{"still_change":0.1,"frozen_share":0.5,"repeated_share":0.2,"min_noise":0.05,"min_cosine":0.1,"steady_ms":0.1,"steady_frames":10,` +
			`"copy_bits":3,"retry_minutes":10,"weights":{"frozen_frames":0.9}}}}`,
	}
}

func read(t testing.TB, raw string) *model.Card {
	t.Helper()
	c, err := model.ReadCard(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGoodCardsAreRead(t *testing.T) {
	for name, raw := range cards() {
		if c := read(t, raw); c.Name != name {
			t.Errorf("%s is called %s", name, c.Name)
		}
	}
}

func TestCardsAreReadStrictly(t *testing.T) {
	tests := map[string]struct{ card, old, new string }{
		"an unknown field":                {"yunet", `"role"`, `"colour":"red","role"`},
		"an unknown param":                {"yunet", `"score":0.6`, `"score":0.6,"speed":1`},
		"an unknown role":                 {"yunet", `"detector"`, `"dancer"`},
		"a decoder of another role":       {"yunet", `"decoder":"yunet"`, `"decoder":"softmax"`},
		"an unknown decoder":              {"yunet", `"decoder":"yunet"`, `"decoder":"magic"`},
		"a crop of another decoder":       {"yunet", `"letterbox"`, `"shift","box_scale":2`},
		"no params":                       {"yunet", `{"score":0.6,"iou":0.3,"sizes":[64,128]}`, `{}`},
		"a score out of range":            {"yunet", `"score":0.6`, `"score":1.6`},
		"a size off the grid":             {"yunet", `[64,128]`, `[64,100]`},
		"no sizes":                        {"yunet", `[64,128]`, `[]`},
		"more after the end":              {"yunet", `]}}`, `]}}{}`},
		"no version":                      {"yunet", `"version":"1"`, `"version":""`},
		"no licence":                      {"yunet", `"MIT"`, `""`},
		"a name with a slash":             {"yunet", `"name":"yunet"`, `"name":"../yunet"`},
		"a short digest":                  {"yunet", digest, "0123"},
		"capital digits":                  {"yunet", digest, strings.ToUpper(digest)},
		"no input":                        {"yunet", input(`"crop":"letterbox"`) + ",", ``},
		"an endless input":                {"yunet", `"width":64`, `"width":1000000`},
		"an unknown layout":               {"yunet", `"NCHW"`, `"CHWN"`},
		"an unknown order":                {"yunet", `"RGB"`, `"RBG"`},
		"a scale of nothing":              {"yunet", `"scale":[1,1,1]`, `"scale":[1,0,1]`},
		"a graph that is also a set":      {"yunet", `"role"`, `"members":{},"role"`},
		"anchors without strides":         {"blazeface", `"strides":[16,32]`, `"strides":[16]`},
		"a stride of nothing":             {"blazeface", `[16,32]`, `[0,32]`},
		"a box without width":             {"blazeface", `[0,-0.1,1,1.2]`, `[0,0,0,1.2]`},
		"a face that needs no flag":       {"blazeface", `"confirm_flag":0.5`, `"confirm_flag":0`},
		"a mesh without a scale":          {"facemesh", `,"box_scale":1.5`, ``},
		"a template in one place":         {"means", `[[20,20],[44,20],[32,32],[24,44],[40,44]]`, `[[1,1],[1,1],[1,1],[1,1],[1,1]]`},
		"params where none are known":     {"means", `"decoder":"embedding"`, `"decoder":"embedding","params":{"a":1}`},
		"a mirror image for liveness":     {"pads", `"weight":1`, `"weight":1,"mirror":true`},
		"an unknown hint":                 {"set-test", `"frozen_frames"`, `"frozen_fries"`},
		"a weight beyond 1":               {"set-test", `"frozen_frames":0.9`, `"frozen_frames":1.1`},
		"a share of nothing":              {"set-test", `"frozen_share":0.5`, `"frozen_share":0`},
		"a limit left out":                {"set-test", `"steady_frames":10,`, ``},
		"weights beyond 1":                {"joined", `"weight":0.3`, `"weight":0.4`},
		"a negative weight":               {"joined", `0.7},`, `1.3},{"model":"x","version":"1","weight":-0.6},`},
		"a part twice":                    {"joined", `"corners"`, `"means"`},
		"a part without a version":        {"joined", `"version":"1","weight":0.7`, `"version":"","weight":0.7`},
		"a fusion without calibration":    {"joined", `,"calibration":{"points":[[0,0],[0.5,0.85],[1,1]]}`, ``},
		"a calibration that falls":        {"joined", `[1,1]`, `[1,0.2]`},
		"a calibration that stands":       {"joined", `[0.5,0.85]`, `[0,0.85]`},
		"a calibration beyond 1":          {"joined", `[1,1]`, `[1,1.1]`},
		"a calibration of one point":      {"joined", `[[0,0],[0.5,0.85],[1,1]]`, `[[0,0]]`},
		"two calibrations":                {"joined", `"points"`, `"logistic":{"slope":1,"offset":0},"points"`},
		"no calibration inside":           {"joined", `"points":[[0,0],[0.5,0.85],[1,1]]`, ``},
		"a fusion of detectors":           {"joined", `"embedder"`, `"detector"`},
		"a falling logistic":              {"pads", `"slope":2`, `"slope":-2`},
		"a class before the first":        {"pad", `"live":1`, `"live":-1`},
		"a clip of nothing":               {"pad", `"clip":0.001`, `"clip":0`},
		"a set without an embedder":       {"set-test", `"embedder":"joined"`, `"embedder":""`},
		"a role with a space":             {"set-test", `"pad"`, `"p ad"`},
		"a role without a model":          {"set-test", `"pads"`, `""`},
		"a member beside the roles":       {"set-test", `"rank"`, `"pad":"pads","rank"`},
		"a set of another role":           {"set-test", `"role":"set"`, `"role":"pad"`},
		"a gate without colourfulness":    {"set-test", `"max_brightness":0.9`, `"max_brightness":0.05`},
		"a gate with no frames":           {"set-test", `"min_frames":5`, `"min_frames":0`},
		"a gate with a share beyond 1":    {"set-test", `"max_face_share":0.45`, `"max_face_share":45`},
		"an operating point without":      {"pads", `"role"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{},"data":"x"}],"role"`},
		"an operating point beyond 1":     {"pads", `"role"`, `"operating_points":[{"name":"default","threshold":5,"rates":{"apcer":0},"data":"x"}],"role"`},
		"a rate in per cent":              {"pads", `"role"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{"apcer":3},"data":"x"}],"role"`},
		"points of a set without default": {"set-test", `"rank"`, `"operating_points":[{"name":"strict","threshold":0.5,"rates":{"bpcer":0},"data":"x"}],"rank"`},
		"points of a set beside members":  {"set-test", `"role"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{"bpcer":0},"data":"x"}],"role"`},
		"a clip's threshold of nothing":   {"set-test", `"rank"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{"bpcer":0},"data":"x","clip":{"frames":5,"threshold":0.6}}],"rank"`},
		"a gate that was not measured":    {"set-test", `"rank"`, `"gate_rates":[{"max_face_share":0.9,"rates":{"bpcer":0},"data":"x"}],"rank"`},
		"a clip of one frame":             {"set-test", `"rank"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{"bpcer":0},"data":"x","clip":{"frames":1,"threshold":0.6,"rates":{"bpcer":0},"data":"x"}}],"rank"`},
		"an unknown field of a clip":      {"set-test", `"rank"`, `"operating_points":[{"name":"default","threshold":0.5,"rates":{"bpcer":0},"data":"x","clip":{"frames":5,"threshold":0.6,"rates":{"bpcer":0},"data":"x","mean":1}}],"rank"`},
		"an origin by an unknown route":   {"pad", `"role"`, `"origin":{"route":"post","files":[],"convert":"none"},"role"`},
		"an origin without a digest":      {"pad", `"role"`, `"origin":{"route":"url","files":[{"path":"x","sha256":""}],"convert":"none"},"role"`},
	}
	for name, tt := range tests {
		good := cards()[tt.card]
		bad := strings.Replace(good, tt.old, tt.new, 1)
		if bad == good {
			t.Errorf("%s: the test changes nothing", name)
		}
		if _, err := model.ReadCard(strings.NewReader(bad)); bonafide.CodeOf(err) != bonafide.CodeModel {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := model.ReadCard(strings.NewReader(strings.Repeat(" ", model.MaxCardBytes+1))); bonafide.CodeOf(err) != bonafide.CodeModel {
		t.Errorf("an endless card: got %v", err)
	}
}

func FuzzReadCard(f *testing.F) {
	for _, raw := range cards() {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := model.ReadCard(bytes.NewReader(raw))
		if err != nil {
			if bonafide.CodeOf(err) != bonafide.CodeModel {
				t.Fatalf("%v", err)
			}
			return
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := model.ReadCard(bytes.NewReader(again)); err != nil {
			t.Fatalf("%s became unreadable: %v", raw, err)
		}
		if cal := c.Calibration; cal != nil {
			if v := cal.Apply(0.5); !(v >= 0 && v <= 1) {
				t.Fatalf("calibrated to %v", v)
			}
		}
	})
}

func TestCalibrationsRiseFromZeroToOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, cal := range map[string]*model.Calibration{
		"points":   {Points: [][2]float64{{-0.5, 0}, {0.2, 0.3}, {0.7, 0.3}, {0.9, 1}}},
		"logistic": {Logistic: &model.Logistic{Slope: 1.5, Offset: -3}},
	} {
		for range 1000 {
			a, b := 4*r.NormFloat64(), 4*r.NormFloat64()
			low, high := cal.Apply(min(a, b)), cal.Apply(max(a, b))
			if !(low >= 0 && low <= high && high <= 1) {
				t.Fatalf("%s: %v -> %v, %v -> %v", name, min(a, b), low, max(a, b), high)
			}
		}
		if v := cal.Apply(math.NaN()); v != 0 {
			t.Errorf("%s: what is not a number becomes %v", name, v)
		}
		if cal.Apply(math.Inf(-1)) != 0 || cal.Apply(math.Inf(1)) != 1 {
			t.Errorf("%s: the ends are %v and %v", name, cal.Apply(math.Inf(-1)), cal.Apply(math.Inf(1)))
		}
	}
	points := &model.Calibration{Points: [][2]float64{{0, 0}, {0.5, 0.8}, {1, 1}}}
	for raw, want := range map[float64]float64{-1: 0, 0: 0, 0.25: 0.4, 0.5: 0.8, 0.75: 0.9, 1: 1, 2: 1} {
		if got := points.Apply(raw); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v became %v, want %v", raw, got, want)
		}
	}
}
