package monitor

import (
	"os"
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

func TestMemoryIsThatOfTheContainerOrOfTheMachine(t *testing.T) {
	if used, limit, err := memory(); err != nil || used <= 0 || limit < used {
		t.Errorf("here %d of %d, %v", used, limit, err)
	}
	if used, limit, err := machineOf([]byte("MemTotal:       1000 kB\nMemFree: 1 kB\nMemAvailable:    250 kB\n")); used != 750<<10 || limit != 1000<<10 || err != nil {
		t.Errorf("of a machine %d of %d, %v", used, limit, err)
	}
	if _, _, err := machineOf(nil); err == nil {
		t.Error("nothing is something")
	}
	dir := t.TempDir()
	if _, limit, err := groupOf(dir); limit != 0 || err != nil {
		t.Errorf("without a group: %d, %v", limit, err)
	}
	for max, want := range map[string]int64{"max\n": 0, "4096\n": 4096} {
		for name, text := range map[string]string{"memory.max": max, "memory.current": "3000\n", "memory.stat": "anon 7\ninactive_file 1000\n"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if used, limit, err := groupOf(dir); used != 2000 || limit != want || err != nil {
			t.Errorf("of a container with %q: %d of %d, %v", max, used, limit, err)
		}
	}
}
