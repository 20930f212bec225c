// Package doctor looks at a machine before a server runs on it: processor, memory, disk,
// clock, limits of the process, the address to listen on. Each look gives a line with
// advice; none changes anything.
package doctor

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/cpu"
)

// State is how something is.
type State string

// The states of a line.
const (
	OK   State = "ok"
	Warn State = "warn" // a server works, with less
	Fail State = "fail" // a server does not work
)

// Line is what one look has found.
type Line struct {
	State  State
	What   string // that was looked at
	Text   string // what it is
	Advice string // what to do; empty where it is well
}

// String is the line as it is printed.
func (l Line) String() string {
	text := fmt.Sprintf("%-4s  %-9s %s", l.State, l.What, l.Text)
	if l.Advice != "" {
		text += ": " + l.Advice
	}
	return text
}

const (
	mib = 1 << 20
	gib = 1 << 30
)

// Processor tells how many cores there are, and whether they have the instructions that
// make models fast.
func Processor() Line {
	return processor(runtime.NumCPU(), runtime.GOARCH, cpu.X86.HasAVX2, cpu.X86.HasAVX512F)
}

func processor(cores int, arch string, avx2, avx512 bool) Line {
	l := Line{State: OK, What: "processor", Text: fmt.Sprintf("%d cores, %s", cores, arch)}
	switch {
	case arch != "amd64":
	case avx512:
		l.Text += ", AVX-512"
	case avx2:
		l.Text += ", AVX2"
	default:
		l.State, l.Advice = Warn, "without AVX2 an analysis takes several times as long; take another type of machine"
	}
	if cores < 2 {
		l.State, l.Advice = Warn, "one analysis at a time and core: take two cores or more"
	}
	return l
}

// Memory tells how much is free for this process, limits of a container counted.
func Memory() Line {
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return Line{Warn, "memory", err.Error(), "see that there are 2 GiB"}
	}
	limit, _ := os.ReadFile("/sys/fs/cgroup/memory.max") // there is none outside of containers
	return memory(info, limit)
}

func memory(info, limit []byte) Line {
	var free int64
	lines := bufio.NewScanner(bytes.NewReader(info))
	for lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) > 1 && words[0] == "MemAvailable:" {
			kib, _ := strconv.ParseInt(words[1], 10, 64)
			free = kib << 10
		}
	}
	text := fmt.Sprintf("%d MiB are free", free/mib)
	if most, err := strconv.ParseInt(strings.TrimSpace(string(limit)), 10, 64); err == nil && most < free {
		free = most
		text = fmt.Sprintf("this container may use %d MiB", most/mib)
	}
	switch {
	case free < gib:
		return Line{Fail, "memory", text, "a server needs 1 GiB, and 2 GiB for videos"}
	case free < 2*gib:
		return Line{Warn, "memory", text, "videos by several clients need 2 GiB"}
	}
	return Line{OK, "memory", text, ""}
}

// Disk tells how much room a folder has, or the one that it will be made in. least is what
// two of the largest uploads need.
func Disk(dir string, least int64) Line {
	dir = existing(dir)
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Line{Fail, "disk", err.Error(), "name another folder with --data"}
	}
	return disk(dir, int64(s.Bavail)*s.Bsize, least)
}

func disk(dir string, room, least int64) Line {
	text := fmt.Sprintf("%d MiB of room in %s", room/mib, dir)
	switch {
	case room < least:
		return Line{Fail, "disk", text, fmt.Sprintf("two of the largest uploads need %d MiB", least/mib)}
	case room < 10*gib:
		return Line{Warn, "disk", text, "a folder with a photo and its verdicts takes about 1 MiB, one with a video its size"}
	}
	return Line{OK, "disk", text, ""}
}

// existing is a folder or the nearest one above it that is there.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// Flush measures how long the disk takes until what was written is safe: an acknowledged
// upload waits for that several times.
func Flush(dir string) Line {
	f, err := os.CreateTemp(existing(dir), ".doctor-*")
	if err != nil {
		return Line{Fail, "flush", err.Error(), "let the server's user write there"}
	}
	defer os.Remove(f.Name())
	defer f.Close()
	var took []time.Duration
	for range 21 {
		began := time.Now()
		_, err := f.Write(make([]byte, 4096))
		if err = errors.Join(err, f.Sync()); err != nil {
			return Line{Fail, "flush", err.Error(), "nothing can be stored safely on this disk"}
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return flush(took[len(took)/2])
}

func flush(median time.Duration) Line {
	text := fmt.Sprintf("the disk has 4 KiB safe in %s", median.Round(10*time.Microsecond))
	if median > 20*time.Millisecond {
		return Line{Warn, "flush", text, "each upload waits for several of these; take a disk with a cache that outlives a loss of power"}
	}
	return Line{OK, "flush", text, ""}
}

// Clock tells whether the kernel says that the clock is kept in time.
func Clock() Line {
	var t syscall.Timex
	state, err := syscall.Adjtimex(&t)
	return clock(time.Now(), err == nil && state != 5 && t.Status&0x40 == 0, err) // TIME_ERROR, STA_UNSYNC: see adjtimex(2)
}

func clock(now time.Time, synchronized bool, err error) Line {
	text := "it is " + now.UTC().Format(time.RFC3339)
	switch {
	case now.Year() < 2026:
		return Line{Fail, "clock", text, "set it: tokens end and webhooks are refused by time"}
	case err != nil:
		return Line{Warn, "clock", text + ", and the kernel does not tell whether that is right", "see that it is kept by chrony or the like"}
	case !synchronized:
		return Line{Warn, "clock", text + ", but nobody keeps it in time", "run chrony or systemd-timesyncd, on the host where this is a container"}
	}
	return Line{OK, "clock", text, ""}
}

// Files tells how many files the process may have open.
func Files() Line {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r); err != nil {
		return Line{Warn, "files", err.Error(), "see that a process may have 4096 open"}
	}
	return files(r.Cur)
}

func files(most uint64) Line {
	text := fmt.Sprintf("a process may have %d open", most)
	if most < 4096 {
		return Line{Warn, "files", text, "set LimitNOFILE of the unit, or ulimit -n, to 4096 or more"}
	}
	return Line{OK, "files", text, ""}
}

// Address tells whether it can be listened on.
func Address(address string) Line {
	l, err := net.Listen("tcp", address)
	if err != nil {
		advice := "name another one with --listen"
		if errors.Is(err, syscall.EADDRINUSE) {
			advice = "another process has it, which may be the server itself"
		}
		return Line{Fail, "address", err.Error(), advice}
	}
	_ = l.Close()
	return Line{OK, "address", address + " is free", ""}
}
