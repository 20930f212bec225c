package rows

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
)

type userRow struct {
	bun.BaseModel `bun:"table:users,alias:users"`

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
	Search       string                                   `bun:"search"` // what search_text looks in
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
		Search: searchable(u.FirstName, u.MiddleName, u.LastName, u.Email),
	}
}

// searchable joins what may be searched for in one column. SQLite itself folds
// the case of ASCII alone.
func searchable(texts ...string) string { return printable(strings.ToLower(strings.Join(texts, " "))) }

func (r *userRow) user() bonafide.User {
	return bonafide.User{
		ID: r.ID, CompanyID: r.CompanyID, Type: r.Type, Service: r.Service, Active: r.Active,
		Email: r.Email, FirstName: r.FirstName, LastName: r.LastName, MiddleName: r.MiddleName,
		PasswordHash: r.PasswordHash, MayStart: r.MayStart.V, Meta: r.Meta.V,
		TimeCreated: r.TimeCreated.time(), TimeUpdated: r.TimeUpdated.time(),
	}
}

// CreateUser implements store.Store.
func (s *Store) CreateUser(ctx context.Context, u *bonafide.User) error {
	stamp(&u.TimeCreated, &u.TimeUpdated)
	return s.insert(ctx, rowOfUser(u))
}

// User implements store.Store.
func (s *Store) User(ctx context.Context, id bonafide.ID) (*bonafide.User, error) {
	return s.userWhere(ctx, "id = ?", id)
}

// UserByEmail implements store.Store.
func (s *Store) UserByEmail(ctx context.Context, email string) (*bonafide.User, error) {
	return s.userWhere(ctx, "email = ?", printable(strings.ToLower(email)))
}

func (s *Store) userWhere(ctx context.Context, condition string, value any) (*bonafide.User, error) {
	var row userRow
	if err := s.Reader().NewSelect().Model(&row).Where(condition, value).Scan(ctx); err != nil {
		return nil, missing("User", err)
	}
	u := row.user()
	return &u, nil
}

// UpdateUser implements store.Store.
func (s *Store) UpdateUser(ctx context.Context, u *bonafide.User) error {
	u.TimeUpdated = now()
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error { return updateUser(ctx, tx, u) })
}

// UpdateUserEndingSessions implements store.Store.
func (s *Store) UpdateUserEndingSessions(ctx context.Context, u *bonafide.User, keep int64) error {
	u.TimeUpdated = now()
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := updateUser(ctx, tx, u); err != nil {
			return err
		}
		_, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("user_id = ?", u.ID).Where("id <> ?", keep).Exec(ctx)
		return err
	})
}

func updateUser(ctx context.Context, tx bun.Tx, u *bonafide.User) error {
	res, err := tx.NewUpdate().Model(rowOfUser(u)).ExcludeColumn("time_created", "meta").WherePK().Exec(ctx)
	return changed("User", res, err)
}

// DeleteUser implements store.Store.
func (s *Store) DeleteUser(ctx context.Context, id bonafide.ID) error {
	return s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := deleteUsers(ctx, tx, "id = ?", id)
		if err == nil && n == 0 {
			return bonafide.Errorf(bonafide.CodeNotFound, "User not found")
		}
		return err
	})
}

// deleteUsers deletes the users for whom the condition on their row holds.
func deleteUsers(ctx context.Context, tx bun.Tx, condition string, value any) (int64, error) {
	those := tx.NewSelect().Table("users").Column("id").Where(condition, value)
	if _, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("user_id IN (?)", those).Exec(ctx); err != nil {
		return 0, err
	}
	if _, err := tx.NewUpdate().Table("folders").Set("user_id = NULL").Where("user_id IN (?)", those).Exec(ctx); err != nil {
		return 0, err
	}
	res, err := tx.NewDelete().Table("users").Where(condition, value).Exec(ctx)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Users implements store.Store.
func (s *Store) Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error) {
	return page(ctx, s, userList(scope), q, (*userRow).user)
}

func userOwner() listing.Owner {
	return listing.Owner{Company: "users.company_id = ?", User: "users.id = ?"}
}

func userList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: userOwner(), Scope: scope, Tie: "users.id", Fields: map[string]listing.Field{
		"user_id":      {Column: "users.id", Sorts: true},
		"company_id":   {Column: "users.company_id", Sorts: true},
		"user_type":    {Column: "users.type", Sorts: true},
		"email":        {Column: "users.email", Sorts: true},
		"first_name":   {Column: "users.first_name", Sorts: true},
		"last_name":    {Column: "users.last_name", Sorts: true},
		"is_active":    {Type: listing.Flag, Column: "users.active"},
		"is_service":   {Type: listing.Flag, Column: "users.service"},
		"search_text":  {Type: listing.Search, Column: "users.search"},
		"time_created": {Type: listing.Instant, Column: "users.time_created", Sorts: true},
		"time_updated": {Type: listing.Instant, Column: "users.time_updated", Sorts: true},
		"meta_data":    {Type: listing.Object, Column: "users.meta"},
	}}
}
