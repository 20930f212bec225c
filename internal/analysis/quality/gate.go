package quality

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// gate gives the faces of the usable frames of a sample and the capture finding. The
// finding has failures when there are too few of them. faces has an entry for each
// frame, nil for one without a face.
func gate(ctx context.Context, s *sample.Sample, g model.Gate, faces []*sample.Face) (usable []*sample.Face, _ bonafide.Finding, err error) {
	f := bonafide.Finding{Kind: bonafide.FindingCapture, MediaID: s.Media.ID, Frames: len(faces)}
	if len(faces) >= g.MinFrames {
		g.MaxFaceShare = g.MaxClipFaceShare
		if g.MaxBorderedShare > 0 {
			g.MaxBorderedShare = g.MaxClipFaceShare
		}
	}
	frames, err := s.Frames(ctx)
	if err != nil {
		return nil, f, err
	}
	var refused []refusal
	for i, face := range faces {
		codes := failures(g, face)
		if len(codes) == 0 {
			usable = append(usable, face)
			continue
		}
		refused = append(refused, refusal{frames[i], face, codes})
	}
	if usable, refused, err = closer(ctx, g, usable, refused); err != nil {
		return nil, f, err
	}
	shown := sample.Best(usable)
	if shown == nil {
		shown = sample.Best(faces)
	}
	f.Measures = measures(shown)
	f.Measures["usable_frames"] = float64(len(usable))
	// A zip may hold a single picture, and is then asked for no more.
	need := min(g.MinFrames, len(faces))
	if turns(s) {
		// Whoever shows this gesture looks away for most of the time. Few frames are judged
		// by the threshold of stills.
		need = min(need, turnedFrames)
	}
	if len(usable) < max(need, 1) {
		if refused, err = uncovered(ctx, g, refused); err != nil {
			return nil, f, err
		}
		for _, code := range common(refused) {
			f.Failures = append(f.Failures, bonafide.Reason{Code: code})
		}
		if len(usable) > 0 {
			f.Failures = append(f.Failures, bonafide.Reason{Code: bonafide.ReasonTooFewFrames})
		}
	}
	return usable, f, nil
}

// refusal is a frame that cannot be used, and why. Its face may be nil.
type refusal struct {
	frame *sample.Frame
	face  *sample.Face
	codes []string
}

// uncovered corrects the reasons of refused frames whose face something covers. A mask or
// a hand moves and shrinks the face that is found, so that people would be told to come
// closer or to look straight, and then be refused again.
func uncovered(ctx context.Context, g model.Gate, refused []refusal) ([]refusal, error) {
	if g.MaxMouthHidden == 0 && g.MaxEyesHidden == 0 {
		return refused, nil
	}
	found, step := false, max(1, len(refused)/probes)
	for i, r := range refused {
		if !found && i%step != 0 {
			continue
		}
		hidden, err := r.hidden(ctx, g)
		if err != nil {
			return nil, err
		}
		if len(hidden) > 0 {
			found, refused[i].codes = true, append(hidden, slices.DeleteFunc(r.codes, misleads)...)
		}
	}
	return refused, nil
}

// hidden tells what covers the face of a refused frame. Where that seems bare, or no face
// is found, a larger one may be there that the landmarker takes for none: behind a mask or
// a hand its points find no hold. A rolled face it has found by looking all four ways, and
// what an upright look makes of such a picture is worth nothing.
func (r refusal) hidden(ctx context.Context, g model.Gate) ([]string, error) {
	if r.face != nil {
		codes, err := hiddenFailures(ctx, g, r.face)
		if err != nil || len(codes) > 0 || slices.Contains(r.codes, bonafide.ReasonFaceRolled) {
			return codes, err
		}
	}
	face, err := r.frame.Doubtful(ctx)
	if err != nil || face == nil || !(face.Measures.WidthPx >= g.MinFaceWidthPx) {
		return nil, err
	}
	h, err := face.HiddenTwice(ctx)
	if err != nil {
		return nil, fmt.Errorf("frame %d: coverings of a doubtful face: %w", r.frame.Index, err)
	}
	return covered(h, atLeast(g.MaxMouthHidden, surelyHidden), atLeast(g.MaxEyesHidden, surelyHidden)), nil
}

// surelyHidden is the probability from which on a covering is told of a doubtful face,
// which may be none. It was chosen on one half of the people, see docs/judge/coverings.md.
const surelyHidden = 0.6

// atLeast raises a limit to least, unless there is none.
func atLeast(limit, least float64) float64 {
	if limit == 0 {
		return 0
	}
	return max(limit, least)
}

