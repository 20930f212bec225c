package rows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// maxFailureRows bounds the table under a flood of made-up accounts. The oldest go.
const maxFailureRows = 1 << 14

// failureRow holds no key but its digest: keys are addresses and accounts, whether
// there are such or not.
type failureRow struct {
	bun.BaseModel `bun:"table:sign_in_failures,alias:failure"`

	Digest   string       `bun:"digest,pk"`
	Failures int          `bun:"failures"`
	Last     table.Micros `bun:"last_failure"`
}

func digestOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// SignInFailures implements store.Store.
func (s *Store) SignInFailures(ctx context.Context, keys ...string) (map[string]store.FailureRow, error) {
	found := map[string]store.FailureRow{}
	if len(keys) == 0 {
		return found, nil
	}
	names := map[string]string{}
	var digests []string
	for _, key := range keys {
		digest := digestOf(key)
		names[digest], digests = key, append(digests, digest)
	}
	var rows []failureRow
	if err := s.Reader().NewSelect().Model(&rows).Where("digest IN (?)", bun.List(digests)).Scan(ctx); err != nil {
		return nil, table.Failure(err)
	}
	for _, r := range rows {
		found[names[r.Digest]] = store.FailureRow{Failures: r.Failures, Last: r.Last.Time()}
	}
	return found, nil
}

// FailSignIn implements store.Store.
func (s *Store) FailSignIn(ctx context.Context, at, since time.Time, keys ...string) error {
	rows := make([]failureRow, len(keys))
	for i, key := range keys {
		rows[i] = failureRow{Digest: digestOf(key), Failures: 1, Last: table.MicrosOf(at)}
	}
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewDelete().Model((*failureRow)(nil)).Where("last_failure < ?", table.MicrosOf(since)).Exec(ctx); err != nil {
			return err
		}
		n, err := tx.NewSelect().Model((*failureRow)(nil)).Count(ctx)
		if err != nil {
			return err
		}
		if over := int(n) + len(rows) - maxFailureRows; over > 0 {
			oldest := tx.NewSelect().Model((*failureRow)(nil)).Column("digest").Order("last_failure").Limit(int64(over))
			if _, err := tx.NewDelete().Model((*failureRow)(nil)).Where("digest IN (?)", oldest).Exec(ctx); err != nil {
				return err
			}
		}
		_, err = tx.NewInsert().Model(&rows).On("CONFLICT (digest) DO UPDATE").
			Set("failures = failure.failures + 1").Set("last_failure = excluded.last_failure").Exec(ctx)
		return err
	})
}

// PassSignIn implements store.Store.
func (s *Store) PassSignIn(ctx context.Context, keys ...string) error {
	digests := make([]string, len(keys))
	for i, key := range keys {
		digests[i] = digestOf(key)
	}
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*failureRow)(nil)).Where("digest IN (?)", bun.List(digests)).Exec(ctx)
		return err
	})
}
