// Package pgvector is a gallery.Index in a PostgreSQL database with the extension pgvector,
// for more references than memory holds. Every search compares with every reference: there
// is no index of neighbours, which would leave some out. The database sorts by cosines in
// float32; those that may be among the best are compared exactly here.
//
// All processes share what is in the database. It tells which change of the store it has
// last, and a process takes over changes only after that number.
package pgvector

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/gallery"
	"github.com/bonafide-id/bonafide/internal/store"
)

// tables are made where they are missing. A space is the templates of one model.
//
// Vectors are to stay in their rows: each search reads all of them.
const tables = `
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE gallery_spaces (
    space     INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model     TEXT    NOT NULL,
    version   TEXT    NOT NULL,
    dim       INTEGER NOT NULL DEFAULT 0,  -- numbers of a template, 0 while there was none
    last      BIGINT  NOT NULL DEFAULT -1, -- number of the last change that is taken over
    withdrawn BIGINT  NOT NULL DEFAULT 0,  -- references taken out that were not deleted
    UNIQUE (model, version)
);
CREATE TABLE gallery_references (
    space         INTEGER NOT NULL REFERENCES gallery_spaces (space) ON DELETE CASCADE,
    image_id      TEXT COLLATE "C" NOT NULL,
    person_id     TEXT COLLATE "C" NOT NULL,
    collection_id TEXT COLLATE "C" NOT NULL,
    template      vector, -- NULL where numbers of it are not finite
    length        FLOAT8  NOT NULL, -- of the template
    PRIMARY KEY (space, image_id)
);
ALTER TABLE gallery_references ALTER COLUMN template SET STORAGE MAIN;
CREATE INDEX gallery_references_collection ON gallery_references (collection_id, space);
CREATE INDEX gallery_references_image ON gallery_references (image_id);
`

// making is the lock of who makes the tables.
const making = 0x626f6e61

// Database holds the references of models.
type Database struct{ pool *pgxpool.Pool }

// Open connects to a database, whose address is that of a PostgreSQL with pgvector, and
// makes the tables.
func Open(ctx context.Context, url string) (*Database, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("pgvector: %w", err)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("pgvector: %w", err)
	}
	d := &Database{pool: pool}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", making); err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, "SELECT to_regclass('gallery_references') IS NOT NULL").Scan(&there); err != nil || there {
			return err
		}
		_, err := tx.Exec(ctx, tables)
		return err
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("pgvector: the database needs the extension vector, which its administrator can create: %w", err)
	}
	return d, nil
}

// Close ends all connections.
func (d *Database) Close() { d.pool.Close() }

// Keep deletes the references of all other models.
func (d *Database) Keep(ctx context.Context, models ...bonafide.ModelRef) error {
	names, versions := make([]string, len(models)), make([]string, len(models))
	for i, m := range models {
		names[i], versions[i] = m.Name, m.Version
	}
	_, err := d.pool.Exec(ctx, "DELETE FROM gallery_spaces WHERE (model, version) NOT IN (SELECT * FROM unnest($1::text[], $2::text[]))", names, versions)
	if err != nil {
		return fmt.Errorf("pgvector: %w", err)
	}
	return nil
}

// Index gives the index of the references of a model.
func (d *Database) Index(model bonafide.ModelRef) *Index { return &Index{pool: d.pool, model: model} }

// Index implements gallery.Index.
type Index struct {
	pool  *pgxpool.Pool
	model bonafide.ModelRef
}

// space is the row of the model.
type space struct {
	number, dim int
	mark        gallery.Mark
}

// space reads the row, which is made where there is none, and locks it where it is to be
// changed.
func (x *Index) space(ctx context.Context, tx pgx.Tx, lock bool) (space, error) {
	var s space
	question := "SELECT space, dim, last, withdrawn FROM gallery_spaces WHERE model = $1 AND version = $2"
	if lock {
		_, err := tx.Exec(ctx, "INSERT INTO gallery_spaces (model, version) VALUES ($1, $2) ON CONFLICT DO NOTHING", x.model.Name, x.model.Version)
		if err != nil {
			return s, err
		}
		question += " FOR UPDATE"
	}
	err := tx.QueryRow(ctx, question, x.model.Name, x.model.Version).Scan(&s.number, &s.dim, &s.mark.Last, &s.mark.Withdrawn)
	if !lock && errors.Is(err, pgx.ErrNoRows) {
		return space{mark: gallery.Mark{Last: -1}}, nil
	}
	return s, err
}

// read runs a question, all of which is answered as things are at one moment.
func (x *Index) read(ctx context.Context, ask func(tx pgx.Tx, s space) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return wrapped(pgx.BeginTxFunc(ctx, x.pool, options, func(tx pgx.Tx) error {
		s, err := x.space(ctx, tx, false)
		if err != nil {
			return err
		}
		return ask(tx, s)
	}))
}

// write runs a change, one after the other for a model.
func (x *Index) write(ctx context.Context, change func(tx pgx.Tx, s *space) error) error {
	return wrapped(pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		s, err := x.space(ctx, tx, true)
		if err != nil {
			return err
		}
		return change(tx, &s)
	}))
}

func wrapped(err error) error {
	if err == nil || bonafide.CodeOf(err) == bonafide.CodeModel {
		return err
	}
	return fmt.Errorf("pgvector: %w", err)
}

