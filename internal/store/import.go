package store

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
)

// ImportState is what has become of a file of an import.
type ImportState string

// The states of files.
const (
	ImportMissing  ImportState = "MISSING"  // the list names it, and it has not come
	ImportWaiting  ImportState = "WAITING"  // it has come and is looked at soon
	ImportReady    ImportState = "READY"    // of a dry run: it would be enrolled
	ImportEnrolled ImportState = "ENROLLED" // the person has it
	ImportRefused  ImportState = "REFUSED"  // for the reason that stands with it
)

// ImportNotListed is the reason for which a file is refused that the list does not name.
const ImportNotListed = "not_listed"

// Import takes many photos into a collection, in the background.
type Import struct {
	ID           bonafide.ID
	CompanyID    bonafide.ID // the collection's
	CollectionID bonafide.ID
	UserID       bonafide.ID // in whose name persons are enrolled
	DryRun       bool        // nothing is enrolled yet
	RefuseNear   bool        // whoever is like another person of the collection is refused
	Listed       bool        // there is a list of the files
	TimeCreated  time.Time
	TimeUpdated  time.Time
	Files        map[ImportState]int // how many there are of each state
}

// ImportFile is a file of an import.
type ImportFile struct {
	ImportID   bonafide.ID
	Number     int         // from 1, in the order of the list or of arrival
	Name       string      // of the file, unique within its import
	PersonID   bonafide.ID // whose photo it is or will be
	Existing   bool        // the list says that the person is there already
	ExternalID string      // of the person, empty where there is no list
	Tags       []string
	Meta       bonafide.Meta  // of a person who is new
	Photo      *bonafide.File // nil where it has not come or is not needed any more
	Digest     string         // of the photo, also when it is gone
	State      ImportState
	Reason     string      // code, empty unless it was refused
	Message    string      // for people, likewise
	NearID     bonafide.ID // other person of the collection who is like the one on it, empty for none
	Similarity float64     // to that person, to the millionth
	ImageID    bonafide.ID // of the photo of a person that came of it
	Attempts   int         // that were begun
}

// Imports keeps imports, for KeepImports after the last change. A scope with CompanyID
// sees that company's.
type Imports interface {
	// CreateImport stores an import with the files that its list names, and forgets old
	// ones. CodeFull where the collection has MaxImports.
	CreateImport(ctx context.Context, im *Import, files []ImportFile) error
	Import(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*Import, error)
	Imports(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[Import], error)
	ImportFiles(ctx context.Context, q bonafide.Query) (bonafide.Page[ImportFile], error)
	// AddImportFiles adds files that have come and gives how many of them are new. One
	// that is known by its name is looked at again if it was refused, and else left as it
	// is. CodeFull where there would be more than MaxImportFiles.
	AddImportFiles(ctx context.Context, id bonafide.ID, files []ImportFile) (int, error)
	// StartImport ends a dry run: what is READY is enrolled.
	StartImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
	// ClaimImportFile leases the next file to the caller, companies in turn; nil: none
	// waits. When the lease runs out before EndImportFile, it is due again.
	ClaimImportFile(ctx context.Context, lease time.Duration) (*Import, *ImportFile, error)
	// EndImportFile notes what has become of a leased file: State and what goes with it.
	// Where it was enrolled, the images are stored in the same transaction, and the person
	// if it is new. CodeExists where it has ended before, and nothing is changed.
	EndImportFile(ctx context.Context, im *Import, f *ImportFile, images []bonafide.PersonImage) error
	// ReturnImportFile makes a leased file due again at that time.
	ReturnImportFile(ctx context.Context, f *ImportFile, at time.Time) error
	// KnownPhoto tells whether a collection has a photo of the same bytes, or the import
	// another file that has come before.
	KnownPhoto(ctx context.Context, im *Import, f *ImportFile) (bool, error)
	DeleteImport(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// Bounds of imports.
const (
	MaxImports     = 100     // of a collection
	MaxImportFiles = 100_000 // of an import
	KeepImports    = 30 * 24 * time.Hour
)
