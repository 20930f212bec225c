package gesture

import (
	"math"
	"slices"

	"github.com/bonafide-id/bonafide/internal/sample"
)

// Step is what is measured on one moment. All but the eyes come from the mesh.
type Step struct {
	AtMS float64
	Seen bool // the face; without it nothing else counts

	YawDeg, PitchDeg float64 // see model.Pose
	MouthWidth       float64 // corner to corner, by the distance of the outer corners of the eyes, in space
	MouthLift        float64 // corners of the mouth above the middle of the lips, likewise
	EyeDistancePx    float64 // outer corners, in the picture
	EyeShare         float64 // the same by the width of the face
	EyeSpread        float64 // the same by the distance from between the eyes to the middle of the mouth
	EyesOpen         float64 // of the wider eye, see model.Eye; 0 where the iris network did not look
	GazeAcross       float64 // mean of both eyes, from the person's right, see model.Eye
	GazeDown         float64
}

// StepOf measures a moment. What is not a number counts as not seen.
func StepOf(m *sample.Moment) Step {
	s := Step{AtMS: m.AtMS}
	if m.Mesh == nil {
		return s
	}
	at := func(i int) [3]float64 {
		p := m.Mesh.Points[i]
		return [3]float64{float64(p.X), float64(p.Y), float64(m.Mesh.Z[i])}
	}
	flat := func(a, b int) float64 { return math.Hypot(at(a)[0]-at(b)[0], at(a)[1]-at(b)[1]) }
	deep := func(a, b int) float64 { return math.Hypot(flat(a, b), at(a)[2]-at(b)[2]) }
	eyes := deep(33, 263)
	up := minus(at(10), at(152)) // from chin to forehead
	corners, lips := mean(at(61), at(291)), mean(at(13), at(14))
	s.YawDeg, s.PitchDeg = m.Mesh.Pose.YawDeg, m.Mesh.Pose.PitchDeg
	s.MouthWidth = deep(61, 291) / eyes
	s.MouthLift = dot(minus(corners, lips), up) / math.Sqrt(dot(up, up)) / eyes
	s.EyeDistancePx = flat(33, 263)
	s.EyeShare = s.EyeDistancePx / flat(234, 454)
	between, mouth := mean(at(33), at(263)), mean(at(61), at(291))
	s.EyeSpread = s.EyeDistancePx / math.Hypot(between[0]-mouth[0], between[1]-mouth[1])
	s.EyesOpen = max(m.Eyes.Right.Open, m.Eyes.Left.Open)
	s.GazeAcross = (m.Eyes.Right.Across + 1 - m.Eyes.Left.Across) / 2
	s.GazeDown = (m.Eyes.Right.Down + m.Eyes.Left.Down) / 2
	sum := s.YawDeg + s.PitchDeg + s.MouthWidth + s.MouthLift + s.EyeDistancePx + s.EyeShare + s.EyeSpread
	s.Seen = !math.IsNaN(sum) && !math.IsInf(sum, 0)
	return s
}

func minus(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func mean(a, b [3]float64) [3]float64 {
	return [3]float64{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2}
}

func dot(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// quantile of no numbers is not a number.
func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(v))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}

// of gives one number of the steps that show the face.
func of(steps []Step, number func(Step) float64) []float64 {
	var out []float64
	for _, s := range steps {
		if s.Seen {
			out = append(out, number(s))
		}
	}
	return out
}

func spreadOf(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	return slices.Max(v) - slices.Min(v)
}
