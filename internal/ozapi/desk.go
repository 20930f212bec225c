package ozapi

import (
	"context"
	"io"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
)

// Authority lets callers in. *auth.Authority satisfies it.
type Authority interface {
	rest.Authenticator
	// SignIn checks a password. Unknown e-mail, wrong password and an inactive user
	// are all the same CodeBadToken error; too many tries are CodeThrottled.
	SignIn(ctx context.Context, email, password string, from auth.Origin) (*auth.Grant, error)
	// Refresh gives a new pair; the old pair lives until the new access token is
	// first used, and refreshing it afterwards ends all that came of the sign-in.
	// accessToken may have expired. CodeBadToken "Session not found",
	// CodeForbidden "You have not access to refresh this session" where the two
	// tokens belong to different sessions.
	Refresh(ctx context.Context, accessToken, expireToken string) (*auth.Grant, error)
	// SignOut ends the session that the caller came with, and all that was refreshed
	// from the same sign-in.
	SignOut(ctx context.Context, by *auth.Caller) error
	// ServiceToken opens a long session of a service account inside the scope, under a
	// name that may be empty. CodeFull where the account has enough of them.
	ServiceToken(ctx context.Context, scope bonafide.Scope, id bonafide.ID, name string) (*auth.Grant, error)
	// SignIns gives the sign-ins of a user inside the scope that have not ended.
	SignIns(ctx context.Context, scope bonafide.Scope, user bonafide.ID) ([]auth.SignIn, error)
	// EndSession ends one of them, EndSessions all but that of the caller.
	EndSession(ctx context.Context, scope bonafide.Scope, user bonafide.ID, session int64) error
	EndSessions(ctx context.Context, by *auth.Caller, scope bonafide.Scope, user bonafide.ID) error

	// User finds a user inside the scope.
	User(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.User, error)
	// AddUser, ChangeUser and RemoveUser hold that nobody reaches beyond the scope,
	// raises anybody above their own company, or takes the last ADMIN away.
	AddUser(ctx context.Context, scope bonafide.Scope, c auth.Change) (*bonafide.User, error)
	ChangeUser(ctx context.Context, by *auth.Caller, scope bonafide.Scope, id bonafide.ID, c auth.Change) (*bonafide.User, error)
	RemoveUser(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Desk takes in media and orders. *intake.Desk satisfies it.
type Desk interface {
	rest.Acceptor // of files that no row knows of yet

	// CheckEndpoint refuses an address that webhooks must not be sent to: CodeValue.
	CheckEndpoint(endpoint string) error

	// CreateFolder stores folder, media and, where up.Payload.Orders is not empty, the
	// first group of analyses, in one transaction.
	CreateFolder(ctx context.Context, u *bonafide.User, up intake.Upload) (*intake.Created, error)
	// AddMedia adds to a folder inside the scope. Created.Media holds the new media
	// only; Created.Analyses the new group where the payload ordered one.
	AddMedia(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, up intake.Upload) (*intake.Created, error)
	// Order orders a group of analyses on a folder inside the scope. An order of a
	// type that the user may not start is CodeForbidden.
	Order(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, o intake.Orders) ([]bonafide.Analysis, error)
	// Wait returns when the group has ended or ctx is done; the latter is no error.
	Wait(ctx context.Context, group bonafide.ID) error

	// ChangeFolder merges metadata (RFC 7396, top level) and sets the endpoint.
	ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c intake.FolderChange) (*bonafide.Folder, error)
	// MergeMeta and ReplaceMeta change the metadata of any object inside the scope, and
	// give what became of it.
	MergeMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error)
	ReplaceMeta(ctx context.Context, scope bonafide.Scope, kind bonafide.Kind, id bonafide.ID, m bonafide.Meta) (bonafide.Meta, error)
	// ChangeMedia replaces tags and merges metadata.
	ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c intake.MediaChange) (*bonafide.Media, error)
}

// Blobs is the part of blob.Store that downloads need.
type Blobs interface {
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}
