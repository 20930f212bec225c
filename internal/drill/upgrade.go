package drill

import (
	"context"
	"fmt"
	"os/exec"
)

// Upgrade lets a server of an older version work and be killed, and goes on with a newer
// one on the same data folder. Nothing that the older one acknowledged may be lost, what it
// left to be analysed ends, and the newer one finds all that is stored as it should be.
type Upgrade struct {
	Kill        // Binary is the newer one
	Old  string // the older server's binary
}

// Run fails where something is missing, or is not what it was.
func (u Upgrade) Run(ctx context.Context) error {
	files, err := pictures(u.Photos)
	if err != nil {
		return err
	}
	s, err := newServer(u.Old, u.Startup)
	if err != nil {
		return err
	}
	defer s.close()
	d := &killing{Kill: u.Kill, server: s, files: files, book: newLedger()}
	for round := 1; round <= u.Rounds; round++ {
		if err := d.round(ctx); err != nil {
			return fmt.Errorf("older version, round %d: %w", round, err)
		}
	}
	u.Log.Printf("%d kills of the older version: %s", u.Rounds, d.book)
	s.binary = u.Binary
	if err := d.last(ctx); err != nil {
		return fmt.Errorf("newer version: %w", err)
	}
	for _, command := range [][]string{{"storage", "check"}, {"audit", "verify"}} {
		out, err := exec.CommandContext(ctx, u.Binary, append(command, "--data", s.data, "--log-level", "error")...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("newer version: %q: %w\n%s", command, err, out)
		}
		u.Log.Printf("%q: %s", command, out)
	}
	return nil
}
