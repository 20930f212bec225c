// Package shots reads zip archives of frames (SHOTS_SET). It runs where the
// pictures are decoded: in a child that has nothing to lose.
//
// Nothing is written anywhere. Every entry is unpacked into memory, counted by
// what comes out and not by what the archive declares, and sniffed; names decide
// the order and nothing else.
package shots

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// Limits bound one archive.
type Limits struct {
	MaxEntries int   // pictures; more is refused
	MaxBytes   int64 // unpacked, all entries together
}

// Shot is one picture in the archive.
type Shot struct {
	Format sniff.Format
	file   *zip.File
	size   int64 // unpacked, as counted
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
	entries, err := judge(archive.File, lim)
	if err != nil {
		return nil, err
	}
	left := lim.MaxBytes
	set := make([]Shot, 0, len(entries))
	for i, f := range entries {
		format, n, err := unpack(f, left)
		if errors.Is(err, errTooLarge) {
			return nil, bonafide.Errorf(bonafide.CodeValue, "The archive unpacks to more than %d MB", lim.MaxBytes>>20)
		}
		if err != nil {
			return nil, damaged(err)
		}
		if format == "" {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive is not a JPEG, PNG, WebP or HEIC picture", i+1)
		}
		left -= n
		set = append(set, Shot{Format: format, file: f, size: n})
	}
	slices.SortStableFunc(set, func(a, b Shot) int { return compareNatural(a.file.Name, b.file.Name) })
	return set, nil
}

// judge looks at names and flags, without unpacking, and leaves out folders and
// what macOS adds.
func judge(files []*zip.File, lim Limits) ([]*zip.File, error) {
	// A list of names alone may be huge; folders and such are given some room.
	if len(files) > 2*lim.MaxEntries+100 {
		return nil, tooMany(lim)
	}
	var out []*zip.File
	names := map[string]bool{}
	for i, f := range files {
		if !safeName(f.Name) {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive has an unsafe name", i+1)
		}
		if names[f.Name] {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive has the name of another", i+1)
		}
		names[f.Name] = true
		const encrypted = 1
		switch mode := f.Mode(); {
		case f.Flags&encrypted != 0:
			return nil, bonafide.Errorf(bonafide.CodeValue, "The archive is encrypted")
		case mode.IsDir(), ignored(f.Name):
			continue
		case mode&fs.ModeType != 0:
			return nil, bonafide.Errorf(bonafide.CodeValue, "Entry %d of the archive is not a plain file", i+1)
		}
		out = append(out, f)
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

// safeName refuses what would leave the folder that a careless program unpacks
// to. We unpack to none; who sends such names means no good.
func safeName(name string) bool {
	if name == "" || strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return false
	}
	return !slices.Contains(strings.Split(name, "/"), "..")
}

// ignored knows what macOS and Windows put into archives unasked.
func ignored(name string) bool {
	switch path.Base(name) {
	case ".DS_Store", "Thumbs.db":
		return true
	}
	return strings.HasPrefix(name, "__MACOSX/")
}

var errTooLarge = errors.New("too large")

// unpack counts an entry's bytes, at most left, and sniffs them. A format of ""
// means that it is no picture. The archive's reader compares the checksum at the
// end.
func unpack(f *zip.File, left int64) (sniff.Format, int64, error) {
	r, err := f.Open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: left + 1}
	head := make([]byte, sniff.HeadBytes)
	n, err := io.ReadFull(limited, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", 0, err
	}
	format, err := sniff.Sniff(head[:n])
	if err != nil || format.Kind() != bonafide.Image {
		return "", 0, nil
	}
	rest, err := io.Copy(io.Discard, limited)
	if limited.N == 0 {
		return "", 0, errTooLarge
	}
	if err != nil {
		return "", 0, err
	}
	return format, int64(n) + rest, nil
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
