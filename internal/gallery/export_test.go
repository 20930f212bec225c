package gallery

import (
	"context"

	"github.com/bonafide-id/bonafide"
)

// Held tells tests how many references of a collection the index holds.
func (g *Gallery) Held(collection bonafide.ID) int {
	m, err := g.index.At(context.Background(), collection)
	if err != nil {
		panic(err)
	}
	return m.Size
}
