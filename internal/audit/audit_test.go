package audit_test

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/audit"
)

// chain makes n entries that follow each other.
func chain(n int) []bonafide.AuditEntry {
	var all []bonafide.AuditEntry
	previous := ""
	for i := range n {
		e := bonafide.AuditEntry{
			Seq: int64(i + 1), Time: time.UnixMicro(1_700_000_000_000_000 + int64(i)).UTC(), ActorID: "0d6a1a3c-9a57-4f0e-8d5c-2d7a1c7b5e60",
			Via: "folder.create", Action: bonafide.ActionCreate, Object: "folder", ObjectID: fmt.Sprint("folder ", i), Previous: previous,
		}
		e.Hash = audit.Sum(&e)
		previous = e.Hash
		all = append(all, e)
	}
	return all
}

func sequence(all []bonafide.AuditEntry) iter.Seq2[bonafide.AuditEntry, error] {
	return func(yield func(bonafide.AuditEntry, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func head(e bonafide.AuditEntry) audit.Head { return audit.Head{Seq: e.Seq, Hash: e.Hash} }

func TestAnUntouchedLogIsIntact(t *testing.T) {
	all := chain(20)
	got, err := audit.Verify(sequence(all), head(all[0]), head(all[11]), head(all[19]))
	if err != nil || got != head(all[19]) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := audit.Verify(sequence(nil)); err != nil || got != (audit.Head{}) {
		t.Errorf("empty: %v, %v", got, err)
	}
}

// TestTheFormIsFixed holds that exports of earlier versions can be checked for
// ever. The sum was computed with sha256sum.
func TestTheFormIsFixed(t *testing.T) {
	e := bonafide.AuditEntry{Seq: 7, Time: time.UnixMicro(1_700_000_000_123_456), ActorID: "a", Via: "folder.delete", Action: "delete",
		Object: "folder", ObjectID: "b", CompanyID: "c", Changed: `x="<&>" é`, Previous: "p"}
	const line = `["bonafide-audit-1",7,1700000000123456,"a","folder.delete","delete","folder","b","c","x=\"<&>\" é","p"]`
	if got := audit.Sum(&e); got != "1b2bf3570490ea8b698604ed73566054257392315f9fdb57c11c454494e4526c" {
		t.Errorf("%s is hashed to %s", line, got)
	}
}

func TestTamperingIsFound(t *testing.T) {
	rehash := func(e *bonafide.AuditEntry) { e.Hash = audit.Sum(e) }
	tests := map[string]struct {
		tamper func(all []bonafide.AuditEntry) []bonafide.AuditEntry
		want   string
	}{
		"a word changed":   {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { a[4].Action = "update"; return a }, "entry 5 was changed"},
		"an actor changed": {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { a[4].ActorID = ""; return a }, "entry 5 was changed"},
		"a time changed": {func(a []bonafide.AuditEntry) []bonafide.AuditEntry {
			a[0].Time = a[0].Time.Add(time.Microsecond)
			return a
		}, "entry 1 was changed"},
		"words moved over": {func(a []bonafide.AuditEntry) []bonafide.AuditEntry {
			a[4].Object, a[4].ObjectID = "f", "older folder 4"
			return a
		}, "entry 5 was changed"},
		"a hash fitted":     {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { a[4].Action = "update"; rehash(&a[4]); return a }, "entry 6 does not follow entry 5"},
		"one removed":       {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return slices.Delete(a, 3, 4) }, "entries 4 to 4 are missing"},
		"several removed":   {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return slices.Delete(a, 0, 3) }, "entries 1 to 3 are missing"},
		"one twice":         {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return slices.Insert(a, 3, a[2]) }, "entry 3 stands after entry 3"},
		"one inserted":      {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return slices.Insert(a, 3, forged(a[2])) }, "entry 4 stands after entry 4"},
		"one in its place":  {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { a[3] = forged(a[2]); return a }, "entry 5 does not follow entry 4"},
		"two swapped":       {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { a[3], a[4] = a[4], a[3]; return a }, "entries 4 to 4 are missing"},
		"removed, numbered": {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return renumbered(slices.Delete(a, 3, 4)) }, "entry 4 was changed"},
		"the end cut off":   {func(a []bonafide.AuditEntry) []bonafide.AuditEntry { return a[:8] }, "its end was cut off"},
		"all cut off":       {func([]bonafide.AuditEntry) []bonafide.AuditEntry { return nil }, "its end was cut off"},
		"the end forged": {func(a []bonafide.AuditEntry) []bonafide.AuditEntry {
			a = a[:8]
			for range 2 {
				a = append(a, forged(a[len(a)-1]))
			}
			return a
		}, "entry 10 is not the one that was noted down"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			all := chain(10)
			noted := head(all[9])
			_, err := audit.Verify(sequence(tt.tamper(all)), noted)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("found %v, want %s", err, tt.want)
			}
		})
	}
}

// forged is an entry that follows another as it should.
func forged(after bonafide.AuditEntry) bonafide.AuditEntry {
	e := bonafide.AuditEntry{Seq: after.Seq + 1, Time: after.Time, Action: "delete", Object: "user", Previous: after.Hash}
	e.Hash = audit.Sum(&e)
	return e
}

func renumbered(all []bonafide.AuditEntry) []bonafide.AuditEntry {
	for i := range all {
		all[i].Seq = int64(i + 1)
	}
	return all
}

func TestAnExportComesBack(t *testing.T) {
	all := chain(5)
	all[2].Changed = `x="<&>" é`
	var b bytes.Buffer
	if err := audit.Write(&b, sequence(all)); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 5 {
		t.Errorf("%d lines", n)
	}
	i := 0
	for e, err := range audit.Read(&b) {
		if err != nil || e != all[i] {
			t.Errorf("entry %d came back as %+v, %v", i, e, err)
		}
		i++
	}
	if i != 5 {
		t.Errorf("%d entries came back", i)
	}
}

func TestWhatIsNoEntryIsRefused(t *testing.T) {
	for _, line := range []string{"{", "[]", `{"seq": "x"}`, `{"seq": 1, "more": 2}`, strings.Repeat("x", 1<<20)} {
		if _, err := audit.Verify(audit.Read(strings.NewReader(line))); err == nil {
			t.Errorf("%.20s: no error", line)
		}
	}
}

func TestAHeadIsReadAsItIsWritten(t *testing.T) {
	h := head(chain(3)[2])
	if got, err := audit.ParseHead(h.String()); err != nil || got != h {
		t.Errorf("%v, %v", got, err)
	}
	for _, s := range []string{"", "3", "3:", "x:" + h.Hash, "0:" + h.Hash, h.Hash, "3:" + h.Hash[1:]} {
		if _, err := audit.ParseHead(s); err == nil {
			t.Errorf("%q: no error", s)
		}
	}
}
