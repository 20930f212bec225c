package advice

import (
	"slices"

	"github.com/bonafide-id/bonafide"
)

func english(code string) string {
	switch code {
	case bonafide.ReasonNoFace:
		return "No face was found. Place your face inside the frame."
	case bonafide.ReasonSeveralFaces:
		return "More than one face was found. Make sure that you are alone in the picture."
	case bonafide.ReasonFaceTooSmall:
		return "The face is too small. Move closer to the camera."
	case bonafide.ReasonFaceTooClose:
		return "The face is too close. Move away so that your head and shoulders are visible."
	case bonafide.ReasonResolution:
		return "The picture has too few pixels. Use a better camera, and send the picture as the camera made it."
	case bonafide.ReasonFaceCut:
		return "The face is cut off by the edge. Move to the middle of the picture."
	case bonafide.ReasonFaceTurned:
		return "The face is turned away. Look straight into the camera."
	case bonafide.ReasonFaceRolled:
		return "The picture is turned or the head is tilted to the side. Turn the picture upright and hold camera and head straight."
	case bonafide.ReasonFaceUnclear:
		return "The face cannot be made out clearly enough. Show the whole face from the front, in even light."
	case bonafide.ReasonTooFewFrames:
		return "Too few usable frames. Record again and keep your face in view the whole time."
	case bonafide.ReasonUnreadable:
		return "The file could not be read. Record again."
	case bonafide.ReasonAttack:
		return "The picture does not look like a living person before the camera."
	case bonafide.ReasonInconsistent:
		return "The recording is not consistent from beginning to end. Record again in one go."
	case bonafide.ReasonPersonChanged:
		return "The recording does not show one person throughout. Record again, alone and in one go."
	case bonafide.ReasonFrozen, bonafide.ReasonRepeated:
		return "The recording stands still or repeats itself. Record again and keep the camera running."
	case bonafide.ReasonNoNoise, bonafide.ReasonUntimed, bonafide.ReasonConstantTimes, bonafide.ReasonEdited:
		return "The recording does not look as it comes from a camera. Record it with the camera and send it unchanged."
	case bonafide.ReasonScreenRecorded:
		return "The recording was made from a screen. Record it with the camera."
	case bonafide.ReasonCut:
		return "The recording ends before its end. Send it whole."
	case bonafide.ReasonReused, bonafide.ReasonReusedCopy:
		return "The recording was sent before. Make a new one."
	case bonafide.ReasonNoMatch:
		return "The faces do not belong to the same person with enough certainty."
	case bonafide.ReasonUncertain:
		return "The faces may belong to the same person; an operator must decide."
	case bonafide.ReasonListed:
		return "The face is in the collection that was searched."
	case bonafide.ReasonNoLivenessSet:
		return "No liveness model is installed on this server."
	}
	if slices.Contains(bonafide.InjectionReasons(), code) {
		return englishOfCapture(code)
	}
	if s := englishOfGesture(code); s != "" {
		return s
	}
	return englishOfPicture(code)
}

// englishOfCapture says what was not as the server had asked for it.
func englishOfCapture(code string) string {
	switch code {
	case bonafide.ReasonActionMissing:
		return "Not all that was asked for was recorded. Begin again and follow every step."
	case bonafide.ReasonActionOrder:
		return "The steps were not recorded in the order in which they were asked for. Begin again and follow them one by one."
	case bonafide.ReasonLate:
		return "A step took too long. Begin again and follow the steps as soon as they are shown."
	}
	return "The recording was not made as it was asked for. Begin again, with the camera of your device and no other program for it."
}

// englishOfPicture says what is wrong with light, focus and surroundings of a face.
func englishOfPicture(code string) string {
	switch code {
	case bonafide.ReasonMouthCovered:
		return "Mouth and nose are covered. Take off the mask or the scarf, and keep your hands away from your face."
	case bonafide.ReasonEyesCovered:
		return "The eyes are covered. Take off dark glasses."
	case bonafide.ReasonBlurred:
		return "The picture is blurred. Hold the camera still and clean the lens."
	case bonafide.ReasonTooDark:
		return "The picture is too dark. Find a brighter place."
	case bonafide.ReasonTooBright:
		return "The picture is too bright. Avoid strong light on the face."
	case bonafide.ReasonBurntOut:
		return "The face is overexposed. Turn away from the strong light on it."
	case bonafide.ReasonCrushed:
		return "Much of the face is black. Turn it towards the light."
	case bonafide.ReasonBackLight:
		return "The light comes from behind. Turn round so that it falls on the face."
	case bonafide.ReasonBorder:
		return "The picture has a border that the camera did not take. Send it as the camera made it, with head and shoulders in it."
	case bonafide.ReasonNoColour:
		return "The picture has no colour. Use a colour camera in ordinary light."
	}
	return ""
}

// englishOfGesture says what is wrong with a movement.
func englishOfGesture(code string) string {
	switch code {
	case bonafide.ReasonGestureMissing:
		return "The recording does not show the movement that was asked for. Look straight ahead first, then follow the instruction clearly."
	case bonafide.ReasonGestureWrong:
		return "The recording shows another movement than the one that was asked for. Follow the instruction on the screen."
	case bonafide.ReasonGestureTooSlow:
		return "The movement came too late. Begin as soon as you are asked to."
	case bonafide.ReasonGestureNoBaseline:
		return "The face was not calm at the beginning. Look straight into the camera for a second before you move."
	case bonafide.ReasonGestureUnverified:
		return "It cannot be told whether the movement that was asked for was made."
	case bonafide.ReasonFramesTooFew:
		return "The recording has too few frames for a movement. Record for a few seconds with a faster camera or in better light."
	}
	return ""
}
