package rows

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math/bits"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// A handful of sightings, and how many media with an equal quarter are looked at,
// the newest first: pictures of nothing have prints in common.
const (
	mostSightings  = 8
	mostCandidates = 400
)

type printRow struct {
	bun.BaseModel `bun:"table:media_prints,alias:print"`

	RowID       int64         `bun:"row_id,pk,autoincrement"`
	MediaID     bonafide.ID   `bun:"media_id"`
	FolderID    bonafide.ID   `bun:"folder_id"`
	CompanyID   bonafide.ID   `bun:"company_id,nullzero"`
	Digest      string        `bun:"digest"`
	Quarter0    sql.NullInt64 `bun:"quarter0"`
	Quarter1    sql.NullInt64 `bun:"quarter1"`
	Quarter2    sql.NullInt64 `bun:"quarter2"`
	Quarter3    sql.NullInt64 `bun:"quarter3"`
	TimeCreated table.Micros  `bun:"time_created"`
}

func rowOfPrint(m *bonafide.Media) printRow {
	row := printRow{
		MediaID: m.ID, FolderID: m.FolderID, CompanyID: m.CompanyID,
		Digest: m.Original.Digest, TimeCreated: table.MicrosOf(m.TimeCreated),
	}
	if q, ok := quarters(m.Info.Print); ok {
		row.Quarter0, row.Quarter1, row.Quarter2, row.Quarter3 = q[0], q[1], q[2], q[3]
	}
	return row
}

// quarters cuts a print of 32 hexadecimal digits.
func quarters(print string) (q [4]sql.NullInt64, ok bool) {
	if len(print) != 32 {
		return q, false
	}
	for i := range q {
		v, err := strconv.ParseUint(print[8*i:8*i+8], 16, 32)
		if err != nil {
			return [4]sql.NullInt64{}, false
		}
		q[i] = sql.NullInt64{Int64: int64(v), Valid: true}
	}
	return q, true
}

// apart counts the bits by which the prints of two rows differ.
func (r *printRow) apart(other *printRow) int {
	n := 0
	for _, pair := range [4][2]sql.NullInt64{
		{r.Quarter0, other.Quarter0}, {r.Quarter1, other.Quarter1}, {r.Quarter2, other.Quarter2}, {r.Quarter3, other.Quarter3},
	} {
		n += bits.OnesCount64(uint64(pair[0].Int64 ^ pair[1].Int64))
	}
	return n
}

func (r *printRow) sighting() bonafide.Sighting {
	return bonafide.Sighting{MediaID: r.MediaID, FolderID: r.FolderID, TimeCreated: r.TimeCreated.Time()}
}

// insertPrints makes media recognisable.
func insertPrints(ctx context.Context, tx bun.Tx, media []bonafide.Media) error {
	rows := make([]printRow, len(media))
	for i := range media {
		rows[i] = rowOfPrint(&media[i])
	}
	_, err := tx.NewInsert().Model(&rows).Exec(ctx)
	return err
}

// Earlier implements bonafide.Sightings.
func (s *Store) Earlier(ctx context.Context, m *bonafide.Media, bits int) ([]bonafide.Sighting, error) {
	var own printRow
	err := s.Reader().NewSelect().Model(&own).Where("print.media_id = ?", m.ID).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, table.Failure(err)
	}
	var exact []printRow
	err = s.Reader().NewSelect().Model(&exact).
		Where("? AND print.digest = ?", table.OfCompany("print.company_id", own.CompanyID), own.Digest).
		Where("print.folder_id <> ? AND print.row_id < ?", own.FolderID, own.RowID).
		Order("print.row_id").Limit(mostSightings).Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	var out []bonafide.Sighting
	for i := range exact {
		one := exact[i].sighting()
		one.Exact = true
		out = append(out, one)
	}
	near, err := s.resembling(ctx, &own, bits)
	return append(out, near...), err
}

// resembling gives the copies of a media that are not the same to the byte.
func (s *Store) resembling(ctx context.Context, own *printRow, most int) ([]bonafide.Sighting, error) {
	if !own.Quarter0.Valid {
		return nil, nil
	}
	company := table.OfCompany("print.company_id", own.CompanyID)
	var rows []printRow
	err := s.Reader().NewSelect().Model(&rows).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("? AND print.quarter0 = ?", company, own.Quarter0).
			WhereOr("? AND print.quarter1 = ?", company, own.Quarter1).
			WhereOr("? AND print.quarter2 = ?", company, own.Quarter2).
			WhereOr("? AND print.quarter3 = ?", company, own.Quarter3)
	}).Where("print.folder_id <> ? AND print.row_id < ? AND print.digest <> ?", own.FolderID, own.RowID, own.Digest).
		OrderExpr("print.row_id DESC").Limit(mostCandidates).Scan(ctx)
	if err != nil {
		return nil, table.Failure(err)
	}
	rows = slices.DeleteFunc(rows, func(r printRow) bool { return own.apart(&r) > most })
	slices.SortFunc(rows, func(a, b printRow) int {
		return cmp.Or(cmp.Compare(own.apart(&a), own.apart(&b)), cmp.Compare(a.RowID, b.RowID))
	})
	var out []bonafide.Sighting
	for i := range rows[:min(len(rows), mostSightings)] {
		one := rows[i].sighting()
		one.Bits = own.apart(&rows[i])
		out = append(out, one)
	}
	return out, nil
}
