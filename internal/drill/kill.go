package drill

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"sync"
	"time"
)

// Kill kills a server at random moments while clients upload media and order
// analyses, and then proves that nothing which the server acknowledged was lost: every
// folder, every media byte and every order is there, and every ordered analysis has
// ended exactly once, none of them by a fault.
type Kill struct {
	Binary  string        // the server's
	Photos  string        // folder of JPEG photos to upload; empty draws pictures without faces
	Rounds  int           // number of kills
	Clients int           // at once
	Longest time.Duration // between start and kill
	Startup time.Duration // longest wait for the server to start
	Settle  time.Duration // longest wait for the last analyses
	Log     *log.Logger
}

// killing is a drill under way.
type killing struct {
	Kill
	server *server
	files  [][]byte
	book   *ledger
}

// Run fails where something that was acknowledged is missing.
func (k Kill) Run(ctx context.Context) error {
	files, err := pictures(k.Photos)
	if err != nil {
		return err
	}
	s, err := newServer(k.Binary, k.Startup)
	if err != nil {
		return err
	}
	defer s.close()
	d := &killing{Kill: k, server: s, files: files, book: newLedger()}
	for round := 1; round <= k.Rounds; round++ {
		if err := d.round(ctx); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if round%10 == 0 {
			k.Log.Printf("%d kills: %s", round, d.book)
		}
	}
	return d.last(ctx)
}

// round starts the server, checks what earlier rounds acknowledged, loads it,
// and kills it.
func (d *killing) round(ctx context.Context) error {
	api, err := d.server.start(ctx)
	if err != nil {
		return err
	}
	defer d.server.kill()
	if err := d.book.check(ctx, api, false); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var clients sync.WaitGroup
	for range d.Clients {
		clients.Go(func() { load(ctx, api, d.files, d.book) })
	}
	time.Sleep(rand.N(d.Longest))
	d.server.kill()
	stop()
	clients.Wait()
	return nil
}

// last starts the server once more, waits until every analysis has ended and
// checks everything, bytes included.
func (d *killing) last(ctx context.Context) error {
	api, err := d.server.start(ctx)
	if err != nil {
		return err
	}
	defer d.server.kill()
	for deadline := time.Now().Add(d.Settle); ; time.Sleep(time.Second) {
		running, err := d.book.running(ctx, api)
		if err != nil {
			return err
		}
		if running == 0 {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d analyses have not ended after %s", running, d.Settle)
		}
	}
	if err := d.book.check(ctx, api, true); err != nil {
		return err
	}
	if d.book.orders == 0 {
		return errors.New("no order was acknowledged before a kill, so that nothing is proven; allow a longer time")
	}
	ends, faults, err := d.book.ends()
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("analyses ended by a fault of the server: %q, of %v", faults, ends)
	}
	d.Log.Printf("ends: %v", ends)
	d.Log.Printf("after %d kills nothing acknowledged is missing: %s", d.Rounds, d.book)
	return nil
}
