package table

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/bonafide-id/bonafide"
)

// CountFolders tells how many folders a caller may see, out of the table that
// triggers keep up to date: counting a million rows takes longer than all the rest
// of a list.
func CountFolders(ctx context.Context, db *bun.DB, scope bonafide.Scope) (int, error) {
	q := db.NewSelect().Table("folder_counts").ColumnExpr("coalesce(sum(folders), 0)")
	if scope.Nothing {
		q = q.Where("FALSE")
	}
	if scope.CompanyID != "" {
		q = q.Where("company_id = ?", scope.CompanyID)
	}
	if scope.UserID != "" {
		q = q.Where("user_id = ?", scope.UserID)
	}
	var n int
	return n, q.Scan(ctx, &n)
}
