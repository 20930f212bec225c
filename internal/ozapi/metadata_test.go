package ozapi

import (
	"fmt"
	"strings"
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

func TestMetadataHasALimitWhereverItComesIn(t *testing.T) {
	w := newWorld(t, Config{})
	w.staff()
	half := `{"a": "` + strings.Repeat("x", 40<<10) + `"}`
	rest := strings.Replace(half, `"a"`, `"b"`, 1)
	whole := `{"a": "` + strings.Repeat("x", 64<<10) + `"}`
	one := filePart("m", "m.jpg", picture(1))
	r := w.upload("/api/folders", payload(`{"folder:meta_data": `+half+`, "media:meta_data": {"m": `+half+`}}`), one).want(201)
	folder, media := "/api/folders/"+r.text("folder_id"), "/api/media/"+r.text("media", 0, "media_id")
	list := w.post("/api/collections/", `{"alias": "wanted", "meta_data": `+half+`}`).want(201).text("collection_id")
	person, _ := w.enrolled(list, 1)
	for way, again := range map[string]func() *reply{
		"a new folder":           func() *reply { return w.upload("/api/folders", payload(`{"folder:meta_data": `+whole+`}`)) },
		"a media of it":          func() *reply { return w.upload("/api/folders", payload(`{"media:meta_data": {"m": `+whole+`}}`), one) },
		"a folder's next upload": func() *reply { return w.upload(folder+"/media", payload(`{"folder:meta_data": `+rest+`}`), one) },
		"a folder":               func() *reply { return w.patch(folder, `{"meta_data": `+rest+`}`) },
		"a folder's metadata":    func() *reply { return w.patch(folder+"/meta_data", rest) },
		"replaced metadata":      func() *reply { return w.post(folder+"/meta_data", whole) },
		"an analysis": func() *reply {
			return w.post(folder+"/analyses", `{"analyses": [{"type": "quality", "meta_data": `+whole+`}]}`)
		},
		"a media":          func() *reply { return w.patch(media, `{"meta_data": `+rest+`}`) },
		"a user":           func() *reply { return w.patch("/api/users/"+string(w.user.ID)+"/meta_data", whole) },
		"a new collection": func() *reply { return w.post("/api/collections/", `{"alias": "x", "meta_data": `+whole+`}`) },
		"a collection":     func() *reply { return w.patch("/api/collections/"+list, `{"meta_data": `+rest+`}`) },
		"a new person": func() *reply {
			return w.upload("/api/collections/"+list+"/persons/", one, payload(`{"person:meta_data": `+whole+`}`))
		},
		"a person": func() *reply { return w.patch("/api/collections/"+list+"/persons/"+person, `{"meta_data": `+whole+`}`) },
	} {
		if got := again(); got.status != 400 || !strings.Contains(got.body, `{"error_code": 14, "error_message": "Metadata of one object is too large, at most 65536 bytes of JSON"`) {
			t.Errorf("%s: %d %.200s", way, got.status, got.body)
		}
	}
	w.get(folder+"/meta_data").want(200, `{"a": "`, "not", `"b"`)
}
