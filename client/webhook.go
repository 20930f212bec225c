package client

import (
	"context"
	"net/http"
	"net/url"

	"github.com/bonafide-id/bonafide"
)

// Delivery is a webhook delivery. Attempts are there where one is read.
type Delivery struct {
	ID           bonafide.ID            `json:"delivery_id"`
	FolderID     bonafide.ID            `json:"folder_id"`
	GroupID      bonafide.ID            `json:"group_id"`
	Endpoint     string                 `json:"resolution_endpoint"`
	State        bonafide.DeliveryState `json:"state"`
	AttemptCount int                    `json:"attempt_count"`
	Attempts     []struct {
		Number     int     `json:"number"`
		TookMS     int64   `json:"took_ms"`
		HTTPStatus *int    `json:"http_status"`
		Failure    *string `json:"failure"`
	} `json:"attempts"`
}

// DeliveryList is one page of deliveries.
type DeliveryList struct {
	Total *int       `json:"total_count"`
	Items []Delivery `json:"items"`
}

// Deliveries lists webhook deliveries by the query parameters of the API.
func (c *Client) Deliveries(ctx context.Context, q url.Values) (*DeliveryList, error) {
	var l DeliveryList
	return &l, c.call(ctx, http.MethodGet, "/api/webhook_deliveries/?"+q.Encode(), nil, &l)
}

// Delivery reads one webhook delivery with its attempts.
func (c *Client) Delivery(ctx context.Context, id bonafide.ID) (*Delivery, error) {
	var d Delivery
	return &d, c.call(ctx, http.MethodGet, "/api/webhook_deliveries/"+string(id), nil, &d)
}

// ReplayDelivery makes a delivery due at once.
func (c *Client) ReplayDelivery(ctx context.Context, id bonafide.ID) (*Delivery, error) {
	var d Delivery
	return &d, c.call(ctx, http.MethodPost, "/api/webhook_deliveries/"+string(id)+"/replay", nil, &d)
}

// CreateWebhookSecret makes a secret of the caller's company and gives its text.
func (c *Client) CreateWebhookSecret(ctx context.Context) (string, error) {
	var s struct {
		Secret string `json:"secret"`
	}
	err := c.call(ctx, http.MethodPost, "/api/webhook_secrets/", struct{}{}, &s)
	return s.Secret, err
}
