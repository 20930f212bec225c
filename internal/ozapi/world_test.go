package ozapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/capture"
	"github.com/bonafide-id/bonafide/internal/catalog"
	"github.com/bonafide-id/bonafide/internal/company"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/gallery/scan"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/job"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/report"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
	"github.com/bonafide-id/bonafide/internal/webhook"
)

// world is a whole server on a real store, with a clock that stands still and
// analyses that end when a test says so.
type world struct {
	t         *testing.T
	url       string
	srv       *httptest.Server
	store     storetest.Subject
	authority *auth.Authority
	firms     *company.Register
	waiters   *job.Waiters
	gallery   *gallery.Gallery
	enroller  *enrol.Enroller
	clock     *clock
	log       *bytes.Buffer
	token     string // sent with every request when not empty
	user      *bonafide.User
}

// shared is a folder that lives as long as the tests: making what lies in it for
// every world would take longer than most tests.
var shared string

func TestMain(m *testing.M) {
	var err error
	if shared, err = os.MkdirTemp("", "ozapi"); err != nil {
		panic(err)
	}
	code := pgtest.Run(m)
	_ = os.RemoveAll(shared)
	os.Exit(code)
}

// sharedBlobs are named by content, so that worlds do not meet in them.
var sharedBlobs = sync.OnceValues(func() (*disk.Blobs, error) { return disk.Open(filepath.Join(shared, "blobs"), nil) })

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

const password = "correct horse battery"

// newWorld makes a server with a company and a CLIENT of it, who is signed in.
// Tests with worlds run side by side.
func newWorld(t *testing.T, cfg Config) *world {
	t.Helper()
	t.Parallel()
	ctx := context.Background()
	w := &world{t: t, clock: &clock{now: time.Now()}, log: &bytes.Buffer{}}
	log := textLog(w.log)
	w.store = pgtest.OpenAsked(t)
	w.waiters = job.NewWaiters(w.store)
	blobs, err := sharedBlobs()
	w.must(err)
	// Passwords cost more than anything else here under the race detector; package auth tests their real cost.
	cheap := argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	w.authority, err = auth.New(w.store, auth.Options{Types: catalog.Types(), Cost: &cheap, Now: w.clock.Now})
	w.must(err)
	people, err := gallery.Open(ctx, w.store, enroller{}.model(), scan.New())
	w.must(err)
	w.gallery = people
	bounds := &bound.Keeper{Ordinary: bound.Thresholds{Spoofing: 0.5, Max: 0.85, Decision: 0.85}, Companies: w.store,
		Installation: bound.Limits{bound.MaxThresholdSpoofing: 0.99}}
	reception := intake.NewReception(intake.ReceptionConfig{Stager: blobs, Examiner: glance{}, Specs: catalog.Specs(), MaxFiles: 10, Bounds: bounds})
	desk := intake.New(intake.Config{Reception: reception, Store: w.store, Blobs: blobs, Waiter: w.waiters, Endpoints: webhook.Guard{}})
	w.enroller = enrol.New(enrol.Config{Store: w.store, Imports: w.store, Blobs: blobs, Faces: enroller{}, Gallery: crowd{people}, Bounds: bounds, Reception: reception, MaxFile: 1 << 20})
	bank := &bonafide.Company{ID: bonafide.NewID(), Name: "Bank"}
	w.must(w.store.CreateCompany(ctx, bank))
	w.user = w.addUser("a.user@bank.example", bonafide.Client, bank.ID)
	w.firms = company.New(w.store, company.Options{Bounds: bounds.Installation, Steps: []company.Step{company.RemoveFolders(w.store)}})
	key, err := auth.SharedCaptureKey(ctx, w.store)
	w.must(err)
	captures, err := capture.NewRegister(ctx, capture.Config{Store: w.store, Key: key, Now: w.clock.Now, Most: 32 << 20, Limits: store.CaptureLimits{Subject: 3}})
	w.must(err)
	cfg.Version = "6.0.1-test"
	w.srv = httptest.NewServer(New(cfg, Deps{
		Authority: w.authority, Companies: w.firms, Desk: desk, Enroller: w.enroller, Reporter: report.New(report.Config{Store: w.store, Blobs: blobs}), Instant: newInstant(w.clock.Now), Records: w.store, Outbox: w.store, Captures: captures, Bounds: &bound.Keeper{Companies: w.store}, Gates: gates(), Blobs: blobs, Log: log, Now: w.clock.Now}))
	t.Cleanup(w.srv.Close)
	w.url = w.srv.URL
	w.signIn("a.user@bank.example")
	return w
}

