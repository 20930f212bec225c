package pgvector

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
)

// nearest gives the references with the greatest upper bounds of cosines, those without
// one before all others. The sum of products in float32 is off by no more than the part $4
// of the lengths, and by a little where numbers are too small for float32. Where they may be
// too great for it, the bound is infinite.
const nearest = `
SELECT image_id, person_id, upper, template::real[]
FROM (
    SELECT image_id, person_id, template,
        CASE WHEN length * $5 < 1e37 THEN $4 * length + 1e-30 - (template <#> $3::real[]::vector) ELSE 'Infinity' END AS upper
    FROM gallery_references
    WHERE space = $1 AND collection_id = $2
    ORDER BY upper DESC NULLS FIRST
    LIMIT $6
) AS best`

// Search implements gallery.Index.
func (x *Index) Search(ctx context.Context, probe bonafide.Template, collection bonafide.ID, k int) (hits []gallery.Hit, size int, err error) {
	err = x.read(ctx, func(tx pgx.Tx, s space) error {
		if size, err = s.size(ctx, tx, collection); err != nil || size == 0 {
			return err
		}
		v := probe.Vector()
		if len(v) != s.dim {
			return bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be compared")
		}
		if !gallery.Finite(v) {
			return errors.New("the probe holds what is not a number")
		}
		hits, err = s.search(ctx, tx, question{v, collection, k, size})
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return hits, size, nil
}

type question struct {
	probe      []float32
	collection bonafide.ID
	k, size    int
}

// search asks for more and more references until those that it did not get cannot be
// among the best.
func (s space) search(ctx context.Context, tx pgx.Tx, q question) ([]gallery.Hit, error) {
	for n := 4*q.k + 32; ; n *= 8 {
		found, least, err := s.nearest(ctx, tx, q, n)
		if err != nil {
			return nil, err
		}
		hits := gallery.Best(found, q.k)
		if len(found) == q.size {
			return hits, nil
		}
		if len(found) < min(n, q.size) {
			return nil, fmt.Errorf("%d of %d references were compared", len(found), min(n, q.size))
		}
		// Hit.Cosine is rounded to float32.
		if len(hits) == q.k && (q.k == 0 || float64(hits[q.k-1].Cosine)-math.Abs(float64(hits[q.k-1].Cosine))*1e-6 > least) {
			return hits, nil
		}
	}
}

// nearest compares the n references with the greatest upper bounds, and tells the least of
// these bounds.
func (s space) nearest(ctx context.Context, tx pgx.Tx, q question, n int) (found []gallery.Scored, least float64, err error) {
	length := math.Sqrt(gallery.Score(q.probe, q.probe))
	// Half of it is what a sum of that many products may be off.
	part := float64(len(q.probe)+2) * 0x1p-23 * length
	rows, err := tx.Query(ctx, nearest, s.number, q.collection, q.probe, part, length, n)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	least = math.Inf(1)
	for rows.Next() {
		var one gallery.Scored
		var upper *float64
		var v []float32
		if err := rows.Scan(&one.ImageID, &one.PersonID, &upper, &v); err != nil {
			return nil, 0, err
		}
		if upper == nil || v == nil {
			return nil, 0, fmt.Errorf("the reference of image %s gives what is not a number", one.ImageID)
		}
		one.Score, least = gallery.Score(q.probe, v), min(least, *upper)
		if math.IsNaN(one.Score) || math.IsInf(one.Score, 0) {
			return nil, 0, fmt.Errorf("the reference of image %s gives what is not a number", one.ImageID)
		}
		found = append(found, one)
	}
	return found, least, rows.Err()
}
