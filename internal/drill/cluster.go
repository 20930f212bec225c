package drill

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/drill/engine"
)

// Cluster kills processes of an installation of several, restarts their database and their
// bucket, while clients upload media, order analyses and are told of results. Then it proves
// that nothing acknowledged was lost, that every analysis has ended exactly once and was told
// of, that no dead process held an order up, and that clients were answered as is promised.
type Cluster struct {
	Binary  string        // the server's
	S3      string        // program of the S3 server
	Photos  string        // folder of JPEG photos to upload; empty draws pictures without faces
	APIs    int           // processes that answer requests
	Workers int           // processes that work the queue
	Rounds  int           // number of kills and restarts
	Clients int           // at once
	Longest time.Duration // between one round and the next
	Latest  time.Duration // longest time from an order to its end
	Startup time.Duration // longest wait for a process to start
	Settle  time.Duration // longest wait for the last analyses and webhooks
	Log     *log.Logger
}

// every is how often the database and the bucket are struck: once in so many rounds each.
const every = 10

// striking is a drill under way.
type striking struct {
	Cluster
	db      *engine.Postgres
	bucket  *engine.S3
	folder  string   // of the bucket
	log     *os.File // of the processes
	servers []*server
	names   []string // of the servers
	gate    *gateway
	mailbox *mailbox
	files   [][]byte
	book    *ledger
	struck  map[string]int // rounds by what they struck
	down    time.Duration  // longest time until what was struck answered again
}

// Run fails where a promise was broken.
func (c Cluster) Run(ctx context.Context) error {
	logged, err := os.CreateTemp("", "drill*.log")
	if err != nil {
		return err
	}
	defer logged.Close()
	if err := c.run(ctx, logged); err != nil {
		return fmt.Errorf("%w\nwhat the processes said of themselves is in %s", err, logged.Name())
	}
	return os.Remove(logged.Name())
}

func (c Cluster) run(ctx context.Context, logged *os.File) error {
	d := &striking{Cluster: c, log: logged, book: newLedger(), struck: map[string]int{}}
	defer d.close()
	api, err := d.open(ctx)
	if err != nil {
		return err
	}
	if err := d.underLoad(ctx, api); err != nil {
		return err
	}
	return d.verify(ctx, api)
}

// underLoad makes all rounds, while clients work.
func (d *striking) underLoad(ctx context.Context, api *client.Client) error {
	loading, stop := context.WithCancel(ctx)
	var clients sync.WaitGroup
	defer clients.Wait()
	defer stop()
	for range d.Clients {
		clients.Go(func() {
			for loading.Err() == nil {
				step := atOnce
				if rand.IntN(2) == 0 {
					step = inSteps
				}
				if err := step(ctx, api, d.files, d.book, d.mailbox.url); err != nil {
					d.book.missed(err)
				}
				pause(loading, rand.N(100*time.Millisecond))
			}
		})
	}
	for round := 1; round <= d.Rounds && ctx.Err() == nil; round++ {
		pause(ctx, rand.N(d.Longest))
		if err := d.round(ctx, round); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if err := patiently(ctx, func() error { return d.book.check(ctx, api, false) }); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if round%every == 0 {
			d.Log.Printf("%d rounds: %s", round, d.book)
		}
	}
	return ctx.Err()
}

// patiently asks again while it is told to come again, or is cut off.
func patiently(ctx context.Context, ask func() error) error {
	const tries = 20
	err := ask()
	for range tries {
		var refused *client.Error
		var cut *url.Error
		later := errors.As(err, &refused) && (refused.Status == http.StatusServiceUnavailable || refused.Status == http.StatusTooManyRequests)
		if !later && !errors.As(err, &cut) {
			break
		}
		pause(ctx, 500*time.Millisecond)
		err = ask()
	}
	return err
}

// round strikes one part and waits until all are well again.
func (d *striking) round(ctx context.Context, round int) error {
	for i, s := range d.servers {
		if s.gone() {
			return fmt.Errorf("%s has ended by itself", d.names[i])
		}
	}
	start := time.Now()
	switch {
	case round%every == 0:
		end, name := d.db.Crash, "PostgreSQL crashed"
		if round%(2*every) == 0 {
			end, name = d.db.Halt, "PostgreSQL restarted"
		}
		d.struck[name]++
		end()
		pause(ctx, rand.N(2*time.Second))
		if err := d.db.Resume(ctx); err != nil {
			return err
		}
	case round%every == every/2:
		d.struck["S3 killed"]++
		d.bucket.Stop()
		pause(ctx, rand.N(2*time.Second))
		if err := d.bucket.Resume(); err != nil {
			return err
		}
	default:
		i := rand.IntN(len(d.servers))
		d.struck[d.names[i]+" killed"]++
		d.servers[i].kill()
		if err := d.servers[i].launch(); err != nil {
			return err
		}
	}
	for i, s := range d.servers {
		if err := s.await(ctx, func() error { return s.healthy(ctx) }); err != nil {
			return fmt.Errorf("%s: %w", d.names[i], err)
		}
	}
	d.down = max(d.down, time.Since(start))
	return nil
}

