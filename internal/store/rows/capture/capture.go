// Package capture keeps drawn captures, and the marks by which frames are known that were
// sent before.
package capture

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

const (
	// Object is a session in the audit log.
	Object = "capture_session"
	// Keep is how long sessions and marks of frames are kept.
	Keep = 90 * 24 * time.Hour
	// drawWindow is the time in which draws are counted.
	drawWindow = time.Hour
	// framesAtOnce bounds the list in one question.
	framesAtOnce = 500
)

// Roll implements store.CaptureSessions, but for what makes folders.
type Roll struct{ table.DB }

type sessionRow struct {
	bun.BaseModel `bun:"table:capture_sessions,alias:capture"`

	ID          bonafide.ID              `bun:"id,pk"`
	CompanyID   bonafide.ID              `bun:"company_id,nullzero"`
	UserID      bonafide.ID              `bun:"user_id"`
	ChallengeID bonafide.ID              `bun:"challenge_id"`
	KeyID       string                   `bun:"key_id"`
	Actions     table.Document[[]string] `bun:"actions"`
	Analyses    table.Document[[]string] `bun:"analyses"`
	Colors      table.Document[[]string] `bun:"colors"`
	SubjectHash string                   `bun:"subject_hash"`
	TimeCreated table.Micros             `bun:"time_created"`
	ExpiresAt   table.Micros             `bun:"expires_at"`
	UsedAt      table.Micros             `bun:"used_at"`
	FolderID    bonafide.ID              `bun:"folder_id"`
	Outcome     string                   `bun:"outcome"`
}

// markRow is a frame by which a capture is known again.
type markRow struct {
	bun.BaseModel `bun:"table:capture_marks,alias:mark"`

	CompanyID   bonafide.ID  `bun:"company_id,pk"`
	Digest      int64        `bun:"digest,pk"`
	SessionID   bonafide.ID  `bun:"session_id"`
	TimeCreated table.Micros `bun:"time_created"`
}

func (r *sessionRow) session() *store.CaptureSession {
	return &store.CaptureSession{
		ID: r.ID, CompanyID: r.CompanyID, UserID: r.UserID, ChallengeID: r.ChallengeID, KeyID: r.KeyID,
		Actions: r.Actions.V, Analyses: r.Analyses.V, Colors: r.Colors.V, SubjectHash: r.SubjectHash,
		TimeDrawn: r.TimeCreated.Time(), ExpiresAt: r.ExpiresAt.Time(), UsedAt: r.UsedAt.Time(), FolderID: r.FolderID, Outcome: r.Outcome,
	}
}

// DrawCapture implements store.Store. It forgets what is too old.
func (s Roll) DrawCapture(ctx context.Context, c *store.CaptureSession, most store.CaptureLimits) error {
	if c.TimeDrawn.IsZero() {
		c.TimeDrawn = table.Now()
	}
	row := &sessionRow{
		ID: c.ID, CompanyID: c.CompanyID, UserID: c.UserID, ChallengeID: c.ChallengeID, KeyID: c.KeyID,
		Actions: table.DocumentOf(c.Actions), Analyses: table.DocumentOf(c.Analyses), Colors: table.DocumentOf(c.Colors),
		SubjectHash: c.SubjectHash, TimeCreated: table.MicrosOf(c.TimeDrawn), ExpiresAt: table.MicrosOf(c.ExpiresAt),
	}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		old := table.MicrosOf(table.Now().Add(-Keep))
		if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("expires_at < ?", old).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*markRow)(nil)).Where("time_created < ?", old).Exec(ctx); err != nil {
			return err
		}
		if err := drawable(ctx, tx, row, most); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(row).Exec(ctx)
		return err
	})
}

// drawable refuses one draw more than the limits say.
func drawable(ctx context.Context, tx bun.Tx, c *sessionRow, most store.CaptureLimits) error {
	company := func() *bun.SelectQuery {
		return tx.NewSelect().Model((*sessionRow)(nil)).Column("time_created").Where("?", table.OfCompany("company_id", c.CompanyID))
	}
	if c.SubjectHash != "" {
		if err := throttle(ctx, company().Where("subject_hash = ?", c.SubjectHash), c, most.Subject); err != nil {
			return err
		}
	}
	return throttle(ctx, company(), c, most.Company)
}

