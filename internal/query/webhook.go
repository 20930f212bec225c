package query

import (
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Deliveries reads the request for a list of webhook deliveries. It is like
// Folders otherwise.
func Deliveries(v url.Values, now time.Time) (bonafide.Query, error) {
	q, err := parse(v, deliveryFields(), now)
	return newestFirst(q), err
}

func deliveryFields() []field {
	return []field{
		{name: "delivery_id", kind: id},
		{name: "folder_id", kind: id, sorts: true},
		{name: "company_id", kind: id, sorts: true},
		{name: "group_id", kind: id},
		{name: "state", kind: word, words: []string{
			string(bonafide.DeliveryPending), string(bonafide.DeliveryDelivered), string(bonafide.DeliveryGivenUp)}},
		{name: "time_created", kind: instant, sorts: true},
		{name: "time_updated", kind: instant, sorts: true},
	}
}
