// Package signin keeps sessions, failed sign-ins, from where accounts sign in, and how many
// requests they have left.
package signin

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Book implements store.Sessions, store.SignInFailures, store.KnownSources and
// store.RequestRates.
type Book struct{ table.DB }

// EndSessions ends all sessions of the users that a query selects, but for one.
func EndSessions(ctx context.Context, tx bun.Tx, users *bun.SelectQuery, kept int64) error {
	_, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("user_id IN (?) AND id <> ?", users, kept).Exec(ctx)
	return err
}

// maxFailureRows bounds the table under a flood of made-up accounts. The oldest go.
const maxFailureRows = 1 << 14

// keepFailures is how long a count is kept after its last failure.
const keepFailures = 24 * time.Hour

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

// SignInFailures implements store.SignInFailures.
func (s Book) SignInFailures(ctx context.Context, keys ...string) (map[string]store.FailureRow, error) {
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

// FailSignIn implements store.SignInFailures.
func (s Book) FailSignIn(ctx context.Context, at time.Time, failures ...store.Failure) error {
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		forgotten := table.MicrosOf(at.Add(-keepFailures))
		if _, err := tx.NewDelete().Model((*failureRow)(nil)).Where("last_failure < ?", forgotten).Exec(ctx); err != nil {
			return err
		}
		n, err := tx.NewSelect().Model((*failureRow)(nil)).Count(ctx)
		if err != nil {
			return err
		}
		if over := int(n) + len(failures) - maxFailureRows; over > 0 {
			oldest := tx.NewSelect().Model((*failureRow)(nil)).Column("digest").Order("last_failure").Limit(int64(over))
			if _, err := tx.NewDelete().Model((*failureRow)(nil)).Where("digest IN (?)", oldest).Exec(ctx); err != nil {
				return err
			}
		}
		for _, f := range failures {
			if err := s.fail(ctx, tx, at, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// fail adds a failure to what is left of those before.
func (s Book) fail(ctx context.Context, tx bun.Tx, at time.Time, f store.Failure) error {
	row := failureRow{Digest: digestOf(f.Key)}
	err := s.Hold(tx.NewSelect().Model(&row)).WherePK().Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err == nil {
		row.Failures = max(0, row.Failures-int(max(0, at.Sub(row.Last.Time()))/f.Forget))
	}
	row.Failures, row.Last = min(row.Failures+1, f.Most), table.MicrosOf(at)
	_, err = tx.NewInsert().Model(&row).On("CONFLICT (digest) DO UPDATE").
		Set("failures = excluded.failures").Set("last_failure = excluded.last_failure").Exec(ctx)
	return err
}

// PassSignIn implements store.SignInFailures.
func (s Book) PassSignIn(ctx context.Context, keys ...string) error {
	digests := make([]string, len(keys))
	for i, key := range keys {
		digests[i] = digestOf(key)
	}
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*failureRow)(nil)).Where("digest IN (?)", bun.List(digests)).Exec(ctx)
		return err
	})
}

// maxSources is how many sources are known of an account.
const maxSources = 50

// sourceRow is a source that an account has signed in from. It holds digests alone.
type sourceRow struct {
	bun.BaseModel `bun:"table:known_sources,alias:known"`

	Account  string       `bun:"account,pk"`
	Source   string       `bun:"source,pk"`
	LastSeen table.Micros `bun:"last_seen"`
}

func sourceOf(account, source string) sourceRow {
	return sourceRow{Account: digestOf(account), Source: digestOf(account + "\n" + source)}
}

// KnownSource implements store.KnownSources.
func (s Book) KnownSource(ctx context.Context, account, source string, since time.Time) (bool, error) {
	row := sourceOf(account, source)
	n, err := s.Reader().NewSelect().Model(&row).WherePK().Where("last_seen > ?", table.MicrosOf(since)).Count(ctx)
	return n > 0, table.Failure(err)
}

// KnowSource implements store.KnownSources.
func (s Book) KnowSource(ctx context.Context, account, source string, at time.Time, again time.Duration) error {
	if known, err := s.KnownSource(ctx, account, source, at.Add(-again)); known || err != nil {
		return err
	}
	row := sourceOf(account, source)
	row.LastSeen = table.MicrosOf(at)
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (account, source) DO UPDATE").Set("last_seen = excluded.last_seen").Exec(ctx)
		if err != nil {
			return err
		}
		old := tx.NewSelect().Model((*sourceRow)(nil)).Column("source").Where("account = ?", row.Account).
			Order("last_seen DESC", "source").Limit(maxSources).Offset(maxSources)
		_, err = tx.NewDelete().Model((*sourceRow)(nil)).Where("account = ? AND source IN (?)", row.Account, old).Exec(ctx)
		return err
	})
}