// throttle refuses the draw where the window before it has so many.
func throttle(ctx context.Context, drawn *bun.SelectQuery, c *sessionRow, most int) error {
	if most <= 0 {
		return nil
	}
	since := table.MicrosOf(c.TimeCreated.Time().Add(-drawWindow))
	var times []table.Micros
	err := drawn.Where("time_created > ?", since).OrderExpr("time_created DESC").Limit(1).Offset(int64(most-1)).Scan(ctx, &times)
	if err != nil || len(times) == 0 {
		return err
	}
	e := bonafide.Errorf(bonafide.CodeThrottled, "Too many captures were drawn within an hour, at most %d may be", most)
	e.RetryAfter = times[0].Time().Add(drawWindow).Sub(c.TimeCreated.Time())
	return e
}

// CaptureSession implements store.Store.
func (s Roll) CaptureSession(ctx context.Context, id bonafide.ID) (*store.CaptureSession, error) {
	row := new(sessionRow)
	if err := s.Reader().NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, table.Missing("Capture session", err)
	}
	return row.session(), nil
}

// SpendCapture implements store.Store.
func (s Roll) SpendCapture(ctx context.Context, use store.CaptureUse) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error { return Spend(ctx, tx, use, "") })
}

// Spend marks a session as used, and names the folder that is made of it, empty for none.
// CodeSession where it was used before.
func Spend(ctx context.Context, tx bun.Tx, use store.CaptureUse, folder bonafide.ID) error {
	row := &sessionRow{ID: use.ID, UsedAt: table.MicrosOf(table.Now()), FolderID: folder, Outcome: use.Outcome}
	res, err := tx.NewUpdate().Model(row).Column("used_at", "folder_id", "outcome").Where("id = ? AND used_at = 0", use.ID).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return bonafide.Wrap(bonafide.CodeSession, "The session token was used before", err)
	}
	return nil
}

// RefuseCapture implements store.Store.
func (s Roll) RefuseCapture(ctx context.Context, session bonafide.ID, why string) error {
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		e := bonafide.AuditEntry{Action: bonafide.ActionRefuse, Object: Object, ObjectID: string(session), Changed: why}
		err := tx.NewSelect().Table("users").ColumnExpr("coalesce(company_id, '')").Where("id = ?", bonafide.ActorOf(ctx).UserID).Scan(ctx, &e.CompanyID)
		if err = table.Missing("", err); err != nil && bonafide.CodeOf(err) != bonafide.CodeNotFound {
			return err
		}
		return table.Pend(ctx, tx, e)
	})
}

// KnownFrames implements store.Store.
func (s Roll) KnownFrames(ctx context.Context, c *store.CaptureSession, frames, marks []uint64) (int, error) {
	known := 0
	for some := range slices.Chunk(frames, framesAtOnce) {
		n, err := s.Reader().NewSelect().Model((*markRow)(nil)).
			Where("company_id = ? AND session_id <> ? AND digest IN (?)", c.CompanyID, c.ID, bun.List(signed(some))).Count(ctx)
		if err != nil {
			return 0, table.Failure(err)
		}
		known += int(n)
	}
	if len(marks) == 0 {
		return known, nil
	}
	var rows []markRow
	for _, d := range signed(marks) {
		rows = append(rows, markRow{CompanyID: c.CompanyID, Digest: d, SessionID: c.ID, TimeCreated: table.MicrosOf(table.Now())})
	}
	return known, s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
}

func signed(digests []uint64) []int64 {
	out := make([]int64, len(digests))
	for i, d := range digests {
		out[i] = int64(d)
	}
	return out
}

// DeleteOf deletes what is kept of the captures of a company.
func DeleteOf(ctx context.Context, tx bun.Tx, company bonafide.ID) error {
	for _, table := range []string{"capture_sessions", "capture_marks"} {
		if _, err := tx.NewDelete().Table(table).Where("company_id = ?", company).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
