package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// world is a dispatcher on a real store, whose receivers are real servers.
type world struct {
	t       *testing.T
	store   storetest.Subject
	company bonafide.ID
	secrets []bonafide.WebhookSecret
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, company: bonafide.NewID(), store: storetest.Open(t)}
	w.must(w.store.CreateCompany(t.Context(), &bonafide.Company{ID: w.company, Name: "Bank"}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// addSecret gives the company one more secret.
func (w *world) addSecret() {
	s := bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: w.company, Secret: NewSecret()}
	w.must(w.store.CreateWebhookSecret(w.t.Context(), &s))
	w.secrets = append(w.secrets, s)
}

// RenderFolder implements Renderer; the body names the folder.
func (w *world) RenderFolder(ctx context.Context, id bonafide.ID) ([]byte, error) {
	f, err := w.store.Folder(ctx, bonafide.Scope{}, id)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `{"folder_id": %q, "system_resolution": %q}`, f.ID, f.State.SystemResolution), nil
}

// run runs a dispatcher until stop is called.
func (w *world) run(o Options) (stop func()) {
	if o.FirstPause == 0 {
		o.FirstPause = time.Millisecond
	}
	if o.Guard.Allow == nil {
		o.Guard.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		New(w.store, w, o).Run(ctx)
	}()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	w.t.Cleanup(stop)
	return stop
}

// end ends a group of a new folder with that webhook.
func (w *world) end(endpoint string) bonafide.ID {
	w.t.Helper()
	f := &bonafide.Folder{ID: bonafide.NewID(), CompanyID: w.company, ResolutionEndpoint: endpoint, Meta: bonafide.Meta{}}
	o := &store.Order{GroupID: bonafide.NewID(), Analyses: []bonafide.Analysis{{ID: bonafide.NewID(), Type: bonafide.Quality}}}
	w.must(w.store.CreateFolder(w.t.Context(), f, nil, o))
	w.must(w.store.FinishGroup(w.t.Context(), o.GroupID, []bonafide.AnalysisResult{{
		AnalysisID: o.Analyses[0].ID, State: bonafide.Finished, Resolution: bonafide.Declined}}))
	return f.ID
}

// delivery gives the one delivery of a folder.
func (w *world) delivery(folder bonafide.ID) *bonafide.Delivery {
	w.t.Helper()
	page, err := w.store.Deliveries(context.Background(), bonafide.Scope{}, bonafide.Query{Limit: -1,
		Filters: []bonafide.Filter{{Field: "folder_id", Op: bonafide.OpIn, Values: []any{string(folder)}}}})
	w.must(err)
	if len(page.Items) != 1 {
		w.t.Fatalf("folder %s has %d deliveries", folder, len(page.Items))
	}
	d, err := w.store.Delivery(context.Background(), bonafide.Scope{}, page.Items[0].ID)
	w.must(err)
	return d
}

