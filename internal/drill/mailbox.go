package drill

import (
	"encoding/json"
	"net"
	"net/http"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// refusedOne of so many webhooks are refused, and must come again.
const refusedOne = 10

// mailbox receives webhooks.
type mailbox struct {
	url  string
	http http.Server

	mu      sync.Mutex
	told    map[bonafide.ID]int // how often an analysis was told to have ended
	taken   int
	refused int
}

// openMailbox begins to receive.
func openMailbox() (*mailbox, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &mailbox{url: "http://" + l.Addr().String() + "/", told: map[bonafide.ID]int{}}
	b.http.Handler = b
	go func() { _ = b.http.Serve(l) }() // until it is closed
	return b, nil
}

// ServeHTTP takes a webhook.
func (b *mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var f client.Folder
	if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.taken/refusedOne > b.refused {
		b.refused++
		http.Error(w, "come again", http.StatusInternalServerError)
		return
	}
	b.taken++
	for _, a := range f.Analyses {
		if a.State != bonafide.Processing {
			b.told[a.ID]++
		}
	}
}

// untold gives those analyses of which no webhook has told that they have ended.
func (b *mailbox) untold(analyses []bonafide.ID) []bonafide.ID {
	b.mu.Lock()
	defer b.mu.Unlock()
	var missing []bonafide.ID
	for _, id := range analyses {
		if b.told[id] == 0 {
			missing = append(missing, id)
		}
	}
	return missing
}
