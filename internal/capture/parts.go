package capture

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Part is one media of a capture that comes without a container.
type Part struct {
	Tags  []string
	Size  int64
	File  io.ReaderAt
	Lasts time.Duration // of a video; 0: an archive of frames, or a picture
}

// assumedMS is the time between two frames of an archive whose names tell none.
const assumedMS = 1000.0 / 15

// timed is the name of a frame that tells when it was taken: milliseconds of six digits.
var timed = regexp.MustCompile(`^[0-9]{6}\.[a-z]+$`)

// ReadParts describes a capture that comes without a container as one that comes in it, so
// that both are held to the same. One media answers one action, by the first of its tags
// that names one. Such a capture does not say when an action began: each is taken to follow
// the one before it at once.
func ReadParts(parts []Part) (*Content, error) {
	c := new(Content)
	for _, p := range parts {
		if i := slices.IndexFunc(p.Tags, func(tag string) bool { return slices.Contains(Actions(), tag) }); i >= 0 {
			if err := c.add(p.Tags[i], p); err != nil {
				return nil, err
			}
		}
		for _, tag := range p.Tags {
			if photo.MatchString(tag) {
				c.Manifest.Photos = append(c.Manifest.Photos, Photo{Tag: tag})
			}
		}
	}
	return c, nil
}

// add adds the recording of an action.
func (c *Content) add(action string, p Part) error {
	times, digests, err := p.frames()
	if err != nil {
		return bonafide.Wrap(bonafide.CodeValue, "The recording of "+action+" cannot be read", err)
	}
	start := c.Manifest.end()
	for i := range times {
		times[i] += start
	}
	end := max(times[len(times)-1], start+float64(p.Lasts.Milliseconds()))
	c.Manifest.Actions = append(c.Manifest.Actions, Action{Action: action, StartedMS: start, EndedMS: end, TimesMS: times})
	c.Digests = append(c.Digests, digests)
	return nil
}

// frames gives what of a recording tells it from others: when each frame was taken, in
// milliseconds from the first one, and its digest. What is no archive counts as one frame.
func (p Part) frames() (times []float64, digests []uint64, err error) {
	archive, err := zip.NewReader(p.File, p.Size)
	if err != nil || len(archive.File) == 0 {
		sum := sha256.New()
		_, err := io.Copy(sum, io.NewSectionReader(p.File, 0, p.Size))
		return []float64{0}, []uint64{binary.BigEndian.Uint64(sum.Sum(nil))}, err
	}
	files := slices.Clone(archive.File)
	tell := !slices.ContainsFunc(files, func(f *zip.File) bool { return !timed.MatchString(path.Base(f.Name)) })
	if tell {
		slices.SortStableFunc(files, func(a, b *zip.File) int { return cmp.Compare(path.Base(a.Name), path.Base(b.Name)) })
	}
	for i, f := range files {
		at := float64(i) * assumedMS
		if tell {
			ms, _ := strconv.Atoi(strings.SplitN(path.Base(f.Name), ".", 2)[0]) // six digits
			at = float64(ms)
		}
		d, err := digest(f)
		if err != nil {
			return nil, nil, err
		}
		times, digests = append(times, at), append(digests, d)
	}
	for i := len(times) - 1; i >= 0; i-- {
		times[i] -= times[0]
	}
	return times, digests, nil
}
