package rest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// listing serves a list of good items of 1 kB each, behind which comes err.
func listing(t *testing.T, good int, err error) *httptest.Server {
	t.Helper()
	next := func(_ context.Context, most int) ([]string, error) {
		n := min(most, good)
		if good -= n; n == 0 {
			return nil, err
		}
		items := make([]string, n)
		for i := range items {
			items[i] = strings.Repeat("x", 1000)
		}
		return items, nil
	}
	handle := func(c *Call) (*Answer, error) {
		return Stream(c, wire.ViewPage(bonafide.Query{Limit: -1}, good, []string{}), next, Each(func(s *string) string { return *s }))
	}
	s := httptest.NewServer(New(Config{}, Deps{}, []Resource{{Routes: []Route{{Method: http.MethodGet, Pattern: "/", Handle: handle}}}}))
	t.Cleanup(s.Close)
	return s
}

func TestAListIsWholeOrTheConnectionBreaks(t *testing.T) {
	full := errors.New("the disk is gone")
	for fact, c := range map[string]struct {
		good   int
		err    error
		status int
		whole  bool
		length bool
	}{
		"a short list has a length":             {10, nil, http.StatusOK, true, true},
		"an empty list":                         {0, nil, http.StatusOK, true, true},
		"a long list":                           {5000, nil, http.StatusOK, true, false},
		"a failure before the first bytes":      {10, full, http.StatusInternalServerError, true, true},
		"a failure at once":                     {0, bonafide.Errorf(bonafide.CodeBusy, "Later"), http.StatusServiceUnavailable, true, true},
		"a failure after a part has left":       {5000, full, http.StatusOK, false, false},
		"a coded failure after a part has left": {5000, bonafide.Errorf(bonafide.CodeBusy, "Later"), http.StatusOK, false, false},
	} {
		resp, err := http.Get(listing(t, c.good, c.err).URL)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != c.status || (err == nil) != c.whole || json.Valid(raw) != c.whole || (resp.ContentLength >= 0) != c.length {
			t.Errorf("%s: %d, %d bytes of %d, valid %v, %v", fact, resp.StatusCode, len(raw), resp.ContentLength, json.Valid(raw), err)
		}
		var page wire.Page[string]
		if c.status == http.StatusOK && c.whole && (json.Unmarshal(raw, &page) != nil || len(page.Items) != c.good) {
			t.Errorf("%s: %d items of %d", fact, len(page.Items), c.good)
		}
	}
}