// misleads tells that a reason is not to be believed of a face that something covers.
func misleads(code string) bool {
	switch code {
	case bonafide.ReasonNoFace, bonafide.ReasonFaceTooSmall, bonafide.ReasonFaceTooClose, bonafide.ReasonResolution, bonafide.ReasonFaceUnclear, bonafide.ReasonFaceRolled,
		bonafide.ReasonFaceCut, bonafide.ReasonFaceTurned, bonafide.ReasonBlurred, bonafide.ReasonMouthCovered, bonafide.ReasonEyesCovered:
		return true
	}
	return false
}

// failures tells what is wrong with one frame. Each limit is written so that a
// measure that is not a number fails.
func failures(g model.Gate, face *sample.Face) []string {
	if face == nil {
		return []string{bonafide.ReasonNoFace}
	}
	m := face.Measures
	size, light := sizeFailure(g, face), lightFailure(g, m)
	var codes []string
	for _, check := range []struct {
		code string
		ok   bool
	}{
		{bonafide.ReasonSeveralFaces, m.SecondFaceShare <= g.SecondFaceShare},
		{size, size == ""},
		{bonafide.ReasonFaceUnclear, face.Mesh.Verified || g.TakesAll()},
		{bonafide.ReasonFaceRolled, math.Abs(m.Pose.RollDeg) <= g.MaxRollDeg},
		{bonafide.ReasonFaceCut, !m.Cut || g.TakesAll()},
		{bonafide.ReasonFaceTurned, math.Abs(m.Pose.YawDeg) <= g.MaxYawDeg && math.Abs(m.Pose.PitchDeg) <= g.MaxPitchDeg},
		{bonafide.ReasonBlurred, m.Sharpness >= g.MinSharpness},
		{light, light == ""},
		{bonafide.ReasonNoColour, m.Colourfulness >= g.MinColourfulness},
	} {
		if !check.ok {
			codes = append(codes, check.code)
		}
	}
	return codes
}

// reach is the part of the greatest share up to which a person can be asked to fill the
// frame: a distance that is right by a hair is not one that somebody finds.
const reach = 0.9

// sizeFailure tells what is wrong with the size of a face, in one reason: whoever is
// asked to come closer and to move away can do neither. Where no distance from this
// camera is right, the picture has too few pixels.
func sizeFailure(g model.Gate, face *sample.Face) string {
	m := face.Measures
	large := m.EyeDistancePx >= g.MinEyeDistancePx && m.WidthPx >= g.MinFaceWidthPx
	distant := m.WidthShare <= g.MaxFaceShare && m.HeightShare <= g.MaxFaceShare
	// The eyes of a face that is turned lie closer together than they would.
	turned := max(math.Cos(m.Pose.YawDeg*math.Pi/180), 0.5)
	share := max(m.WidthShare, m.HeightShare)
	least := share * max(g.MinEyeDistancePx*turned/m.EyeDistancePx, g.MinFaceWidthPx/m.WidthPx)
	switch {
	case float64(min(face.Frame.Image.Width, face.Frame.Image.Height)) < g.MinFrameSidePx:
		return bonafide.ReasonResolution
	case large && distant:
		return ""
	case least > reach*g.MaxFaceShare, !large && !distant:
		return bonafide.ReasonResolution
	case large:
		return bonafide.ReasonFaceTooClose
	}
	return bonafide.ReasonFaceTooSmall
}

// lightFailure tells what is wrong with the light on a face, in one reason.
func lightFailure(g model.Gate, m sample.Measures) string {
	e := m.Exposure
	switch {
	case !(m.Brightness >= g.MinBrightness):
		return bonafide.ReasonTooDark
	case !(m.Brightness <= g.MaxBrightness):
		return bonafide.ReasonTooBright
	case g.MaxBurntShare > 0 && !(e.Burnt <= g.MaxBurntShare):
		return bonafide.ReasonBurntOut
	case g.MaxCrushedShare > 0 && !(e.Crushed <= g.MaxCrushedShare):
		return bonafide.ReasonCrushed
	case g.MaxBackLight > 0 && !(e.Around-m.Brightness <= g.MaxBackLight):
		return bonafide.ReasonBackLight
	}
	return ""
}

// probes is how many usable frames of a recording are looked at closer, evenly over it.
// What is found in one of them is looked for in all.
const probes = 5

