package wire

import "github.com/bonafide-id/bonafide"

// Gesture is what became of the gesture that the tags of a media name. Changes are against
// the person's own calm face at the beginning; numbers are null that were not measured,
// which are all that come after the calm face where there was none. The limits stand in
// docs/build/gestures.md.
type Gesture struct {
	Action         string   `json:"action"`                             // tag of the gesture: video_selfie_left, right, high, down, smile, eyes, scan, zoom_in or zoom_out
	Verified       bool     `json:"verified"`                           // it was shown, in time and by the same person
	Reason         *string  `json:"reason" words:"ReasonCode"`          // why it was not, or gesture_unverified where that cannot be told; null where it was
	Frames         int      `json:"frames"`                             // that were looked at, of the first 15 seconds
	FPS            *Number  `json:"fps"`                                // of these frames; at least 10 are needed
	SeenShare      *Number  `json:"seen_share"`                         // share of them in which the face was followed, from 0 to 1
	BaselineFromMS *Number  `json:"baseline_from_ms"`                   // when the calm face begins, milliseconds from the first frame
	BaselineYaw    *Number  `json:"baseline_yaw_deg"`                   // its yaw in degrees, positive towards the person's left
	BaselinePitch  *Number  `json:"baseline_pitch_deg"`                 // its pitch in degrees, positive when looking up
	BaselineEyes   *Number  `json:"baseline_eye_distance_px"`           // distance of the outer corners of its eyes, in pixels of a picture of at most 640
	BaselineOpen   *Number  `json:"baseline_eyes_open"`                 // how far the person holds the eyes open: distance of the lids by that of the corners; of gestures of the eyes
	Left           *Number  `json:"left_deg"`                           // furthest turn to the person's left, degrees of yaw
	Right          *Number  `json:"right_deg"`                          // furthest turn to their right, degrees of yaw, negative
	Up             *Number  `json:"up_deg"`                             // furthest the head was raised, degrees of pitch
	Down           *Number  `json:"down_deg"`                           // furthest it was lowered, degrees of pitch, negative
	MouthWidth     *Number  `json:"mouth_width_ratio"`                  // widest mouth by that of the calm face
	MouthLift      *Number  `json:"mouth_lift"`                         // highest rise of its corners, by the distance of the eyes
	EyesLeast      *Number  `json:"eyes_open_least"`                    // least opening of the wider eye by the person's own; of gestures of the eyes
	NearRatio      *Number  `json:"eye_distance_ratio_most"`            // greatest distance of the eyes by that of the calm face: the face comes nearer
	FarRatio       *Number  `json:"eye_distance_ratio_least"`           // least distance of the eyes likewise
	NearShape      *Number  `json:"eye_share_ratio_most"`               // greatest distance of the eyes by the width of the face, by that of the calm face: perspective
	FarShape       *Number  `json:"eye_share_ratio_least"`              // least of the same
	NearSpread     *Number  `json:"eye_spread_ratio_most"`              // greatest distance of the eyes by that from between them to the mouth, by that of the calm face
	FarSpread      *Number  `json:"eye_spread_ratio_least"`             // least of the same
	TurnedSpread   *Number  `json:"turned_spread_most"`                 // greatest of the same while the head is turned far enough, against a head in that pose: flat sheets have less
	RaisedSpread   *Number  `json:"raised_spread_least"`                // least of the same while the head is raised far enough: sheets that are bent or tilted have more
	GazeAcross     []Number `json:"gaze_across,omitempty" maxItems:"2"` // least and greatest place of the irises between the corners of the eyes, from the person's right; of gestures of the eyes
	GazeDown       []Number `json:"gaze_down,omitempty" maxItems:"2"`   // least and greatest place of the irises below the corners; of gestures of the eyes
	EyesOpen       []Number `json:"eyes_open,omitempty" maxItems:"150"` // opening of the wider eye in each frame, by the person's own; 0: not seen; of gestures of the eyes
	ShownAtMS      *Number  `json:"shown_at_ms"`                        // middle of the gesture, milliseconds from the first frame; null where it was not shown
	AfreshYaw      *Number  `json:"afresh_yaw_deg"`                     // yaw in that frame when it is looked at by itself; of turns and tilts that were shown
	AfreshPitch    *Number  `json:"afresh_pitch_deg"`                   // pitch likewise
	Redrawn        *Number  `json:"redrawn_likeness"`                   // how much of the shown face is the calm picture pulled into shape, 1: all of it; of turns, tilts and smiles that were shown
	PersonCosine   *Number  `json:"person_cosine"`                      // of the templates of the calm face and of that in the middle of the gesture, from -1 to 1
}

// gestureOf gives what became of the gestures of some media: the one that was not shown,
// where there are several, nil where no tag names any.
func gestureOf(a *bonafide.Analysis, media []bonafide.ID) *Gesture {
	var first *Gesture
	for _, id := range media {
		for _, f := range findings(a) {
			if f.Kind != bonafide.FindingGesture || f.MediaID != id {
				continue
			}
			if g := viewGesture(&f); first == nil || first.Verified && !g.Verified {
				first = g
			}
		}
	}
	return first
}

func viewGesture(f *bonafide.Finding) *Gesture {
	number := func(name string) *Number {
		if v, ok := f.Measures[name]; ok {
			n := Number(v)
			return &n
		}
		return nil
	}
	pair := func(least, most string) []Number {
		if a, b := number(least), number(most); a != nil && b != nil {
			return []Number{*a, *b}
		}
		return nil
	}
	g := &Gesture{
		Action: f.Gesture, Frames: f.Frames, FPS: number("fps"), SeenShare: number("seen_share"),
		BaselineFromMS: number("baseline_from_ms"), BaselineYaw: number("baseline_yaw_deg"), BaselinePitch: number("baseline_pitch_deg"),
		BaselineEyes: number("baseline_eye_distance_px"), BaselineOpen: number("baseline_eyes_open"),
		Left: number("left_deg"), Right: number("right_deg"), Up: number("up_deg"), Down: number("down_deg"),
		MouthWidth: number("mouth_width_ratio"), MouthLift: number("mouth_lift"), EyesLeast: number("eyes_open_least"),
		NearRatio: number("eye_distance_ratio_most"), FarRatio: number("eye_distance_ratio_least"),
		NearShape: number("eye_share_ratio_most"), FarShape: number("eye_share_ratio_least"),
		NearSpread: number("eye_spread_ratio_most"), FarSpread: number("eye_spread_ratio_least"),
		TurnedSpread: number("turned_spread_most"), RaisedSpread: number("raised_spread_least"),
		GazeAcross: pair("gaze_across_least", "gaze_across_most"), GazeDown: pair("gaze_down_least", "gaze_down_most"),
		ShownAtMS: number("shown_at_ms"), AfreshYaw: number("afresh_yaw_deg"), AfreshPitch: number("afresh_pitch_deg"),
		Redrawn: number("redrawn_likeness"), PersonCosine: number("person_cosine"),
	}
	for _, open := range f.Eyes {
		g.EyesOpen = append(g.EyesOpen, Number(open))
	}
	switch {
	case len(f.Failures) > 0:
		g.Reason = &f.Failures[0].Code
	case len(f.Hints) > 0:
		g.Reason = &f.Hints[0].Code
	default:
		g.Verified = true
	}
	return g
}
