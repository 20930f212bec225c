package gallery

import "github.com/bonafide-id/bonafide"

// Held tells tests how many references of a collection are in memory.
func (g *Gallery) Held(collection bonafide.ID) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.index.Size(collection)
}
