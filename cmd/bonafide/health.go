package main

import (
	"context"
	"syscall"
	"time"

	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// healthWithin bounds how long the database may take to answer.
const healthWithin = 2 * time.Second

// problems tells what keeps the server from doing all of its work.
func (p *parts) problems(ctx context.Context) []wire.Problem {
	var all []wire.Problem
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	if _, err := p.Store.ReferenceChanges(ctx, p.pipeline.set.Embedder.Ref(), -1, ""); err != nil {
		all = append(all, wire.NoDatabase)
	}
	// The largest upload needs as much again for its thumbnails, rows and log.
	if room, err := roomIn(p.cfg.Data); err == nil && room < 2*p.cfg.Limits.BodyBytes {
		all = append(all, wire.DiskFull)
	}
	if p.Blobs.Damaged() > 0 {
		all = append(all, wire.DamagedFiles)
	}
	return all
}

// roomIn is how many bytes may still be written into a folder.
func roomIn(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil
}
