package rows

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// keepEvents is how long event sessions are kept after their last change.
const keepEvents = 90 * 24 * time.Hour

type eventSessionRow struct {
	bun.BaseModel `bun:"table:event_sessions,alias:event"`

	ID          bonafide.ID                   `bun:"id,pk"`
	CompanyID   bonafide.ID                   `bun:"company_id,nullzero"`
	UserID      bonafide.ID                   `bun:"user_id"`
	Data        table.Document[bonafide.Meta] `bun:"data"`
	TimeCreated table.Micros                  `bun:"time_created"`
	TimeUpdated table.Micros                  `bun:"time_updated"`
}

func (r *eventSessionRow) session() bonafide.EventSession {
	return bonafide.EventSession{ID: r.ID, CompanyID: r.CompanyID, UserID: r.UserID, Data: r.Data.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time()}
}

// SaveEventSession implements store.Store. It forgets those that are too old.
func (s *Store) SaveEventSession(ctx context.Context, e *bonafide.EventSession) error {
	table.Stamp(&e.TimeCreated, &e.TimeUpdated)
	data, err := table.MetaOf(e.Data).Written()
	if err != nil {
		return err
	}
	row := eventSessionRow{ID: e.ID, CompanyID: e.CompanyID, UserID: e.UserID, Data: data,
		TimeCreated: table.MicrosOf(e.TimeCreated), TimeUpdated: table.MicrosOf(e.TimeUpdated)}
	return s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		forgotten := table.MicrosOf(table.Now().Add(-keepEvents))
		if _, err := tx.NewDelete().Model((*eventSessionRow)(nil)).Where("time_updated < ?", forgotten).Exec(ctx); err != nil {
			return err
		}
		var old eventSessionRow
		err := tx.NewSelect().Model(&old).Column("user_id", "time_created").Where("id = ?", e.ID).Scan(ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			_, err = tx.NewInsert().Model(&row).Exec(ctx)
			return err
		case err != nil:
			return err
		case old.UserID != e.UserID:
			return bonafide.Errorf(bonafide.CodeExists, "Event session already exists")
		}
		e.TimeCreated = old.TimeCreated.Time()
		_, err = tx.NewUpdate().Model(&row).Column("data", "time_updated").WherePK().Exec(ctx)
		return err
	})
}

// EventSessions implements store.Store.
func (s *Store) EventSessions(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.EventSession], error) {
	return table.Page(ctx, s, eventList(scope), q, (*eventSessionRow).session)
}

func eventList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: listing.Owner{Company: "event.company_id = ?", User: "event.user_id = ?"}, Scope: scope, Tie: "event.id", Fields: map[string]listing.Field{
		"session_id":   {Column: "event.id", Sorts: true},
		"company_id":   {Column: "event.company_id", Sorts: true, Null: true},
		"user_id":      {Column: "event.user_id", Sorts: true},
		"time_created": {Type: listing.Instant, Column: "event.time_created", Sorts: true},
		"time_updated": {Type: listing.Instant, Column: "event.time_updated", Sorts: true},
	}}
}
