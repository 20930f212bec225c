package bonafide

import (
	"context"
	"io"
)

// Op is a comparison in a filter.
type Op string

// The comparisons of the list grammar.
const (
	OpIn          Op = "in"     // field is one of Values
	OpNotIn       Op = "not_in" // field is none of Values
	OpMin         Op = "min"    // field >= Values[0]
	OpMax         Op = "max"    // field <= Values[0]
	OpGreater     Op = "gt"     // field > Values[0]
	OpLess        Op = "lt"     // field < Values[0]
	OpContains    Op = "has"    // field has each of Values, in any case of letters, as a part
	OpEqual       Op = "eq"     // JSON path, compared as text
	OpNotEqual    Op = "ne"     // JSON path, compared as text
	OpMinNumber   Op = "jge"    // JSON path, compared as number
	OpMaxNumber   Op = "jle"
	OpGreaterThan Op = "jgt"
	OpLessThan    Op = "jlt"
)

// MaxFilterDepth limits the path elements of a JSON condition.
const MaxFilterDepth = 8

// Filter is one condition on a list. Values hold string, int64 (times, in
// microseconds since 1970), bool or nil (null). Path is set for conditions on a
// JSON field, e.g. field meta_data with path ["person", "0", "name"].
type Filter struct {
	Field  string
	Path   []string
	Op     Op
	Values []any
}

// Sort is one sorting key.
type Sort struct {
	Field string
	Desc  bool
}

// Query selects a page of a list. All filters must hold. Limit -1 means all.
type Query struct {
	Filters   []Filter
	Sorting   []Sort
	Offset    int
	Limit     int
	OmitTotal bool
}

// Scope limits what a caller may see; zero fields do not limit.
type Scope struct {
	CompanyID ID
	UserID    ID
	// Nothing is set for a caller who may see no object at all.
	Nothing bool
}

// Page is one page of a list. Total is -1 when it was not asked for.
type Page[T any] struct {
	Items []T
	Total int
}

// Order is a group of analyses to be stored and queued in one transaction.
type Order struct {
	GroupID  ID
	Analyses []Analysis
}

// AnalysisResult ends one analysis.
type AnalysisResult struct {
	AnalysisID   ID
	State        Status // FINISHED or FAILED
	Resolution   Status
	Result       *Result
	ErrorCode    Code
	ErrorMessage string
}

