package sqlite

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

type userRow struct {
	bun.BaseModel `bun:"table:users,alias:user"`

	ID           bonafide.ID                              `bun:"id,pk"`
	CompanyID    bonafide.ID                              `bun:"company_id,nullzero"`
	Type         bonafide.UserType                        `bun:"type"`
	Service      bool                                     `bun:"service"`
	Active       bool                                     `bun:"active"`
	Email        string                                   `bun:"email"`
	FirstName    string                                   `bun:"first_name"`
	LastName     string                                   `bun:"last_name"`
	MiddleName   string                                   `bun:"middle_name"`
	PasswordHash string                                   `bun:"password_hash"`
	MayStart     document[map[bonafide.AnalysisType]bool] `bun:"may_start"`
	Meta         document[bonafide.Meta]                  `bun:"meta"`
	TimeCreated  micros                                   `bun:"time_created"`
	TimeUpdated  micros                                   `bun:"time_updated"`
}

func rowOfUser(u *bonafide.User) *userRow {
	mayStart := u.MayStart
	if mayStart == nil {
		mayStart = map[bonafide.AnalysisType]bool{}
	}
	return &userRow{
		ID: u.ID, CompanyID: u.CompanyID, Type: u.Type, Service: u.Service, Active: u.Active,
		Email:     printable(strings.ToLower(u.Email)),
		FirstName: printable(u.FirstName), LastName: printable(u.LastName), MiddleName: printable(u.MiddleName),
		PasswordHash: u.PasswordHash, MayStart: documentOf(mayStart), Meta: metaOf(u.Meta),
		TimeCreated: microsOf(u.TimeCreated), TimeUpdated: microsOf(u.TimeUpdated),
	}
}

func (r *userRow) user() bonafide.User {
	return bonafide.User{
		ID: r.ID, CompanyID: r.CompanyID, Type: r.Type, Service: r.Service, Active: r.Active,
		Email: r.Email, FirstName: r.FirstName, LastName: r.LastName, MiddleName: r.MiddleName,
		PasswordHash: r.PasswordHash, MayStart: r.MayStart.V, Meta: r.Meta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

// CreateUser implements bonafide.Store.
func (s *Store) CreateUser(ctx context.Context, u *bonafide.User) error {
	stamp(&u.TimeCreated, &u.TimeUpdated)
	return s.insert(ctx, rowOfUser(u))
}

// User implements bonafide.Store.
func (s *Store) User(ctx context.Context, id bonafide.ID) (*bonafide.User, error) {
	return s.userWhere(ctx, "id = ?", id)
}

// UserByEmail implements bonafide.Store.
func (s *Store) UserByEmail(ctx context.Context, email string) (*bonafide.User, error) {
	return s.userWhere(ctx, "email = ?", printable(strings.ToLower(email)))
}

func (s *Store) userWhere(ctx context.Context, condition string, value any) (*bonafide.User, error) {
	var row userRow
	if err := s.reader.NewSelect().Model(&row).Where(condition, value).Scan(ctx); err != nil {
		return nil, missing("User", err)
	}
	u := row.user()
	return &u, nil
}

// UpdateUser implements bonafide.Store. Everything but the time of creation is
// replaced.
func (s *Store) UpdateUser(ctx context.Context, u *bonafide.User) error {
	u.TimeUpdated = now()
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewUpdate().Model(rowOfUser(u)).ExcludeColumn("time_created").WherePK().Exec(ctx)
		return changed("User", res, err)
	})
}

// Users implements bonafide.Store.
func (s *Store) Users(ctx context.Context) ([]bonafide.User, error) {
	var rows []userRow
	if err := s.reader.NewSelect().Model(&rows).Order("time_created", "id").Scan(ctx); err != nil {
		return nil, failure(err)
	}
	users := make([]bonafide.User, len(rows))
	for i := range rows {
		users[i] = rows[i].user()
	}
	return users, nil
}
