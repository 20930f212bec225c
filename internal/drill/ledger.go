package drill

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// ledger holds what the server acknowledged.
type ledger struct {
	mu      sync.Mutex
	folders map[bonafide.ID]*entry
	media   int
	orders  int
	refused int // requests that were answered with an error
	cut     int // requests without an answer
}

// entry is what was acknowledged about one folder.
type entry struct {
	media    map[bonafide.ID][sha256.Size]byte
	analyses map[bonafide.ID]string // the ended analysis as it was first read, empty while it runs
}

func newLedger() *ledger { return &ledger{folders: map[bonafide.ID]*entry{}} }

// String sums up without naming anybody.
func (l *ledger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprintf("%d folders, %d media, %d analyses acknowledged; %d requests cut off, %d refused",
		len(l.folders), l.media, l.orders, l.cut, l.refused)
}

func (l *ledger) entry(id bonafide.ID) *entry {
	e := l.folders[id]
	if e == nil {
		e = &entry{media: map[bonafide.ID][sha256.Size]byte{}, analyses: map[bonafide.ID]string{}}
		l.folders[id] = e
	}
	return e
}

// acknowledged notes a folder's media, given in the order of their contents, and
// analyses.
func (l *ledger) acknowledged(id bonafide.ID, media []client.Media, contents [][]byte, analyses []client.Analysis) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entry(id)
	for i, m := range media {
		e.media[m.ID] = sha256.Sum256(contents[i])
		l.media++
	}
	for _, a := range analyses {
		e.analyses[a.ID] = ""
		l.orders++
	}
}

// missed notes a request that was not acknowledged. It tells whether the server
// answered at all.
func (l *ledger) missed(err error) (answered bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var e *client.Error
	if answered = errors.As(err, &e); answered {
		l.refused++
	} else {
		l.cut++
	}
	return answered
}

// check reads every folder and compares it with what was acknowledged. With
// bytes, the media are downloaded too; otherwise a sample of the folders is read.
func (l *ledger) check(ctx context.Context, api *client.Client, bytes bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := 0
	for id, e := range l.folders {
		if seen++; !bytes && seen > 50 { // map order: another sample each time
			return nil
		}
		f, err := api.Folder(ctx, id)
		if err != nil {
			return fmt.Errorf("folder %s: %w", id, err)
		}
		if err := e.compare(f); err != nil {
			return fmt.Errorf("folder %s: %w", id, err)
		}
		if bytes {
			if err := e.download(ctx, api, f); err != nil {
				return fmt.Errorf("folder %s: %w", id, err)
			}
		}
	}
	return nil
}

// compare checks media, orders, and that an ended analysis never changes again.
func (e *entry) compare(f *client.Folder) error {
	media := map[bonafide.ID]bool{}
	for _, m := range f.Media {
		media[m.ID] = true
	}
	for id := range e.media {
		if !media[id] {
			return fmt.Errorf("media %s is missing", id)
		}
	}
	found := map[bonafide.ID]bool{}
	for _, a := range f.Analyses {
		first, ordered := e.analyses[a.ID]
		if !ordered {
			continue // its acknowledgement was cut off
		}
		found[a.ID] = true
		if a.State == bonafide.Processing {
			if first != "" {
				return fmt.Errorf("analysis %s ended and runs again", a.ID)
			}
			continue
		}
		now, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if first != "" && first != string(now) {
			return fmt.Errorf("analysis %s ended twice", a.ID)
		}
		e.analyses[a.ID] = string(now)
	}
	for id := range e.analyses {
		if !found[id] {
			return fmt.Errorf("analysis %s is missing", id)
		}
	}
	return nil
}

func (e *entry) download(ctx context.Context, api *client.Client, f *client.Folder) error {
	for _, m := range f.Media {
		want, ours := e.media[m.ID]
		if !ours {
			continue
		}
		got, err := api.Download(ctx, m.OriginalURL)
		if err != nil {
			return fmt.Errorf("media %s: %w", m.ID, err)
		}
		if sha256.Sum256(got) != want {
			return fmt.Errorf("media %s has other bytes", m.ID)
		}
	}
	return nil
}

// ends counts how the analyses have ended, by type and resolution, and tells those
// that ended by a fault of the server, which a crash must not bring about.
func (l *ledger) ends() (count map[string]int, faults []string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	count = map[string]int{}
	for _, e := range l.folders {
		for _, raw := range e.analyses {
			var a client.Analysis
			if err := json.Unmarshal([]byte(raw), &a); err != nil {
				return nil, nil, err
			}
			count[fmt.Sprint(a.Type, " ", a.Resolution)]++
			if a.State == bonafide.Failed && a.ErrorCode == 0 {
				faults = append(faults, fmt.Sprintf("%s: %s", a.Type, a.ErrorMessage))
			}
		}
	}
	return count, faults, nil
}

// analyses gives all that were acknowledged.
func (l *ledger) analyses() []bonafide.ID {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []bonafide.ID
	for _, e := range l.folders {
		all = slices.AppendSeq(all, maps.Keys(e.analyses))
	}
	return all
}

// running counts the analyses that have not ended.
func (l *ledger) running(ctx context.Context, api *client.Client) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for id, e := range l.folders {
		ended := true
		for _, a := range e.analyses {
			ended = ended && a != ""
		}
		if ended {
			continue
		}
		f, err := api.Folder(ctx, id)
		if err != nil {
			return 0, err
		}
		for _, a := range f.Analyses {
			if a.State == bonafide.Processing {
				n++
			}
		}
	}
	return n, nil
}
