// Package audit checks the chain of the audit log. It needs no store: an export
// can be checked on another machine, years later.
//
// Each entry holds its number, the hash of the entry before, and a hash over both
// and all that it says. Whoever changes, removes or inserts an entry breaks the
// chain at that place. Whoever cuts off its end, or forges everything from some
// entry on, breaks no link; that shows only against a head that was noted down
// elsewhere before.
package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// maxLine bounds an entry of an export in bytes; real ones are far smaller.
const maxLine = 64 << 10

// Head is an entry of the log by number and hash. The last one stands for the
// whole log.
type Head struct {
	Seq  int64
	Hash string
}

// String is the form that ParseHead reads.
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Hash) }

// ParseHead reads NUMBER:HASH.
func ParseHead(s string) (Head, error) {
	number, hash, _ := strings.Cut(s, ":")
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil || seq < 1 || len(hash) != 64 {
		return Head{}, bonafide.Errorf(bonafide.CodeValue, "%q is no head, write NUMBER:HASH", s)
	}
	return Head{Seq: seq, Hash: strings.ToLower(hash)}, nil
}

// Verify goes through the whole log and gives its head; the zero Head is that of
// an empty log. It stops at the first fault. noted are heads written down before,
// which the log must still hold.
func Verify(entries iter.Seq2[bonafide.AuditEntry, error], noted ...Head) (Head, error) {
	var head Head
	for e, err := range entries {
		if err != nil {
			return head, err
		}
		if err := follows(&e, head); err != nil {
			return head, err
		}
		head = Head{Seq: e.Seq, Hash: e.Hash}
		for _, n := range noted {
			if n.Seq == head.Seq && n.Hash != head.Hash {
				return head, fmt.Errorf("entry %d is not the one that was noted down: the log was forged from here or an entry before on", n.Seq)
			}
		}
	}
	for _, n := range noted {
		if n.Seq > head.Seq {
			return head, fmt.Errorf("the log ends at entry %d, though it has reached entry %d: its end was cut off", head.Seq, n.Seq)
		}
	}
	return head, nil
}

// follows tells what is wrong with an entry after the head.
func follows(e *bonafide.AuditEntry, head Head) error {
	switch {
	case e.Seq > head.Seq+1:
		return fmt.Errorf("entries %d to %d are missing", head.Seq+1, e.Seq-1)
	case e.Seq <= head.Seq:
		return fmt.Errorf("entry %d stands after entry %d", e.Seq, head.Seq)
	case e.Hash != Sum(e):
		return fmt.Errorf("entry %d was changed", e.Seq)
	case e.Previous != head.Hash:
		return fmt.Errorf("entry %d does not follow entry %d: one of them was replaced", e.Seq, head.Seq)
	}
	return nil
}

// Write writes entries as JSON lines.
func Write(w io.Writer, entries iter.Seq2[bonafide.AuditEntry, error]) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for e, err := range entries {
		if err != nil {
			return err
		}
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
	}
	return b.Flush()
}

// Read reads what Write wrote. A line that is none, or says more than an entry
// can, ends it with an error.
func Read(r io.Reader) iter.Seq2[bonafide.AuditEntry, error] {
	return func(yield func(bonafide.AuditEntry, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLine)
		n := 0
		for lines.Scan() {
			n++
			d := json.NewDecoder(strings.NewReader(lines.Text()))
			d.DisallowUnknownFields()
			var e bonafide.AuditEntry
			err := d.Decode(&e)
			if err != nil {
				err = fmt.Errorf("line %d is no entry: %w", n, err)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(bonafide.AuditEntry{}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}

// Log is the part of store.Audit that Entries reads.
type Log interface {
	AuditEntries(ctx context.Context, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error)
}

// page is how many entries are read at a time.
const page = 1000

// Entries reads the whole log in order, page by page.
func Entries(ctx context.Context, log Log) iter.Seq2[bonafide.AuditEntry, error] {
	return func(yield func(bonafide.AuditEntry, error) bool) {
		last := int64(0)
		for {
			got, err := log.AuditEntries(ctx, bonafide.Query{
				Filters: []bonafide.Filter{{Field: "seq", Op: bonafide.OpGreater, Values: []any{last}}},
				Sorting: []bonafide.Sort{{Field: "seq"}}, Limit: page, OmitTotal: true,
			})
			if err != nil {
				yield(bonafide.AuditEntry{}, err)
				return
			}
			for _, e := range got.Items {
				if !yield(e, nil) {
					return
				}
				last = e.Seq
			}
			if len(got.Items) < page {
				return
			}
		}
	}
}
