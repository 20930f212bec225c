package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// Moment is a frame of a movement and the face that is followed through it.
type Moment struct {
	AtMS float64 // from the first frame
	// Mesh is nil where the face is not seen, or not clearly.
	Mesh *model.Mesh
	// Eyes are those of the iris network, where it was asked and the face is seen.
	Eyes model.Eyes

	image  *vision.Image
	sample *Sample
}

// Person gives the template by which moments are compared, see model.Set.Continuity. The
// mesh must be there.
func (m *Moment) Person(ctx context.Context) (bonafide.Template, error) {
	return m.sample.set.Continuity.Embed(ctx, m.image, m.Mesh)
}

// Image is the frame; it may not be changed.
func (m *Moment) Image() *vision.Image { return m.image }

// Afresh looks at the frame as if it were the first one. A mesh that is led from frame to
// frame onto a photo which is turned away goes on turning; one that is placed by the
// detector does so less, or not at all, and both agree on faces.
func (m *Moment) Afresh(ctx context.Context) (*Moment, error) {
	mesh, err := m.sample.follow(ctx, m.image, nil)
	if err != nil {
		return nil, fmt.Errorf("media %s: %w", m.sample.Media.ID, err)
	}
	return &Moment{AtMS: m.AtMS, Mesh: mesh, image: m.image, sample: m.sample}, nil
}

// seen is the least flag of a mesh that still lies on the face.
const seen = 0.5

// lookAgain is after how many frames the detector is asked although the face is not lost,
// so that a mesh which has slid onto something else does not stay there.
const lookAgain = 15

// sequence is how much of a recording is looked at as a movement: the time that a gesture
// has, and half of it more, to see one that comes too late. Heads are slow; of the blinks
// that 30 frames a second show, fifteen show 31 of 32 and ten 23. Some 20 ms of one core
// per frame make three seconds for the longest.
func sequence(eyes bool) media.Sequence {
	seq := media.Sequence{Until: 15 * time.Second, FPS: 15, Frames: 150, Side: 640}
	if eyes {
		seq.FPS = 30
	}
	return seq
}

// Movement follows the main face of the first frame through the recording. The detector
// is asked where the face is lost and now and then, else the mesh of one frame says where
// it is in the next. Each call decodes anew; the frames live as long as the moments. With
// an iris network the eyes are looked at, too.
func (s *Sample) Movement(ctx context.Context, iris model.Iris) ([]*Moment, error) {
	src, seq := s.src, sequence(iris != nil)
	src.Sequence = &seq
	clip, err := s.open.Open(ctx, src)
	if err != nil {
		return nil, fmt.Errorf("media %s: %w", s.Media.ID, err)
	}
	var out []*Moment
	var last *model.Mesh
	for i, f := range clip.Frames {
		if i%lookAgain == 0 {
			last = nil
		}
		m := &Moment{AtMS: f.AtMS, image: f.Image, sample: s}
		if m.Mesh, err = s.follow(ctx, f.Image, last); err != nil {
			return nil, fmt.Errorf("media %s: frame %d: %w", s.Media.ID, f.Index, err)
		}
		if last = m.Mesh; m.Mesh != nil && iris != nil {
			if m.Eyes, err = iris.Eyes(ctx, f.Image, m.Mesh); err != nil {
				return nil, fmt.Errorf("media %s: frame %d: eyes: %w", s.Media.ID, f.Index, err)
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// follow places the mesh by that of the last frame, or on the main face where there is
// none or the face is not there any more; nil where none is seen.
func (s *Sample) follow(ctx context.Context, im *vision.Image, last *model.Mesh) (*model.Mesh, error) {
	if last != nil {
		m, err := s.set.Landmarker.Landmarks(ctx, im, last.Face())
		if err != nil || m.Flag >= seen {
			return m, err
		}
	}
	faces, err := s.set.Detector.Detect(ctx, im, model.Look{})
	if err != nil {
		return nil, fmt.Errorf("faces: %w", err)
	}
	main := mainFace(im, faces)
	if main < 0 {
		return nil, nil
	}
	m, err := s.set.Landmarker.Landmarks(ctx, im, faces[main])
	if err != nil || !(m.Flag >= seen) {
		return nil, err
	}
	return m, nil
}
