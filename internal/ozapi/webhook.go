package ozapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Outbox is the part of store.Deliveries and store.WebhookSecrets that the surface shows.
type Outbox interface {
	Delivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
	Deliveries(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Delivery], error)
	ReplayDelivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
	CreateWebhookSecret(ctx context.Context, s *bonafide.WebhookSecret) error
	WebhookSecrets(ctx context.Context, companyID bonafide.ID) ([]bonafide.WebhookSecret, error)
	DeleteWebhookSecret(ctx context.Context, scope bonafide.Scope, id bonafide.ID) error
}

func webhookRoutes() []route {
	const (
		deliveries = "/api/webhook_deliveries"
		secrets    = "/api/webhook_secrets"
	)
	return []route{
		{http.MethodGet, "/api/folders/{folder_id}/webhooks", auth.WebhookRead, "List the webhook deliveries of a folder with their attempts", (*api).folderDeliveries},
		{http.MethodGet, deliveries, auth.WebhookRead, "List webhook deliveries", (*api).listDeliveries},
		{http.MethodGet, deliveries + "/{delivery_id}", auth.WebhookRead, "Read a webhook delivery with its attempts", (*api).readDelivery},
		{http.MethodPost, deliveries + "/{delivery_id}/replay", auth.WebhookReplay, "Deliver a webhook again", (*api).replayDelivery},
		{http.MethodGet, secrets, auth.WebhookSecretRead, "List the webhook secrets of a company", (*api).listSecrets},
		{http.MethodPost, secrets, auth.WebhookSecretCreate, "Make a webhook secret, which is shown this once", (*api).createSecret},
		{http.MethodDelete, secrets + "/{secret_id}", auth.WebhookSecretDelete, "Delete a webhook secret", (*api).deleteSecret},
	}
}

func webhookShapes() map[string]shape {
	return map[string]shape{
		"GET /api/folders/{folder_id}/webhooks":             {out: []wire.Delivery{}},
		"GET /api/webhook_deliveries":                       {query: list(query.DeliveryFields()), out: wire.Page[wire.Delivery]{}},
		"GET /api/webhook_deliveries/{delivery_id}":         {out: wire.Delivery{}},
		"POST /api/webhook_deliveries/{delivery_id}/replay": {out: wire.Delivery{}},
		"GET /api/webhook_secrets":                          {query: []queryParam{{"company_id", "string", "whose secrets; without it the caller's"}}, out: []wire.Secret{}},
		"POST /api/webhook_secrets":                         {in: secretIn{}, status: http.StatusCreated, out: wire.Secret{}},
		"DELETE /api/webhook_secrets/{secret_id}":           {out: wire.Deleted{}},
	}
}

type secretIn struct {
	CompanyID *string `json:"company_id,omitempty" description:"whose secret; without it the caller's company"`
}

// rendered is the part of the records that a Renderer needs.
type rendered interface {
	Folder(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Folder, error)
	folderContents
}

// Renderer renders folders for webhooks. Make it with NewRenderer.
type Renderer struct {
	records rendered
	links   wire.Links
}

// NewRenderer makes a renderer. publicURL is the base of links; outside of a
// request nothing else can tell it.
func NewRenderer(publicURL string, records rendered) *Renderer {
	return &Renderer{records: records, links: wire.Links(strings.TrimRight(publicURL, "/"))}
}

// RenderFolder gives what GET /api/folders/{id}/?with_analyses=true answers, byte
// for byte. CodeNotFound when there is no such folder.
func (r *Renderer) RenderFolder(ctx context.Context, id bonafide.ID) ([]byte, error) {
	f, err := r.records.Folder(ctx, bonafide.Scope{}, id)
	if err != nil {
		return nil, err
	}
	views, err := viewFolders(ctx, r.records, r.links, []bonafide.Folder{*f}, shown{analyses: true})
	if err != nil {
		return nil, err
	}
	return wire.Encode(views[0])
}

