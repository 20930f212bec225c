package disk

import (
	"fmt"
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
