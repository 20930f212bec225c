package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// CreateFolder makes a folder out of files.
func (c *Client) CreateFolder(ctx context.Context, p Payload, files ...File) (*Folder, error) {
	return send[*Folder](ctx, c, "/api/folders/", p, files)
}

// Judge has files judged like those of a single request. The server keeps nothing of
// them: the ids in the answer lead nowhere.
func (c *Client) Judge(ctx context.Context, p Payload, files ...File) (*Folder, error) {
	return send[*Folder](ctx, c, "/api/instant/folders/", p, files)
}

// Folder reads one folder with its analyses.
func (c *Client) Folder(ctx context.Context, id bonafide.ID) (*Folder, error) {
	return get[*Folder](ctx, c, folder(id)+"?with_analyses=true")
}

// Folders lists folders by the query parameters of the API.
func (c *Client) Folders(ctx context.Context, q url.Values) (*List[Folder], error) {
	return list[Folder](ctx, c, "/api/folders/", q)
}

// FolderChange is what of a folder is changed; nil leaves as it is.
type FolderChange struct {
	Meta      bonafide.Meta `json:"meta_data,omitempty"`           // merged; a null takes a key away
	Endpoint  *string       `json:"resolution_endpoint,omitempty"` // webhook that is told of results
	LegalHold *bool         `json:"legal_hold,omitempty"`          // keeps the folder from being deleted
}

// ChangeFolder changes a folder and gives what became of it.
func (c *Client) ChangeFolder(ctx context.Context, id bonafide.ID, ch FolderChange) (*Folder, error) {
	return call[*Folder](ctx, c, http.MethodPatch, folder(id), ch)
}

// DeleteFolder deletes a folder with media, analyses and reports.
func (c *Client) DeleteFolder(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, folder(id))
}

// AddMedia adds files to a folder.
func (c *Client) AddMedia(ctx context.Context, id bonafide.ID, p Payload, files ...File) ([]Media, error) {
	return send[[]Media](ctx, c, folder(id)+"media/", p, files)
}

// FolderMedia lists the media of a folder.
func (c *Client) FolderMedia(ctx context.Context, id bonafide.ID) ([]Media, error) {
	return get[[]Media](ctx, c, folder(id)+"media/")
}

// Media reads about one media.
func (c *Client) Media(ctx context.Context, id bonafide.ID) (*Media, error) {
	return get[*Media](ctx, c, "/api/media/"+string(id)+"/")
}

// TagMedia replaces the tags of a media.
func (c *Client) TagMedia(ctx context.Context, id bonafide.ID, tags ...string) (*Media, error) {
	return call[*Media](ctx, c, http.MethodPatch, "/api/media/"+string(id)+"/", map[string][]string{"tags": append([]string{}, tags...)})
}

// DeleteMedia deletes a media; results of analyses stay.
func (c *Client) DeleteMedia(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/media/"+string(id)+"/")
}

// OrderAnalyses orders a group of analyses.
func (c *Client) OrderAnalyses(ctx context.Context, id bonafide.ID, orders ...Order) ([]Analysis, error) {
	return call[[]Analysis](ctx, c, http.MethodPost, folder(id)+"analyses/", map[string]any{"analyses": orders})
}

// FolderAnalyses lists the analyses of a folder by the query parameters of the API,
// such as type.
func (c *Client) FolderAnalyses(ctx context.Context, id bonafide.ID, q url.Values) ([]Analysis, error) {
	return get[[]Analysis](ctx, c, folder(id)+"analyses/?"+q.Encode())
}

// Analyses lists analyses of all folders by the query parameters of the API.
func (c *Client) Analyses(ctx context.Context, q url.Values) (*List[Analysis], error) {
	return list[Analysis](ctx, c, "/api/analyses/", q)
}

// Analysis reads one analysis.
func (c *Client) Analysis(ctx context.Context, id bonafide.ID) (*Analysis, error) {
	return get[*Analysis](ctx, c, "/api/analyses/"+string(id)+"/")
}

// DeleteAnalysis deletes one analysis.
func (c *Client) DeleteAnalysis(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/analyses/"+string(id)+"/")
}

// DecideAnalysis puts an operator's SUCCESS or DECLINED over what the system found;
// "" takes it back.
func (c *Client) DecideAnalysis(ctx context.Context, id bonafide.ID, s bonafide.Status, comment string) (*Analysis, error) {
	return call[*Analysis](ctx, c, http.MethodPatch, "/api/analyses/"+string(id)+"/", decision("resolution_operator", s, comment))
}

// DecideFolder is an operator's SUCCESS or DECLINED on a whole folder; "" takes it
// back.
func (c *Client) DecideFolder(ctx context.Context, id bonafide.ID, s bonafide.Status, comment string) (*Folder, error) {
	return call[*Folder](ctx, c, http.MethodPatch, folder(id), decision("operator_status", s, comment))
}

func decision(name string, s bonafide.Status, comment string) map[string]any {
	body := map[string]any{name: nil, "operator_comment": comment}
	if s != "" {
		body[name] = s
	}
	return body
}

func folder(id bonafide.ID) string { return "/api/folders/" + string(id) + "/" }
