package drill

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bonafide-id/bonafide"
)

// readLog lets the server's own command check the audit log, and looks in it for the ends of
// all analyses that were acknowledged. It gives the times from orders to ends, sorted.
func (d *striking) readLog(ctx context.Context) ([]time.Duration, error) {
	if out, err := d.audit(ctx, "verify"); err != nil {
		return nil, fmt.Errorf("audit log: %w: %s", err, out)
	}
	out, err := d.audit(ctx, "export")
	if err != nil {
		return nil, fmt.Errorf("audit log: %w", err)
	}
	ordered, ends := map[string]time.Time{}, map[string][]time.Time{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var e bonafide.AuditEntry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("audit log: %w", err)
		}
		switch {
		case e.Object != "analysis":
		case e.Action == bonafide.ActionCreate:
			ordered[e.ObjectID] = e.Time
		case slices.ContainsFunc(strings.Fields(e.Changed), func(word string) bool { return strings.HasPrefix(word, "state=") }):
			ends[e.ObjectID] = append(ends[e.ObjectID], e.Time)
		}
	}
	var waits []time.Duration
	var broken []error
	for _, id := range d.book.analyses() {
		if n := len(ends[string(id)]); n != 1 {
			broken = append(broken, fmt.Errorf("analysis %s has ended %d times, says the audit log", id, n))
			continue
		}
		waits = append(waits, ends[string(id)][0].Sub(ordered[string(id)]))
	}
	slices.Sort(waits)
	return waits, errors.Join(append(broken, lines.Err())...)
}

// audit runs a command of the server's binary.
func (d *striking) audit(ctx context.Context, command string) ([]byte, error) {
	s := d.servers[0]
	cmd := exec.CommandContext(ctx, d.Binary, "audit", command, "--data", s.data, "--db", d.db.URL("bonafide"))
	cmd.Env = append(os.Environ(), s.env...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, faults.Bytes())
	}
	return out, err
}

// table says what was done and what came of it.
func (d *striking) table(ends map[string]int, waits []time.Duration) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line := func(what string, n any) { fmt.Fprintf(w, "%s\t%v\n", what, n) }
	fmt.Fprintln(w)
	for _, name := range slices.Sorted(maps.Keys(d.struck)) {
		line(name, d.struck[name])
	}
	line("longest until all were well again", d.down.Round(10*time.Millisecond))
	for _, status := range slices.Sorted(maps.Keys(d.gate.statuses)) {
		line(fmt.Sprintf("answers %d", status), d.gate.statuses[status])
	}
	line("connections refused", d.gate.passed)
	line("requests cut off", d.gate.cut)
	line("acknowledged", d.book)
	for _, end := range slices.Sorted(maps.Keys(ends)) {
		line("ended "+end, ends[end])
	}
	line("webhooks taken, refused", fmt.Sprint(d.mailbox.taken, ", ", d.mailbox.refused))
	if n := len(waits); n > 0 {
		line("from order to end: median", waits[n/2].Round(time.Millisecond))
		line("99 of 100 within", waits[n*99/100].Round(time.Millisecond))
		line("longest", waits[n-1].Round(time.Millisecond))
	}
	_ = w.Flush()
	return b.String()
}
