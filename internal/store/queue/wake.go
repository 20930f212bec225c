package queue

import (
	"context"
	"database/sql"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
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

// bellDriver is River's driver, except that notifications of new jobs come from the bell,
// in place of a table that is polled 20 times a second or of one message for each queue,
// and that jobs are claimed from all companies in turn. See
// docs/decisions/002-queue-pickup.md.
type bellDriver struct {
	riverdriver.Driver[*sql.Tx]
	bell    bell
	turn    *turn
	waiting string
}

// GetExecutor gives River what claims jobs in turn.
func (d *bellDriver) GetExecutor() riverdriver.Executor {
	return &turns{d.Driver.GetExecutor(), d.turn, d.waiting}
}

// GetListener gives the bell to River.
func (d *bellDriver) GetListener(p *riverdriver.GetListenenerParams) riverdriver.Listener {
	return &listener{bell: d.bell, schema: p.Schema}
}

// SupportsListener lets River ask for one.
func (d *bellDriver) SupportsListener() bool { return true }

// SupportsListenNotify stops River from sending notifications itself.
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
