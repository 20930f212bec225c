package monitor

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"github.com/bonafide-id/bonafide/internal/httpd"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// remoteEvery is how often a bucket is written to at most, which costs money.
const remoteEvery = 15 * time.Second

// checks are what the server needs to do its work.
func (m *Monitor) checks() []httpd.Check {
	return []httpd.Check{
		// A process whose models do not load does not come so far.
		{Name: "models", Ask: func(context.Context) error { return nil }},
		{Name: "ffmpeg", Fault: "not installed, videos are refused", Degrades: true, Ask: func(context.Context) error { return m.Video() }},
		{Name: "database", Fault: "does not answer", Ask: m.database},
		{Name: "blobs", Fault: "cannot be written to", Every: m.blobsEvery(), Ask: m.Config.Blobs.Writable},
		{Name: "disk", Fault: "no room for two of the largest uploads", Ask: m.disk},
		{Name: "queue", Fault: "an order has waited too long", Degrades: true, Ask: m.queue},
	}
}

func (m *Monitor) blobsEvery() time.Duration {
	if m.Config.Config.Blobs != "" {
		return remoteEvery
	}
	return time.Second
}

func (m *Monitor) database(ctx context.Context) error {
	_, err := m.Store.ReferenceChanges(ctx, m.Set.Embedder.Ref(), -1, "")
	return err
}

// disk fails where the largest upload, which needs as much again for its thumbnails, rows
// and log, has no room.
func (m *Monitor) disk(context.Context) error {
	free, _, err := Room(m.Data)
	if err == nil && free < 2*m.Limits.BodyBytes {
		err = fmt.Errorf("%d bytes are free", free)
	}
	return err
}

// queue fails where orders wait longer than they should. The server is ready all the same:
// others have the same queue.
func (m *Monitor) queue(ctx context.Context) error {
	b, err := m.Store.Backlog(ctx)
	if err == nil && b.OldestOrder > m.Serve.ReadyQueueAge {
		err = fmt.Errorf("%d orders wait, the oldest for %s", b.Orders, b.OldestOrder.Round(time.Second))
	}
	return err
}

// Problems tells what keeps the server from doing all of its work and can be told without
// asking the database.
func (m *Monitor) Problems(ctx context.Context) []wire.Problem {
	var all []wire.Problem
	if m.disk(ctx) != nil {
		all = append(all, wire.DiskFull)
	}
	if m.Config.Blobs.Damaged() > 0 {
		all = append(all, wire.DamagedFiles)
	}
	return all
}

// Room is how many bytes may still be written into a folder, and how many its file system
// has.
func Room(dir string) (free, size int64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, 0, err
	}
	return int64(s.Bavail) * s.Bsize, int64(s.Blocks) * s.Bsize, nil
}
