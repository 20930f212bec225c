package sqlite

import (
	"context"
	"database/sql"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
)

// bell tells the queue's workers of this process that a group has been committed.
// It holds one ring; more would mean the same.
type bell chan struct{}

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// bellDriver is River's driver for SQLite, except that notifications of new jobs come
// from the bell instead of a table that is polled 20 times a second, and that jobs are
// claimed from all companies in turn. See docs/decisions/002-queue-pickup.md.
type bellDriver struct {
	*riversqlite.Driver
	bell bell
	turn *turn
}

func newDriver(db *sql.DB, b bell, t *turn) *bellDriver {
	return &bellDriver{riversqlite.New(db), b, t}
}

// GetExecutor gives River what claims jobs in turn.
func (d *bellDriver) GetExecutor() riverdriver.Executor {
	return &turns{d.Driver.GetExecutor(), d.turn}
}

// GetListener gives the bell to River.
func (d *bellDriver) GetListener(p *riverdriver.GetListenenerParams) riverdriver.Listener {
	return &listener{bell: d.bell, schema: p.Schema}
}

// SupportsListenNotify stops River from writing notifications into its table.
func (d *bellDriver) SupportsListenNotify() bool { return false }

// listener implements riverdriver.Listener. River subscribes to its topics before
// it waits, and asks for jobs once when it starts, so that no ring is missed.
type listener struct {
	bell   bell
	schema string
}

func (l *listener) Connect(context.Context) error          { return nil }
func (l *listener) Close(context.Context) error            { return nil }
func (l *listener) Ping(context.Context) error             { return nil }
func (l *listener) Listen(context.Context, string) error   { return nil }
func (l *listener) Unlisten(context.Context, string) error { return nil }
func (l *listener) Schema() string                         { return l.schema }
func (l *listener) SetAfterConnectExec(string)             {}

// WaitForNotification waits for a ring. A cancelled wait leaves the ring for the
// next.
func (l *listener) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-l.bell:
		return &riverdriver.Notification{Topic: "river_insert", Payload: `{"queue":"` + river.QueueDefault + `"}`}, nil
	}
}
