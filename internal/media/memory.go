package media

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/media/sniff"
)

// Picture makes a source of a picture, or an archive of pictures, that is in
// memory and is never to touch a disk: the kernel holds a copy until done is called.
// Videos, which other programs read, and what is no media are CodeValue.
func Picture(content []byte) (src Source, done func(), err error) {
	format, err := sniff.Sniff(content[:min(len(content), sniff.HeadBytes)])
	if err != nil {
		return Source{}, nil, err
	}
	if format.Kind() == bonafide.Video {
		return Source{}, nil, bonafide.Errorf(bonafide.CodeValue, "A picture is needed, this is a video")
	}
	f, err := InMemory()
	if err != nil {
		return Source{}, nil, err
	}
	if _, err := f.Write(content); err != nil {
		f.Close()
		return Source{}, nil, fmt.Errorf("media: %w", err)
	}
	return Source{Path: f.Name()}, func() { f.Close() }, nil
}

// InMemory makes an empty file that is in memory and on no disk. Its name is a path
// under which this process, and no other, finds it until it is closed.
func InMemory() (*os.File, error) {
	fd, err := unix.MemfdCreate("media", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("media: %w", err)
	}
	return os.NewFile(uintptr(fd), fmt.Sprintf("/proc/self/fd/%d", fd)), nil
}
