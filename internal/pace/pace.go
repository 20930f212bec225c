// Package pace says how often Go collects garbage. By default it does when the heap has
// doubled. Most of a server's heap is pictures, which are large, soon gone, and cost the
// collector nothing to look through: with few of them it would collect for each request,
// with many it would hold as much again of what is of no use.
package pace

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

const (
	// slack is how many bytes may be allocated before the next collection, however little
	// is in use.
	slack = 96 << 20
	// least is the part of what is in use, in percent, that may be allocated however much
	// that is.
	least = 50
)

// Keep sets the pace anew after each collection until stop is called. Whoever has set one
// in the environment, by GOGC or GOMEMLIMIT, keeps theirs.
func Keep() (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	var mu sync.Mutex
	stopped, before := false, debug.SetGCPercent(percent(live()))
	var next func()
	next = func() {
		// A thing that nobody holds is gone with the next collection.
		runtime.SetFinalizer(&struct{ f func() }{next}, func(*struct{ f func() }) {
			mu.Lock()
			defer mu.Unlock()
			if !stopped {
				debug.SetGCPercent(percent(live()))
				next()
			}
		})
	}
	next()
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if !stopped {
			stopped = true
			debug.SetGCPercent(before)
		}
	}
}

// percent gives by how much the heap may grow above what is in use.
func percent(live uint64) int {
	return int(max(100*slack/max(live, 1<<20), least))
}

// live gives the bytes that the last collection has found in use.
func live() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return slack // a Go that does not tell
	}
	return s[0].Value.Uint64()
}