// closer takes away frames that fail what costs more to find out.
func closer(ctx context.Context, g model.Gate, usable []*sample.Face, refused []refusal) ([]*sample.Face, []refusal, error) {
	found := false
	for _, f := range spread(usable, probes) {
		codes, err := closerFailures(ctx, g, f)
		if err != nil {
			return nil, nil, err
		}
		found = found || len(codes) > 0
	}
	if !found {
		return usable, refused, nil
	}
	var kept []*sample.Face
	for _, f := range usable {
		codes, err := closerFailures(ctx, g, f)
		if err != nil {
			return nil, nil, err
		}
		if len(codes) > 0 {
			refused = append(refused, refusal{f.Frame, f, codes})
			continue
		}
		kept = append(kept, f)
	}
	return kept, refused, nil
}

func closerFailures(ctx context.Context, g model.Gate, f *sample.Face) ([]string, error) {
	codes, err := hiddenFailures(ctx, g, f)
	if g.MaxBorderedShare > 0 && !(f.BorderedShare() <= g.MaxBorderedShare) {
		codes = append(codes, bonafide.ReasonBorder)
	}
	return codes, err
}

// hiddenFailures tells which parts of the face something covers.
func hiddenFailures(ctx context.Context, g model.Gate, f *sample.Face) ([]string, error) {
	if g.MaxMouthHidden == 0 && g.MaxEyesHidden == 0 {
		return nil, nil
	}
	h, err := f.Hidden(ctx)
	if err != nil {
		return nil, fmt.Errorf("frame %d: coverings: %w", f.Frame.Index, err)
	}
	return covered(h, g.MaxMouthHidden, g.MaxEyesHidden), nil
}

// covered tells which probabilities are above their limits, 0 for no limit.
func covered(h model.Hidden, mouth, eyes float64) []string {
	var codes []string
	if mouth > 0 && !(h.Mouth <= mouth) {
		codes = append(codes, bonafide.ReasonMouthCovered)
	}
	if eyes > 0 && !(h.Eyes <= eyes) {
		codes = append(codes, bonafide.ReasonEyesCovered)
	}
	return codes
}

// common gives the codes found in at least half of the refused frames, in order
// of first appearance, or else the most frequent one.
func common(refused []refusal) []string {
	count := map[string]int{}
	var order []string
	for _, r := range refused {
		for _, c := range r.codes {
			if count[c]++; count[c] == 1 {
				order = append(order, c)
			}
		}
	}
	var most string
	var out []string
	for _, c := range order {
		if count[c] > count[most] {
			most = c
		}
		if 2*count[c] >= len(refused) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return []string{most}
	}
	for _, pair := range opposites() {
		fewer, more := pair[0], pair[1]
		if count[fewer] > count[more] {
			fewer, more = more, fewer
		}
		if slices.Contains(out, more) {
			out = slices.DeleteFunc(out, func(c string) bool { return c == fewer })
		}
	}
	return out
}

// opposites are reasons whose advice nobody can follow at once. Where some frames of a
// recording show one and some the other, the more frequent one is told.
func opposites() [][2]string {
	return [][2]string{
		{bonafide.ReasonFaceTooSmall, bonafide.ReasonFaceTooClose},
		{bonafide.ReasonFaceTooSmall, bonafide.ReasonResolution},
		{bonafide.ReasonFaceTooClose, bonafide.ReasonResolution},
		{bonafide.ReasonTooDark, bonafide.ReasonTooBright},
		{bonafide.ReasonTooDark, bonafide.ReasonBurntOut},
		{bonafide.ReasonCrushed, bonafide.ReasonTooBright},
		{bonafide.ReasonCrushed, bonafide.ReasonBurntOut},
	}
}

// measures names the numbers of one face, without those that are not numbers.
func measures(face *sample.Face) map[string]float64 {
	out := map[string]float64{}
	if face == nil {
		return out
	}
	m := face.Measures
	for name, v := range map[string]float64{
		"eye_distance_px":   m.EyeDistancePx,
		"face_width_px":     m.WidthPx,
		"face_width_share":  m.WidthShare,
		"face_height_share": m.HeightShare,
		"second_face_share": m.SecondFaceShare,
		"yaw_deg":           m.Pose.YawDeg,
		"pitch_deg":         m.Pose.PitchDeg,
		"roll_deg":          m.Pose.RollDeg,
		"sharpness":         m.Sharpness,
		"brightness":        m.Brightness,
		"colourfulness":     m.Colourfulness,
		"burnt_share":       m.Exposure.Burnt,
		"crushed_share":     m.Exposure.Crushed,
	} {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			out[name] = v
		}
	}
	return out
}
