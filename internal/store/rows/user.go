package rows

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
	"github.com/bonafide-id/bonafide/internal/store/rows/listing"
	"github.com/bonafide-id/bonafide/internal/store/rows/signin"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

type userRow struct {
	bun.BaseModel `bun:"table:users,alias:users"`

	ID           bonafide.ID                                    `bun:"id,pk"`
	CompanyID    bonafide.ID                                    `bun:"company_id,nullzero"`
	Type         bonafide.UserType                              `bun:"type"`
	Service      bool                                           `bun:"service"`
	Active       bool                                           `bun:"active"`
	Email        string                                         `bun:"email"`
	FirstName    string                                         `bun:"first_name"`
	LastName     string                                         `bun:"last_name"`
	MiddleName   string                                         `bun:"middle_name"`
	PasswordHash string                                         `bun:"password_hash"`
	MayStart     table.Document[map[bonafide.AnalysisType]bool] `bun:"may_start"`
	Meta         table.Document[bonafide.Meta]                  `bun:"meta"`
	TimeCreated  table.Micros                                   `bun:"time_created"`
	TimeUpdated  table.Micros                                   `bun:"time_updated"`
	Search       string                                         `bun:"search"` // what search_text looks in
}

func rowOfUser(u *bonafide.User) *userRow {
	mayStart := u.MayStart
	if mayStart == nil {
		mayStart = map[bonafide.AnalysisType]bool{}
	}
	return &userRow{
		ID: u.ID, CompanyID: u.CompanyID, Type: u.Type, Service: u.Service, Active: u.Active,
		Email:     table.Printable(strings.ToLower(u.Email)),
		FirstName: table.Printable(u.FirstName), LastName: table.Printable(u.LastName), MiddleName: table.Printable(u.MiddleName),
		PasswordHash: u.PasswordHash, MayStart: table.DocumentOf(mayStart), Meta: table.MetaOf(u.Meta),
		TimeCreated: table.MicrosOf(u.TimeCreated), TimeUpdated: table.MicrosOf(u.TimeUpdated),
		Search: searchable(u.FirstName, u.MiddleName, u.LastName, u.Email),
	}
}

// searchable joins what may be searched for in one column. SQLite itself folds
// the case of ASCII alone.
func searchable(texts ...string) string {
	return table.Printable(strings.ToLower(strings.Join(texts, " ")))
}

func (r *userRow) user() bonafide.User {
	return bonafide.User{
		ID: r.ID, CompanyID: r.CompanyID, Type: r.Type, Service: r.Service, Active: r.Active,
		Email: r.Email, FirstName: r.FirstName, LastName: r.LastName, MiddleName: r.MiddleName,
		PasswordHash: r.PasswordHash, MayStart: r.MayStart.V, Meta: r.Meta.V,
		TimeCreated: r.TimeCreated.Time(), TimeUpdated: r.TimeUpdated.Time(),
	}
}

// CreateUser implements store.Store.
func (s *Store) CreateUser(ctx context.Context, u *bonafide.User) error {
	table.Stamp(&u.TimeCreated, &u.TimeUpdated)
	return s.Insert(ctx, rowOfUser(u))
}

// User implements store.Store.
func (s *Store) User(ctx context.Context, id bonafide.ID) (*bonafide.User, error) {
	return s.userWhere(ctx, "id = ?", id)
}

// UserByEmail implements store.Store.
func (s *Store) UserByEmail(ctx context.Context, email string) (*bonafide.User, error) {
	return s.userWhere(ctx, "email = ?", table.Printable(strings.ToLower(email)))
}

func (s *Store) userWhere(ctx context.Context, condition string, value any) (*bonafide.User, error) {
	var row userRow
	if err := s.Reader().NewSelect().Model(&row).Where(condition, value).Scan(ctx); err != nil {
		return nil, table.Missing("User", err)
	}
	u := row.user()
	return &u, nil
}

