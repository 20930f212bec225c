package main

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

// TestTheWholeServerRunsOnPostgreSQL makes a folder whose result is delivered, kills the
// server, and finds everything again.
func TestTheWholeServerRunsOnPostgreSQL(t *testing.T) {
	onOneMachine(t)
	pgtest.Need(t)
	data := t.TempDir()
	db, err := pgtest.URL(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BONAFIDE_DB", db)
	own := listen(t, "127.0.0.1:0")
	p := &process{t: t, data: data, address: own.Addr().String()}
	own.Close()
	p.start()
	box := &inbox{t: t, byID: map[string]int{}}
	secret, err := p.api.CreateWebhookSecret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	box.secret = secret.Secret
	hook := listen(t, "127.0.0.1:0")
	box.serve(hook, func(int) int { return 200 })
	endpoint := "http://" + hook.Addr().String() + "/hook"
	f, err := p.api.CreateFolder(t.Context(), client.Payload{Endpoint: endpoint, FolderMeta: bonafide.Meta{"transaction_id": "T-1"}, Analyses: []client.Order{{Type: "quality"}}},
		client.File{Key: "a", Name: "a.jpg", Content: bytes.NewReader(plain(90))})
	if err != nil {
		t.Fatal(err)
	}
	waitDelivered(t, p.api, 1)
	box.check(map[string]string{string(f.ID): endpoint})
	p.kill()
	p.start()
	found, err := p.api.Folders(t.Context(), url.Values{"meta_data": {"transaction_id==T-1"}, "with_analyses": {"true"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Items) != 1 || found.Items[0].ID != f.ID || len(found.Items[0].Analyses) != 1 || found.Items[0].Analyses[0].State != bonafide.Finished {
		t.Errorf("the list has %+v", found.Items)
	}
	counted, err := p.api.Statistics(t.Context(), url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	if counted.Total != 1 {
		t.Errorf("statistics are %+v", counted)
	}
	out, err := typed("", "audit", "verify", "--data", data)
	if err != nil || !strings.Contains(out, "entries, intact; head ") || !strings.Contains(out, "the rows are what the log says of them") {
		t.Errorf("%v, %s", err, out)
	}
	if out, err := typed("", "user", "list", "--data", data); err != nil || strings.Count(out, "ADMIN") != 1 {
		t.Errorf("%v, %s", err, out)
	}
}
