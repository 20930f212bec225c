package webadapter

import (
	"net/netip"
	"sync"
	"time"
)

// meter counts calls by key in windows of time.
type meter struct {
	most   int
	window time.Duration
	now    func() time.Time

	mu    sync.Mutex
	until time.Time
	calls map[string]int
}

// maxKeys bounds the keys of one window. Beyond it all new ones share one.
const maxKeys = 100_000

func newMeter(most int, window time.Duration, now func() time.Time) *meter {
	return &meter{most: most, window: window, now: now, calls: map[string]int{}}
}

// count counts a call and tells how long to wait where it is one too many, else 0.
func (m *meter) count(key string) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if !now.Before(m.until) {
		m.until = now.Add(m.window)
		clear(m.calls)
	}
	if _, known := m.calls[key]; !known && len(m.calls) >= maxKeys {
		key = ""
	}
	if m.calls[key] >= m.most {
		return m.until.Sub(now)
	}
	m.calls[key]++
	return 0
}

// networkOf is what one client can have for itself: of IPv4 the address, of IPv6 the
// /64.
func networkOf(addr netip.Addr) string {
	addr = addr.WithZone("").Unmap()
	if !addr.IsValid() {
		return ""
	}
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}