// glance tells media by their first bytes and decodes nothing.
type glance struct{}

func (glance) Examine(_ context.Context, path, _ string) (bonafide.MediaKind, bonafide.MediaInfo, []byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", bonafide.MediaInfo{}, nil, err
	}
	switch head := string(raw[:min(len(raw), 8)]); {
	case strings.HasPrefix(head, "\xff\xd8"):
		return bonafide.Image, bonafide.MediaInfo{Format: "jpeg", MIME: "image/jpeg", WidthPx: 16, HeightPx: 16}, []byte(picture(0)), nil
	case strings.HasSuffix(head, "ftyp"):
		return bonafide.Video, bonafide.MediaInfo{Format: "mp4", MIME: "video/mp4", DurationMS: 1000}, nil, nil
	case strings.HasPrefix(head, "PK"):
		return bonafide.ShotsSet, bonafide.MediaInfo{Format: "zip", MIME: "application/zip"}, nil, nil
	}
	return "", bonafide.MediaInfo{}, nil, bonafide.Errorf(bonafide.CodeValue, "The file is no picture, video or archive of pictures")
}

// enroller makes templates of bytes: equal files are alike, others are not. Nobody
// is on a file that says so.
type enroller struct{}

func (enroller) model() bonafide.ModelRef { return bonafide.ModelRef{Name: "bytes", Version: "1"} }

func (e enroller) Template(ctx context.Context, path, _ string) (bonafide.Template, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return bonafide.Template{}, err
	}
	if strings.HasSuffix(string(raw), "nobody") {
		return bonafide.Template{}, bonafide.Errorf(bonafide.CodeValue, "%s", advice.Sentence(advice.LanguageOf(ctx), bonafide.ReasonNoFace))
	}
	return e.of(string(raw)), nil
}

func (e enroller) of(content string) bonafide.Template {
	v := make([]float32, 256)
	v[sha256.Sum256([]byte(content))[0]] = 1
	return bonafide.NewTemplate(e.model(), v)
}

func (e enroller) Photo(ctx context.Context, path, digest string) (bonafide.Template, string, error) {
	t, err := e.Template(ctx, path, digest)
	if bonafide.CodeOf(err) == bonafide.CodeValue {
		return t, bonafide.ReasonNoFace, nil
	}
	return t, "", err
}

func (enroller) Found(cosine float64, _ int) float64 { return cosine }

func (enroller) FalseAlarms(_ float64, size int) (float64, bool) { return float64(size) / 200, true }

// crowd lets the enroller ask the gallery.
type crowd struct{ *gallery.Gallery }

func (c crowd) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) ([]analysis.Hit, int, error) {
	found, size, err := c.Gallery.Search(ctx, probe, collection, k)
	var hits []analysis.Hit
	for _, h := range found {
		hits = append(hits, analysis.Hit{PersonID: h.PersonID, Cosine: float64(h.Cosine)})
	}
	return hits, size, err
}

// textLog writes lines to w; slog's handlers do so one at a time.
func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) addUser(email string, kind bonafide.UserType, company bonafide.ID) *bonafide.User {
	w.t.Helper()
	u, err := w.authority.CreateUser(context.Background(), bonafide.User{Email: email, Type: kind, CompanyID: company}, password)
	w.must(err)
	return u
}

// signIn makes w.token that of the user.
func (w *world) signIn(email string) {
	w.t.Helper()
	g, err := w.authority.SignIn(context.Background(), email, password, auth.Origin{})
	w.must(err)
	w.token = g.AccessToken
}

// reply is what came back, read to its end.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// send sends a request. Lines are headers, "Name: value". A redirect fails the
// test: no client could follow it with its body.
func (w *world) send(method, path, body string, lines ...string) *reply {
	w.t.Helper()
	return w.stream(method, path, strings.NewReader(body), lines...)
}

