package bonafide

// ReasonsVersion is the version of the list below. Codes are never renamed or
// given a new meaning; a new code raises the version.
const ReasonsVersion = 3

// Reason is a code from the versioned list. What it says to the capture subject is
// looked up where it is shown, in their language.
type Reason struct {
	Code  string `json:"code"`
	Media ID     `json:"media_id,omitempty"` // that it is about
}

// Codes of the capture-quality gate, of failures to acquire and of what a
// decision finds.
const (
	ReasonNoFace        = "no_face"
	ReasonSeveralFaces  = "several_faces"
	ReasonFaceTooSmall  = "face_too_small"
	ReasonFaceTooClose  = "face_too_close"
	ReasonFaceCut       = "face_cut"
	ReasonFaceTurned    = "face_turned"
	ReasonFaceRolled    = "face_rolled"
	ReasonFaceUnclear   = "face_unclear"
	ReasonBlurred       = "blurred"
	ReasonTooDark       = "too_dark"
	ReasonTooBright     = "too_bright"
	ReasonNoColour      = "no_colour"
	ReasonTooFewFrames  = "too_few_frames"
	ReasonUnreadable    = "unreadable"
	ReasonAttack        = "presentation_attack"
	ReasonInconsistent  = "inconsistent"
	ReasonNoMatch       = "no_match"
	ReasonUncertain     = "uncertain_match"
	ReasonListed        = "listed"
	ReasonNoLivenessSet = "no_liveness_model"
)

// Codes of the stream checks: what a recording as a whole gives away. Each is a
// Hint with a weight, see Finding. ReasonInconsistent is one of them.
const (
	ReasonPersonChanged  = "person_changed"
	ReasonFrozen         = "frozen_frames"
	ReasonRepeated       = "repeated_frames"
	ReasonNoNoise        = "no_sensor_noise"
	ReasonUntimed        = "missing_timestamps"
	ReasonConstantTimes  = "constant_timestamps"
	ReasonEdited         = "edited_recording"
	ReasonScreenRecorded = "screen_recording"
	ReasonReused         = "reused_media"
	ReasonReusedCopy     = "reused_copy"
)

// StreamReasons lists the codes of the stream checks.
func StreamReasons() []string {
	return []string{
		ReasonInconsistent, ReasonPersonChanged, ReasonFrozen, ReasonRepeated, ReasonNoNoise, ReasonUntimed,
		ReasonConstantTimes, ReasonEdited, ReasonScreenRecorded, ReasonReused, ReasonReusedCopy,
	}
}
