package ozapi

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/query"
)

// Outbox is the part of store.Deliveries and store.WebhookSecrets that the surface shows.
type Outbox interface {
	deliveryRecords
	secretRecords
}

type deliveryRecords interface {
	Delivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
	Deliveries(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.Delivery], error)
	ReplayDelivery(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*bonafide.Delivery, error)
}

func (a *api) webhookResource() rest.Resource {
	const deliveries, delivery = "/api/webhook_deliveries", "/api/webhook_deliveries/{delivery_id}"
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "delivery_id", Name: "Webhook delivery", Read: auth.WebhookRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Outbox.Delivery(c.Context(), s, id))
		}},
		Routes: []rest.Route{
			{Name: "listFolderDeliveries", Method: get, Pattern: "/api/folders/{folder_id}/webhooks", Permission: auth.WebhookRead,
				Summary: "List the webhook deliveries of a folder with their attempts", Out: []wire.Delivery{}, Handle: a.folderDeliveries},
			{Name: "listDeliveries", Method: get, Pattern: deliveries, Permission: auth.WebhookRead, Summary: "List webhook deliveries",
				Query: request.Listed(query.DeliveryFields()), Out: wire.Page[wire.Delivery]{}, Handle: a.listDeliveries},
			{Name: "readDelivery", Method: get, Pattern: delivery, Permission: auth.WebhookRead, Summary: "Read a webhook delivery with its attempts",
				Out: wire.Delivery{}, Handle: a.readDelivery},
			{Name: "replayDelivery", Method: post, Pattern: delivery + "/replay", Permission: auth.WebhookReplay, Summary: "Deliver a webhook again",
				Out: wire.Delivery{}, Handle: a.replayDelivery},
		},
	}
}

// folderDeliveries answers a bare array, oldest first.
func (a *api) folderDeliveries(c *rest.Call) (*rest.Answer, error) {
	f, err := a.folder(c)
	if err != nil {
		return nil, err
	}
	q := bonafide.Query{Filters: []bonafide.Filter{among("folder_id", f.ID)}, Sorting: []bonafide.Sort{{Field: "time_created"}}, Limit: query.MaxLimit, OmitTotal: true}
	page, err := a.Outbox.Deliveries(c.Context(), c.Scope, q)
	if err != nil {
		return nil, err
	}
	views := make([]wire.Delivery, len(page.Items))
	for i := range page.Items {
		d, err := a.Outbox.Delivery(c.Context(), c.Scope, page.Items[i].ID)
		if err != nil {
			return nil, err
		}
		views[i] = wire.ViewDelivery(d)
	}
	return rest.OK(views)
}

// listDeliveries answers a page of deliveries without their attempts.
func (a *api) listDeliveries(c *rest.Call) (*rest.Answer, error) {
	return rest.Page(c, query.Deliveries, a.Outbox.Deliveries, wire.ViewDelivery)
}

// readDelivery answers one delivery with its attempts.
func (a *api) readDelivery(c *rest.Call) (*rest.Answer, error) {
	return rest.Read(c, "delivery_id", "Webhook delivery", a.Outbox.Delivery, wire.ViewDelivery)
}

// replayDelivery makes a delivery due at once.
func (a *api) replayDelivery(c *rest.Call) (*rest.Answer, error) {
	return rest.Read(c, "delivery_id", "Webhook delivery", a.Outbox.ReplayDelivery, wire.ViewDelivery)
}
