package ozapi

import (
	"net/http"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/ozapi/describe"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

func (a *api) searchResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentStateful, Routes: []rest.Route{
		{Name: "searchCollection", Method: post, Pattern: "/api/collections/{collection_id}/search", Permission: auth.PersonSearch,
			Summary: "Search a collection by a photo of which nothing is kept", In: request.SearchIn{}, Files: describe.SomeFiles, Out: wire.Search{},
			Refusals: []int{http.StatusTooManyRequests, http.StatusBadGateway}, Handle: a.searchCollection},
	}}
}

// searchCollection holds the photo in memory while it looks for the person on it.
func (a *api) searchCollection(c *rest.Call) (*rest.Answer, error) {
	collection, err := a.collection(c)
	if err != nil {
		return nil, err
	}
	up, err := a.receivePhotos(c, a.Instant, collection)
	if err != nil {
		return nil, err
	}
	defer a.Instant.Discard(c.After(), up.Files)
	count, err := request.ReadSearch(up.Payload.More)
	if err != nil {
		return nil, err
	}
	found, err := a.Enroller.Search(advised(c), c.Scope, collection.ID, up, count)
	if err != nil {
		return nil, err
	}
	view := wire.Search{CollectionID: collection.ID, Threshold: wire.Number(found.Threshold), References: found.References, Persons: []wire.NearPerson{}}
	for _, n := range found.Nearest {
		view.Found = view.Found || n.Reached()
		view.Persons = append(view.Persons, wire.NearPerson{PersonID: n.PersonID, Similarity: wire.Number(n.Similarity), Found: n.Reached()})
	}
	return rest.OK(view)
}

// receivePhotos reads photos of a person for a collection: files, or a stored picture
// that the payload names and that is copied. On an error nothing is kept.
func (a *api) receivePhotos(c *rest.Call, desk rest.Acceptor, collection *bonafide.PersonCollection) (intake.Upload, error) {
	up, err := c.Receive(desk)
	if err != nil {
		return up, err
	}
	shown, err := request.ReadShown(up.Payload.More)
	if err == nil && shown != nil && len(up.Files) > 0 {
		err = bonafide.Errorf(bonafide.CodeValue, "There are files in the request, and media_id or folder_id names a stored picture: one of the two is possible")
	}
	if err == nil && shown != nil {
		up, err = a.copyPicture(c, desk, up, *shown, collection)
	}
	if err != nil {
		desk.Discard(c.After(), up.Files)
	}
	return up, err
}

// copyPicture makes a stored picture the file of an upload.
func (a *api) copyPicture(c *rest.Call, desk rest.Acceptor, up intake.Upload, shown enrol.Shown, collection *bonafide.PersonCollection) (intake.Upload, error) {
	const key = "media"
	_, scope, err := c.As(auth.MediaRead)
	if err != nil {
		return up, err
	}
	p, err := a.Enroller.Picture(c.Context(), scope, shown, collection)
	if err != nil {
		return up, err
	}
	content, err := a.Blobs.Open(c.Context(), p.File.Digest)
	if err != nil {
		return up, err
	}
	defer content.Close()
	file, err := desk.Stage(c.Context(), key, p.Name, content)
	if err != nil {
		return up, err
	}
	up.Files, up.From = []intake.File{*file}, p.From
	if len(up.Payload.Tags[key]) == 0 {
		up.Payload.Tags = map[string][]string{key: p.Tags}
	}
	return c.Examined(desk, up, nil)
}
