package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"

	"github.com/bonafide-id/bonafide"
)

// Card describes one model: the content of models/<name>/model.json. It is read
// strictly: an unknown field, a missing digest or a role without its recipe is
// an error at start-up. Nothing that a card can say is written in Go.
type Card struct {
	Name         string   `json:"name"`
	Version      string   `json:"version"` // of the whole recipe; part of every template
	Role         Role     `json:"role"`
	Title        string   `json:"title"`
	License      string   `json:"license"` // SPDX
	Source       string   `json:"source"`  // where it is published
	TrainingData string   `json:"training_data"`
	Caveats      []string `json:"caveats,omitempty"`

	// Graphs lists the digests under which the ONNX graph is accepted: the one our
	// converter makes and, where one is published, a ready file of the same weights.
	// Empty for a card that only combines other models (role fusion, set).
	Graphs []Graph `json:"graphs,omitempty"`
	Origin *Origin `json:"origin,omitempty"`

	Input *Input `json:"input,omitempty"`
	// Decoder names what reads the graph's output: see decoders. A card without one
	// describes a graph that no set uses yet.
	Decoder string          `json:"decoder,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`  // of the decoder, read strictly by it
	Parts   []Part          `json:"parts,omitempty"`   // of a fusion
	Members *Members        `json:"members,omitempty"` // of a set

	Calibration *Calibration     `json:"calibration,omitempty"`
	Search      *Search          `json:"search,omitempty"` // of an embedder
	Operating   []OperatingPoint `json:"operating_points,omitempty"`
}

// Role says what a model is for. A card has one of those that a decoder is known for,
// or RoleSet. A set may have models for further roles.
type Role string

// The roles.
const (
	RoleDetector   Role = "detector"
	RoleLandmarker Role = "landmarker"
	RoleEmbedder   Role = "embedder"
	RolePAD        Role = "pad"
	RoleCover      Role = "cover" // finds what covers a face; a set may do without
	RoleIris       Role = "iris"  // looks closely at eyes; loaded where a gesture of them is asked for
	// RoleContinuity is held in a set by one part of its embedder: the one that tells
	// whether a person is still the same. Where it is left out, all of the embedder is.
	RoleContinuity Role = "continuity"
	RoleSet        Role = "set" // names the members that work together
)

// Graph is one accepted file.
type Graph struct {
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Note   string `json:"note,omitempty"`
}

// Origin says how a model reaches a machine.
type Origin struct {
	// Route is npm (a pinned package, at build time), url (from the publisher, by
	// `bonafide model pull`) or own (committed beside the card).
	Route   string       `json:"route"`
	Package string       `json:"package,omitempty"` // npm: name@version
	Files   []OriginFile `json:"files"`
	Convert string       `json:"convert"` // tfjs, faceapi-dlib, openvino, minifasnet-v2, minifasnet-v1se, none
	// Outputs of the source that the graph keeps, in this order; empty for all.
	Outputs []string `json:"outputs,omitempty"`
}

// OriginFile is one source file of a conversion.
type OriginFile struct {
	Path   string `json:"path"`          // inside the package; its last element is the name with --from DIR
	URL    string `json:"url,omitempty"` // route url
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes,omitempty"`
}

// Input is the recipe that turns pixels into the graph's input tensor.
type Input struct {
	Width  int        `json:"width"`
	Height int        `json:"height"`
	Layout string     `json:"layout"` // NCHW or NHWC
	Order  string     `json:"order"`  // RGB or BGR
	Mean   [3]float32 `json:"mean"`   // in Order, subtracted first
	Scale  [3]float32 `json:"scale"`  // in Order, multiplied after
	// Crop is letterbox (whole picture), align (five points onto Template), mesh
	// (rotated square around the face), shift (box grown by BoxScale and shifted
	// inside the picture, stretched to the input).
	Crop     string        `json:"crop"`
	BoxScale float64       `json:"box_scale,omitempty"`
	Template [5][2]float32 `json:"template,omitempty"`
}

// Part is one model of a fusion with its weight. A part of another version makes
// other numbers, so the fusion names the version that it was measured with.
type Part struct {
	Model   string  `json:"model"`
	Version string  `json:"version"`
	Weight  float64 `json:"weight"` // all of a fusion sum up to 1
	// Mirror has an embedder look at the face and at its mirror image; the sum of
	// both vectors counts.
	Mirror bool `json:"mirror,omitempty"`
}

