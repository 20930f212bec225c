package table

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/audit"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

// viaOutside marks changes that were made without the store, with a tool for the
// database.
const viaOutside = "outside"

type auditRow struct {
	bun.BaseModel `bun:"table:audit,alias:audit"`

	Seq         int64       `bun:"row_id,pk"`
	TimeCreated Micros      `bun:"time_created"`
	ActorID     bonafide.ID `bun:"actor_id"`
	Via         string      `bun:"via"`
	Action      string      `bun:"action"`
	Object      string      `bun:"object"`
	ObjectID    string      `bun:"object_id"`
	CompanyID   bonafide.ID `bun:"company_id"`
	Changed     string      `bun:"changed"`
	Previous    string      `bun:"previous"`
	Hash        string      `bun:"hash"`
}

func (r *auditRow) entry() bonafide.AuditEntry {
	return bonafide.AuditEntry{
		Seq: r.Seq, Time: time.UnixMicro(int64(r.TimeCreated)).UTC(), ActorID: r.ActorID, Via: r.Via, Action: r.Action,
		Object: r.Object, ObjectID: r.ObjectID, CompanyID: r.CompanyID, Changed: r.Changed, Previous: r.Previous, Hash: r.Hash,
	}
}

func rowOfEntry(e *bonafide.AuditEntry) auditRow {
	return auditRow{
		Seq: e.Seq, TimeCreated: MicrosOf(e.Time), ActorID: e.ActorID, Via: e.Via, Action: e.Action,
		Object: e.Object, ObjectID: e.ObjectID, CompanyID: e.CompanyID, Changed: e.Changed, Previous: e.Previous, Hash: e.Hash,
	}
}

// pendingRow is a change that has no entry yet.
type pendingRow struct {
	bun.BaseModel `bun:"table:audit_pending,alias:pending"`

	RowID     int64       `bun:"row_id,pk,autoincrement"`
	Action    string      `bun:"action"`
	Object    string      `bun:"object"`
	ObjectID  string      `bun:"object_id"`
	CompanyID bonafide.ID `bun:"company_id"`
	Changed   string      `bun:"changed"`
}

// recorded runs do, and makes entries of what is changed. What was pending before
// was changed without the store.
func (s DB) recorded(ctx context.Context, tx bun.Tx, do func() error) error {
	if err := RecordOutside(ctx, tx); err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	if err := do(); err != nil {
		return err
	}
	if err := record(ctx, tx, s.Mine(), bonafide.ActorOf(ctx)); err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	return nil
}

// RecordOutside makes entries of what is pending, of which the store knows nothing.
func RecordOutside(ctx context.Context, tx bun.Tx) error {
	return record(ctx, tx, "TRUE", bonafide.Actor{Via: viaOutside})
}

// record makes entries of what is pending and meets the condition, in the name of the
// actor.
func record(ctx context.Context, tx bun.Tx, condition string, actor bonafide.Actor) error {
	var pending []pendingRow
	if err := tx.NewSelect().Model(&pending).Where(condition).Order("row_id").Scan(ctx); err != nil || len(pending) == 0 {
		return err
	}
	var last auditRow
	err := tx.NewSelect().Model(&last).Column("row_id", "hash").Order("row_id DESC").Limit(1).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	at, rows := Now(), make([]auditRow, len(pending))
	for i, p := range pending {
		e := bonafide.AuditEntry{
			Seq: last.Seq + 1, Time: at, ActorID: actor.UserID, Via: actor.Via, Action: p.Action,
			Object: p.Object, ObjectID: p.ObjectID, CompanyID: p.CompanyID, Changed: p.Changed, Previous: last.Hash,
		}
		e.Hash = audit.Sum(&e)
		rows[i] = rowOfEntry(&e)
		last = rows[i]
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return err
	}
	_, err = tx.NewDelete().Model(&pending).WherePK().Exec(ctx)
	return err
}

// RefuseSignIn implements store.Store.
func (s DB) RefuseSignIn(ctx context.Context, user bonafide.ID) error {
	ctx = bonafide.WithActor(ctx, bonafide.Actor{Via: "session.create"})
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := pendingRow{Action: bonafide.ActionRefuse, Object: "user", ObjectID: string(user)}
		if user != "" {
			var company *bonafide.ID
			err := tx.NewSelect().Table("users").Column("company_id").Where("id = ?", user).Scan(ctx, &company)
			if err != nil {
				return Missing("User", err)
			}
			if company != nil {
				row.CompanyID = *company
			}
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// NoteEntry adds an entry about something that changes no row, in the name of the
// context's actor, without waiting for the disk.
func (s DB) NoteEntry(ctx context.Context, e bonafide.AuditEntry) error {
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		return s.recorded(ctx, tx, func() error { return Pend(ctx, tx, e) })
	})
}

// Pend adds an entry to those that the end of the transaction writes.
func Pend(ctx context.Context, tx bun.Tx, e bonafide.AuditEntry) error {
	row := pendingRow{Action: e.Action, Object: e.Object, ObjectID: e.ObjectID, CompanyID: e.CompanyID, Changed: e.Changed}
	_, err := tx.NewInsert().Model(&row).Exec(ctx)
	return err
}

// AuditEntries implements store.Store.
func (s DB) AuditEntries(ctx context.Context, q bonafide.Query) (bonafide.Page[bonafide.AuditEntry], error) {
	return Page(ctx, s, auditList(), q, (*auditRow).entry)
}

func auditList() listing.List {
	return listing.List{Owner: listing.Owner{}, Tie: "audit.row_id", Fields: map[string]listing.Field{
		"seq":          {Type: listing.Instant, Column: "audit.row_id", Sorts: true}, // an ordered number, too
		"time_created": {Type: listing.Instant, Column: "audit.time_created", Sorts: true},
		"actor_id":     {Column: "audit.actor_id"},
		"via":          {Column: "audit.via"},
		"action":       {Column: "audit.action"},
		"object":       {Column: "audit.object"},
		"object_id":    {Column: "audit.object_id"},
		"company_id":   {Column: "audit.company_id"},
	}}
}
