package signin

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

const (
	// keepExpired is how long ended sessions are remembered, so that their tokens
	// are answered with "expired" and not with "unknown".
	keepExpired = 30 * 24 * time.Hour
	// maxPending is how many sessions may wait for their first use beside each other.
	// Of more the oldest go.
	maxPending = 5
)

type sessionRow struct {
	bun.BaseModel `bun:"table:sessions,alias:session"`

	ID          int64        `bun:"id,pk,autoincrement"`
	UserID      bonafide.ID  `bun:"user_id"`
	AccessHash  string       `bun:"access_hash"`
	RefreshHash string       `bun:"refresh_hash,nullzero"`
	TTL         int64        `bun:"ttl"` // microseconds
	ExpiresAt   table.Micros `bun:"expires_at"`
	ParentID    int64        `bun:"parent_id,nullzero"`
	FamilyID    int64        `bun:"family_id"`
	Replaced    bool         `bun:"replaced"`
	Token       bool         `bun:"token"`
	Name        string       `bun:"name"`
	Address     string       `bun:"address"`
	TimeStarted table.Micros `bun:"time_started"`
	TimeCreated table.Micros `bun:"time_created"`
	TimeUpdated table.Micros `bun:"time_updated"`
}

func rowOfSession(s *bonafide.Session) *sessionRow {
	return &sessionRow{
		UserID: s.UserID, AccessHash: s.AccessHash, RefreshHash: s.RefreshHash,
		TTL: s.TTL.Microseconds(), ExpiresAt: table.MicrosOf(s.ExpiresAt), ParentID: s.ParentID, FamilyID: s.FamilyID,
		Replaced: s.Replaced, Token: s.Token, Name: table.Printable(s.Name), Address: s.Address,
		TimeStarted: table.MicrosOf(s.TimeStarted), TimeCreated: table.MicrosOf(s.TimeCreated), TimeUpdated: table.MicrosOf(s.TimeUpdated),
	}
}

func (r *sessionRow) session() bonafide.Session {
	return bonafide.Session{
		ID: r.ID, UserID: r.UserID, AccessHash: r.AccessHash, RefreshHash: r.RefreshHash,
		TTL: time.Duration(r.TTL) * time.Microsecond, ExpiresAt: r.ExpiresAt.Time(), ParentID: r.ParentID, FamilyID: r.FamilyID,
		Replaced: r.Replaced, Token: r.Token, Name: r.Name, Address: r.Address,
		TimeStarted: r.TimeStarted.Time(), TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

// CreateSession implements store.Sessions. It forgets sessions that ended long
// ago.
func (s Book) CreateSession(ctx context.Context, ses *bonafide.Session) error {
	table.Stamp(&ses.TimeCreated, &ses.TimeUpdated)
	if ses.TimeStarted.IsZero() {
		ses.TimeStarted = ses.TimeCreated
	}
	row := rowOfSession(ses)
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		forgotten := table.MicrosOf(table.Now().Add(-keepExpired))
		if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("expires_at < ?", forgotten).Exec(ctx); err != nil {
			return err
		}
		makeRoom := s.roomForSignIn
		if row.ParentID != 0 {
			makeRoom = s.roomForRefresh
		}
		if err := makeRoom(ctx, tx, row); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil || row.ParentID != 0 {
			return err
		}
		row.FamilyID = row.ID
		_, err := tx.NewUpdate().Model(row).Column("family_id").WherePK().Exec(ctx)
		return err
	})
	ses.ID, ses.FamilyID = row.ID, row.FamilyID
	return err
}

// roomForRefresh holds the parent and bounds what else refreshes it.
func (s Book) roomForRefresh(ctx context.Context, tx bun.Tx, row *sessionRow) error {
	var parent sessionRow
	if err := s.Hold(tx.NewSelect().Model(&parent)).Where("id = ? AND NOT replaced", row.ParentID).Scan(ctx); err != nil {
		return table.Missing("Session", err)
	}
	row.FamilyID = parent.FamilyID
	old := tx.NewSelect().Model((*sessionRow)(nil)).Column("id").Where("parent_id = ?", row.ParentID).
		Order("id DESC").Limit(maxPending).Offset(maxPending - 1)
	_, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("id IN (?)", old).Exec(ctx)
	return err
}

