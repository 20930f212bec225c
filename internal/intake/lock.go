package intake

import (
	"hash/fnv"
	"io"
	"sync"

	"github.com/bonafide-id/bonafide"
)

// Locks are held while an object is read, changed and written back, so that changes
// at the same time do not undo each other. The zero value is fit for use.
type Locks struct{ of [64]sync.Mutex }

// Lock locks one object until the returned function is called.
func (l *Locks) Lock(id bonafide.ID) (unlock func()) {
	h := fnv.New32a()
	_, _ = io.WriteString(h, string(id))
	m := &l.of[h.Sum32()%uint32(len(l.of))]
	m.Lock()
	return m.Unlock
}
