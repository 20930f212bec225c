package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// deletionRoutes are the calls that delete objects for good.
func deletionRoutes() []route {
	return []route{
		{"DELETE", "/api/folders/{folder_id}", auth.FolderDelete, "Delete a folder with its media and analyses", (*api).deleteFolder},
		{"DELETE", "/api/media/{media_id}", auth.MediaDelete, "Delete a media; analyses of it keep their results", (*api).deleteMedia},
		{"DELETE", "/api/analyses/{analyse_id}", auth.AnalysisDelete, "Delete an analysis", (*api).deleteAnalysis},
	}
}

func (a *api) deleteFolder(c *call) (*answer, error) {
	return c.delete("folder_id", "Folder", a.Records.DeleteFolder)
}

func (a *api) deleteMedia(c *call) (*answer, error) {
	return c.delete("media_id", "Media", a.Records.DeleteMedia)
}

func (a *api) deleteAnalysis(c *call) (*answer, error) {
	return c.delete("analyse_id", "Analysis", a.Records.DeleteAnalysis)
}

// delete deletes the object that the path names.
func (c *call) delete(name, noun string, do func(context.Context, bonafide.Scope, bonafide.ID) error) (*answer, error) {
	id, err := c.id(name, noun)
	if err != nil {
		return nil, err
	}
	if err := do(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return deleted()
}