// folderDeliveries answers a bare array, oldest first.
func (a *api) folderDeliveries(c *call) (*answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	q := bonafide.Query{Filters: []bonafide.Filter{within([]bonafide.ID{f.ID})}, Sorting: []bonafide.Sort{{Field: "time_created"}}, Limit: query.MaxLimit, OmitTotal: true}
	page, err := a.Outbox.Deliveries(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Delivery, len(page.Items))
	for i := range page.Items {
		d, err := a.Outbox.Delivery(c.Context(), c.scope, page.Items[i].ID)
		if err != nil {
			return nil, err
		}
		views[i] = wire.ViewDelivery(d)
	}
	return ok(views)
}

// listDeliveries answers a page of deliveries without their attempts.
func (a *api) listDeliveries(c *call) (*answer, error) {
	q, err := query.Deliveries(c.values(), a.Now())
	if err != nil {
		return nil, err
	}
	page, err := a.Outbox.Deliveries(c.Context(), c.scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Delivery, len(page.Items))
	for i := range page.Items {
		views[i] = wire.ViewDelivery(&page.Items[i])
	}
	return ok(wire.ViewPage(q, page.Total, views))
}

// readDelivery answers one delivery with its attempts.
func (a *api) readDelivery(c *call) (*answer, error) {
	return a.delivery(c, a.Outbox.Delivery)
}

// replayDelivery makes a delivery due at once.
func (a *api) replayDelivery(c *call) (*answer, error) {
	return a.delivery(c, a.Outbox.ReplayDelivery)
}

func (a *api) delivery(c *call, find func(context.Context, bonafide.Scope, bonafide.ID) (*bonafide.Delivery, error)) (*answer, error) {
	id, err := c.id("delivery_id", "Webhook delivery")
	if err != nil {
		return nil, err
	}
	d, err := find(c.Context(), c.scope, id)
	if err != nil {
		return nil, err
	}
	return ok(wire.ViewDelivery(d))
}

// listSecrets answers a bare array without the secrets themselves. An
// administrator of the installation names the company in the query; the folders of
// administrators belong to none.
func (a *api) listSecrets(c *call) (*answer, error) {
	company, err := c.companyOf(c.values().Get("company_id"))
	if err != nil {
		return nil, err
	}
	secrets, err := a.Outbox.WebhookSecrets(c.Context(), company)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Secret, len(secrets))
	for i := range secrets {
		views[i] = wire.ViewSecret(&secrets[i], false)
	}
	return ok(views)
}

// createSecret makes a secret of the caller's company, or of the company that an
// administrator of the installation names in the body.
func (a *api) createSecret(c *call) (*answer, error) {
	body, err := a.object(c)
	if err != nil {
		return nil, err
	}
	name, err := body.text("company_id")
	if err != nil {
		return nil, err
	}
	company, err := c.companyOf(name)
	if err != nil {
		return nil, err
	}
	if company != "" {
		if _, err := a.Records.Company(c.Context(), company); err != nil {
			return nil, err
		}
	}
	s := &bonafide.WebhookSecret{ID: bonafide.NewID(), CompanyID: company, Secret: bonafide.NewWebhookSecret()}
	if err := a.Outbox.CreateWebhookSecret(c.Context(), s); err != nil {
		return nil, err
	}
	return created(wire.ViewSecret(s, true))
}

// companyOf is the company whose secrets a caller means. What is not the caller's
// does not exist.
func (c *call) companyOf(name string) (bonafide.ID, error) {
	if name == "" {
		return c.scope.CompanyID, nil
	}
	id, err := bonafide.ParseID(name)
	if err != nil || c.scope.CompanyID != "" && id != c.scope.CompanyID {
		return "", bonafide.Errorf(bonafide.CodeNotFound, "Company not found")
	}
	return id, nil
}

func (a *api) deleteSecret(c *call) (*answer, error) {
	id, err := c.id("secret_id", "Webhook secret")
	if err != nil {
		return nil, err
	}
	if err := a.Outbox.DeleteWebhookSecret(c.Context(), c.scope, id); err != nil {
		return nil, err
	}
	return ok(wire.Deleted{})
}