// Members names the models of a set. Of the sets that are installed, the one with the
// highest Rank is taken where none is asked for.
type Members struct {
	Rank int `json:"rank"`
	// Roles gives the name of a model for each role. Detector, landmarker and embedder
	// are required, PAD and continuity have their places in Set too; a model of any other
	// role is loaded by the code that asks for it, see Member.
	Roles map[Role]string `json:"roles"`
	Gate  Gate            `json:"gate"`
	// GateRates are the error rates of stills measured for smaller largest shares of the
	// frame, at the default point, for those who want a stricter gate.
	GateRates []GateRate `json:"gate_rates,omitempty"`
	// Operating holds the profiles of the set. Where it is empty, those on the card of
	// the PAD model stand in.
	Operating []OperatingPoint `json:"operating_points,omitempty"`
	// Stream is left out by a set that makes no stream checks.
	Stream *StreamChecks `json:"stream,omitempty"`
}

// Calibration maps a raw value to [0,1]. Exactly one form is set.
type Calibration struct {
	// Points is a monotone piecewise linear map (raw, calibrated); outside it is clamped.
	Points   [][2]float64 `json:"points,omitempty"`
	Logistic *Logistic    `json:"logistic,omitempty"`
	Note     string       `json:"note,omitempty"` // data it was fitted on
}

// Logistic is the map sigmoid(slope*raw + offset).
type Logistic struct {
	Slope  float64 `json:"slope"`
	Offset float64 `json:"offset"`
}

// Search says what a cosine is worth that was found among many: the more there
// are, the more of them are alike by chance.
type Search struct {
	// Size is the gallery up to which a search counts like one comparison. In a larger
	// one a cosine counts as much as one whose FMR is greater by as many times as the
	// gallery is larger.
	Size int `json:"size"`
	// LogFMR lists cosines with the common logarithm of their FMR, rising and falling;
	// it goes on beyond its end as its last piece does.
	LogFMR [][2]float64 `json:"log_fmr"`
	Note   string       `json:"note,omitempty"` // data it was measured on
}

// OperatingPoint is a threshold with the error rates measured for it. Those of a set
// are its profiles: see ProfileDefault. They belong to the set, because detector and gate
// decide which faces a liveness model meets, and how large.
type OperatingPoint struct {
	Name      string             `json:"name"`
	Threshold float64            `json:"threshold"` // of stills, and of clips where Clip says nothing
	Rates     map[string]float64 `json:"rates"`
	Data      string             `json:"data"`
	// Clip is the threshold of what shows a face in several frames; nil where it is that
	// of stills. The mean of frames strays less than one frame, so that the same score
	// means another rate of errors.
	Clip *ClipPoint `json:"clip,omitempty"`
}

// GateRate is what a gate costs and gives.
type GateRate struct {
	MaxFaceShare float64            `json:"max_face_share"`
	Rates        map[string]float64 `json:"rates"` // bpnrr, bpcer and apcer by species
	Data         string             `json:"data"`
}

// ClipPoint is the part of an operating point that holds for clips.
type ClipPoint struct {
	Frames    int                `json:"frames"` // averaged, from which it holds: 2 or more
	Threshold float64            `json:"threshold"`
	Rates     map[string]float64 `json:"rates"`
	Data      string             `json:"data"`
}

// At gives the threshold of a live score that is the mean of so many frames.
func (p OperatingPoint) At(frames int) float64 {
	if p.Clip != nil && frames >= p.Clip.Frames {
		return p.Clip.Threshold
	}
	return p.Threshold
}

// Ref gives the card's name and version.
func (c *Card) Ref() bonafide.ModelRef { return bonafide.ModelRef{Name: c.Name, Version: c.Version} }

// Refers names the models that the card joins: the parts of a fusion, the members
// of a set.
func (c *Card) Refers() []string {
	var names []string
	for _, p := range c.Parts {
		names = append(names, p.Model)
	}
	if m := c.Members; m != nil {
		for _, role := range slices.Sorted(maps.Keys(m.Roles)) {
			names = append(names, m.Roles[role])
		}
	}
	return names
}

// MaxCardBytes limits a card file.
const MaxCardBytes = 256 << 10

var roleName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

var cardName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,63}$`)

// ReadCard parses a card strictly. Errors are CodeModel and say what is wrong.
func ReadCard(r io.Reader) (*Card, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxCardBytes+1))
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "model card cannot be read", err)
	}
	if len(raw) > MaxCardBytes {
		return nil, bonafide.Errorf(bonafide.CodeModel, "model card is larger than %d bytes", MaxCardBytes)
	}
	var c Card
	if err := strict(raw, &c); err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, "model card is not valid", err)
	}
	if err := c.check(); err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("model card %q is not valid", c.Name), err)
	}
	return &c, nil
}

// strict decodes one JSON value, refusing unknown fields and anything after it.
func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("data after the JSON value")
	}
	return nil
}
