package doctor

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestEachLineIsWhatItShouldBe(t *testing.T) {
	meminfo := func(kib string) []byte { return []byte("MemTotal: 1 kB\nMemAvailable:   " + kib + " kB\n") }
	now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		line Line
		want State
		text string
	}{
		"many cores":        {processor(8, "amd64", true, false), OK, "8 cores, amd64, AVX2"},
		"newer cores":       {processor(8, "amd64", true, true), OK, "AVX-512"},
		"old cores":         {processor(8, "amd64", false, false), Warn, "AVX2"},
		"one core":          {processor(1, "amd64", true, false), Warn, "two cores"},
		"another kind":      {processor(4, "arm64", false, false), OK, "arm64"},
		"much memory":       {memory(meminfo("8388608"), nil), OK, "8192 MiB"},
		"without a limit":   {memory(meminfo("8388608"), []byte("max\n")), OK, "8192 MiB"},
		"a container":       {memory(meminfo("8388608"), []byte("536870912\n")), Fail, "512 MiB"},
		"some memory":       {memory(meminfo("1572864"), nil), Warn, "1536 MiB"},
		"nobody knows":      {memory(nil, nil), Fail, "0 MiB"},
		"much room":         {disk("/d", 100*gib, gib), OK, "102400 MiB"},
		"some room":         {disk("/d", 5*gib, gib), Warn, "5120 MiB"},
		"no room":           {disk("/d", 5*mib, gib), Fail, "1024 MiB"},
		"a fast disk":       {flush(time.Millisecond), OK, "1ms"},
		"a slow disk":       {flush(50 * time.Millisecond), Warn, "50ms"},
		"a clock":           {clock(now, true, nil), OK, "2026-12-01T00:00:00Z"},
		"one left alone":    {clock(now, false, nil), Warn, "nobody keeps it"},
		"one in the past":   {clock(time.Unix(0, 0), true, nil), Fail, "1970"},
		"nobody may ask":    {clock(now, false, errors.New("no")), Warn, "does not tell"},
		"many files":        {files(65536), OK, "65536"},
		"few files":         {files(1024), Warn, "LimitNOFILE"},
		"no such folder":    {Disk("/proc/self/no/such", 1), Fail, "MiB"},
		"nowhere to write":  {Flush("/proc/self"), Fail, "doctor"},
		"no address at all": {Address("127.0.0.1:99999"), Fail, "--listen"},
	} {
		if tt.line.State != tt.want || !strings.Contains(tt.line.String(), tt.text) || (tt.line.Advice == "") != (tt.want == OK) {
			t.Errorf("%s: %s", name, tt.line)
		}
	}
}

func TestThisMachineIsLookedAt(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if taken := Address(l.Addr().String()); taken.State != Fail || !strings.Contains(taken.Advice, "another process has it") {
		t.Error(taken)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "not", "yet")
	for _, line := range []Line{Processor(), Memory(), Disk(dir, 1), Flush(dir), Clock(), Files()} {
		if line.What == "" || line.Text == "" || line.State == "" {
			t.Errorf("%+v", line)
		}
		t.Log(line)
	}
	if left, err := os.ReadDir(filepath.Dir(filepath.Dir(dir))); err != nil || len(left) > 0 {
		t.Errorf("%v, %v is left", err, left)
	}
}
