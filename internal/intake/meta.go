package intake

import (
	"cmp"
	"encoding/json"
	"maps"

	"github.com/bonafide-id/bonafide"
)

// DefaultMaxMeta is enough for what a client may want to find again, and keeps lists of
// thousands of objects small.
const DefaultMaxMeta = 64 << 10

// MetaLimit is how many bytes the metadata of one object may have as JSON. 0 means
// DefaultMaxMeta.
type MetaLimit int

// Merge gives old with change laid over it (RFC 7396, top level): null removes a key.
// It is never nil, and old stays as it is. What grows beyond the limit is CodeTooLarge;
// what was beyond it before may shrink.
func (l MetaLimit) Merge(old, change bonafide.Meta) (bonafide.Meta, error) {
	merged := bonafide.Meta{}
	maps.Copy(merged, old)
	for name, value := range change {
		if value == nil {
			delete(merged, name)
			continue
		}
		merged[name] = value
	}
	most := int(cmp.Or(l, DefaultMaxMeta))
	if len(change) == 0 {
		return merged, nil
	}
	if n := size(merged); n > most && n >= size(old) {
		return nil, bonafide.Errorf(bonafide.CodeTooLarge, "Metadata of one object is too large, at most %d bytes of JSON", most)
	}
	return merged, nil
}

// size is the number of bytes that are stored.
func size(m bonafide.Meta) int {
	var n counter
	e := json.NewEncoder(&n)
	e.SetEscapeHTML(false)
	_ = e.Encode(m) // it came as JSON
	return int(n) - len("\n")
}

type counter int

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