// roomForSignIn holds how many sessions an account may have.
func (s Book) roomForSignIn(ctx context.Context, tx bun.Tx, row *sessionRow) error {
	// Two sign-ins at once must not count past each other.
	if _, err := s.Hold(tx.NewSelect().Table("users").Column("id")).Where("id = ?", row.UserID).Exec(ctx); err != nil {
		return err
	}
	if row.Token {
		n, err := inUse(tx, row.UserID).Where("token AND expires_at > ?", row.TimeCreated).Count(ctx)
		if err == nil && int(n) >= store.MaxServiceTokens {
			err = bonafide.Errorf(bonafide.CodeFull, "The account has %d service tokens, end one of them first", n)
		}
		return err
	}
	old := inUse(tx, row.UserID).Column("family_id").Where("NOT token").Order("time_updated DESC", "id DESC").
		Limit(maxPending).Offset(store.MaxSignIns - 1)
	_, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("family_id IN (?)", old).Exec(ctx)
	return err
}

// inUse selects the one session of each family of a user that is neither replaced nor
// waits for its first use.
func inUse(db bun.IDB, user bonafide.ID) *bun.SelectQuery {
	return db.NewSelect().Model((*sessionRow)(nil)).Where("user_id = ? AND NOT replaced AND parent_id IS NULL", user)
}

// SessionByAccess implements store.Sessions.
func (s Book) SessionByAccess(ctx context.Context, hash string) (*bonafide.Session, error) {
	return s.sessionWhere(ctx, "access_hash = ?", hash)
}

// SessionByRefresh implements store.Sessions.
func (s Book) SessionByRefresh(ctx context.Context, hash string) (*bonafide.Session, error) {
	return s.sessionWhere(ctx, "refresh_hash = ?", hash)
}

func (s Book) sessionWhere(ctx context.Context, condition string, value any) (*bonafide.Session, error) {
	var r sessionRow
	if err := s.Reader().NewSelect().Model(&r).Where(condition, value).Scan(ctx); err != nil {
		return nil, table.Missing("Session", err)
	}
	found := r.session()
	return &found, nil
}

// SessionsOf implements store.Sessions.
func (s Book) SessionsOf(ctx context.Context, user bonafide.ID) ([]bonafide.Session, error) {
	var rows []sessionRow
	if err := inUse(s.Reader(), user).Order("id DESC").Scan(ctx, &rows); err != nil {
		return nil, table.Failure(err)
	}
	all := make([]bonafide.Session, len(rows))
	for i := range rows {
		all[i] = rows[i].session()
	}
	return all, nil
}

// ConfirmSession implements store.Sessions. Confirming twice is no error.
func (s Book) ConfirmSession(ctx context.Context, id int64) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		var row sessionRow
		if err := s.Hold(tx.NewSelect().Model(&row)).Where("id = ? AND NOT replaced", id).Scan(ctx); err != nil {
			return table.Missing("Session", err)
		}
		if row.ParentID == 0 {
			return nil
		}
		parent := row.ParentID
		row.ParentID, row.TimeUpdated = 0, table.MicrosOf(table.Now())
		if _, err := tx.NewUpdate().Model(&row).Column("parent_id", "time_updated").WherePK().Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model((*sessionRow)(nil)).Set("replaced = TRUE").
			Where("(id = ? OR parent_id = ?) AND NOT replaced", parent, parent).Exec(ctx)
		return err
	})
}

// TouchSession implements store.Sessions. It does not wait for the disk.
func (s Book) TouchSession(ctx context.Context, ses *bonafide.Session) error {
	row := sessionRow{ID: ses.ID, ExpiresAt: table.MicrosOf(ses.ExpiresAt), TimeUpdated: table.MicrosOf(ses.TimeUpdated)}
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model(&row).Column("expires_at", "time_updated").WherePK().Exec(ctx)
		return table.Changed("Session", res, err)
	})
}

// DeleteSession implements store.Sessions.
func (s Book) DeleteSession(ctx context.Context, id int64) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		family := tx.NewSelect().Table("sessions").Column("family_id").Where("id = ?", id)
		res, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("family_id IN (?)", family).Exec(ctx)
		return table.Changed("Session", res, err)
	})
}
