package rows

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// keepExpired is how long ended sessions are remembered, so that their tokens
// are answered with "expired" and not with "unknown".
const keepExpired = 30 * 24 * time.Hour

type sessionRow struct {
	bun.BaseModel `bun:"table:sessions,alias:session"`

	ID          int64        `bun:"id,pk,autoincrement"`
	UserID      bonafide.ID  `bun:"user_id"`
	AccessHash  string       `bun:"access_hash"`
	RefreshHash string       `bun:"refresh_hash,nullzero"`
	TTL         int64        `bun:"ttl"` // microseconds
	ExpiresAt   table.Micros `bun:"expires_at"`
	ParentID    int64        `bun:"parent_id,nullzero"`
	TimeCreated table.Micros `bun:"time_created"`
	TimeUpdated table.Micros `bun:"time_updated"`
}

// CreateSession implements store.Store. It forgets sessions that ended long
// ago.
func (s *Store) CreateSession(ctx context.Context, ses *bonafide.Session) error {
	table.Stamp(&ses.TimeCreated, &ses.TimeUpdated)
	row := sessionRow{
		UserID: ses.UserID, AccessHash: ses.AccessHash, RefreshHash: ses.RefreshHash,
		TTL: ses.TTL.Microseconds(), ExpiresAt: table.MicrosOf(ses.ExpiresAt), ParentID: ses.ParentID,
		TimeCreated: table.MicrosOf(ses.TimeCreated), TimeUpdated: table.MicrosOf(ses.TimeUpdated),
	}
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		forgotten := table.MicrosOf(table.Now().Add(-keepExpired))
		if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("expires_at < ?", forgotten).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	ses.ID = row.ID
	return err
}

// SessionByAccess implements store.Store.
func (s *Store) SessionByAccess(ctx context.Context, hash string) (*bonafide.Session, error) {
	return s.sessionWhere(ctx, "access_hash = ?", hash)
}

// SessionByRefresh implements store.Store.
func (s *Store) SessionByRefresh(ctx context.Context, hash string) (*bonafide.Session, error) {
	return s.sessionWhere(ctx, "refresh_hash = ?", hash)
}

func (s *Store) sessionWhere(ctx context.Context, condition string, value any) (*bonafide.Session, error) {
	var r sessionRow
	if err := s.Reader().NewSelect().Model(&r).Where(condition, value).Scan(ctx); err != nil {
		return nil, table.Missing("Session", err)
	}
	return &bonafide.Session{
		ID: r.ID, UserID: r.UserID, AccessHash: r.AccessHash, RefreshHash: r.RefreshHash,
		TTL: time.Duration(r.TTL) * time.Microsecond, ExpiresAt: r.ExpiresAt.Time(), ParentID: r.ParentID,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}, nil
}

// ConfirmSession implements store.Store. Confirming twice is no error.
func (s *Store) ConfirmSession(ctx context.Context, id int64) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row sessionRow
		if err := tx.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
			return table.Missing("Session", err)
		}
		if row.ParentID == 0 {
			return nil
		}
		if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("id = ?", row.ParentID).Exec(ctx); err != nil {
			return err
		}
		row.ParentID, row.TimeUpdated = 0, table.MicrosOf(table.Now())
		_, err := tx.NewUpdate().Model(&row).Column("parent_id", "time_updated").WherePK().Exec(ctx)
		return err
	})
}

// TouchSession implements store.Store. It does not wait for the disk.
func (s *Store) TouchSession(ctx context.Context, ses *bonafide.Session) error {
	row := sessionRow{ID: ses.ID, ExpiresAt: table.MicrosOf(ses.ExpiresAt), TimeUpdated: table.MicrosOf(table.Now())}
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model(&row).Column("expires_at", "time_updated").WherePK().Exec(ctx)
		return table.Changed("Session", res, err)
	})
}

// DeleteSession implements store.Store.
func (s *Store) DeleteSession(ctx context.Context, id int64) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("parent_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		res, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("id = ?", id).Exec(ctx)
		return table.Changed("Session", res, err)
	})
}
