package main

import (
	"os"
	"os/exec"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

func TestOneCoreIsForThisProcessAndItsChildrenAndOnlyMeanwhile(t *testing.T) {
	child := exec.Command("sleep", "60")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = child.Wait() }()
	defer func() { _ = child.Process.Kill() }()
	count := func(pid int) int {
		t.Helper()
		var set unix.CPUSet
		if err := unix.SchedGetaffinity(pid, &set); err != nil {
			t.Fatal(err)
		}
		return set.Count()
	}
	all, procs := count(0), runtime.GOMAXPROCS(0)
	err := oneCore(func() error {
		for name, pid := range map[string]int{"this thread": 0, "the main thread": os.Getpid(), "the child": child.Process.Pid} {
			if n := count(pid); n != 1 {
				t.Errorf("%s has %d cores", name, n)
			}
		}
		if n := runtime.GOMAXPROCS(0); n != 1 {
			t.Errorf("%d threads at once", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, pid := range map[string]int{"this thread": 0, "the main thread": os.Getpid(), "the child": child.Process.Pid} {
		if n := count(pid); n != all {
			t.Errorf("afterwards %s has %d cores of %d", name, n, all)
		}
	}
	if n := runtime.GOMAXPROCS(0); n != procs {
		t.Errorf("afterwards %d threads at once, before %d", n, procs)
	}
}
