package rows

import (
	"context"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// bestShotRow says to which analysis a best shot belongs.
type bestShotRow struct {
	bun.BaseModel `bun:"table:best_shots,alias:shot"`

	FileKey    string      `bun:"file_key,pk"`
	AnalysisID bonafide.ID `bun:"analysis_id"`
}

// owners finds the object that a file shows, with its company. Pictures of templates
// of reports show nobody.
const owners = `SELECT owner.object, owner.id, owner.company_id, company.technical_meta FROM (
		SELECT 'media' AS object, id, company_id FROM media WHERE original_key = ?0 OR thumb_key = ?0
		UNION ALL SELECT 'person_image', id, company_id FROM person_images WHERE original_key = ?0 OR thumb_key = ?0
		UNION ALL SELECT 'report', id, company_id FROM reports WHERE file_key = ?0
		UNION ALL SELECT 'analysis', id, company_id FROM analyses WHERE id = (SELECT analysis_id FROM best_shots WHERE file_key = ?0)
	) AS owner JOIN companies AS company ON company.id = owner.company_id`

// NoteRead implements store.Store.
func (s *Store) NoteRead(ctx context.Context, key string) error {
	var found []struct {
		Object        string
		ID            bonafide.ID
		CompanyID     bonafide.ID
		TechnicalMeta table.Document[bonafide.Meta]
	}
	if err := s.Reader().NewRaw(owners, table.Printable(key)).Scan(ctx, &found); err != nil {
		return table.Failure(err)
	}
	for _, f := range found {
		if c := (bonafide.Company{TechnicalMeta: f.TechnicalMeta.V}); !c.LogReads() {
			continue
		}
		e := bonafide.AuditEntry{Action: bonafide.ActionRead, Object: f.Object, ObjectID: string(f.ID), CompanyID: f.CompanyID}
		if err := s.NoteEntry(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// NoteSearch implements store.Store.
func (s *Store) NoteSearch(ctx context.Context, c *bonafide.PersonCollection, found int) error {
	return s.NoteEntry(ctx, bonafide.AuditEntry{Action: bonafide.ActionRead, Object: "collection", ObjectID: string(c.ID), CompanyID: c.CompanyID,
		Changed: "found=" + strconv.Itoa(found)})
}
