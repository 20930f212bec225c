package ozapi

import (
	"io"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/quota"
)

// hang begins an upload and sends no more than its first bytes until end is called.
func (w *world) hang() (end func()) {
	r, pipe := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.stream("POST", "/api/folders/", r, "Content-Type: "+multipartB).want(400)
	}()
	_, err := io.WriteString(pipe, form()[:2])
	w.must(err)
	return func() {
		w.must(pipe.Close())
		<-done
	}
}

func TestACompanyThatFloodsDoesNotTakeThePlacesOfAnother(t *testing.T) {
	w := newWorld(t, Config{Uploads: quota.Limits{Places: 3, PerKey: 2, Patience: time.Second}})
	for range 2 {
		defer w.hang()()
	}
	refused := w.upload("/api/folders/", filePart("selfie", "a.jpg", picture(1)))
	for refused.status == 201 { // the hanging ones may not have arrived yet
		refused = w.upload("/api/folders/", filePart("selfie", "a.jpg", picture(1)))
	}
	refused.want(429, `"error_code": 101`)
	if refused.header.Get("Retry-After") == "" {
		t.Error("nobody says when to come again")
	}
	w.get("/api/folders/").want(200) // reading is another matter

	w.addUser("b.user@other.example", bonafide.Client, w.otherCompany())
	w.signIn("b.user@other.example")
	w.upload("/api/folders/", filePart("selfie", "a.jpg", picture(1))).want(201)
}