// settled waits until a delivery has come to an end.
func (w *world) settled(folder bonafide.ID) *bonafide.Delivery {
	w.t.Helper()
	for {
		if d := w.delivery(folder); d.State != bonafide.DeliveryPending {
			return d
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// tried waits until a delivery's newest attempt has failed and another will come.
func (w *world) tried(folder bonafide.ID) bonafide.DeliveryAttempt {
	w.t.Helper()
	for {
		if d := w.delivery(folder); len(d.History) > 0 && d.History[0].Failure != "pending" {
			return d.History[0]
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// call is one request that a receiver got.
type call struct {
	body   string
	header http.Header
}

// receiver answers with the statuses one after the other, the last one for ever.
func receiver(t *testing.T, statuses ...int) (url string, calls func() []call) {
	t.Helper()
	var mu sync.Mutex
	var got []call
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		n := len(got)
		got = append(got, call{string(body), r.Header})
		mu.Unlock()
		if r.Method != http.MethodPost {
			t.Errorf("method %s", r.Method)
		}
		rw.WriteHeader(statuses[min(n, len(statuses)-1)])
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() []call {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(got)
	}
}

func failures(d *bonafide.Delivery) string {
	var all []string
	for i, a := range d.History {
		if a.Number != i+1 {
			all = append(all, fmt.Sprintf("number %d", a.Number))
		}
		all = append(all, a.Failure)
	}
	return strings.Join(all, " ")
}

func TestReceiverGetsTheFolderSigned(t *testing.T) {
	w := newWorld(t)
	w.addSecret()
	w.addSecret()
	url, calls := receiver(t, 204)
	w.run(Options{Agent: "Bonafide/test"})
	folder := w.end(url + "/hook?x=1")
	d := w.settled(folder)
	if d.State != bonafide.DeliveryDelivered || failures(d) != "" || d.History[0].Status != 204 {
		t.Fatalf("the delivery is %+v", d)
	}
	if len(calls()) != 1 {
		t.Fatalf("%d calls", len(calls()))
	}
	c := calls()[0]
	if want, _ := w.RenderFolder(t.Context(), folder); c.body != string(want) || !strings.Contains(c.body, `"DECLINED"`) {
		t.Errorf("the body is %s", c.body)
	}
	if c.header.Get("webhook-id") != string(d.ID) || c.header.Get("User-Agent") != "Bonafide/test" || c.header.Get(AttemptHeader) != "1" ||
		!strings.HasPrefix(c.header.Get("Content-Type"), "application/json") {
		t.Errorf("headers: %v", c.header)
	}
	for _, s := range w.secrets {
		if err := verify(s.Secret, c); err != nil {
			t.Errorf("secret %s: %v", s.ID, err)
		}
	}
	if verify(NewSecret(), c) == nil {
		t.Error("a foreign secret verifies")
	}
}

// verify checks both signatures the way a receiver would.
func verify(secret string, c call) error {
	wh, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return err
	}
	if err := wh.Verify([]byte(c.body), c.header); err != nil {
		return err
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return err
	}
	parts := strings.Split(c.header.Get(SignatureHeader), ",")
	at := strings.TrimPrefix(parts[0], "t=")
	if at != c.header.Get("webhook-timestamp") {
		return errors.New("the two signatures differ in time")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(at + "." + c.body))
	if !slices.Contains(parts[1:], "v1="+hex.EncodeToString(mac.Sum(nil))) {
		return errors.New("no v1 signature fits")
	}
	return nil
}

func TestWithoutASecretNothingIsSigned(t *testing.T) {
	w := newWorld(t)
	url, calls := receiver(t, 200)
	w.run(Options{})
	w.settled(w.end(url))
	h := calls()[0].header
	if h.Get("webhook-signature") != "" || h.Get(SignatureHeader) != "" || h.Get("webhook-id") == "" {
		t.Errorf("headers: %v", h)
	}
}

func TestFailingReceiverIsTriedAgainUntilItAnswers(t *testing.T) {
	w := newWorld(t)
	w.addSecret()
	url, calls := receiver(t, 500, 404, 302, 200)
	w.run(Options{})
	d := w.settled(w.end(url))
	if d.State != bonafide.DeliveryDelivered || failures(d) != "status status redirect " {
		t.Errorf("%s after %q", d.State, failures(d))
	}
	for i, c := range calls() {
		if c.header.Get(AttemptHeader) != strconv.Itoa(i+1) || c.header.Get("webhook-id") != string(d.ID) || verify(w.secrets[0].Secret, c) != nil {
			t.Errorf("call %d: %v", i, c.header)
		}
	}
	for i := 1; i < len(d.History); i++ {
		if before := d.History[i-1]; d.History[i].Started.Before(before.Started.Add(before.Took)) {
			t.Errorf("attempt %d began before the one before it had ended", i+1)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	w := newWorld(t)
	inner, calls := receiver(t, 200)
	srv := httptest.NewServer(http.RedirectHandler(inner, http.StatusTemporaryRedirect))
	t.Cleanup(srv.Close)
	w.run(Options{Patience: time.Nanosecond})
	d := w.settled(w.end(srv.URL))
	if d.State != bonafide.DeliveryGivenUp || failures(d) != "redirect" || d.History[0].Status != 307 {
		t.Errorf("%s after %q", d.State, failures(d))
	}
	if len(calls()) != 0 {
		t.Error("the redirect was followed")
	}
}

func TestPatienceHasAnEnd(t *testing.T) {
	w := newWorld(t)
	url, calls := receiver(t, 503)
	stop := w.run(Options{FirstPause: 10 * time.Millisecond, Patience: time.Second})
	d := w.settled(w.end(url))
	if d.State != bonafide.DeliveryGivenUp || !d.NextAttempt.IsZero() || d.Attempts != len(calls()) || d.Attempts < 2 {
		t.Errorf("%s after %d attempts, %d calls", d.State, d.Attempts, len(calls()))
	}
	stop()
	w.run(Options{})
	if _, err := w.store.ReplayDelivery(t.Context(), bonafide.Scope{}, d.ID); err != nil {
		t.Fatal(err)
	}
	for len(calls()) == d.Attempts {
		time.Sleep(5 * time.Millisecond)
	}
}

func TestPausesGrowThreefoldToSixHours(t *testing.T) {
	c := New(nil, nil, Options{})
	total := time.Duration(0)
	for n, want := range []time.Duration{5 * time.Second, 15 * time.Second, 45 * time.Second, 135 * time.Second} {
		if got := c.pause(n + 1); got < want || got > want+want/10 {
			t.Errorf("pause %d is %s, want %s", n+1, got, want)
		}
	}
	attempts := 1
	for ; total <= c.opts.Patience; attempts++ {
		total += c.pause(attempts)
	}
	if attempts < 15 || attempts > 25 || c.pause(1000) > c.opts.LastPause*11/10 {
		t.Errorf("%d attempts in 3 days", attempts)
	}
}

func TestNameThatLeadsInsideIsRefusedAtTheConnection(t *testing.T) {
	w := newWorld(t)
	url, calls := receiver(t, 200)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	c := New(w.store, w, Options{})
	// A public name may come to stand for a private address after it was checked.
	dialer := c.opts.Guard.dialer()
	c.client.Transport.(*http.Transport).DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, "localhost:"+port)
	}
	status, err := c.send(t.Context(), &bonafide.Delivery{ID: bonafide.NewID(), FolderID: w.end(""), Endpoint: "http://bank.example/"}, time.Now())
	if classify(status, err) != "refused_target" {
		t.Errorf("status %d, %v", status, err)
	}
	if len(calls()) != 0 {
		t.Error("the receiver inside was called")
	}
}

func TestFailuresAreToldApart(t *testing.T) {
	w := newWorld(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	closed.Close()
	garbage, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	t.Cleanup(func() { garbage.Close() })
	go func() {
		for {
			c, err := garbage.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "not http\r\n\r\n")
			c.Close()
		}
	}()
	self := httptest.NewTLSServer(http.NotFoundHandler())
	self.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	t.Cleanup(self.Close)
	plain, _ := receiver(t, 200)
	w.run(Options{FirstPause: time.Hour})
	for endpoint, want := range map[string]string{
		"http://" + closed.Addr().String():  "connect",
		"http://" + garbage.Addr().String(): "protocol",
		self.URL:                            "tls",
		"https://" + strings.TrimPrefix(plain, "http://") + "/": "tls",
		"http://no-such-name.invalid/":                          "name",
		"http://10.255.255.1/":                                  "refused_target",
	} {
		if got := w.tried(w.end(endpoint)); got.Failure != want || got.Status != 0 {
			t.Errorf("%s: %q %d, want %q", endpoint, got.Failure, got.Status, want)
		}
	}
	if got := classify(0, fmt.Errorf("post: %w", context.DeadlineExceeded)); got != "timeout" {
		t.Errorf("a deadline is %q", got)
	}
	if got := classify(0, tls.AlertError(40)); got != "tls" {
		t.Errorf("an alert is %q", got)
	}
}

func TestSlowReceiverDoesNotDelayOthers(t *testing.T) {
	w := newWorld(t)
	release := make(chan struct{})
	var mu sync.Mutex
	open, most := 0, 0
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		mu.Lock()
		open++
		most = max(most, open)
		mu.Unlock()
		<-release
		mu.Lock()
		open--
		mu.Unlock()
	}))
	t.Cleanup(slow.Close)
	quick, calls := receiver(t, 200)
	var waiting []bonafide.ID
	for range 3 * perTarget {
		waiting = append(waiting, w.end(slow.URL))
	}
	w.run(Options{})
	for range 5 {
		w.settled(w.end(quick)) // while the slow one has not answered at all
	}
	if len(calls()) != 5 {
		t.Errorf("the quick receiver got %d calls", len(calls()))
	}
	close(release)
	for _, folder := range waiting {
		if d := w.settled(folder); d.State != bonafide.DeliveryDelivered || d.Attempts != 1 {
			t.Errorf("%s after %d attempts", d.State, d.Attempts)
		}
	}
	if most != perTarget {
		t.Errorf("%d attempts at once to one receiver, want %d", most, perTarget)
	}
}

func TestHugeAnswerIsNotRead(t *testing.T) {
	w := newWorld(t)
	var sent int
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 64<<10)
		for {
			n, err := rw.Write(chunk)
			sent += n
			if err != nil {
				return
			}
		}
	}))
	w.run(Options{})
	d := w.settled(w.end(srv.URL))
	srv.Close() // waits for the handler
	if d.State != bonafide.DeliveryDelivered {
		t.Errorf("%s, %q", d.State, failures(d))
	}
	if sent > 64<<20 {
		t.Errorf("%d bytes were taken", sent)
	}
}

func TestAttemptsUnderWayEndWhenTheDispatcherStops(t *testing.T) {
	w := newWorld(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-release
	}))
	t.Cleanup(srv.Close)
	stop := w.run(Options{})
	folder := w.end(srv.URL)
	<-arrived
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	close(release)
	<-stopped
	if d := w.delivery(folder); d.State != bonafide.DeliveryDelivered {
		t.Errorf("%s, %q", d.State, failures(d))
	}
}
