package ozapi

import (
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// imageResource has the paths of 2018, when folders had images instead of media, and
// a PATCH started analyses.
func (a *api) imageResource() rest.Resource {
	const (
		folder = "/api/folders/{folder_id}"
		images = folder + "/images"
		image  = images + "/{image_id}"
	)
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "image_id", Name: "Media", Read: auth.MediaRead, Find: func(c *rest.Call, s bonafide.Scope, _ bonafide.ID) error {
			return second(a.image(c, s))
		}},
		Routes: []rest.Route{
			{Name: "addImages", Method: post, Pattern: images, Permission: auth.MediaCreate, Summary: "Add media to a folder (2018)",
				In: request.FolderIn{}, Files: describe.NeedsFiles, Status: made, Out: []wire.Media{}, Handle: a.addMedia},
			{Name: "listImages", Method: get, Pattern: images, Permission: auth.MediaRead, Summary: "List the images of a folder (2018)",
				Out: []wire.Media{}, Handle: a.folderImages},
			{Name: "readImage", Method: get, Pattern: image, Permission: auth.MediaRead, Summary: "Read an image of a folder (2018)",
				Out: wire.Media{}, Handle: a.readImage},
			{Name: "deleteImage", Method: del, Pattern: image, Permission: auth.MediaDelete, Summary: "Delete an image of a folder (2018)",
				Out: wire.Deleted{}, Handle: a.deleteImage},
			{Name: "startAnalyses", Method: patch, Pattern: folder + "/analyses", Permission: auth.AnalysisOrder,
				Summary: "Start analyses on a folder, liveness and face matching where it names none (2018)", In: request.StartIn{}, Out: []wire.Analysis{}, Handle: a.startAnalyses},
		},
	}
}

// folderImages answers a bare array.
func (a *api) folderImages(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	media, err := a.Records.MediaOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	images := slices.DeleteFunc(media[f.ID], func(m bonafide.Media) bool { return m.Kind != bonafide.Image })
	return rest.OK(wire.ViewMedias(images, f.TimeCreated, c.Links()))
}

// image finds the image that the path names. It must lie in the folder of the path.
func (a *api) image(c *rest.Call, scope bonafide.Scope) (*bonafide.Media, error) {
	folder, err := c.ID("folder_id", "Folder")
	if err != nil {
		return nil, err
	}
	id, err := c.ID("image_id", "Media")
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

func (a *api) readImage(c *rest.Call) (*rest.Answer, error) {
	m, err := a.image(c, c.Scope)
	if err != nil {
		return nil, err
	}
	return a.oneMedia(c, m)
}

func (a *api) deleteImage(c *rest.Call) (*rest.Answer, error) {
	m, err := a.image(c, c.Scope)
	if err != nil {
		return nil, err
	}
	if err := a.Records.DeleteMedia(c.Context(), c.Scope, m.ID); err != nil {
		return nil, err
	}
	return rest.Deleted()
}

// startAnalyses orders what the body names or, where it names nothing, what there
// was in 2018.
func (a *api) startAnalyses(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	body, err := c.Object()
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
	views, err := a.order(c, f, o)
	if err != nil {
		return nil, err
	}
	return rest.OK(views)
}
