package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/bonafide-id/bonafide"
)

func TestAFullDiskHasACodeOfItsOwn(t *testing.T) {
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if err := notStored(fmt.Errorf("write: %w", cause)); bonafide.CodeOf(err) != bonafide.CodeNoRoom {
			t.Errorf("%v: %v", cause, err)
		}
	}
	if err := notStored(syscall.EIO); bonafide.CodeOf(err) != bonafide.CodeUnknown {
		t.Errorf("another fault: %v", err)
	}
}

func TestAFolderThatIsGoneIsNotWritable(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	if err := b.Writable(t.Context()); err != nil {
		t.Error(err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.RemoveAll(filepath.Join(dir, tempDir)); err != nil {
		t.Fatal(err)
	}
	if b.Writable(t.Context()) == nil {
		t.Error("it is writable")
	}
}
