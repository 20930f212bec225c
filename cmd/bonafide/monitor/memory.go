package monitor

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Where the kernel tells of memory.
const (
	machineMemory = "/proc/meminfo"
	groupMemory   = "/sys/fs/cgroup" // of a container with a limit
)

// memory is what is used and what there is, in bytes: of the container where it has a
// limit, else of the machine.
func memory() (used, limit int64, err error) {
	used, limit, err = groupOf(groupMemory)
	if err == nil && limit > 0 {
		return used, limit, nil
	}
	raw, err := os.ReadFile(machineMemory)
	if err != nil {
		return 0, 0, err
	}
	return machineOf(raw)
}

// machineOf reads /proc/meminfo.
func machineOf(raw []byte) (used, limit int64, err error) {
	var available int64
	for scanner := bufio.NewScanner(bytes.NewReader(raw)); scanner.Scan(); {
		words := strings.Fields(scanner.Text())
		if len(words) < 2 {
			continue
		}
		kB, _ := strconv.ParseInt(words[1], 10, 64)
		switch words[0] {
		case "MemTotal:":
			limit = kB << 10
		case "MemAvailable:":
			available = kB << 10
		}
	}
	if limit == 0 {
		return 0, 0, errors.New("no MemTotal")
	}
	return limit - available, limit, nil
}

// groupOf reads the folder of a control group; limit is 0 where it has none. Cached files
// that the kernel can let go of are not used.
func groupOf(dir string) (used, limit int64, err error) {
	number := func(name string) int64 {
		raw, rerr := os.ReadFile(filepath.Join(dir, name))
		if rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
			err = rerr
		}
		n, _ := strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64) // "max" is no number
		return n
	}
	limit, used = number("memory.max"), number("memory.current")
	raw, _ := os.ReadFile(filepath.Join(dir, "memory.stat"))
	for scanner := bufio.NewScanner(bytes.NewReader(raw)); scanner.Scan(); {
		if text, ok := strings.CutPrefix(scanner.Text(), "inactive_file "); ok {
			cached, _ := strconv.ParseInt(text, 10, 64)
			used -= cached
		}
	}
	return max(0, used), limit, err
}
