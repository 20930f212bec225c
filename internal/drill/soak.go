package drill

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// Soak proves that a server which works for long takes no more memory, descriptors and
// temporary files than it took when it was warm. Clients send single requests of two
// photos for liveness and match, every eighth of a clip instead.
type Soak struct {
	Binary  string        // the server's
	Photo   string        // JPEG of a person
	Clip    string        // video of a person; empty sends photos alone
	Clients int           // at once
	Last    time.Duration // how long they send
	Every   time.Duration // between two looks at the server
	Startup time.Duration // longest wait for the server to start
	Log     *log.Logger
}

// What the last third of the looks may have above the one before it. The first third is
// the warm-up.
const (
	growth      = 1.05 // times the memory and the descriptors
	descriptors = 4    // and so many descriptors, since connections come and go
	clipEvery   = 8    // requests, as in 'bonafide bench speed'
)

// look is what the server held at one time.
type look struct {
	memory      int64 // bytes, of the server and its decoders
	descriptors int64 // open ones of all of these
	requests    int64 // answered by then
}

// soaking is a drill under way.
type soaking struct {
	Soak
	server      *server
	api         *client.Client
	temp        []string // folders of temporary files
	photo, clip []byte
	answered    atomic.Int64
}

// Run fails where a request fails, where the server grows, or where it leaves temporary
// files.
func (k Soak) Run(ctx context.Context) error {
	d := &soaking{Soak: k}
	if err := d.begin(ctx); err != nil {
		return err
	}
	defer d.server.close()
	looks, failed := d.soak(ctx)
	if failed != nil {
		return failed
	}
	return errors.Join(append(judgeLooks(looks), d.left())...)
}

// begin starts a server of which all temporary files are in folders of its own. After an
// error there is none.
func (d *soaking) begin(ctx context.Context) (err error) {
	if d.photo, err = os.ReadFile(d.Photo); err != nil {
		return err
	}
	if d.Clip != "" {
		if d.clip, err = os.ReadFile(d.Clip); err != nil {
			return err
		}
	}
	if d.server, err = newServer(d.Binary, d.Startup); err != nil {
		return err
	}
	temp := filepath.Join(d.server.data, "temp")
	d.temp = []string{temp, filepath.Join(d.server.data, "blobs", "tmp")}
	d.server.env = []string{"TMPDIR=" + temp}
	if err = os.Mkdir(temp, 0o700); err == nil {
		d.api, err = d.server.start(ctx)
	}
	if err != nil {
		d.server.close()
	}
	return err
}

// soak sends requests and looks at the server until it has lasted long enough or a
// request has failed.
func (d *soaking) soak(ctx context.Context) ([]look, error) {
	ctx, stop := context.WithTimeout(ctx, d.Last)
	defer stop()
	failures := make(chan error, d.Clients)
	var working sync.WaitGroup
	for range d.Clients {
		working.Go(func() {
			for ctx.Err() == nil {
				if err := d.send(ctx); err != nil && ctx.Err() == nil {
					failures <- err
					stop()
				}
			}
		})
	}
	var looks []look
	d.Log.Print("| minutes | requests | MB | descriptors |\n|--:|--:|--:|--:|")
	for begin := time.Now(); ctx.Err() == nil; {
		pause(ctx, d.Every)
		if ctx.Err() != nil {
			break
		}
		l := look{memory: d.server.usage().memory, descriptors: opened(d.server.process.Process.Pid), requests: d.answered.Load()}
		d.Log.Printf("| %.1f | %d | %d | %d |", time.Since(begin).Minutes(), l.requests, l.memory>>20, l.descriptors)
		looks = append(looks, l)
	}
	working.Wait()
	close(failures)
	return looks, <-failures
}

// send makes one request and wants a verdict.
func (d *soaking) send(ctx context.Context) error {
	orders := []client.Order{{Type: "quality"}, {Type: "biometry"}}
	files := []client.File{{Key: "a", Name: "a.jpg", Content: bytes.NewReader(unique([][]byte{d.photo}))},
		{Key: "b", Name: "b.jpg", Content: bytes.NewReader(unique([][]byte{d.photo}))}}
	if d.clip != nil && rand.IntN(clipEvery) == 0 {
		orders, files = orders[:1], []client.File{{Key: "v", Name: "v.mp4", Content: bytes.NewReader(unique([][]byte{d.clip}))}}
	}
	f, err := d.api.CreateFolder(ctx, client.Payload{Analyses: orders}, files...)
	if err != nil {
		return fmt.Errorf("after %d requests: %w", d.answered.Load(), err)
	}
	for _, a := range f.Analyses {
		if a.State != bonafide.Finished {
			return fmt.Errorf("after %d requests: an analysis is %s", d.answered.Load(), a.State)
		}
	}
	d.answered.Add(1)
	return nil
}

// judgeLooks says what the last third of the looks has above the second.
func judgeLooks(looks []look) []error {
	third := len(looks) / 3
	if third == 0 {
		return []error{fmt.Errorf("%d looks are too few", len(looks))}
	}
	before, after := middle(looks[third:2*third]), middle(looks[len(looks)-third:])
	var faults []error
	if float64(after.memory) > growth*float64(before.memory) {
		faults = append(faults, fmt.Errorf("memory grew from %d to %d MB", before.memory>>20, after.memory>>20))
	}
	if float64(after.descriptors) > growth*float64(before.descriptors)+descriptors {
		faults = append(faults, fmt.Errorf("open descriptors grew from %d to %d", before.descriptors, after.descriptors))
	}
	if after.requests <= before.requests {
		faults = append(faults, fmt.Errorf("nothing was answered after %d requests", before.requests))
	}
	return faults
}

// middle gives the median of each number.
func middle(looks []look) look {
	of := func(number func(look) int64) int64 {
		all := make([]int64, len(looks))
		for i, l := range looks {
			all[i] = number(l)
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	return look{memory: of(func(l look) int64 { return l.memory }), descriptors: of(func(l look) int64 { return l.descriptors }),
		requests: of(func(l look) int64 { return l.requests })}
}

// opened counts the descriptors of a process and all below it.
func opened(root int) int64 {
	var n int64
	for _, pid := range descendants(root) {
		open, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid)) // none where it has ended
		n += int64(len(open))
	}
	return n
}

// left waits until the server has removed its temporary files, and names those that
// remain.
func (d *soaking) left() error {
	var rest []string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); pause(context.Background(), 100*time.Millisecond) {
		if rest = filesBelow(d.temp...); len(rest) == 0 {
			return nil
		}
	}
	return fmt.Errorf("temporary files were left: %v", rest)
}

// filesBelow lists the files in folders, and folders that are not there, since nothing
// can be said about these.
func filesBelow(dirs ...string) []string {
	var files []string
	for _, dir := range dirs {
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() || err != nil && path == dir {
				files = append(files, path)
			}
			return nil // what has gone meanwhile was temporary
		})
	}
	return files
}
