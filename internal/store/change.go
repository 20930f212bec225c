package store

import "github.com/bonafide-id/bonafide"

// UserEdit is a user within the transaction that changes or deletes them.
type UserEdit struct {
	bonafide.User
	// OtherAdmins is how many active users of type ADMIN there are besides this one.
	OtherAdmins int
	// Company gives a company as it is in the transaction.
	Company func(id bonafide.ID) (*bonafide.Company, error)
	// EndSessions, which the change may set, ends all sessions of the user but
	// KeepSession (0: none is kept).
	EndSessions bool
	KeepSession int64
	// Notice, which the change may set, is kept as an event session of the user.
	Notice bonafide.Meta
}

// Order is a group of analyses to be stored and queued in one transaction.
type Order struct {
	GroupID  bonafide.ID
	Analyses []bonafide.Analysis
}

// Addition is what is added to a folder at once.
type Addition struct {
	Media    []bonafide.Media
	Meta     bonafide.Meta // laid over the folder's, top-level keys replaced; nil for nothing
	Endpoint string        // takes the place of the folder's; empty leaves that as it is
	Order    *Order        // is stored and queued; nil for none
	// MaxMedia is how many media the folder may have afterwards, 0 for any number.
	// CodeTooLarge where there would be more.
	MaxMedia int
}

// Whole is a folder with all that is in it.
type Whole struct {
	Folder   bonafide.Folder
	Media    []bonafide.Media
	Analyses []bonafide.Analysis // in order of creation
}

// ReferenceChanges is a run of changes of references.
type ReferenceChanges struct {
	// Forgotten is set where changes after the number asked for are no longer known:
	// all references must be read anew, after which Last counts.
	Forgotten bool
	Last      int64 // number of the last change of this run
	More      bool  // there are later ones
	Changed   []bonafide.Reference
	Gone      []bonafide.ID // images that are deleted
	Foreign   []bonafide.ID // images that have a template of another model now
	Dropped   []bonafide.ID // collections that are deleted

	Held     int // references of the collection asked for that the model made
	Outdated int // those that another model made
}
