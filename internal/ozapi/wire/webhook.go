package wire

import "github.com/bonafide-id/bonafide"

// Delivery is a webhook delivery. attempts is there where one delivery, or
// those of one folder, are read.
type Delivery struct {
	TimeCreated        Stamp                  `json:"time_created"`
	TimeUpdated        Stamp                  `json:"time_updated"`
	DeliveryID         bonafide.ID            `json:"delivery_id"`
	FolderID           bonafide.ID            `json:"folder_id"`
	CompanyID          *bonafide.ID           `json:"company_id"`
	GroupID            bonafide.ID            `json:"group_id"`
	ResolutionEndpoint string                 `json:"resolution_endpoint"`
	State              bonafide.DeliveryState `json:"state"`
	AttemptCount       int                    `json:"attempt_count"`
	NextAttempt        Stamp                  `json:"time_next_attempt"`
	Attempts           []Attempt              `json:"attempts,omitzero"`
}

// Attempt is one attempt of a delivery.
type Attempt struct {
	Number     int     `json:"number"`
	Started    Stamp   `json:"time_started"`
	TookMS     int64   `json:"took_ms"`
	HTTPStatus *int    `json:"http_status"`
	Failure    *string `json:"failure"`
}

// ViewDelivery renders a delivery, with its attempts where they were read.
func ViewDelivery(d *bonafide.Delivery) Delivery {
	v := Delivery{
		TimeCreated:        Stamp(d.TimeCreated),
		TimeUpdated:        Stamp(d.TimeUpdated),
		DeliveryID:         d.ID,
		FolderID:           d.FolderID,
		CompanyID:          nullable(d.CompanyID),
		GroupID:            d.GroupID,
		ResolutionEndpoint: d.Endpoint,
		State:              d.State,
		AttemptCount:       d.Attempts,
		NextAttempt:        Stamp(d.NextAttempt),
	}
	if d.History == nil {
		return v
	}
	v.Attempts = make([]Attempt, len(d.History))
	for i, a := range d.History {
		v.Attempts[i] = Attempt{Number: a.Number, Started: Stamp(a.Started), TookMS: a.Took.Milliseconds(), Failure: nullable(a.Failure)}
		if a.Status != 0 {
			v.Attempts[i].HTTPStatus = &a.Status
		}
	}
	return v
}

// Secret is a webhook secret; its text is there in the answer that makes it.
type Secret struct {
	TimeCreated Stamp        `json:"time_created"`
	SecretID    bonafide.ID  `json:"secret_id"`
	CompanyID   *bonafide.ID `json:"company_id"`
	Secret      *string      `json:"secret,omitempty"`
}

// ViewSecret renders a webhook secret. Its text is shown once, when it is made.
func ViewSecret(s *bonafide.WebhookSecret, shown bool) Secret {
	v := Secret{TimeCreated: Stamp(s.TimeCreated), SecretID: s.ID, CompanyID: nullable(s.CompanyID)}
	if shown {
		v.Secret = &s.Secret
	}
	return v
}
