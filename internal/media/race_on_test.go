//go:build race

package media

// raced: the race detector's shadow memory drowns a child's own use of memory.
const raced = true
