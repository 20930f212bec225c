package enrol

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/intake"
)

// Bounds of an archive of an import.
const (
	maxEntries   = 20_000
	maxDirectory = 8 << 20 // bytes that are read to know the entries
	maxUnpacked  = 4 << 30 // bytes of all files together
)

func itoa(n int) string { return strconv.Itoa(n) }

// plain gives a path in one spelling: a list and an archive may be from two systems.
func plain(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// isArchive tells a zip archive by its first bytes.
func isArchive(f *intake.File) (bool, error) {
	r, err := os.Open(f.Path())
	if err != nil {
		return false, err
	}
	defer r.Close()
	head := make([]byte, 4)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && err != io.EOF {
		return false, err
	}
	return string(head[:n]) == "PK\x03\x04", nil
}

func isList(key, name string) bool {
	return key == "list" || strings.EqualFold(path.Ext(name), ".csv")
}

// entries calls each for the files of an archive: for the pictures, or for lists alone.
// What systems add by themselves is left out.
func entries(f *intake.File, lists bool, each func(name string, entry *zip.File) error) error {
	r, err := os.Open(f.Path())
	if err != nil {
		return err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(&bounded{r: r, left: maxDirectory}, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return bonafide.Wrap(bonafide.CodeValue, "The archive "+bonafide.Quote(f.Name())+" is damaged or names too many files", err)
	}
	if len(archive.File) > maxEntries {
		return bonafide.Errorf(bonafide.CodeValue, "The archive %s holds %d files, at most %d", bonafide.Quote(f.Name()), len(archive.File), maxEntries)
	}
	archive, err = zip.NewReader(r, info.Size()) // whose entries are read without that bound
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return err
	}
	for _, entry := range archive.File {
		name := plain(entry.Name)
		base := path.Base(name)
		if !entry.Mode().IsRegular() || strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || base == "Thumbs.db" || isList("", name) != lists {
			continue
		}
		if err := each(name, entry); err != nil {
			return err
		}
	}
	return nil
}

// bounded fails where more is read than it allows.
type bounded struct {
	r    io.ReaderAt
	left int64
}

// ReadAt implements io.ReaderAt.
func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errors.New("the directory is too long")
	}
	return b.r.ReadAt(p, at)
}

// Reasons for which a file of an import is refused, besides those of the capture gate.
const (
	reasonTooLarge  = "too_large"
	reasonDamaged   = "damaged"
	reasonNoPhoto   = "not_a_photo"
	reasonDuplicate = "duplicate"
	reasonNear      = "near_duplicate"
	reasonNobody    = "unknown_person"
	reasonFull      = "company_full"
	reasonFailed    = "failed"
)

// refusal says why a file is not taken.
type refusal struct{ reason, message string }

// unpack stages an entry of an archive, or says why it cannot. left are the bytes that
// all of the archive may still have.
func (e *Enroller) unpack(ctx context.Context, entry *zip.File, left *int64) (*intake.File, *refusal, error) {
	if entry.Flags&1 != 0 {
		return nil, &refusal{reasonDamaged, "The file is encrypted"}, nil
	}
	r, err := entry.Open()
	if err != nil {
		return nil, &refusal{reasonDamaged, "The file cannot be unpacked"}, nil
	}
	defer r.Close()
	content := &unpacking{r: r, most: min(e.MaxFile, *left)}
	file, err := e.Reception.Stage(ctx, "", entry.Name, content)
	*left -= content.read
	switch {
	case err == nil:
		return file, nil, nil
	case content.over && *left <= 0:
		return nil, nil, bonafide.Errorf(bonafide.CodeTooLarge, "The archive unpacks to more than %d MB", maxUnpacked>>20)
	case content.over:
		return nil, tooLarge(e.MaxFile), nil
	case content.failed != nil:
		return nil, &refusal{reasonDamaged, "The file cannot be unpacked"}, nil
	}
	return nil, nil, err
}

func tooLarge(most int64) *refusal {
	return &refusal{reasonTooLarge, "The file is larger than " + strconv.FormatInt(most, 10) + " bytes"}
}

// unpacking reads an entry, counted by what comes out, and remembers why it ended.
type unpacking struct {
	r      io.Reader
	most   int64
	read   int64
	over   bool
	failed error
}

// Read implements io.Reader.
func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.read += int64(n); u.read > u.most {
		u.over = true
		return 0, errors.New("the file is too large")
	}
	if err != nil && err != io.EOF {
		u.failed = err
	}
	return n, err
}
