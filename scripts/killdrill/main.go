// Command killdrill kills a Bonafide server with SIGKILL at random moments while
// clients upload media and order analyses, and then proves that nothing which
// the server acknowledged was lost: every folder, every media byte and every
// order is there, and every ordered analysis has ended exactly once, none of them
// by a fault.
//
//	go run ./scripts/killdrill -binary build/bonafide -rounds 200
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/client"
)

func main() {
	log.SetFlags(log.Ltime)
	d := &drill{book: newLedger()}
	flag.StringVar(&d.binary, "binary", "build/bonafide", "the server's binary")
	flag.StringVar(&d.photos, "photos", "", "folder of JPEG photos to upload; empty draws pictures without faces")
	flag.IntVar(&d.rounds, "rounds", 200, "number of kills")
	flag.IntVar(&d.clients, "clients", 4, "clients at once")
	flag.DurationVar(&d.longest, "longest", 700*time.Millisecond, "longest time between start and kill")
	flag.DurationVar(&d.startup, "startup", 5*time.Minute, "longest wait for the server to start")
	flag.DurationVar(&d.settle, "settle", 15*time.Minute, "longest wait for the last analyses")
	flag.Parse()
	if err := d.run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

type drill struct {
	binary, photos           string
	rounds, clients          int
	longest, startup, settle time.Duration

	data, base string
	files      [][]byte
	book       *ledger
}

func (d *drill) run(ctx context.Context) error {
	var err error
	if d.files, err = pictures(d.photos); err != nil {
		return err
	}
	if d.data, err = os.MkdirTemp("", "killdrill"); err != nil {
		return err
	}
	defer os.RemoveAll(d.data)
	if d.base, err = freeAddress(); err != nil {
		return err
	}
	for round := 1; round <= d.rounds; round++ {
		if err := d.round(ctx); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if round%10 == 0 {
			log.Printf("%d kills: %s", round, d.book)
		}
	}
	return d.last(ctx)
}

// round starts the server, checks what earlier rounds acknowledged, loads it,
// and kills it.
func (d *drill) round(ctx context.Context) error {
	server, api, err := d.start(ctx)
	if err != nil {
		return err
	}
	if err := d.book.check(ctx, api, false); err != nil {
		_ = server.Process.Kill()
		return err
	}
	loadCtx, stop := context.WithCancel(ctx)
	var clients sync.WaitGroup
	for range d.clients {
		clients.Go(func() { load(loadCtx, api, d.files, d.book) })
	}
	time.Sleep(time.Duration(rand.Int64N(int64(d.longest))))
	if err := server.Process.Kill(); err != nil {
		stop()
		return err
	}
	_ = server.Wait() // "signal: killed" is what was wanted
	stop()
	clients.Wait()
	return nil
}

// last starts the server once more, waits until every analysis has ended and
// checks everything, bytes included.
func (d *drill) last(ctx context.Context) error {
	server, api, err := d.start(ctx)
	if err != nil {
		return err
	}
	defer server.Process.Kill()
	for deadline := time.Now().Add(d.settle); ; time.Sleep(time.Second) {
		running, err := d.book.running(ctx, api)
		if err != nil {
			return err
		}
		if running == 0 {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d analyses have not ended after %s", running, d.settle)
		}
	}
	if err := d.book.check(ctx, api, true); err != nil {
		return err
	}
	ends, faults, err := d.book.ends()
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("analyses ended by a fault of the server: %q, of %v", faults, ends)
	}
	log.Printf("ends: %v", ends)
	log.Printf("after %d kills nothing acknowledged is missing: %s", d.rounds, d.book)
	return nil
}

// start runs the server and signs in.
func (d *drill) start(ctx context.Context) (*exec.Cmd, *client.Client, error) {
	server := exec.Command(d.binary, "serve", "--data", d.data, "--listen", d.base, "--log-level", "error")
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return nil, nil, err
	}
	var err error
	for deadline := time.Now().Add(d.startup); time.Now().Before(deadline); {
		var api *client.Client
		if api, err = d.signIn(ctx); err == nil {
			return server, api, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = server.Process.Kill()
	return nil, nil, fmt.Errorf("the server did not start: %w", err)
}

// signIn reads the first administrator's password file: two lines, e-mail and
// password.
func (d *drill) signIn(ctx context.Context) (*client.Client, error) {
	raw, err := os.ReadFile(filepath.Join(d.data, "admin-password"))
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(string(raw))
	if len(lines) != 2 {
		return nil, fmt.Errorf("the password file has %d words, not 2", len(lines))
	}
	api := client.New("http://"+d.base, nil)
	return api, api.SignIn(ctx, lines[0], lines[1])
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