func (w *world) stream(method, path string, body io.Reader, lines ...string) *reply {
	w.t.Helper()
	url := path
	if strings.HasPrefix(path, "/") {
		url = w.url + path
	}
	r, err := http.NewRequest(method, url, body)
	w.must(err)
	if w.token != "" {
		r.Header.Set("X-Forensic-Access-Token", w.token)
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	w.must(err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	w.must(err)
	if resp.StatusCode/100 == 3 && resp.StatusCode != http.StatusNotModified {
		w.t.Errorf("%s %s redirects to %s", method, path, resp.Header.Get("Location"))
	}
	rep := &reply{t: w.t, status: resp.StatusCode, header: resp.Header, body: string(raw)}
	c, err := theContract()
	w.must(err)
	c.check(w.t, method, url, rep)
	return rep
}

func (w *world) get(path string) *reply { w.t.Helper(); return w.send(http.MethodGet, path, "") }

func (w *world) post(path, body string) *reply {
	w.t.Helper()
	return w.send(http.MethodPost, path, body, "Content-Type: application/json")
}

// upload posts a multipart body made by form.
func (w *world) upload(path string, parts ...string) *reply {
	w.t.Helper()
	return w.send(http.MethodPost, path, form(parts...), "Content-Type: "+multipartB)
}

// want checks the status and what the body must hold; words after "not" must not
// be there.
func (r *reply) want(status int, words ...string) *reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("status is %d, want %d: %s", r.status, status, r.body)
	}
	absent := false
	for _, word := range words {
		switch {
		case word == "not":
			absent = true
		case strings.Contains(r.body, word) == absent:
			r.t.Errorf("%q: present is %t in %s", word, !absent, r.body)
		}
	}
	if ct := r.header.Get("Content-Type"); strings.HasPrefix(r.body, "{") && ct != wire.ContentType {
		r.t.Errorf("Content-Type is %q", ct)
	}
	if status >= 400 && !strings.HasPrefix(r.body, `{"error_code": `) {
		r.t.Errorf("error body is %s", r.body)
	}
	return r
}

// at walks into the body: names of fields and numbers of elements.
func (r *reply) at(path ...any) any {
	r.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(r.body), &v); err != nil {
		r.t.Fatalf("%v: %s", err, r.body)
	}
	for _, step := range path {
		switch key := step.(type) {
		case string:
			o, ok := v.(map[string]any)
			if !ok {
				r.t.Fatalf("no object above %v in %s", key, r.body)
			}
			if v, ok = o[key]; !ok {
				r.t.Fatalf("no %q of %v in %s", key, path, r.body)
			}
		case int:
			a, ok := v.([]any)
			if !ok || key >= len(a) {
				r.t.Fatalf("no element %d of %v in %s", key, path, r.body)
			}
			v = a[key]
		}
	}
	return v
}

func (r *reply) text(path ...any) string {
	r.t.Helper()
	s, ok := r.at(path...).(string)
	if !ok {
		r.t.Fatalf("%v is no string in %s", path, r.body)
	}
	return s
}

func (r *reply) number(path ...any) float64 {
	r.t.Helper()
	n, ok := r.at(path...).(float64)
	if !ok {
		r.t.Fatalf("%v is no number in %s", path, r.body)
	}
	return n
}

func (r *reply) count(path ...any) int {
	r.t.Helper()
	a, ok := r.at(path...).([]any)
	if !ok {
		r.t.Fatalf("%v is no array in %s", path, r.body)
	}
	return len(a)
}

// work runs a worker for the rest of the test, which ends each analysis as judge
// says.
func (w *world) work(judge func(bonafide.Analysis) bonafide.AnalysisResult) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- w.store.Work(ctx, 1, func(ctx context.Context, group bonafide.ID, _ int, _ bool) error {
			analyses, err := w.store.Group(ctx, group)
			if err != nil {
				return err
			}
			var results []bonafide.AnalysisResult
			for _, a := range analyses {
				r := judge(a)
				r.AnalysisID = a.ID
				results = append(results, r)
			}
			if err := w.store.FinishGroup(ctx, group, results); err != nil {
				return err
			}
			w.waiters.Announce(group)
			return nil
		})
	}()
	w.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("worker: %v", err)
		}
	})
}

func prefixes(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range all {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// folders counts the rows.
func (w *world) folders() int {
	w.t.Helper()
	p, err := w.store.Folders(context.Background(), bonafide.Scope{}, bonafide.Query{Limit: -1})
	w.must(err)
	return len(p.Items)
}

// picture is a small JPEG in a colour of its own.
func picture(shade uint8) string {
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil)
	return b.String()
}
