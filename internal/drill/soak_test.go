package drill

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestASoakSeesWhatTheServerHoldsAndLeaves(t *testing.T) {
	path := built(t)
	d := &soaking{Soak: Soak{Binary: path, Photo: filepath.Join(filepath.Dir(path), "samples", "selfie.jpg"), Startup: 5 * time.Minute}}
	if err := d.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.server.close)
	if err := d.send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d.answered.Load() != 1 || opened(d.server.process.Process.Pid) == 0 || d.server.usage().memory == 0 {
		t.Errorf("%d answered, %d descriptors, %d bytes", d.answered.Load(), opened(d.server.process.Process.Pid), d.server.usage().memory)
	}
	if err := d.left(); err != nil {
		t.Error(err)
	}
	forgotten := filepath.Join(d.temp[0], "forgotten")
	if err := os.WriteFile(forgotten, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := filesBelow(d.temp...); len(got) != 1 || got[0] != forgotten {
		t.Error(got)
	}
	if got := filesBelow(filepath.Join(d.temp[0], "none")); len(got) != 1 {
		t.Error("a folder that is not there has no files:", got)
	}
}

func TestAServerThatGrowsFailsTheSoak(t *testing.T) {
	for want, spoil := range map[string]func(n int, l *look){
		"":                      func(int, *look) {},
		"memory grew":           func(n int, l *look) { l.memory += int64(n) << 20 },
		"open descriptors grew": func(n int, l *look) { l.descriptors += int64(n) },
		"nothing was answered":  func(_ int, l *look) { l.requests = 7 },
		"2 looks are too few":   nil,
	} {
		looks := make([]look, 30)
		for n := range looks {
			looks[n] = look{memory: 100 << 20, descriptors: 20, requests: int64(n)}
			if spoil != nil {
				spoil(n, &looks[n])
			}
		}
		if spoil == nil {
			looks = looks[:2]
		}
		err := errors.Join(judgeLooks(looks)...)
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestWhatGrewInTheWarmUpIsForgiven(t *testing.T) {
	looks := []look{{memory: 1, requests: 1}, {memory: 100, requests: 2}, {memory: 104, requests: 3}}
	if faults := judgeLooks(looks); len(faults) != 0 {
		t.Error(faults)
	}
}
