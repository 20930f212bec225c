// Package shots reads zip archives of frames (SHOTS_SET). It runs where the
// pictures are decoded: in a child that has nothing to lose.
//
// Nothing is written anywhere. Every entry is unpacked into memory, counted by
// what comes out and not by what the archive declares, and sniffed, and its header
// is asked for the picture's size; names decide the order and nothing else.
package shots

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
	"github.com/bonafide-id/bonafide/internal/media/still"
)

// Limits bound one archive.
type Limits struct {
	MaxEntries int   // pictures; more is refused
	MaxBytes   int64 // unpacked, all entries together
	MaxPicture int   // pixels of one picture, as its header says
	MaxPixels  int64 // pixels of all pictures together
}

// Shot is one picture in the archive.
type Shot struct {
	Format sniff.Format
	Number int // in the archive, from 1
	Pixels int // as the picture's header says
	file   *zip.File
	name   string // as it counts for the order
	size   int64  // unpacked, as counted
}

// Bytes unpacks the picture.
func (s *Shot) Bytes() ([]byte, error) {
	r, err := s.file.Open()
	if err != nil {
		return nil, damaged(err)
	}
	defer r.Close()
	b := make([]byte, s.size)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, damaged(err)
	}
	return b, nil
}

// Read lists the pictures of an archive in natural order of their names ("2"
// before "10"). Every entry has been unpacked once and its checksum compared.
// Refusals are CodeValue errors fit for the client; they call an entry by its
// number, never by its name.
func Read(r io.ReaderAt, size int64, lim Limits) ([]Shot, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged(err)
	}
	set, err := judge(archive.File, lim)
	if err != nil {
		return nil, err
	}
	left, pixels := lim.MaxBytes, int64(0)
	var buf bytes.Buffer
	for i := range set {
		s := &set[i]
		if err := s.unpack(&buf, left); err != nil {
			if errors.Is(err, errTooLarge) {
				return nil, bonafide.Errorf(bonafide.CodeValue, "The archive unpacks to more than %d MB", lim.MaxBytes>>20)
			}
			return nil, damaged(err)
		}
		if err := s.measure(buf.Bytes(), lim.MaxPicture); err != nil {
			return nil, err
		}
		left, pixels = left-s.size, pixels+int64(s.Pixels)
	}
	if pixels > lim.MaxPixels {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The pictures of the archive have %d megapixels together; the limit is %d",
			pixels/1e6, lim.MaxPixels/1e6)
	}
	slices.SortStableFunc(set, func(a, b Shot) int { return compareNatural(a.name, b.name) })
	return set, nil
}

// Of says which entry a refusal is about. Other errors are left as they are.
func (s *Shot) Of(err error) error {
	var refusal *bonafide.Error
	if !errors.As(err, &refusal) {
		return err
	}
	return bonafide.Wrap(refusal.Code, fmt.Sprintf("Entry %d of the archive: %s", s.Number, refusal.Message), refusal.Err)
}

// judge looks at names, flags and methods, without unpacking, and leaves out
// folders and what systems add.
func judge(files []*zip.File, lim Limits) ([]Shot, error) {
	// A list of names alone may be huge; folders and such are given some room.
	if len(files) > 2*lim.MaxEntries+100 {
		return nil, tooMany(lim)
	}
	var out []Shot
	names := map[string]bool{}
	for i, f := range files {
		refuse := func(why string) error {
			return bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive %s", i+1, why)
		}
		name, folder, ok := plainName(f.Name)
		const encrypted = 1
		switch mode := f.Mode(); {
		case !ok:
			return nil, refuse("has an unsafe name")
		case f.Flags&encrypted != 0 || f.Method == aes:
			return nil, bonafide.Errorf(bonafide.CodeValue, "The archive is encrypted")
		case folder || mode.IsDir() || ignored(name):
			continue
		case names[name]:
			return nil, refuse("has the name of another")
		case mode&fs.ModeType != 0:
			return nil, refuse("is not a plain file")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return nil, refuse("is compressed by " + methodName(f.Method) + "; allowed: stored, deflated")
		}
		names[name] = true
		out = append(out, Shot{Number: i + 1, file: f, name: name})
	}
	if len(out) > lim.MaxEntries {
		return nil, tooMany(lim)
	}
	if len(out) == 0 {
		return nil, bonafide.Errorf(bonafide.CodeValue, "The archive holds no pictures")
	}
	return out, nil
}

func tooMany(lim Limits) error {
	return bonafide.Errorf(bonafide.CodeValue, "The archive holds more than %d entries", lim.MaxEntries)
}

func damaged(err error) error {
	return bonafide.Wrap(bonafide.CodeValue, "The archive is damaged", err)
}

var errTooLarge = errors.New("too large")

// unpack writes an entry's bytes, at most left, to buf. The archive's reader
// compares the checksum at the end.
func (s *Shot) unpack(buf *bytes.Buffer, left int64) error {
	r, err := s.file.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	buf.Reset()
	limited := &io.LimitedReader{R: r, N: left + 1}
	s.size, err = buf.ReadFrom(limited)
	if limited.N == 0 {
		return errTooLarge
	}
	return err
}

// measure sniffs what was unpacked and asks its header for the number of pixels.
func (s *Shot) measure(data []byte, maxPixels int) error {
	head := data[:min(len(data), sniff.HeadBytes)]
	format, err := sniff.Sniff(head)
	if err != nil || format.Kind() != bonafide.Image {
		return bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive is not a JPEG, PNG, WebP or HEIC picture but %s", s.Number, sniff.Name(head))
	}
	s.Format = format
	if s.Pixels, err = still.Pixels(format, data, maxPixels); err != nil {
		return s.Of(err)
	}
	return nil
}

// compareNatural orders names as people do: runs of digits by their number.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		da, db := digits(a), digits(b)
		if da == 0 || db == 0 {
			if a[0] != b[0] {
				return int(a[0]) - int(b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		na, nb := strings.TrimLeft(a[:da], "0"), strings.TrimLeft(b[:db], "0")
		if len(na) != len(nb) {
			return len(na) - len(nb)
		}
		if c := strings.Compare(na, nb); c != 0 {
			return c
		}
		a, b = a[da:], b[db:]
	}
	return len(a) - len(b)
}

// digits counts the digits that s begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}
