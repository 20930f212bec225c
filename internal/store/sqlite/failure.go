package sqlite

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// failure gives an error a code, as table.Failure does, and knows objects that exist
// already and references to those that do not.
func failure(err error) error {
	var coded *bonafide.Error
	if errors.As(err, &coded) {
		return err
	}
	var refused *sqlite.Error
	if errors.As(err, &refused) {
		switch refused.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return bonafide.Wrap(bonafide.CodeExists, "Object already exists", err)
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return bonafide.Wrap(bonafide.CodeValue, "Object refers to another that does not exist", err)
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE:
			return bonafide.Wrap(bonafide.CodeNoRoom, "There is no room for the database on the server's disk", err)
		}
	}
	return table.Failure(err)
}
