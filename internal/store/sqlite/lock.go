package sqlite

import (
	"os"
	"syscall"

	"github.com/bonafide-id/bonafide"
)

// lock takes a file for this process alone, until unlock or the end of the
// process, however it ends.
func lock(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeDatabase, "The queue cannot be locked", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, bonafide.Wrap(bonafide.CodeDatabase, "Another server already works on this data folder", err)
	}
	return f.Close, nil
}