// Store keeps everything but blobs. Every method is safe for concurrent use and
// is atomic: it is stored and flushed to disk as a whole when it returns nil, or
// not at all. Missing objects, and objects outside the scope, are CodeNotFound.
type Store interface {
	Sightings

	CreateCompany(ctx context.Context, c *Company) error
	Company(ctx context.Context, id ID) (*Company, error)

	CreateUser(ctx context.Context, u *User) error // CodeExists on a taken e-mail
	User(ctx context.Context, id ID) (*User, error)
	UserByEmail(ctx context.Context, email string) (*User, error)
	Accounts
	Metas

	// CreateSession fills s.ID.
	CreateSession(ctx context.Context, s *Session) error
	SessionByAccess(ctx context.Context, accessHash string) (*Session, error)
	SessionByRefresh(ctx context.Context, refreshHash string) (*Session, error)
	// ConfirmSession clears ParentID and deletes the parent.
	ConfirmSession(ctx context.Context, id int64) error
	// TouchSession stores the new ExpiresAt. It may be lost in a crash.
	TouchSession(ctx context.Context, s *Session) error
	// DeleteSession deletes a session with those that refresh it.
	DeleteSession(ctx context.Context, id int64) error

	// CreateFolder stores a folder with its media and, where order is not nil, its
	// first group of analyses, and queues that group.
	CreateFolder(ctx context.Context, f *Folder, media []Media, order *Order) error
	// AddMedia adds media to a folder and merges meta (nil: nothing) into its
	// metadata, top-level keys replaced.
	AddMedia(ctx context.Context, folderID ID, media []Media, meta Meta) error
	Folder(ctx context.Context, scope Scope, id ID) (*Folder, error)
	Folders(ctx context.Context, scope Scope, q Query) (Page[Folder], error)
	UpdateFolder(ctx context.Context, f *Folder) error // metadata, endpoint, legal hold

	Media(ctx context.Context, scope Scope, id ID) (*Media, error)
	// MediaOf gives the media of the folders in upload order, keyed by folder.
	MediaOf(ctx context.Context, folderIDs ...ID) (map[ID][]Media, error)
	UpdateMedia(ctx context.Context, m *Media) error // tags and metadata
	// FileByKey finds a file (original, thumb or best shot) by the key in its link.
	FileByKey(ctx context.Context, key string) (*File, error)

	// OrderAnalyses stores the group and queues it.
	OrderAnalyses(ctx context.Context, folderID ID, order *Order) error
	Analysis(ctx context.Context, scope Scope, id ID) (*Analysis, error)
	Analyses(ctx context.Context, scope Scope, q Query) (Page[Analysis], error)
	// AnalysesOf gives the analyses of the folders in order of creation, keyed by folder.
	AnalysesOf(ctx context.Context, folderIDs ...ID) (map[ID][]Analysis, error)
	// Group gives the analyses of one group.
	Group(ctx context.Context, groupID ID) ([]Analysis, error)
	// FinishGroup ends those analyses of the group that are still PROCESSING and
	// leaves the others as they are: a second call changes nothing. The end of the
	// last one adds a Delivery where the folder has a ResolutionEndpoint.
	FinishGroup(ctx context.Context, groupID ID, results []AnalysisResult) error

	Deletions
	CollectionStore
	Outbox
	Decisions
	Retention
	Statistics
	Events
	AuditLog
	Reports
	ReportTemplates

	Close() error
}

// Queue hands ordered groups to workers. Delivery is at least once.
type Queue interface {
	// Work runs workers goroutines until ctx ends, then waits for those running. run
	// is called once per attempt; attempt counts from 1, last is set when no
	// further attempt will follow: that is the third. An attempt that the end of the
	// whole process cut short does not count, since the group need not be to blame; a
	// group that was cut short ten times ends as FAILED all the same.
	Work(ctx context.Context, workers int, run func(ctx context.Context, groupID ID, attempt int, last bool) error) error
}

// Blob is stored content, named by its digest.
type Blob struct {
	Digest string // SHA-256 in lower-case hexadecimal
	MD5    string
	Size   int64
}

// StagedBlob is content that waits to be kept or discarded. One goroutine at a
// time may use it. A crash discards it.
type StagedBlob interface {
	Blob() Blob
	// Path gives a local file with the content, which lasts until it is kept or
	// discarded.
	Path() string
	// Discard removes what was not kept. It may be called more than once, and after
	// the content was kept.
	Discard()
}

// Blobs keep media bytes by digest. Safe for concurrent use.
type Blobs interface {
	// Stage copies r to the end into a local file that is no blob yet. r's errors are
	// returned as they are and leave nothing behind.
	Stage(ctx context.Context, r io.Reader) (StagedBlob, error)
	// Keep claims the digests of what Stage has given, and only then lets the contents
	// appear under them; when it returns nil the contents are on disk (fsync) or with
	// the object store. Equal content is kept once. Each may be kept once; after an
	// error some may have been kept, and all should be discarded.
	Keep(ctx context.Context, staged ...StagedBlob) error
	// Put is Stage and Keep.
	Put(ctx context.Context, r io.Reader) (Blob, error)
	Open(ctx context.Context, digest string) (io.ReadSeekCloser, error)
	// Path gives a local file with the content, for decoders that need one; done
	// must be called when it is no longer needed.
	Path(ctx context.Context, digest string) (path string, done func(), err error)
	Delete(ctx context.Context, digest string) error
}
