package drill

import (
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// noted is an entry with a media and an order that ended when it was read before.
func noted(t *testing.T) *entry {
	t.Helper()
	l := newLedger()
	l.acknowledged("f", []client.Media{{ID: "m"}}, [][]byte{[]byte("bytes")}, []client.Analysis{{ID: "a"}})
	e := l.folders["f"]
	if err := e.compare(whole()); err != nil {
		t.Fatal(err)
	}
	return e
}

// whole is the folder as the server should give it.
func whole() *client.Folder {
	return &client.Folder{ID: "f", Media: []client.Media{{ID: "m"}, {ID: "not acknowledged"}},
		Analyses: []client.Analysis{{ID: "a", Type: bonafide.Quality, State: bonafide.Finished, Resolution: bonafide.Declined}, {ID: "not acknowledged"}}}
}

func TestTheLedgerFindsWhatIsMissing(t *testing.T) {
	for want, change := range map[string]func(*client.Folder){
		"":                              func(*client.Folder) {},
		"media m is missing":            func(f *client.Folder) { f.Media = f.Media[1:] },
		"analysis a is missing":         func(f *client.Folder) { f.Analyses = f.Analyses[1:] },
		"analysis a ended and runs":     func(f *client.Folder) { f.Analyses[0].State = bonafide.Processing },
		"analysis a ended twice":        func(f *client.Folder) { f.Analyses[0].Resolution = bonafide.Success },
		"analysis a ended twice, again": func(f *client.Folder) { f.Analyses[0].ErrorMessage = "later" },
	} {
		f := whole()
		change(f)
		err := noted(t).compare(f)
		head, _, _ := strings.Cut(want, ",")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), head) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestTheLedgerComparesEveryByte(t *testing.T) {
	e := &entry{media: map[bonafide.ID][sha256.Size]byte{"m": sha256.Sum256([]byte("bytes"))}}
	for content, want := range map[string]string{"bytes": "", "byte": "media m has other bytes", "": "media m has other bytes"} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, content) }))
		f := &client.Folder{Media: []client.Media{{ID: "m", OriginalURL: srv.URL + "/m.jpg"}, {ID: "not acknowledged"}}}
		err := e.download(t.Context(), client.New(srv.URL, nil), f)
		srv.Close()
		if (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
}

func TestTheLedgerTellsFaultsFromVerdicts(t *testing.T) {
	l := newLedger()
	l.acknowledged("f", nil, nil, []client.Analysis{{ID: "declined"}, {ID: "unsupported"}, {ID: "fault"}})
	err := l.folders["f"].compare(&client.Folder{Analyses: []client.Analysis{
		{ID: "declined", Type: bonafide.Quality, State: bonafide.Finished, Resolution: bonafide.Declined},
		{ID: "unsupported", Type: bonafide.Documents, State: bonafide.Failed, Resolution: bonafide.Failed, ErrorCode: 4},
		{ID: "fault", Type: bonafide.Biometry, State: bonafide.Failed, Resolution: bonafide.Failed, ErrorMessage: "Internal error"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	count, faults, err := l.ends()
	if err != nil || len(faults) != 1 || faults[0] != "BIOMETRY: Internal error" || count["QUALITY DECLINED"] != 1 || len(count) != 3 {
		t.Errorf("%v, %q, %v", count, faults, err)
	}
	l.acknowledged("f", nil, nil, []client.Analysis{{ID: "runs"}})
	if _, _, err := l.ends(); err == nil {
		t.Error("an analysis that never ended is counted")
	}
}

func TestAnAnswerIsToldFromACut(t *testing.T) {
	l := newLedger()
	if !l.missed(&client.Error{Status: 503}) || l.missed(errors.New("connection reset")) || l.refused != 1 || l.cut != 1 {
		t.Errorf("%d refused, %d cut", l.refused, l.cut)
	}
}
