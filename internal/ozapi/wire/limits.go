package wire

import "github.com/bonafide-id/bonafide"

// CaptureLimits tell what a capture must show to be judged, so that a page can guide
// people to it before anything is sent. A company's bounds and the installation's are
// taken into account. Ours.
type CaptureLimits struct {
	CompanyID *bonafide.ID `json:"company_id"` // whose limits they are; null: the installation's
	Set       string       `json:"set"`        // model set that judges, such as standard
	Gate      GateLimits   `json:"gate"`       // of the capture gate, as they hold
	Rates     []GateRates  `json:"rates"`      // measured error rates of stills by the largest share, the smallest first
}

// GateLimits are the limits of the capture gate that somebody before a camera can do
// something about.
type GateLimits struct {
	MinEyeDistancePx float64 `json:"min_eye_distance_px"` // pixels between the eyes, at least
	MinFaceWidthPx   float64 `json:"min_face_width_px"`   // pixels of the face's width, at least
	MinFrameSidePx   float64 `json:"min_frame_side_px"`   // pixels of the frame's shorter side, at least
	MaxFaceShare     float64 `json:"max_face_share"`      // of a still's width and height that a face may fill, 0 to 1
	MaxClipFaceShare float64 `json:"max_clip_face_share"` // the same of clips of min_frames frames or more
	MaxYawDeg        float64 `json:"max_yaw_deg"`         // degrees by which a head may be turned to a side
	MaxPitchDeg      float64 `json:"max_pitch_deg"`       // degrees by which it may look up or down
	MaxRollDeg       float64 `json:"max_roll_deg"`        // degrees by which it may be tilted
	MinBrightness    float64 `json:"min_brightness"`      // mean luma of the face, 0 to 1
	MaxBrightness    float64 `json:"max_brightness"`      // the same, at most
	MinFrames        int     `json:"min_frames"`          // usable frames of a clip, at least
}

// GateRates are the error rates of stills at the default operating point, measured behind
// a gate with some largest share.
type GateRates struct {
	MaxFaceShare float64            `json:"max_face_share"` // of width and height, 0 to 1
	InForce      bool               `json:"in_force"`       // this is the row of the limit that holds, or of the next larger one that was measured
	Rates        map[string]float64 `json:"rates"`          // 0 to 1: bpnrr (genuine stills that are not answered), bpcer (genuine ones declined of those answered), apcer_ and an attack species (attacks accepted of those answered)
	Data         string             `json:"data"`           // what they were measured on
}
