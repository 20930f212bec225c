package monitor

import (
	"path/filepath"
	"testing"
)

func TestThereIsRoomWhereTheTestsRun(t *testing.T) {
	free, size, err := Room(t.TempDir())
	if err != nil || free <= 0 || size < free {
		t.Errorf("%d of %d bytes, %v", free, size, err)
	}
	if _, _, err := Room(filepath.Join(t.TempDir(), "nothing")); err == nil {
		t.Error("there is room in a folder that is not there")
	}
}
