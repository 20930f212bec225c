// Package model turns cards and graphs into typed models: Detector, Landmarker,
// Embedder, PAD. A model is a folder: model.json (the card, read strictly) and
// the graph it names. Thresholds, means, crops and licences live on cards.
package model

import (
	"context"
	"math"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Face is one detected face, in pixels of the picture it was found in.
type Face struct {
	Box   vision.Box
	Score float32 // detector's confidence, [0,1]
	// Points are right eye, left eye, nose tip, right and left mouth corner, in
	// picture order (the subject's right eye lies left in the picture).
	Points [5]vision.Point
	// Plain tells that the score is beyond what faces reach that are not upright.
	Plain bool

	mesh *Mesh // where the detector has placed one already
}

// Mesh is the dense landmarks of one face.
type Mesh struct {
	Points [468]vision.Point
	Z      [468]float32    // depth in pixels, towards the camera is negative
	Flag   float32         // probability that a face is there, this way up, [0,1]
	Align  [5]vision.Point // the five points taken from the mesh, as Face.Points
	Pose   Pose
	// Sure tells that the face lies as the mesh says beyond doubt, Verified that it most
	// probably does. A face is not compared by a mesh that is not verified: it would look
	// like a stranger's.
	Sure, Verified bool
	// Margin is by how much, in log-odds, the flag surpasses those of all other ways of
	// turning the face that were tried.
	Margin float64
}

// Pose is the direction of a head in degrees, all zero when frontal and upright.
// Yaw is positive towards the subject's left, pitch when looking up, roll when
// the head tilts clockwise in the picture.
type Pose struct{ YawDeg, PitchDeg, RollDeg float64 }

// Look says how a picture is searched for faces.
type Look struct {
	// Turn is by how many degrees clockwise the picture is turned first. Detectors
	// overlook faces, or misplace their points, that lie on their side or stand on their
	// head.
	Turn float64
	// Far asks for faces as small as on a scan of a whole page, too, which costs
	// several times as much where no large one is found.
	Far bool
	// Doubtful asks for faces, too, that the set's landmarker does not bear out, after
	// those that it does: it takes many a covered face for none. They have no other use
	// than to find out what covers them.
	Doubtful bool
}

// Detector finds faces, best first, in pixels of the picture as it was given. A picture
// without a face gives an empty list, which is not an error.
type Detector interface {
	Ref() bonafide.ModelRef
	Detect(ctx context.Context, im *vision.Image, l Look) ([]Face, error)
}

// Landmarker places the mesh on one face that was detected in the same picture.
type Landmarker interface {
	Ref() bonafide.ModelRef
	// Landmarks expects the face to be rolled about as the eyes among its points say,
	// and corrects that by what it sees.
	Landmarks(ctx context.Context, im *vision.Image, f Face) (*Mesh, error)
	// Rolled tries all directions, at eight times the cost, and gives the mesh of the
	// one that it is most certain of.
	Rolled(ctx context.Context, im *vision.Image, f Face) (*Mesh, error)
}

// Embedder makes templates and compares them.
type Embedder interface {
	Ref() bonafide.ModelRef
	// Embed aligns the picture on the mesh and returns an L2-normalised template.
	Embed(ctx context.Context, im *vision.Image, m *Mesh) (bonafide.Template, error)
	// Compare gives the raw cosine and the similarity in [0,1] calibrated so that
	// 0.85 means FMR 1e-4 on the card's data. Templates of another model are a
	// CodeModel error.
	Compare(a, b bonafide.Template) (cosine, similarity float64, err error)
	// Found gives the similarity in [0,1] of a cosine that was found among size
	// references. It is calibrated so that 0.85 means about the same rate of false
	// alarms per search whatever the size, see Search; NaN for what is no number.
	Found(cosine float64, size int) float64
}

// PAD scores one face of one picture for presentation attacks.
type PAD interface {
	Ref() bonafide.ModelRef
	// Logit is the model's (or the pair's mean) live logit: ln(p/(1-p)), p clipped as
	// the card says. Higher is more alive.
	Logit(ctx context.Context, im *vision.Image, f Face) (float64, error)
	// Calibrate turns a mean logit into the live score in [0,1] on which 0.5 is the
	// default operating point.
	Calibrate(meanLogit float64) float64
}

// Set is what one installation works with. Its fields hold the models that most
// analyses ask; Member gives those of further roles.
type Set struct {
	Name       string // starter or standard, or an operator's own
	Detector   Detector
	Landmarker Landmarker
	Embedder   Embedder
	Continuity Embedder // see RoleContinuity; its templates are compared by Cosine alone
	PAD        PAD      // nil where the set has none
	Cover      Cover    // nil where the set has none
	Gate       Gate
	GateRates  []GateRate       // measured for stricter shares, from the card
	Stream     *StreamChecks    // nil where no stream checks are made
	Points     []OperatingPoint // of the set's card, or of the PAD model's
	Point      OperatingPoint   // of Points, or a deployment's own; see Live

	loader *loader
	roles  map[Role]string
}

// Refs lists the models of the set.
func (s *Set) Refs() []bonafide.ModelRef {
	refs := []bonafide.ModelRef{s.Detector.Ref(), s.Landmarker.Ref(), s.Embedder.Ref()}
	if s.PAD != nil {
		refs = append(refs, s.PAD.Ref())
	}
	if s.Cover != nil {
		refs = append(refs, s.Cover.Ref())
	}
	return refs
}

// Gate holds the limits of the capture-quality gate, from the set's card.
type Gate struct {
	MinEyeDistancePx float64 `json:"min_eye_distance_px"`
	MinFaceWidthPx   float64 `json:"min_face_width_px"`
	// MinFrameSidePx is the shorter side below which a frame is too coarse to be judged,
	// whatever it shows; 0 for no such limit.
	MinFrameSidePx float64 `json:"min_frame_side_px"`
	MaxFaceShare   float64 `json:"max_face_share"` // of frame width and height
	// MaxClipFaceShare is the same for clips of at least MinFrames frames, where the
	// mean of many frames settles what one cannot.
	MaxClipFaceShare float64 `json:"max_clip_face_share"`
	SecondFaceShare  float64 `json:"second_face_share"` // second face's area by the main one's
	MaxYawDeg        float64 `json:"max_yaw_deg"`
	MaxPitchDeg      float64 `json:"max_pitch_deg"`
	MaxRollDeg       float64 `json:"max_roll_deg"`
	MinSharpness     float64 `json:"min_sharpness"`  // see vision.Look.Sharpness
	MinBrightness    float64 `json:"min_brightness"` // mean luma of the face, [0,1]
	MaxBrightness    float64 `json:"max_brightness"`
	MinColourfulness float64 `json:"min_colourfulness"` // see vision.Look.Colourfulness
	// MaxBurntShare and MaxCrushedShare limit how much of a face may be white and black,
	// MaxBackLight by how much luma the picture may be brighter around it, see
	// vision.Exposure; 0 for no limit.
	MaxBurntShare   float64 `json:"max_burnt_share"`
	MaxCrushedShare float64 `json:"max_crushed_share"`
	MaxBackLight    float64 `json:"max_back_light"`
	// MaxMouthHidden and MaxEyesHidden limit the probabilities that something hides the
	// mouth and the eyes, see Cover; 0 for no such check.
	MaxMouthHidden float64 `json:"max_mouth_hidden"`
	MaxEyesHidden  float64 `json:"max_eyes_hidden"`
	// MaxBorderedShare is the share of width or height that a face may fill of what an
	// artificial border leaves of the frame, see vision.Border: more room than that is not
	// made up. Of clips it is MaxClipFaceShare. 0 for no such check.
	MaxBorderedShare float64 `json:"max_bordered_share"`
	MinFrames        int     `json:"min_frames"` // usable frames of a video
	MaxFrames        int     `json:"max_frames"` // scored frames of a video

	ungated bool // see Ungated; never on a card
}

// TakesAll tells that faces pass, too, that the edge cuts off or that no mesh bears out.
func (g Gate) TakesAll() bool { return g.ungated }

// Room gives a gate that is as strict as g, but for the face's share of the frame of
// stills: at most 1/room of width and height. Clips keep their limit.
func (g Gate) Room(room float64) Gate {
	g.MaxFaceShare = 1 / room
	return g
}

// Ungated gives a gate that lets everything pass that shows a face, to measure what a
// model does with it.
func (g Gate) Ungated() Gate {
	inf := math.Inf(1)
	return Gate{
		MaxFaceShare: inf, MaxClipFaceShare: inf, SecondFaceShare: inf, MaxYawDeg: inf, MaxPitchDeg: inf, MaxRollDeg: inf,
		MaxBrightness: 1, MinFrames: 1, MaxFrames: g.MaxFrames, ungated: true,
	}
}