// ChangeUser implements store.Store.
func (s *Store) ChangeUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, do func(*store.UserEdit) error) (*bonafide.User, error) {
	var u *bonafide.User
	err := s.editUser(ctx, scope, id, do, func(ctx context.Context, tx bun.Tx, e *store.UserEdit) error {
		e.TimeUpdated = table.Now()
		_, err := tx.NewUpdate().Model(rowOfUser(&e.User)).ExcludeColumn("id", "time_created", "meta").Where("id = ?", id).Exec(ctx)
		if err != nil {
			return err
		}
		u = &e.User
		if e.Notice != nil {
			at := table.MicrosOf(e.TimeUpdated)
			row := eventSessionRow{ID: bonafide.NewID(), CompanyID: e.CompanyID, UserID: e.ID, Data: table.MetaOf(e.Notice), TimeCreated: at, TimeUpdated: at}
			if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
				return err
			}
		}
		if !e.EndSessions {
			return nil
		}
		return signin.EndSessions(ctx, tx, tx.NewSelect().Table("users").Column("id").Where("id = ?", id), e.KeepSession)
	})
	return u, err
}

// DeleteUser implements store.Store.
func (s *Store) DeleteUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, allow func(*store.UserEdit) error) error {
	return s.editUser(ctx, scope, id, allow, func(ctx context.Context, tx bun.Tx, _ *store.UserEdit) error {
		return deleteUsers(ctx, tx, "id = ?", id)
	})
}

// editUser shows a user to ask and, unless that refuses, does what is to be done, in
// one transaction.
func (s *Store) editUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID, ask func(*store.UserEdit) error,
	do func(context.Context, bun.Tx, *store.UserEdit) error) error {
	var refused error
	err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error {
		// All active ADMINs are held, so that two of them cannot go at once.
		var admins []bonafide.ID
		err := s.Hold(tx.NewSelect().Model((*userRow)(nil)).Column("id")).
			Where("type = ? AND active", bonafide.Admin).Scan(ctx, &admins)
		if err != nil {
			return err
		}
		var row userRow
		q := s.Hold(tx.NewSelect().Model(&row)).Where("users.id = ?", id)
		if err := userOwner().Within(q, scope).Scan(ctx); err != nil {
			return table.Missing("User", err)
		}
		others := slices.DeleteFunc(admins, func(admin bonafide.ID) bool { return admin == id })
		e := &store.UserEdit{User: row.user(), OtherAdmins: len(others), Company: func(id bonafide.ID) (*bonafide.Company, error) {
			var row companyRow
			if err := tx.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
				return nil, table.Missing("Company", err)
			}
			c := row.company()
			return &c, nil
		}}
		if refused = ask(e); refused != nil {
			return refused
		}
		return do(ctx, tx, e)
	})
	if refused != nil {
		return refused
	}
	return err
}

// deleteUsers deletes the users for whom the condition on their row holds.
func deleteUsers(ctx context.Context, tx bun.Tx, condition string, value any) error {
	those := tx.NewSelect().Table("users").Column("id").Where(condition, value)
	if err := signin.EndSessions(ctx, tx, those, 0); err != nil {
		return err
	}
	if _, err := tx.NewUpdate().Table("folders").Set("user_id = NULL").Where("user_id IN (?)", those).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewDelete().Table("users").Where(condition, value).Exec(ctx)
	return err
}

// Users implements store.Store.
func (s *Store) Users(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.User], error) {
	return table.Page(ctx, s, userList(scope), q, (*userRow).user)
}

func userOwner() listing.Owner {
	return listing.Owner{Company: "users.company_id = ?", User: "users.id = ?"}
}

func userList(scope bonafide.Scope) listing.List {
	return listing.List{Owner: userOwner(), Scope: scope, Tie: "users.id", Fields: map[string]listing.Field{
		"user_id":      {Column: "users.id", Sorts: true},
		"company_id":   {Column: "users.company_id", Sorts: true, Null: true},
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
