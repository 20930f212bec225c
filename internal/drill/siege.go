package drill

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// siege is a drill of fairness under way: a server, company A that floods it, and
// company B that wants to go on working.
type siege struct {
	Fair
	server  *server
	base    string
	photo   []byte
	a, b    *party
	flooder *http.Client // of A
	inbox   *inbox       // of B's webhooks
}

// party is a company with one user.
type party struct {
	company         bonafide.ID
	email, password string
	token           string
	api             *client.Client
}

// settle starts a server with two companies, of which A has many folders.
func (f Fair) settle(ctx context.Context) (*siege, error) {
	photo, err := os.ReadFile(f.Photo)
	if err != nil {
		return nil, err
	}
	srv, err := newServer(f.Binary, f.Startup)
	if err != nil {
		return nil, err
	}
	srv.flags = []string{"--webhook-allow", "127.0.0.0/8", "--trusted-proxies", "127.0.0.0/8", "--session-ttl", "2h"}
	s := &siege{Fair: f, server: srv, base: "http://" + srv.address, photo: photo,
		flooder: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}}
	if s.inbox, err = newInbox(); err == nil {
		err = s.people(ctx)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *siege) close() {
	if s.inbox != nil {
		_ = s.inbox.server.Close()
	}
	s.server.close()
}

// people makes the companies, fills A's while the server is stopped, and signs in.
func (s *siege) people(ctx context.Context) error {
	admin, err := s.server.start(ctx)
	if err != nil {
		return err
	}
	if s.a, err = s.found(ctx, admin, "A", bonafide.ClientAdmin); err != nil {
		return err
	}
	if s.b, err = s.found(ctx, admin, "B", bonafide.Client); err != nil {
		return err
	}
	s.server.kill()
	if err := s.fill(ctx); err != nil {
		return err
	}
	if _, err := s.server.start(ctx); err != nil {
		return err
	}
	for _, p := range []*party{s.a, s.b} {
		p.api = client.New(s.base, nil)
		if p.token, err = signIn(ctx, s.base, p.email, p.password); err != nil {
			return err
		}
		p.api.SetToken(p.token)
	}
	return nil
}

func (s *siege) found(ctx context.Context, admin *client.Client, name string, role bonafide.UserType) (*party, error) {
	c, err := admin.CreateCompany(ctx, name)
	if err != nil {
		return nil, err
	}
	p := &party{company: c.ID, email: strings.ToLower(name) + "@drill.invalid", password: bonafide.NewSecret(12)}
	_, err = admin.CreateUser(ctx, client.Credentials{Email: p.email, Password: p.password}, client.Profile{CompanyID: c.ID, Type: role})
	return p, err
}

// largeMeta is nearly what the metadata of one folder may be.
const largeMeta = 60_000

// fill writes A's folders into the database of the server, which is stopped.
func (s *siege) fill(ctx context.Context) error {
	still := func([]bonafide.Analysis) bonafide.FolderState { return bonafide.FolderState{} }
	db, err := sqlite.Open(ctx, filepath.Join(s.server.data, "bonafide.db"), sqlite.Options{Settle: still})
	if err != nil {
		return err
	}
	for done := 0; done < s.Folders; {
		batch := make([]store.Whole, min(500, s.Folders-done))
		for i := range batch {
			n := done + i
			meta := bonafide.Meta{"n": n, "a": map[string]any{"b": map[string]any{"c": fmt.Sprintf("%s %d", strings.Repeat("x", 60), n)}}}
			if n < s.Large {
				meta["large"] = strings.Repeat("x", largeMeta)
			}
			batch[i].Folder = bonafide.Folder{ID: bonafide.NewID(), CompanyID: s.a.company, Meta: meta,
				State: bonafide.FolderState{ResolutionStatus: bonafide.Initial, SystemResolution: bonafide.Initial, Overall: bonafide.Initial}}
		}
		if err := db.ImportFolders(ctx, batch); err != nil {
			return errors.Join(err, db.Close())
		}
		done += len(batch)
	}
	return db.Close()
}

// signIn gives a new token.
func signIn(ctx context.Context, base, email, password string) (string, error) {
	raw, _ := json.Marshal(map[string]any{"credentials": map[string]string{"email": email, "password": password}}) // strings can be written
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/api/authorize/auth", bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var got struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || got.Token == "" {
		return "", fmt.Errorf("sign-in: status %d, %w", resp.StatusCode, err)
	}
	return got.Token, nil
}

// sample sends one photo of B with an order, waits for verdict and webhook, and signs in.
func (s *siege) sample(ctx context.Context, r *round) error {
	start := time.Now()
	f, err := s.b.api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "quality"}}, Endpoint: s.inbox.address},
		client.File{Key: "p", Name: "p.jpg", Content: bytes.NewReader(s.unique(s.photo))})
	if err != nil {
		return fmt.Errorf("photo, after %s: %w", time.Since(start).Round(time.Millisecond), err)
	}
	answered := time.Now()
	if len(f.Analyses) != 1 || f.Analyses[0].State != bonafide.Finished {
		return fmt.Errorf("photo: no verdict, the folder is %s", f.ResolutionStatus)
	}
	r.photo = append(r.photo, answered.Sub(start))
	told, err := s.inbox.wait(ctx, f.ID)
	if err != nil {
		return err
	}
	r.webhook = append(r.webhook, max(0, told.Sub(answered)))
	start = time.Now()
	if _, err := signIn(ctx, s.base, s.b.email, s.b.password); err != nil {
		return err
	}
	r.signIn = append(r.signIn, time.Since(start))
	return nil
}

// unique makes a file that no other upload equals, as decoders ignore what follows.
func (s *siege) unique(file []byte) []byte {
	return append(append(make([]byte, 0, len(file)+32), file...), rand.Text()...)
}

// inbox receives B's webhooks.
type inbox struct {
	server  *http.Server
	address string

	mu   sync.Mutex
	came map[bonafide.ID]time.Time
}

func newInbox() (*inbox, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	in := &inbox{address: "http://" + l.Addr().String() + "/", came: map[bonafide.ID]time.Time{}}
	in.server = &http.Server{Handler: in, ReadHeaderTimeout: time.Minute}
	go func() { _ = in.server.Serve(l) }() // until it is closed
	return in, nil
}

// ServeHTTP implements http.Handler.
func (in *inbox) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var f client.Folder
	if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if _, known := in.came[f.ID]; !known {
		in.came[f.ID] = time.Now()
	}
}

// wait gives the time at which a folder's webhook came.
func (in *inbox) wait(ctx context.Context, id bonafide.ID) (time.Time, error) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && ctx.Err() == nil; pause(ctx, 2*time.Millisecond) {
		in.mu.Lock()
		at, came := in.came[id]
		in.mu.Unlock()
		if came {
			return at, nil
		}
	}
	return time.Time{}, errors.New("webhook: it did not come within a minute")
}
