package bonafide

// ReasonsVersion is the version of the list below. Codes are never renamed or
// given a new meaning; a new code raises the version.
const ReasonsVersion = 2

// Reason is a code from the versioned list with a sentence of advice for the
// capture subject.
type Reason struct {
	Code   string `json:"code" words:"ReasonCode"` // from the list
	Advice string `json:"advice"`                 // sentence for the person before the camera
	Media  ID     `json:"media_id,omitempty"`     // of the media that it is about
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

// NewReason returns the reason of that code with its advice. An unknown code is
// returned with an empty advice.
func NewReason(code string) Reason { return Reason{Code: code, Advice: advice(code)} }

func advice(code string) string {
	switch code {
	case ReasonNoFace:
		return "No face was found. Place your face inside the frame."
	case ReasonSeveralFaces:
		return "More than one face was found. Make sure that you are alone in the picture."
	case ReasonFaceTooSmall:
		return "The face is too small. Move closer to the camera."
	case ReasonFaceTooClose:
		return "The face is too close. Move away so that your head and shoulders are visible."
	case ReasonFaceCut:
		return "The face is cut off by the edge. Move to the middle of the picture."
	case ReasonFaceTurned:
		return "The face is turned away. Look straight into the camera."
	case ReasonBlurred:
		return "The picture is blurred. Hold the camera still and clean the lens."
	case ReasonTooDark:
		return "The picture is too dark. Find a brighter place."
	case ReasonTooBright:
		return "The picture is too bright. Avoid strong light on the face."
	case ReasonNoColour:
		return "The picture has no colour. Use a colour camera in ordinary light."
	case ReasonTooFewFrames:
		return "Too few usable frames. Record again and keep your face in view the whole time."
	case ReasonUnreadable:
		return "The file could not be read. Record again."
	case ReasonAttack:
		return "The picture does not look like a living person before the camera."
	case ReasonInconsistent:
		return "The recording is not consistent from beginning to end. Record again in one go."
	case ReasonPersonChanged:
		return "The recording does not show one person throughout. Record again, alone and in one go."
	case ReasonFrozen, ReasonRepeated:
		return "The recording stands still or repeats itself. Record again and keep the camera running."
	case ReasonNoNoise, ReasonUntimed, ReasonConstantTimes, ReasonEdited:
		return "The recording does not look as it comes from a camera. Record it with the camera and send it unchanged."
	case ReasonScreenRecorded:
		return "The recording was made from a screen. Record it with the camera."
	case ReasonReused, ReasonReusedCopy:
		return "The recording was sent before. Make a new one."
	case ReasonNoMatch:
		return "The faces do not belong to the same person with enough certainty."
	case ReasonUncertain:
		return "The faces may belong to the same person; an operator must decide."
	case ReasonListed:
		return "The face is in the collection that was searched."
	case ReasonNoLivenessSet:
		return "No liveness model is installed on this server."
	}
	return ""
}
