package rows

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// counts are the tables that triggers keep, and what they must hold.
func counts() map[string]string {
	return map[string]string{
		"folder_counts": "SELECT coalesce(company_id, '') AS company_id, coalesce(user_id, '') AS user_id, count(*) AS folders FROM folders GROUP BY 1, 2",
		"stored_bytes": `SELECT company_id, sum(size) AS bytes FROM (
				SELECT coalesce(company_id, '') AS company_id, size FROM media JOIN files ON key IN (original_key, thumb_key)
				UNION ALL
				SELECT coalesce(company_id, ''), size FROM person_images JOIN files ON key IN (original_key, thumb_key)
			) AS sized GROUP BY company_id HAVING sum(size) <> 0`,
	}
}

// kept is the condition on rows of a table of counts that say anything.
func kept(name string) string {
	if name == "folder_counts" {
		return "SELECT company_id, user_id, folders FROM folder_counts WHERE folders <> 0"
	}
	return "SELECT company_id, bytes FROM stored_bytes WHERE bytes <> 0"
}

// Recount compares what triggers have counted with what is there, and gives the names of
// the tables that are wrong. Where mend says so they are made right.
func (s *Store) Recount(ctx context.Context, mend bool) (wrong []string, err error) {
	err = s.Write(ctx, func(ctx context.Context, tx bun.Tx) error {
		wrong = nil
		for name, right := range counts() {
			var differ int64
			err := tx.NewRaw("SELECT (SELECT count(*) FROM ("+kept(name)+" EXCEPT "+right+") AS more) + (SELECT count(*) FROM (SELECT * FROM ("+
				right+") AS wanted EXCEPT "+kept(name)+") AS less)").Scan(ctx, &differ)
			if err != nil {
				return err
			}
			if differ == 0 {
				continue
			}
			if wrong = append(wrong, name); !mend {
				continue
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+name); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO "+name+" "+right); err != nil {
				return err
			}
		}
		return nil
	})
	return wrong, table.Failure(err)
}
