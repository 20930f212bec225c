// Package ozapi is the HTTP surface of the Oz API: routes, bodies and the
// spelling of its JSON. It holds no rules of the business: it reads requests,
// asks the rooms behind the interfaces below, and writes their answers down.
package ozapi

import (
	"context"
	"io"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// What ozapi asks of the rooms behind it.
//
// The interfaces stay here. The concrete types that they mention belong to the
// rooms that fill them: until those exist they are declared at the end of this file
// under the comment that says where each is going; then the local copy goes.

// Gate lets callers in. *auth.Gate satisfies it.
type Gate interface {
	// SignIn checks a password. Unknown e-mail, wrong password and an inactive user
	// are all the same CodeBadToken error. source is the address of the client, empty
	// when it cannot be told from others'; too many tries are CodeThrottled.
	SignIn(ctx context.Context, email, password, source string) (*auth.Grant, error)
	// Refresh gives a new pair; the old pair lives until the new access token is
	// first used. accessToken may have expired. CodeBadToken "Session not found",
	// CodeForbidden "You have not access to refresh this session" where the two
	// tokens belong to different sessions.
	Refresh(ctx context.Context, accessToken, expireToken string) (*auth.Grant, error)
	// Authenticate finds the caller of a token, prolongs the session and, at the first
	// use of a refreshed pair, ends the old one. CodeNoToken on "", CodeBadToken,
	// CodeExpired.
	Authenticate(ctx context.Context, accessToken string) (*auth.Caller, error)
}

// Desk takes in media and orders. *intake.Desk satisfies it.
type Desk interface {
	// Accept streams one file to the blobs and finds out what it is. Nothing but the
	// blob exists afterwards. r ends with the part; its errors come back as they are.
	// A file that is no media, or too large, is CodeValue or CodeTooLarge.
	Accept(ctx context.Context, key, name string, r io.Reader) (*File, error)
	// Discard lets go of accepted files that will belong to no folder.
	Discard(ctx context.Context, files []File)

	// CreateFolder stores folder, media and, where up.Payload.Orders is not empty, the
	// first group of analyses, in one transaction.
	CreateFolder(ctx context.Context, u *bonafide.User, up Upload) (*Created, error)
	// AddMedia adds to a folder inside the scope. Created.Media holds the new media
	// only; Created.Analyses the new group where the payload ordered one.
	AddMedia(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, up Upload) (*Created, error)
	// Order orders a group of analyses on a folder inside the scope. An order of a
	// type that the user may not start is CodeForbidden.
	Order(ctx context.Context, u *bonafide.User, scope bonafide.Scope, folder bonafide.ID, o Orders) ([]bonafide.Analysis, error)
	// Wait returns when the group has ended or ctx is done; the latter is no error.
	Wait(ctx context.Context, group bonafide.ID) error

	// ChangeFolder merges metadata (RFC 7396, top level) and sets the endpoint.
	ChangeFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c FolderChange) (*bonafide.Folder, error)
	// ChangeMedia replaces tags and merges metadata.
	ChangeMedia(ctx context.Context, scope bonafide.Scope, id bonafide.ID, c MediaChange) (*bonafide.Media, error)
}

// Records is the part of bonafide.Store that reads need.
type Records interface {
	User(ctx context.Context, id bonafide.ID) (*bonafide.User, error)
	Company(ctx context.Context, id bonafide.ID) (*bonafide.Company, error)
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	Folders(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Folder], error)
	Media(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Media, error)
	MediaOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Media, error)
	Analysis(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Analysis, error)
	Analyses(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Analysis], error)
	AnalysesOf(ctx context.Context, folderIDs ...bonafide.ID) (map[bonafide.ID][]bonafide.Analysis, error)
	FileByKey(ctx context.Context, key string) (*bonafide.File, error)
}

// Blobs is the part of bonafide.Blobs that downloads need.
type Blobs interface {
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
}

// ---- internal/intake --------------------------------------------------------

// File is one accepted file. -> intake.File; its fields are intake's affair.
type File struct {
	Key string // name of the multipart part, joins the file to the payload
}

// Upload is files and what the client says about them. -> intake.Upload
type Upload struct {
	Files   []File // in the order of their arrival, which is the order of the media
	Payload Payload
}

// Payload is the decoded payload part; shapes and types were checked by ozapi,
// values (length and number of tags, URL, thresholds, unknown types) are checked by
// intake. Keys without a file are ignored. -> intake.Payload
type Payload struct {
	FolderMeta bonafide.Meta
	Tags       map[string][]string      // by part key
	MediaMeta  map[string]bonafide.Meta // by part key
	Orders                              // a single request where Lines is not empty
}

// Orders is a group of analyses. -> intake.Orders
type Orders struct {
	Lines    []OrderLine
	Endpoint string // resolution_endpoint, "" if not given
}

// OrderLine asks for one analysis. -> intake.OrderLine
type OrderLine struct {
	Type   bonafide.AnalysisType // upper case, not yet known to exist
	Source []string              // media ids or, in an upload, part keys; empty means all media
	Params bonafide.Params
	Meta   bonafide.Meta
}

// Created is what an upload made. -> intake.Created
type Created struct {
	Folder   bonafide.Folder
	Media    []bonafide.Media
	Analyses []bonafide.Analysis
}

// FolderChange is a PATCH of a folder; nil leaves as it is. -> intake.FolderChange
type FolderChange struct {
	Meta     bonafide.Meta
	Endpoint *string
}

// MediaChange is a PATCH of a media; nil leaves as it is. -> intake.MediaChange
type MediaChange struct {
	Tags *[]string
	Meta bonafide.Meta
}

// ---- internal/query ---------------------------------------------------------
//
//	func query.Folders(v url.Values, now time.Time) (bonafide.Query, error)
//	func query.Analyses(v url.Values, now time.Time) (bonafide.Query, error)       // GET /api/analyses
//	func query.FolderAnalyses(v url.Values, now time.Time) (bonafide.Query, error) // bare array: Limit -1 unless given
//	func query.Bool(v url.Values, name string) (bool, error)                       // absent: false; CodeValue
//
// Parameters that are no filter (with_analyses, with_user, with_company,
// total_omit) are skipped by the first three, total_omit sets Query.OmitTotal;
// filters on unknown fields are ignored, malformed values are CodeValue. ozapi adds
// the folder_id filter for lists inside a folder itself.
