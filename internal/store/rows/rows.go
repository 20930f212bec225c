// Package rows keeps everything but blobs in the tables of a relational database:
// rows, queries, lists, deletion, retention, statistics. It speaks the SQL that
// databases have in common; what differs between them is behind table.Dialect. The
// one who implements that makes the tables and, for each of AuditedTables, the
// triggers.
package rows

import (
	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/rows/imports"
	"github.com/bonafide-id/bonafide/internal/store/rows/links"
	"github.com/bonafide-id/bonafide/internal/store/rows/merges"
	"github.com/bonafide-id/bonafide/internal/store/rows/reference"
	"github.com/bonafide-id/bonafide/internal/store/rows/signin"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Settle tells what the analyses of a folder, in order of creation, add up to. It
// is called within transactions, must not touch the store, and gets the analyses
// without results. It may get all of a folder or only those of the groups that ask a
// question last, which are a type and a collection, and of each question and state one
// more: the answer must be the same.
type Settle func([]bonafide.Analysis) bonafide.FolderState

// Store implements store.Store, but for Close.
type Store struct {
	table.DB
	signin.Book
	capture.Roll
	links.Links
	reference.Templates
	imports.Keeper
	merges.Merges
	settle Settle
	quotas table.Quotas
	owed   chan struct{} // holds one ring: a webhook delivery is owed
}

// New makes a store of a database whose tables are up to date.
func New(d table.Dialect, settle Settle, q table.Quotas) *Store {
	db := table.DB{Dialect: d}
	s := &Store{DB: db, Book: signin.Book{DB: db}, Roll: capture.Roll{DB: db}, Links: links.Links{DB: db}, Merges: merges.Merges{DB: db}, Templates: reference.Templates{DB: db}, settle: settle, quotas: q, owed: make(chan struct{}, 1)}
	s.Keeper = imports.Keeper{DB: db, Enrol: s.enrol}
	return s
}
