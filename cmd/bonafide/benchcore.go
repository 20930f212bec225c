package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// oneCore runs do while this process and its children have one core and no more: a
// server with one worker would else leave to a second core what it does beside its
// work, such as flushing and tidying up, and be faster than a single thread is.
func oneCore(do func() error) error {
	var all, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		return fmt.Errorf("cores: %w", err)
	}
	for cpu := 0; one.Count() == 0; cpu++ {
		if all.IsSet(cpu) {
			one.Set(cpu)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	err := confine(os.Getpid(), &one)
	if err == nil {
		err = do()
	}
	return errors.Join(err, confine(os.Getpid(), &all))
}

// confine lets a process and its children run on these cores alone. Threads and
// children to come inherit it from the one that starts them, so that it is done
// when a look finds no thread that is new.
func confine(pid int, cores *unix.CPUSet) error {
	done := map[string]bool{}
	for fresh := true; fresh; {
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/[0-9]*", pid))
		if err != nil {
			return err
		}
		fresh = false
		for _, task := range tasks {
			if done[task] {
				continue
			}
			done[task], fresh = true, true
			if err := confineTask(task, cores); err != nil && !errors.Is(err, unix.ESRCH) && !errors.Is(err, os.ErrNotExist) {
				return err // other than of one that has ended
			}
		}
	}
	return nil
}

// confineTask confines one thread and the children that it has started.
func confineTask(task string, cores *unix.CPUSet) error {
	tid, err := strconv.Atoi(filepath.Base(task))
	if err != nil {
		return err
	}
	if err := unix.SchedSetaffinity(tid, cores); err != nil {
		return fmt.Errorf("cores of thread %d: %w", tid, err)
	}
	children, err := os.ReadFile(filepath.Join(task, "children"))
	if err != nil {
		return err
	}
	for _, child := range strings.Fields(string(children)) {
		pid, err := strconv.Atoi(child)
		if err != nil {
			return err
		}
		if err := confine(pid, cores); err != nil {
			return err
		}
	}
	return nil
}
