package postgres

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// failure gives an error a code, as table.Failure does, and knows objects that exist
// already, references to those that do not, and a full disk. Codes are those of the
// database's manual, appendix A.
func failure(err error) error {
	var coded *bonafide.Error
	var refused *pgconn.PgError
	if errors.As(err, &coded) || !errors.As(err, &refused) {
		return table.Failure(err)
	}
	switch refused.Code {
	case "23505": // unique_violation
		return bonafide.Wrap(bonafide.CodeExists, "Object already exists", err)
	case "23503": // foreign_key_violation
		return bonafide.Wrap(bonafide.CodeValue, "Object refers to another that does not exist", err)
	case "53100": // disk_full
		return bonafide.Wrap(bonafide.CodeNoRoom, "There is no room for the database on its server's disk", err)
	}
	return table.Failure(err)
}
