package company

import (
	"cmp"
	"context"

	"github.com/bonafide-id/bonafide"
)

const folderPage = 100 // folders read at once

// Folders is the part of store.Store that RemoveFolders needs.
type Folders interface {
	Folders(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Folder], error)
	DeleteFolder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

// RemoveFolders is the step that deletes folders. One that cannot be, such as under
// legal hold, keeps the company but not the others.
func RemoveFolders(store Folders) Step {
	return Step{"folders", func(ctx context.Context, company bonafide.ID) error { return removeFolders(ctx, store, company) }}
}

func removeFolders(ctx context.Context, store Folders, company bonafide.ID) error {
	var kept error
	for skip := 0; ; {
		page, err := store.Folders(ctx, bonafide.Scope{CompanyID: company},
			bonafide.Query{Offset: skip, Limit: folderPage, OmitTotal: true, Sorting: []bonafide.Sort{{Field: "time_created"}}})
		if err != nil || len(page.Items) == 0 {
			return cmp.Or(err, kept)
		}
		for _, f := range page.Items {
			switch err := store.DeleteFolder(ctx, bonafide.Scope{}, f.ID); bonafide.CodeOf(err) {
			case bonafide.CodeNotFound:
			case bonafide.CodeForbidden:
				skip++
				kept = err
			default:
				if err != nil {
					return err
				}
			}
		}
	}
}