// At implements gallery.Index.
func (x *Index) At(ctx context.Context, collection bonafide.ID) (m gallery.Mark, err error) {
	err = x.read(ctx, func(tx pgx.Tx, s space) error {
		m = s.mark
		m.Size, err = s.size(ctx, tx, collection)
		return err
	})
	return m, err
}

func (s space) size(ctx context.Context, tx pgx.Tx, collection bonafide.ID) (n int, err error) {
	return n, tx.QueryRow(ctx, "SELECT count(*) FROM gallery_references WHERE space = $1 AND collection_id = $2", s.number, collection).Scan(&n)
}

// Total implements gallery.Index.
func (x *Index) Total(ctx context.Context) (n int, err error) {
	err = x.read(ctx, func(tx pgx.Tx, s space) error {
		return tx.QueryRow(ctx, "SELECT count(*) FROM gallery_references WHERE space = $1", s.number).Scan(&n)
	})
	return n, err
}

// Bytes implements gallery.Index: references take no memory here.
func (x *Index) Bytes() int64 { return 0 }

// Load implements gallery.Index.
func (x *Index) Load(ctx context.Context, last int64, all func(each func(bonafide.Reference) error) error) error {
	return x.write(ctx, func(tx pgx.Tx, s *space) error {
		if _, err := tx.Exec(ctx, "DELETE FROM gallery_references WHERE space = $1", s.number); err != nil {
			return err
		}
		s.dim = 0
		w := &writer{tx: tx, space: s}
		if err := all(func(r bonafide.Reference) error { return w.put(ctx, r) }); err != nil {
			return err
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		return s.settle(ctx, tx, last, 1)
	})
}

// settle writes down how far the index has come.
func (s *space) settle(ctx context.Context, tx pgx.Tx, last int64, withdrawn int) error {
	s.mark.Last = last
	s.mark.Withdrawn += int64(withdrawn)
	_, err := tx.Exec(ctx, "UPDATE gallery_spaces SET dim = $2, last = $3, withdrawn = $4 WHERE space = $1", s.number, s.dim, last, s.mark.Withdrawn)
	return err
}

// Apply implements gallery.Index.
func (x *Index) Apply(ctx context.Context, from int64, c store.ReferenceChanges, collection bonafide.ID) (gallery.Mark, error) {
	if from == c.Last {
		return x.At(ctx, collection)
	}
	var m gallery.Mark
	err := x.write(ctx, func(tx pgx.Tx, s *space) (err error) {
		if s.mark.Last == from {
			if err := s.apply(ctx, tx, c); err != nil {
				return err
			}
		}
		m = s.mark
		m.Size, err = s.size(ctx, tx, collection)
		return err
	})
	return m, err
}

func (s *space) apply(ctx context.Context, tx pgx.Tx, c store.ReferenceChanges) error {
	w := &writer{tx: tx, space: s}
	for _, r := range c.Changed {
		if err := w.put(ctx, r); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	if err := s.remove(ctx, tx, c.Foreign); err != nil {
		return err
	}
	// Templates of the deleted go in all spaces: nobody may follow the changes of another.
	if _, err := tx.Exec(ctx, "DELETE FROM gallery_references WHERE image_id = ANY($1) OR collection_id = ANY($2)", texts(c.Gone), texts(c.Dropped)); err != nil {
		return err
	}
	return s.settle(ctx, tx, c.Last, len(c.Foreign))
}

func (s *space) remove(ctx context.Context, tx pgx.Tx, images []bonafide.ID) error {
	_, err := tx.Exec(ctx, "DELETE FROM gallery_references WHERE space = $1 AND image_id = ANY($2)", s.number, texts(images))
	return err
}

func texts(ids []bonafide.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// Remove implements gallery.Index.
func (x *Index) Remove(ctx context.Context, images ...bonafide.ID) error {
	return x.write(ctx, func(tx pgx.Tx, s *space) error { return s.remove(ctx, tx, images) })
}

// writer writes references many at a time.
type writer struct {
	tx    pgx.Tx
	space *space
	batch pgx.Batch
}

// batchSize is how many references are sent at a time.
const batchSize = 500

func (w *writer) put(ctx context.Context, r bonafide.Reference) error {
	v := r.Template.Vector()
	if w.space.dim == 0 {
		w.space.dim = len(v)
	}
	if len(v) == 0 || len(v) != w.space.dim {
		return bonafide.Errorf(bonafide.CodeModel, "Templates of different models cannot be searched together")
	}
	length := math.Sqrt(gallery.Score(v, v))
	if !gallery.Finite(v) {
		v, length = nil, 0
	}
	w.batch.Queue(`INSERT INTO gallery_references VALUES ($1, $2, $3, $4, $5::real[]::vector, $6) ON CONFLICT (space, image_id) DO UPDATE
SET person_id = EXCLUDED.person_id, collection_id = EXCLUDED.collection_id, template = EXCLUDED.template, length = EXCLUDED.length`,
		w.space.number, r.ImageID, r.PersonID, r.CollectionID, v, length)
	if w.batch.Len() < batchSize {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	if w.batch.Len() == 0 {
		return nil
	}
	err := w.tx.SendBatch(ctx, &w.batch).Close()
	w.batch = pgx.Batch{}
	return err
}
