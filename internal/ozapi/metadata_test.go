package ozapi

import (
	"fmt"
	"sync"
	"testing"
)

// TestChangesOfMetadataAtOnceAreAllKept sends changes of different keys by both
// calls that merge.
func TestChangesOfMetadataAtOnceAreAllKept(t *testing.T) {
	w := newWorld(t, Config{})
	path := "/api/folders/" + w.post("/api/folders", "").text("folder_id")
	var all sync.WaitGroup
	var keys []string
	replies := make([]*reply, 12)
	for i := range replies {
		key := fmt.Sprintf(`"k%d": 1`, i)
		keys = append(keys, key)
		all.Go(func() {
			if i%2 == 0 {
				replies[i] = w.patch(path+"/meta_data", "{"+key+"}")
				return
			}
			replies[i] = w.patch(path, `{"meta_data": {`+key+`}}`)
		})
	}
	all.Wait()
	for _, r := range replies {
		r.want(200)
	}
	w.get(path+"/meta_data").want(200, keys...)
}
