package auth

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

// asked is the query of a link.
func asked(t *testing.T, link string) url.Values {
	t.Helper()
	q, err := url.ParseQuery(strings.TrimPrefix(link, "?"))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestASignedLinkOpensItsFileUntilItEnds(t *testing.T) {
	records := storetest.Open(t)
	key, err := SharedLinkKey(t.Context(), records, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	other, err := SharedLinkKey(t.Context(), records, 2*time.Hour) // another process
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []time.Time{time.Unix(1_796_000_000, 0), time.Unix(1_796_000_399, 999), time.Unix(1_796_000_400, 0)} {
		q := asked(t, key.Query("a1", given))
		if left, err := other.Check("a1", q, given); err != nil || left < time.Hour || left > 75*time.Minute {
			t.Errorf("lasts %s, %v", left, err)
		}
		if _, err := key.Check("a1", q, given.Add(time.Hour)); err != nil {
			t.Error(err)
		}
		if _, err := key.Check("a1", q, given.Add(75*time.Minute)); bonafide.CodeOf(err) != bonafide.CodeForbidden {
			t.Errorf("a link opens its file after its end: %v", err)
		}
	}
}

func TestALinkThatIsNotSignedForItsFileOpensNothing(t *testing.T) {
	records, now := storetest.Open(t), time.Unix(1_796_000_000, 0)
	key, err := SharedLinkKey(t.Context(), records, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := SharedLinkKey(t.Context(), storetest.Open(t), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	longer := asked(t, key.Query("a1", now))
	longer.Set(LinkExpires, "9999999999")
	word := asked(t, key.Query("a1", now))
	word.Set(LinkExpires, "never")
	for name, q := range map[string]url.Values{
		"no query": nil, "longer": longer, "a word": word, "another file's": asked(t, key.Query("a2", now)),
		"another installation's": asked(t, stranger.Query("a1", now)), "no signature": {LinkExpires: {"9999999999"}},
	} {
		if _, err := key.Check("a1", q, now); bonafide.CodeOf(err) != bonafide.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWithoutALifetimeLinksLast(t *testing.T) {
	key, err := SharedLinkKey(t.Context(), nil, 0)
	if err != nil || key != nil {
		t.Fatalf("%v, %v", key, err)
	}
	if q := key.Query("a1", time.Now()); q != "" {
		t.Error(q)
	}
	if left, err := key.Check("a1", nil, time.Now()); left != 0 || err != nil {
		t.Errorf("%s, %v", left, err)
	}
}

func TestALinkIsTheSameForAQuarterOfItsLife(t *testing.T) {
	key := &LinkKey{key: []byte("k"), lifetime: 8 * time.Minute}
	at := time.Unix(1_796_000_040, 0).Truncate(2 * time.Minute)
	if key.Query("a1", at) != key.Query("a1", at.Add(119*time.Second)) || key.Query("a1", at) == key.Query("a1", at.Add(2*time.Minute)) {
		t.Error("links change with each answer, or never")
	}
	if short := (&LinkKey{key: []byte("k"), lifetime: time.Second}).Query("a1", at); short == "" {
		t.Error("a short life divides by nothing")
	}
}
