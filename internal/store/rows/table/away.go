package table

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"
)

// retryAfter is what a caller is told to wait while the database cannot be reached.
const retryAfter = 5 * time.Second

// What drivers of database servers say of their errors.
type (
	answered interface{ SQLState() string }  // what the server answered, by the standard's codes
	unsent   interface{ SafeToRetry() bool } // nothing had left for the server
)

// away tells whether there was no connection to the database's server, or is none any more,
// or whether the server says that it will answer the same question soon.
func away(err error) bool {
	if a := answered(nil); errors.As(err, &a) {
		switch a.SQLState() {
		// Too many connections, a restart in its stages, conflicts with others.
		case "53300", "57P01", "57P02", "57P03", "40001", "40P01":
			return true
		}
		return false
	}
	var network *net.OpError
	var name *net.DNSError
	u := unsent(nil)
	return errors.As(err, &network) || errors.As(err, &name) || errors.As(err, &u) && u.SafeToRetry() ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn)
}
