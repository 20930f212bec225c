package gallery

import "github.com/bonafide-id/bonafide"

// Held tells tests how many references of a collection are in memory.
func (g *Gallery) Held(collection bonafide.ID) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.index.(*scan)
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c := s.collections[collection]; c != nil {
		return len(c.owners)
	}
	return 0
}
