package ozapi

import (
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// imageResource has the paths of 2018, when folders had images instead of media, and
// a PATCH started analyses.
func imageResource() resource {
	const (
		folder = "/api/folders/{folder_id}"
		images = folder + "/images"
		image  = images + "/{image_id}"
	)
	return resource{
		component: ComponentStateful,
		noun: noun{"image_id", "Media", auth.MediaRead, func(a *api, c *call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.image(c, s))
		}},
		routes: []route{
			{Name: "addImages", Method: post, Pattern: images, Permission: auth.MediaCreate, Summary: "Add media to a folder (2018)",
				In: request.FolderIn{}, Files: describe.NeedsFiles, Status: made, Out: []wire.Media{}, handle: (*api).addMedia},
			{Name: "listImages", Method: get, Pattern: images, Permission: auth.MediaRead, Summary: "List the images of a folder (2018)",
				Out: []wire.Media{}, handle: (*api).folderImages},
			{Name: "readImage", Method: get, Pattern: image, Permission: auth.MediaRead, Summary: "Read an image of a folder (2018)",
				Out: wire.Media{}, handle: (*api).readImage},
			{Name: "deleteImage", Method: del, Pattern: image, Permission: auth.MediaDelete, Summary: "Delete an image of a folder (2018)",
				Out: wire.Deleted{}, handle: (*api).deleteImage},
			{Name: "startAnalyses", Method: patch, Pattern: folder + "/analyses", Permission: auth.AnalysisOrder,
				Summary: "Start analyses on a folder, liveness and face matching where it names none (2018)", In: request.StartIn{}, Out: []wire.Analysis{}, handle: (*api).startAnalyses},
		},
	}
}

// folderImages answers a bare array.
func (a *api) folderImages(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	images := slices.DeleteFunc(media[f.ID], func(m bonafide.Media) bool { return m.Kind != bonafide.Image })
	return ok(wire.ViewMedias(images, f.TimeCreated, a.links(c.Request)))
}

// image finds the image that the path names. It must lie in the folder of the path.
func (a *api) image(c *call, scope bonafide.Scope) (*bonafide.Media, error) {
	folder, err := c.id("folder_id", "Folder")
	if err != nil {
		return nil, err
	}
	id, err := c.id("image_id", "Media")
	if err != nil {
		return nil, err
	}
	m, err := a.Records.Media(c.Context(), scope, id)
	if err != nil {
		return nil, err
	}
	if m.FolderID != folder {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "Media not found")
	}
	return m, nil
}

func (a *api) readImage(c *call) (*answer, error) {
	m, err := a.image(c, c.scope)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) deleteImage(c *call) (*answer, error) {
	m, err := a.image(c, c.scope)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DeleteMedia(c.Context(), c.scope, m.ID); err != nil {
		return nil, err
	}
	return deleted()
}

// startAnalyses orders what the body names or, where it names nothing, what there
// was in 2018.
func (a *api) startAnalyses(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	o := intake.Orders{Lines: []intake.OrderLine{{Type: bonafide.Quality}, {Type: bonafide.Biometry}}}
	if body["analyses"] != nil {
		o, err = request.ReadOrders(body)
	} else {
		o.Endpoint, err = body.Text("resolution_endpoint")
	}
	if err != nil {
		return nil, err
	}
	analyses, err := a.Desk.Order(c.Context(), &c.caller.User, c.scope, f.ID, o)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewAnalyses(analyses, f, media[f.ID], a.links(c.Request)))
}
