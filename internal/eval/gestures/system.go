package gestures

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis/quality"
	"github.com/bonafide-id/bonafide/internal/analysis/quality/gesture"
	"github.com/bonafide-id/bonafide/internal/eval/attack"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// System is one set of models on files.
type System struct {
	Set    *model.Set
	Opener media.Opener
	Paths  map[string]string // of the files that are asked for
}

// Known lists what is told, by the last words of tags.
func Known() []string {
	var out []string
	for _, k := range gesture.Kinds() {
		if k != gesture.Scan { // nothing is told of it
			out = append(out, string(k))
		}
	}
	return out
}

// Draw gives the gestures that a draw is made of, the turns apart.
func Draw() (turns, others []string) {
	return []string{string(gesture.Left), string(gesture.Right)}, []string{string(gesture.Up), string(gesture.Down), string(gesture.Smile), string(gesture.Blink)}
}

// drawn is how many ways of each family are drawn for each photo.
const drawn = 2

// Ways lists the ways of making clips of photos: those that are the same for all, and
// those that are drawn for each.
func Ways() []Way {
	var out []Way
	for _, k := range attack.Kinds() {
		out = append(out, Way{Name: k.Name, Family: k.Family})
	}
	for _, family := range attack.Families() {
		for i := range drawn {
			out = append(out, Way{Name: fmt.Sprintf("drawn %d", i+1), Family: family})
		}
	}
	return out
}

// kind is a way for a photo. What is drawn depends on the photo's name.
func kind(photo string, way int) attack.Kind {
	fixed := attack.Kinds()
	if way < len(fixed) {
		return fixed[way]
	}
	way -= len(fixed)
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d", photo, way%drawn)
	return attack.Drawn(attack.Families()[way/drawn], h.Sum64())
}

// part opens a part of a clip.
type part struct {
	media.Opener
	fromMS, tillMS float64
	mirror         bool
}

// Open decodes from the beginning on and leaves out what comes before the part.
func (p part) Open(ctx context.Context, src media.Source) (*media.Clip, error) {
	whole := *src.Sequence
	whole.Until = time.Duration(p.tillMS * float64(time.Millisecond))
	whole.Frames = int(p.tillMS/1000*whole.FPS) + 1
	src.Sequence = &whole
	clip, err := p.Opener.Open(ctx, src)
	if err != nil {
		return nil, err
	}
	cut := *clip
	cut.Frames = nil
	for _, f := range clip.Frames {
		if f.AtMS < p.fromMS {
			continue
		}
		if f.AtMS -= p.fromMS; p.mirror {
			f.Image = mirrored(f.Image)
		}
		cut.Frames = append(cut.Frames, f)
	}
	if len(cut.Frames) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "the clip ends before the window begins")
	}
	return &cut, nil
}

func mirrored(im *vision.Image) *vision.Image {
	out := vision.NewImage(im.Width, im.Height)
	for y := range im.Height {
		for x := range im.Width {
			copy(out.Pix[3*(y*im.Width+x):][:3], im.Pix[3*(y*im.Width+im.Width-1-x):][:3])
		}
	}
	return out
}

// Window asks for every gesture in a part of a clip.
func (s *System) Window(ctx context.Context, w Window) (Answers, error) {
	return s.gestures(ctx, s.Paths[w.File], part{s.Opener, w.FromMS, w.TillMS, w.Mirror})
}

// gestures asks for all of them at once.
func (s *System) gestures(ctx context.Context, path string, open media.Opener) (Answers, error) {
	m := bonafide.Media{ID: bonafide.NewID()}
	for _, k := range gesture.Kinds() {
		m.Tags = append(m.Tags, k.Tag())
	}
	findings, err := quality.Gestures(ctx, sample.Open(m, media.Source{Path: path}, open, s.Set))
	if err != nil {
		return nil, err
	}
	out := Answers{}
	for _, f := range findings {
		k := gesture.Of(&bonafide.Media{Tags: []string{f.Gesture}})[0]
		switch {
		case len(f.Failures) > 0:
			out[string(k)] = f.Failures[0].Code
		case len(f.Hints) > 0:
			out[string(k)] = f.Hints[0].Code
		default:
			out[string(k)] = ""
		}
	}
	return out, nil
}

// shown opens frames that are there already.
type shown []*vision.Image

func (s shown) Open(context.Context, media.Source) (*media.Clip, error) {
	clip := &media.Clip{Kind: bonafide.Video}
	for i, im := range s {
		clip.Frames = append(clip.Frames, media.Frame{Image: im, Index: i, AtMS: float64(i) * 1000 / attack.FPS})
	}
	return clip, nil
}

// Forge makes a clip of a photo and asks for every gesture in it.
func (s *System) Forge(ctx context.Context, photo string, way int) (Answers, error) {
	best, err := sample.Open(bonafide.Media{ID: bonafide.NewID()}, media.Source{Path: s.Paths[photo]}, s.Opener, s.Set).Best(ctx)
	if err != nil || best == nil || !best.Mesh.Verified {
		return nil, err
	}
	return s.gestures(ctx, "", shown(attack.Clip(kind(photo, way), best.Frame.Image, best.Mesh)))
}
