package pace

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestTheHeapGrowsByAFixedAmountOrByAHalf(t *testing.T) {
	for live, want := range map[uint64]int{0: 9600, 1 << 20: 9600, 24 << 20: 400, 96 << 20: 100, 192 << 20: 50, 1 << 30: 50, 1 << 40: 50} {
		if got := percent(live); got != want {
			t.Errorf("%d MiB in use: %d %%, want %d", live>>20, got, want)
		}
	}
}

func TestThePaceFollowsWhatIsInUse(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	stop := Keep()
	large := make([]byte, 256<<20)
	deadline := time.Now().Add(time.Minute)
	for set() != least && time.Now().Before(deadline) { // finalizers run beside
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := set(); got != least {
		t.Errorf("%d %% with 256 MiB in use", got)
	}
	runtime.KeepAlive(large)
	large = nil
	for set() <= 100 && time.Now().Before(deadline) {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := set(); got <= 100 {
		t.Errorf("%d %% with hardly anything in use", got)
	}
	stop()
	for range 3 {
		runtime.GC()
	}
	if got := set(); got != 100 {
		t.Errorf("%d %% afterwards", got)
	}
	stop()
}

// set gives the percent that is set.
func set() int {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return p
}

func TestAPaceInTheEnvironmentIsKept(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			t.Setenv(name, "77")
			defer Keep()()
			if got := set(); got != 77 {
				t.Errorf("%d %%", got)
			}
		})
	}
}
