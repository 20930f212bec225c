package bonafide

import "context"

// Accounts is the part of Store that keeps companies and users. A scope with
// CompanyID sees that company and its users, one with UserID that user.
type Accounts interface {
	Companies(ctx context.Context, scope Scope, q Query) (Page[Company], error)
	UpdateCompany(ctx context.Context, c *Company) error // name, TechnicalMeta and days
	// CloseCompany sets InDeletion, deactivates the company's users and ends their
	// sessions. Closing twice is no error.
	CloseCompany(ctx context.Context, id ID) error
	// DeleteCompany deletes a company with its users and empty collections. CodeValue
	// while anything else of it is left.
	DeleteCompany(ctx context.Context, id ID) error

	Users(ctx context.Context, scope Scope, q Query) (Page[User], error)
	// UpdateUser replaces everything but metadata and the time of creation.
	UpdateUser(ctx context.Context, u *User) error
	// UpdateUserEndingSessions is UpdateUser and ends all sessions of the user but
	// keep (0: none is kept).
	UpdateUserEndingSessions(ctx context.Context, u *User, keep int64) error
	// DeleteUser deletes a user with his sessions. His folders stay and are nobody's.
	DeleteUser(ctx context.Context, id ID) error
}

// Kind is a kind of object that carries metadata.
type Kind string

// The kinds.
const (
	KindUser       Kind = "user"
	KindFolder     Kind = "folder"
	KindMedia      Kind = "media"
	KindAnalysis   Kind = "analysis"
	KindCollection Kind = "collection"
	KindPerson     Kind = "person"
)

// Metas is the part of Store that reads and changes the metadata of objects of
// all kinds alike.
type Metas interface {
	Meta(ctx context.Context, scope Scope, kind Kind, id ID) (Meta, error)
	// ChangeMeta replaces metadata by what change makes of it and returns that. change
	// must not touch the store; its error is returned as it is.
	ChangeMeta(ctx context.Context, scope Scope, kind Kind, id ID, change func(Meta) (Meta, error)) (Meta, error)
}
