package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/bonafide-id/bonafide"
)

// failure gives an error a code. Errors that have one, and those of an ended
// context, stay as they are.
func failure(err error) error {
	var coded *bonafide.Error
	if err == nil || errors.As(err, &coded) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var refused *sqlite.Error
	if errors.As(err, &refused) {
		switch refused.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return bonafide.Wrap(bonafide.CodeExists, "Object already exists", err)
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return bonafide.Wrap(bonafide.CodeValue, "Object refers to another that does not exist", err)
		}
	}
	return bonafide.Wrap(bonafide.CodeDatabase, "Database error", err)
}

// missing is failure for the reading of one row.
func missing(noun string, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return failure(err)
}

// changed turns an update that met no row into an error.
func changed(noun string, res sql.Result, err error) error {
	if err != nil {
		return failure(err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return failure(err)
	}
	if n == 0 {
		return bonafide.Errorf(bonafide.CodeNotFound, "%s not found", noun)
	}
	return nil
}
