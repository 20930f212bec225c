package logged

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
	"github.com/bonafide-id/bonafide/internal/store/rows/table"
)

// Digest is what the log holds in place of a result: SHA-256 in hexadecimal over the
// error code, a line feed and the JSON text of the result as it is stored, empty for
// none.
func Digest(code bonafide.Code, result string) string {
	sum := sha256.Sum256([]byte(string(code) + "\n" + result))
	return hex.EncodeToString(sum[:])
}

// results compares the results of analyses with their digests, and what lists and
// statistics count with the results.
func (c Comparison) results(ctx context.Context) error {
	rows, err := c.DB.QueryContext(ctx, `SELECT id, resolution, class, digest, error_code, result FROM analyses WHERE digest <> '' ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, class, digest string
		var resolution bonafide.Status
		var code bonafide.Code
		var result sql.NullString
		if err := rows.Scan(&id, &resolution, &class, &digest, &code, &result); err != nil {
			return err
		}
		if Digest(code, result.String) != digest {
			if err := c.tell("analysis", id, "result is not the one whose digest was logged"); err != nil {
				return err
			}
			continue
		}
		var r struct {
			Reasons []bonafide.Reason `json:"reasons"`
		}
		if result.Valid {
			if err := json.Unmarshal([]byte(result.String), &r); err != nil {
				return fmt.Errorf("analysis %s: result: %w", id, err)
			}
		}
		if want := decision.ClassOf(resolution, r.Reasons); string(want) != class {
			if err := c.tell("analysis", id, fmt.Sprintf("class is %q, and its result makes it %q", class, want)); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

// folder is a folder's state as it is stored, with what its analyses say.
type folder struct {
	id       string
	state    bonafide.FolderState
	analyses []bonafide.Analysis
}

// states compares the states of folders with what their analyses add up to.
func (c Comparison) states(ctx context.Context) error {
	rows, err := c.DB.QueryContext(ctx, `SELECT f.id, f.resolution_status, f.system_resolution, f.overall_resolution,
		a.type, a.group_id, a.state, a.resolution, a.params
		FROM folders AS f LEFT JOIN analyses AS a ON a.folder_id = f.id ORDER BY f.id, a.row_id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var f folder
	for rows.Next() {
		var now folder
		var kind, group, state, resolution sql.NullString
		var params table.Document[bonafide.Params]
		err := rows.Scan(&now.id, &now.state.ResolutionStatus, &now.state.SystemResolution, &now.state.Overall, &kind, &group, &state, &resolution, &params)
		if err != nil {
			return err
		}
		if now.id != f.id {
			if err := c.settled(f); err != nil {
				return err
			}
			f = now
		}
		if kind.Valid {
			f.analyses = append(f.analyses, bonafide.Analysis{Type: bonafide.AnalysisType(kind.String), GroupID: bonafide.ID(group.String),
				State: bonafide.Status(state.String), Resolution: bonafide.Status(resolution.String), Params: params.V})
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return c.settled(f)
}

func (c Comparison) settled(f folder) error {
	if f.id == "" {
		return nil
	}
	want := c.Settle(f.analyses)
	for _, s := range []struct {
		column     string
		have, want bonafide.Status
	}{
		{"resolution_status", f.state.ResolutionStatus, want.ResolutionStatus},
		{"system_resolution", f.state.SystemResolution, want.SystemResolution},
		{"overall_resolution", f.state.Overall, want.Overall},
	} {
		if s.have == s.want {
			continue
		}
		if err := c.tell("folder", f.id, fmt.Sprintf("%s is %q, and its analyses make it %q", s.column, s.have, s.want)); err != nil {
			return err
		}
	}
	return nil
}
