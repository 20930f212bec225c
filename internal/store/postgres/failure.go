package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// retryAfter is what a caller is told to wait while the database cannot be reached.
const retryAfter = 5 * time.Second

// failure gives an error a code, as table.Failure does, and knows objects that exist
// already, references to those that do not, a full disk, and a database that cannot be
// reached or is being restarted.
func failure(err error) error {
	var coded *bonafide.Error
	if errors.As(err, &coded) {
		return err
	}
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refusal(refused, err)
	}
	if lost(err) {
		return busy(err)
	}
	return table.Failure(err)
}

// lost tells whether there was no connection, or is none any more.
func lost(err error) bool {
	var unreached *pgconn.ConnectError
	var network *net.OpError
	switch {
	case err == nil:
		return false
	case errors.As(err, &unreached):
		return true
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return false
	}
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}

// refusal knows what the database has answered, see its manual, appendix A.
func refusal(refused *pgconn.PgError, err error) error {
	switch refused.Code {
	case "23505": // unique_violation
		return bonafide.Wrap(bonafide.CodeExists, "Object already exists", err)
	case "23503": // foreign_key_violation
		return bonafide.Wrap(bonafide.CodeValue, "Object refers to another that does not exist", err)
	case "53100": // disk_full
		return bonafide.Wrap(bonafide.CodeNoRoom, "There is no room for the database on its server's disk", err)
	case "53300", "57P01", "57P02", "57P03", "40001", "40P01": // too many connections, restarts, conflicts with others
		return busy(err)
	}
	return table.Failure(err)
}

func busy(err error) error {
	e := bonafide.Wrap(bonafide.CodeBusy, "The database cannot be reached at the moment", err)
	e.RetryAfter = retryAfter
	return e
}
