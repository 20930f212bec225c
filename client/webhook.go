package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Delivery is a webhook delivery. Attempts are there where one is read.
type Delivery struct {
	ID           bonafide.ID            `json:"delivery_id"`         // of the delivery, sent along as webhook-id
	FolderID     bonafide.ID            `json:"folder_id"`           // of the folder that is told about
	GroupID      bonafide.ID            `json:"group_id"`            // of the analyses that ended
	Endpoint     string                 `json:"resolution_endpoint"` // where it goes
	State        bonafide.DeliveryState `json:"state"`               // how far it is
	AttemptCount int                    `json:"attempt_count"`       // attempts begun so far
	Attempts     []struct {
		Number     int     `json:"number"`      // from 1
		TookMS     int64   `json:"took_ms"`     // milliseconds
		HTTPStatus *int    `json:"http_status"` // nil: there was no answer
		Failure    *string `json:"failure"`     // class of the failure; nil where it was acknowledged
	} `json:"attempts"` // in order
}

// Deliveries lists webhook deliveries by the query parameters of the API.
func (c *Client) Deliveries(ctx context.Context, q url.Values) (*List[Delivery], error) {
	return list[Delivery](ctx, c, "/api/webhook_deliveries/", q)
}

// FolderDeliveries lists the webhook deliveries of a folder with their attempts.
func (c *Client) FolderDeliveries(ctx context.Context, id bonafide.ID) ([]Delivery, error) {
	return get[[]Delivery](ctx, c, folder(id)+"webhooks/")
}

// Delivery reads one webhook delivery with its attempts.
func (c *Client) Delivery(ctx context.Context, id bonafide.ID) (*Delivery, error) {
	return get[*Delivery](ctx, c, "/api/webhook_deliveries/"+string(id))
}

// ReplayDelivery makes a delivery due at once.
func (c *Client) ReplayDelivery(ctx context.Context, id bonafide.ID) (*Delivery, error) {
	return call[*Delivery](ctx, c, http.MethodPost, "/api/webhook_deliveries/"+string(id)+"/replay", nil)
}

// WebhookSecret signs deliveries of a company.
type WebhookSecret struct {
	ID        bonafide.ID `json:"secret_id"`  // of the secret
	CompanyID bonafide.ID `json:"company_id"` // empty: none
	Secret    string      `json:"secret"`     // in the answer that makes it
}

// CreateWebhookSecret makes a secret of the caller's company.
func (c *Client) CreateWebhookSecret(ctx context.Context) (*WebhookSecret, error) {
	return call[*WebhookSecret](ctx, c, http.MethodPost, "/api/webhook_secrets/", struct{}{})
}

// WebhookSecrets lists the secrets of the caller's company, without their text.
func (c *Client) WebhookSecrets(ctx context.Context) ([]WebhookSecret, error) {
	return get[[]WebhookSecret](ctx, c, "/api/webhook_secrets/")
}

// DeleteWebhookSecret deletes a secret.
func (c *Client) DeleteWebhookSecret(ctx context.Context, id bonafide.ID) error {
	return c.remove(ctx, "/api/webhook_secrets/"+string(id)+"/")
}
