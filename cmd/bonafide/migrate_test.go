package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/blob/s3/s3test"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// furnished is a server with one of everything, and what it answers.
type furnished struct {
	*process
	token string // of a session that outlives the move
	paths []string
	media string // path of an original
	hooks atomic.Bool
}

// newFurnished starts a server on a fresh folder. Its webhooks are refused until hooks is
// true.
func newFurnished(t *testing.T) *furnished {
	t.Helper()
	own := listen(t, "127.0.0.1:0")
	in := &furnished{process: &process{t: t, data: t.TempDir(), address: own.Addr().String()}}
	own.Close()
	in.start()
	return in
}

// fill makes one of everything.
func (in *furnished) fill() {
	t, ctx, api := in.t, in.t.Context(), in.api
	t.Helper()
	secret, err := api.CreateWebhookSecret(ctx)
	box := &inbox{t: t, byID: map[string]int{}}
	box.secret = must(t, secret, err).Secret
	hook := listen(t, "127.0.0.1:0")
	box.serve(hook, func(int) int {
		if in.hooks.Load() {
			return http.StatusOK
		}
		return http.StatusInternalServerError
	})
	company, err := api.CreateCompany(ctx, "Acme «ü»")
	must(t, company, err)
	user, err := api.CreateUser(ctx, client.Credentials{Email: "robot@example.org", Password: "a long password 1"},
		client.Profile{CompanyID: company.ID, Type: bonafide.ClientService})
	must(t, user, err)
	meta, err := api.MergeMeta(ctx, client.OfUser(user.ID), bonafide.Meta{"shift": "night"})
	must(t, meta, err)
	session, err := api.ServiceToken(ctx, user.ID, "nightly")
	must(t, session, err)
	event, err := api.AddEventSession(ctx, map[string]any{"name": "opened"})
	must(t, event, err)
	folder, err := api.CreateFolder(ctx, client.Payload{Endpoint: "http://" + hook.Addr().String() + "/hook",
		FolderMeta: bonafide.Meta{"transaction_id": "T-1", "event_session_id": event.ID}, Analyses: []client.Order{{Type: "quality"}}},
		file(t, "a", "../../build/samples/selfie.jpg"))
	must(t, folder, err)
	media, err := api.FolderMedia(ctx, folder.ID)
	in.media = strings.TrimPrefix(must(t, media, err)[0].OriginalURL, "http://"+in.address)
	name := "Letterhead"
	template, err := api.CreateReportTemplate(ctx, client.TemplateChange{Name: &name})
	must(t, template, err)
	attachments, err := api.AddAttachments(ctx, template.ID, photo(7))
	must(t, attachments, err)
	report, err := api.MakeReport(ctx, folder.ID, template.ID)
	must(t, report, err)
	list, err := api.CreateCollection(ctx, company.ID, "blocked")
	must(t, list, err)
	person, err := api.AddPerson(ctx, list.ID, client.Payload{}, file(t, "p", "../../build/samples/reference.jpg"))
	must(t, person, err)
	link, err := api.CreateCaptureLink(ctx, client.LinkOptions{})
	must(t, link, err)
	draw, err := api.DrawCapture(ctx, client.CaptureWish{})
	must(t, draw, err)
	in.paths = []string{"/api/companies", "/api/users", "/api/folders/?with_analyses=true&with_user=true&with_company=true", "/api/analyses", "/api/collections",
		"/api/report_templates", "/api/statistic/folders", "/api/event_sessions", "/api/webhook_secrets",
		fmt.Sprintf("/api/folders/%s", folder.ID), fmt.Sprintf("/api/folders/%s/media", folder.ID), fmt.Sprintf("/api/folders/%s/reports", folder.ID),
		fmt.Sprintf("/api/folders/%s/events", folder.ID), fmt.Sprintf("/api/collections/%s/persons", list.ID), fmt.Sprintf("/api/users/%s/meta_data", user.ID),
		fmt.Sprintf("/api/collections/%s/persons/%s/images", list.ID, person.ID), fmt.Sprintf("/api/report_templates/%s/attachments", template.ID),
		fmt.Sprintf("/api/captures/links/%s", link.ID), fmt.Sprintf("/api/users/%s/sessions", user.ID), in.media}
	in.signIn()
}

