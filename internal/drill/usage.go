package drill

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// usage is what processes have taken.
type usage struct {
	memory int64 // bytes that lie in memory now; what they share counts for each
	cpu    int64 // hundredths of a second since they began, ended children included
}

// watch gives the most memory that the server and its children take until ctx ends.
func (s *server) watch(ctx context.Context) int64 {
	var peak int64
	for ctx.Err() == nil {
		peak = max(peak, s.usage().memory)
		pause(ctx, 100*time.Millisecond)
	}
	return peak
}

// usage adds up the server and all processes below it.
func (s *server) usage() usage {
	var sum usage
	for _, pid := range descendants(s.process.Process.Pid) {
		fields, err := stat(pid)
		if err != nil {
			continue // it has ended
		}
		for _, at := range []int{13, 14, 15, 16} { // utime, stime and those of children
			sum.cpu += fields[at]
		}
		sum.memory += fields[23] * int64(os.Getpagesize())
	}
	return sum
}

// descendants lists a process and all below it.
func descendants(root int) []int {
	children := map[int][]int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*") // the pattern is right
	for _, dir := range dirs {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		if fields, err := stat(pid); err == nil {
			children[int(fields[3])] = append(children[int(fields[3])], pid)
		}
	}
	all := []int{root}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// stat reads the numbers of proc(5), counted from 0; the name and the state are 0.
func stat(pid int) ([]int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, err
	}
	words := bytes.Fields(raw[bytes.LastIndexByte(raw, ')')+1:])
	fields := make([]int64, 2, 2+len(words))
	for _, w := range words {
		n, _ := strconv.ParseInt(string(w), 10, 64)
		fields = append(fields, n)
	}
	if len(fields) < 24 {
		return nil, fmt.Errorf("process %d has %d fields", pid, len(fields))
	}
	return fields, nil
}

// rest waits until the server has worked off what a flood left.
func (s *siege) rest(ctx context.Context) error {
	const idle = 10 // hundredths of a second in a second
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); {
		before := s.server.usage().cpu
		pause(ctx, time.Second)
		if err := ctx.Err(); err != nil {
			return err
		}
		if used := s.server.usage().cpu - before; used >= 0 && used < idle {
			return nil
		}
	}
	return fmt.Errorf("the server does not come to rest after a flood")
}
