package table

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

const (
	// claimHolds is the time from the putting of a blob to the row of its file, which
	// no upload and no attempt at a group comes near.
	claimHolds = 10 * time.Minute
	// sweepBatch bounds how long a sweep keeps other writers waiting.
	sweepBatch = 16
)

type looseBlobRow struct {
	bun.BaseModel `bun:"table:loose_blobs,alias:loose"`

	Digest string `bun:"digest,pk"`
	Due    Micros `bun:"due"`
}

// ClaimBlobs implements store.Store. It does not wait for the disk: when the
// machine loses power, the upload is lost with the claim.
func (s DB) ClaimBlobs(ctx context.Context, digests ...string) error {
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error {
		return loosen(ctx, tx, Now().Add(claimHolds), digests...)
	})
}

// allBlobs is a digest that no blob has. Its row keeps all blobs.
const allBlobs = ""

// HoldBlobs implements store.Store.
func (s DB) HoldBlobs(ctx context.Context, until time.Time) error {
	return s.Note(ctx, func(ctx context.Context, tx bun.Tx) error { return loosen(ctx, tx, until, allBlobs) })
}

// UnknownBlobs implements store.Store.
func (s DB) UnknownBlobs(ctx context.Context, digests ...string) ([]string, error) {
	if len(digests) == 0 {
		return nil, nil
	}
	var known []string
	files := s.Reader().NewSelect().Model((*FileRow)(nil)).Column("digest").Where("digest IN (?)", bun.List(digests))
	loose := s.Reader().NewSelect().Model((*looseBlobRow)(nil)).Column("digest").Where("digest IN (?)", bun.List(digests))
	if err := files.UnionAll(loose).Scan(ctx, &known); err != nil {
		return nil, Failure(err)
	}
	return slices.DeleteFunc(slices.Clone(digests), func(d string) bool { return slices.Contains(known, d) }), nil
}

// loosen notes that the blobs may have no file from due on. A later time that was
// noted before stands. One statement may not touch a row twice.
func loosen(ctx context.Context, tx bun.Tx, due time.Time, digests ...string) error {
	digests = slices.Compact(slices.Sorted(slices.Values(digests)))
	rows := make([]looseBlobRow, len(digests))
	for i, digest := range digests {
		rows[i] = looseBlobRow{Digest: digest, Due: MicrosOf(due)}
	}
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT (digest) DO UPDATE").Set("due = CASE WHEN loose.due > excluded.due THEN loose.due ELSE excluded.due END").Exec(ctx)
	return err
}

// DeleteFiles makes links dead and leaves their blobs to the sweep.
func DeleteFiles(ctx context.Context, tx bun.Tx, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	var digests []string
	err := tx.NewSelect().Model((*FileRow)(nil)).ColumnExpr("DISTINCT digest").Where("key IN (?)", bun.List(keys)).Scan(ctx, &digests)
	if err != nil || len(digests) == 0 {
		return err
	}
	if _, err := tx.NewDelete().Model((*FileRow)(nil)).Where("key IN (?)", bun.List(keys)).Exec(ctx); err != nil {
		return err
	}
	return loosen(ctx, tx, Now(), digests...)
}

// SweepBlobs implements store.Store. remove is called within a transaction, so
// that no claim and no file comes between the look and the removal.
func (s DB) SweepBlobs(ctx context.Context, at time.Time, remove func(ctx context.Context, digest string) error) (removed int, err error) {
	var due []string
	err = s.Reader().NewSelect().Model((*looseBlobRow)(nil)).Column("digest").Where("due <= ? AND digest <> ?", MicrosOf(at), allBlobs).Order("due").Scan(ctx, &due)
	if err != nil {
		return 0, Failure(err)
	}
	var failed []error
	for batch := range slices.Chunk(due, sweepBatch) {
		sw := sweep{at: MicrosOf(at), remove: remove}
		err := s.Record(ctx, func(ctx context.Context, tx bun.Tx) error { return sw.run(ctx, tx, batch) })
		if err != nil {
			return removed, err
		}
		removed += sw.removed
		failed = append(failed, sw.failed...)
	}
	return removed, errors.Join(failed...)
}

// sweep is one transaction of SweepBlobs.
type sweep struct {
	at      Micros
	remove  func(ctx context.Context, digest string) error
	removed int
	failed  []error
}

// run looks at some blobs again, removes those that no file names, and forgets
// all but those that could not be removed.
func (s *sweep) run(ctx context.Context, tx bun.Tx, digests []string) error {
	var rows []struct {
		Digest string
		Named  bool
	}
	held, err := tx.NewSelect().Model((*looseBlobRow)(nil)).Where("digest = ? AND due > ?", allBlobs, s.at).Exists(ctx)
	if err != nil || held {
		return err
	}
	err = tx.NewSelect().Model((*looseBlobRow)(nil)).Column("digest").
		ColumnExpr("EXISTS (SELECT 1 FROM files WHERE files.digest = loose.digest) AS named").
		Where("digest IN (?) AND due <= ?", bun.List(digests), s.at).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	var settled []string
	for _, r := range rows {
		if r.Named {
			settled = append(settled, r.Digest)
			continue
		}
		err := s.remove(ctx, r.Digest)
		switch {
		case err == nil:
			s.removed++
		case bonafide.CodeOf(err) != bonafide.CodeNotFound: // else never put, or removed before a crash
			s.failed = append(s.failed, err)
			continue
		}
		settled = append(settled, r.Digest)
	}
	if len(settled) == 0 {
		return nil
	}
	_, err = tx.NewDelete().Model((*looseBlobRow)(nil)).Where("digest IN (?)", bun.List(settled)).Exec(ctx)
	return err
}