// healthy asks a process how it is.
func (s *server) healthy(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/healthz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz was answered %d", resp.StatusCode)
	}
	return nil
}

// open starts everything and signs in.
func (d *striking) open(ctx context.Context) (*client.Client, error) {
	var err error
	if d.files, err = pictures(d.Photos); err != nil {
		return nil, err
	}
	if d.mailbox, err = openMailbox(); err != nil {
		return nil, err
	}
	if d.db, err = engine.StartPostgres(ctx); err != nil {
		return nil, err
	}
	if err := d.db.Create(ctx, "bonafide", "template1"); err != nil {
		return nil, err
	}
	if d.folder, err = os.MkdirTemp("", "drill"); err != nil {
		return nil, err
	}
	if d.bucket, err = engine.StartS3(d.S3, d.folder); err != nil {
		return nil, err
	}
	for i := range d.APIs {
		if err := d.add("api", i); err != nil {
			return nil, err
		}
	}
	for i := range d.Workers {
		if err := d.add("worker", i); err != nil {
			return nil, err
		}
	}
	return d.begin(ctx)
}

// add makes a process of a role, as on a machine of its own.
func (d *striking) add(role string, i int) error {
	s, err := newServer(d.Binary, d.Startup)
	if err != nil {
		return err
	}
	d.servers, d.names = append(d.servers, s), append(d.names, role+" "+strconv.Itoa(i+1))
	s.flags = []string{"--role", role, "--db", d.db.URL("bonafide"), "--blobs", d.bucket.URL("media"), "--workers", "1", "--no-lite",
		"--public-url", "http://" + d.servers[0].address, "--webhook-allow", "127.0.0.0/8", "--webhook-first-pause", "1s"}
	s.log = d.log
	s.env = []string{"AWS_ACCESS_KEY_ID=" + engine.AccessKey, "AWS_SECRET_ACCESS_KEY=" + engine.SecretKey}
	return nil
}

// begin starts the processes. The first makes the administrator, whose session is then good
// for all.
func (d *striking) begin(ctx context.Context) (*client.Client, error) {
	if _, err := d.servers[0].start(ctx); err != nil {
		return nil, err
	}
	for _, s := range d.servers[1:] {
		if err := s.launch(); err != nil {
			return nil, err
		}
	}
	for i, s := range d.servers {
		if err := s.await(ctx, func() error { return s.healthy(ctx) }); err != nil {
			return nil, fmt.Errorf("%s: %w", d.names[i], err)
		}
	}
	var addresses []string
	for _, s := range d.servers[:d.APIs] {
		addresses = append(addresses, s.address)
	}
	d.gate = newGateway(addresses)
	return d.servers[0].signInBy(ctx, &http.Client{Transport: d.gate, Timeout: 300 * time.Second})
}

func (d *striking) close() {
	for _, s := range d.servers {
		s.close()
	}
	if d.bucket != nil {
		d.bucket.Stop()
	}
	if d.db != nil {
		d.db.Stop()
	}
	if d.mailbox != nil {
		_ = d.mailbox.http.Close()
	}
	if d.folder != "" {
		_ = os.RemoveAll(d.folder)
	}
}

// verify waits until everything has ended, and looks at all of it.
func (d *striking) verify(ctx context.Context, api *client.Client) error {
	deadline := time.Now().Add(d.Settle)
	running, untold := 1, 1
	for ; running+untold > 0 && time.Now().Before(deadline) && ctx.Err() == nil; pause(ctx, time.Second) {
		err := patiently(ctx, func() (err error) {
			running, err = d.book.running(ctx, api)
			return err
		})
		if err != nil {
			return err
		}
		untold = len(d.mailbox.untold(d.book.analyses()))
	}
	var broken []error
	if running > 0 {
		broken = append(broken, fmt.Errorf("%d analyses have not ended after %s", running, d.Settle))
	}
	if untold > 0 {
		broken = append(broken, fmt.Errorf("of %d analyses no webhook told that they ended", untold))
	}
	broken = append(broken, patiently(ctx, func() error { return d.book.check(ctx, api, true) }))
	ends, faults, err := d.book.ends()
	broken = append(broken, err)
	for _, f := range faults {
		broken = append(broken, errors.New("an analysis ended by a fault of the server: "+f))
	}
	for f, n := range d.gate.faults {
		broken = append(broken, fmt.Errorf("%d times: %s", n, f))
	}
	waits, err := d.readLog(ctx)
	broken = append(broken, err)
	if n := len(waits); n > 0 && waits[n-1] > d.Latest {
		broken = append(broken, fmt.Errorf("an analysis ended %s after it was ordered", waits[n-1].Round(time.Millisecond)))
	}
	if d.book.orders == 0 {
		broken = append(broken, errors.New("no order was acknowledged, so that nothing is proven"))
	}
	d.Log.Print(d.table(ends, waits))
	return errors.Join(broken...)
}
