package ozapi

import (
	"github.com/bonafide-id/bonafide"
)

// deliveryJSON is a webhook delivery. attempts is there where one delivery, or
// those of one folder, are read.
type deliveryJSON struct {
	TimeCreated        stamp                  `json:"time_created"`
	TimeUpdated        stamp                  `json:"time_updated"`
	DeliveryID         bonafide.ID            `json:"delivery_id"`
	FolderID           bonafide.ID            `json:"folder_id"`
	CompanyID          *bonafide.ID           `json:"company_id"`
	GroupID            bonafide.ID            `json:"group_id"`
	ResolutionEndpoint string                 `json:"resolution_endpoint"`
	State              bonafide.DeliveryState `json:"state"`
	AttemptCount       int                    `json:"attempt_count"`
	NextAttempt        stamp                  `json:"time_next_attempt"`
	Attempts           []attemptJSON          `json:"attempts,omitzero"`
}

// attemptJSON is one attempt of a delivery.
type attemptJSON struct {
	Number     int     `json:"number"`
	Started    stamp   `json:"time_started"`
	TookMS     int64   `json:"took_ms"`
	HTTPStatus *int    `json:"http_status"`
	Failure    *string `json:"failure"`
}

func viewDelivery(d *bonafide.Delivery) deliveryJSON {
	v := deliveryJSON{
		TimeCreated:        stamp(d.TimeCreated),
		TimeUpdated:        stamp(d.TimeUpdated),
		DeliveryID:         d.ID,
		FolderID:           d.FolderID,
		CompanyID:          nullable(d.CompanyID),
		GroupID:            d.GroupID,
		ResolutionEndpoint: d.Endpoint,
		State:              d.State,
		AttemptCount:       d.Attempts,
		NextAttempt:        stamp(d.NextAttempt),
	}
	if d.History == nil {
		return v
	}
	v.Attempts = make([]attemptJSON, len(d.History))
	for i, a := range d.History {
		v.Attempts[i] = attemptJSON{Number: a.Number, Started: stamp(a.Started), TookMS: a.Took.Milliseconds(), Failure: nullable(a.Failure)}
		if a.Status != 0 {
			v.Attempts[i].HTTPStatus = &a.Status
		}
	}
	return v
}

// secretJSON is a webhook secret; its text is there in the answer that makes it.
type secretJSON struct {
	TimeCreated stamp        `json:"time_created"`
	SecretID    bonafide.ID  `json:"secret_id"`
	CompanyID   *bonafide.ID `json:"company_id"`
	Secret      *string      `json:"secret,omitempty"`
}

func viewSecret(s *bonafide.WebhookSecret, shown bool) secretJSON {
	v := secretJSON{TimeCreated: stamp(s.TimeCreated), SecretID: s.ID, CompanyID: nullable(s.CompanyID)}
	if shown {
		v.Secret = &s.Secret
	}
	return v
}