func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// signIn takes a token of its own.
func (in *furnished) signIn() {
	in.t.Helper()
	raw, err := os.ReadFile(filepath.Join(in.data, passwordFile))
	words := strings.Fields(string(must(in.t, raw, err)))
	body := fmt.Sprintf(`{"credentials": {"email": %q, "password": %q}}`, words[0], words[1])
	res, err := http.Post("http://"+in.address+"/api/authorize/auth", "application/json", strings.NewReader(body))
	if err != nil {
		in.t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || got.Token == "" {
		in.t.Fatal(res.Status, err)
	}
	in.token = got.Token
}

// answers asks for everything.
func (in *furnished) answers() map[string]string {
	in.t.Helper()
	all := map[string]string{}
	for _, path := range in.paths {
		req, err := http.NewRequestWithContext(in.t.Context(), http.MethodGet, "http://"+in.address+path, nil)
		if err != nil {
			in.t.Fatal(err)
		}
		req.Header.Set("X-Forensic-Access-Token", in.token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			in.t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || len(bytes.TrimSpace(body)) < 3 {
			in.t.Fatalf("%s: %s, %v: %s", path, res.Status, err, body)
		}
		all[path] = string(body)
	}
	return all
}

// same asks again.
func (in *furnished) same(before map[string]string) {
	in.t.Helper()
	for path, got := range in.answers() {
		if got != before[path] {
			in.t.Errorf("%s was\n%s\nis\n%s", path, before[path], got)
		}
	}
}

// sums gives the digest of each file below a folder.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		all[path] = fmt.Sprintf("%x", sha256.Sum256(raw))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAnInstallationMovesToPostgreSQLAndABucket(t *testing.T) {
	pgtest.Need(t)
	bucket := s3test.Start(t)
	in := newFurnished(t)
	in.fill()
	before := in.answers()
	db, err := pgtest.Bare(t.Context(), t.TempDir())
	must(t, db, err)
	move := []string{"migrate", "sqlite-to-postgres", "--data", in.data, "--db", db, "--blobs", bucket.URL("moved")}
	if out, err := typed("", move...); err == nil || !strings.Contains(out, "Another server already works on this data folder") {
		t.Errorf("beside a running server: %v, %s", err, out)
	}
	in.kill()
	untouched := sums(t, in.data)
	out, err := typed("", move...)
	if err != nil || !strings.Contains(out, "are the same in both databases") || !strings.Contains(out, "intact; head ") {
		t.Fatalf("%v, %s", err, out)
	}
	for path, sum := range sums(t, in.data) {
		if untouched[path] != sum && !strings.HasSuffix(path, "-shm") {
			t.Errorf("%s was changed", path)
		}
	}
	if out, err := typed("", move...); err == nil || !strings.Contains(out, "the database is not empty") {
		t.Errorf("a second time: %v, %s", err, out)
	}
	for _, gone := range []string{storage.DatabaseFile, storage.DatabaseFile + "-wal", storage.DatabaseFile + "-shm", storage.BlobsDir} {
		if err := os.RemoveAll(filepath.Join(in.data, gone)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("BONAFIDE_DB", db)
	t.Setenv("BONAFIDE_BLOBS", bucket.URL("moved"))
	in.start()
	in.same(before)
	in.hooks.Store(true)
	waitDelivered(t, in.api, 1)
	out, err = typed("", "audit", "verify", "--data", in.data)
	if err != nil || !strings.Contains(out, "the rows are what the log says of them") {
		t.Errorf("%v, %s", err, out)
	}
}
