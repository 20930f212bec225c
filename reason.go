package bonafide

import "slices"

// ReasonsVersion is the version of the list below. Codes are never renamed or
// given a new meaning; a new code raises the version.
const ReasonsVersion = 6

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
	ReasonResolution    = "resolution_too_low" // the face fills the frame and still has too few pixels
	ReasonFaceCut       = "face_cut"
	ReasonFaceTurned    = "face_turned"
	ReasonFaceRolled    = "face_rolled"
	ReasonFaceUnclear   = "face_unclear"
	ReasonMouthCovered  = "mouth_covered" // mouth and nose
	ReasonEyesCovered   = "eyes_covered"
	ReasonBlurred       = "blurred"
	ReasonTooDark       = "too_dark"
	ReasonTooBright     = "too_bright"
	ReasonBurntOut      = "burnt_out"  // most of the face is white
	ReasonCrushed       = "crushed"    // much of the face is black
	ReasonBackLight     = "back_light" // the picture is far brighter around the face
	ReasonNoColour      = "no_colour"
	ReasonBorder        = "artificial_border" // the room around the face was made, not captured
	ReasonTooFewFrames  = "too_few_frames"
	ReasonUnreadable    = "unreadable"
	ReasonAttack        = "presentation_attack"
	ReasonInconsistent  = "inconsistent"
	ReasonNoMatch       = "no_match"
	ReasonUncertain     = "uncertain_match"
	ReasonListed        = "listed"
	ReasonNoLivenessSet = "no_liveness_model"
)

// ReasonCodes lists all codes.
func ReasonCodes() []string {
	return slices.Concat([]string{
		ReasonNoFace, ReasonSeveralFaces, ReasonFaceTooSmall, ReasonFaceTooClose, ReasonResolution, ReasonFaceCut, ReasonFaceTurned,
		ReasonFaceRolled, ReasonFaceUnclear, ReasonMouthCovered, ReasonEyesCovered, ReasonBlurred, ReasonTooDark, ReasonTooBright, ReasonBurntOut, ReasonCrushed, ReasonBackLight,
		ReasonNoColour, ReasonBorder, ReasonTooFewFrames, ReasonUnreadable, ReasonAttack, ReasonNoMatch, ReasonUncertain, ReasonListed, ReasonNoLivenessSet,
	}, StreamReasons(), GestureReasons(), InjectionReasons())
}

// Codes of captures that did not come about as the server had asked for them, see
// internal/capture. They tell of how pictures came here, not of what is in them.
const (
	ReasonActionMissing   = "action_missing"
	ReasonActionOrder     = "action_out_of_order" // or an action that was not asked for
	ReasonDuplicateFrames = "injection_duplicate_frames"
	ReasonTimeOrder       = "injection_time_order"
	ReasonLate            = "injection_late" // an action took longer than it may
)

// InjectionReasons lists them.
func InjectionReasons() []string {
	return []string{ReasonActionMissing, ReasonActionOrder, ReasonDuplicateFrames, ReasonTimeOrder, ReasonLate}
}

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
	ReasonCut            = "cut_recording"
	ReasonReused         = "reused_media"
	ReasonReusedCopy     = "reused_copy"
)

// StreamReasons lists the codes of the stream checks.
func StreamReasons() []string {
	return []string{ReasonInconsistent, ReasonPersonChanged, ReasonFrozen, ReasonRepeated, ReasonNoNoise, ReasonUntimed,
		ReasonConstantTimes, ReasonEdited, ReasonScreenRecorded, ReasonCut, ReasonReused, ReasonReusedCopy}
}

// Codes of gestures that a media was to show.
const (
	ReasonGestureMissing    = "gesture_missing"     // nothing of the kind is seen
	ReasonGestureWrong      = "gesture_wrong"       // another one is
	ReasonGestureTooSlow    = "gesture_too_slow"    // it comes after the deadline
	ReasonGestureNoBaseline = "gesture_no_baseline" // no calm face comes before it
	ReasonGestureUnverified = "gesture_unverified"  // it cannot be told whether it is; a Hint of weight 0
	ReasonFramesTooFew      = "frames_too_few"      // or too far apart for a movement
)

// GestureReasons lists them.
func GestureReasons() []string {
	return []string{ReasonGestureMissing, ReasonGestureWrong, ReasonGestureTooSlow, ReasonGestureNoBaseline, ReasonGestureUnverified, ReasonFramesTooFew}
}

// Class says in a word what became of an analysis or a folder, for those who sort cases:
// a picture that has to be taken again is not an attack, though both are DECLINED.
type Class string

// The classes.
const (
	ClassAccepted    Class = "accepted"
	ClassTryAgain    Class = "try_again"    // what was captured does not show what must be seen
	ClassOperator    Class = "operator"     // somebody has to look at it
	ClassFailed      Class = "failed"       // the machine could not judge it
	ClassOtherPerson Class = "other_person" // the faces do not match
	ClassListed      Class = "listed"       // the person is in the collection that was searched
	ClassInjection   Class = "injection"    // the capture did not come about as the server had asked for it
	ClassAttack      Class = "attack"       // it does not look like a living person before the camera
)

// Classes lists them, the worst last.
func Classes() []Class {
	return []Class{ClassAccepted, ClassTryAgain, ClassOperator, ClassFailed, ClassOtherPerson, ClassListed, ClassInjection, ClassAttack}
}
