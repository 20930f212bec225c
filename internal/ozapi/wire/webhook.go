package wire

import "github.com/bonafide-id/bonafide"

// Delivery is a webhook delivery. attempts is there where one delivery, or
// those of one folder, are read.
type Delivery struct {
	TimeCreated        Stamp                  `json:"time_created"`                  // when it fell due
	TimeUpdated        Stamp                  `json:"time_updated"`                  // of the last change
	DeliveryID         bonafide.ID            `json:"delivery_id"`                   // of the delivery, sent along as webhook-id
	FolderID           bonafide.ID            `json:"folder_id"`                     // of the folder that is told about
	CompanyID          *bonafide.ID           `json:"company_id"`                    // of the folder; null: none
	GroupID            bonafide.ID            `json:"group_id"`                      // of the analyses that ended
	ResolutionEndpoint string                 `json:"resolution_endpoint"`           // where it goes
	State              bonafide.DeliveryState `json:"state"`                         // how far it is
	AttemptCount       int                    `json:"attempt_count"`                 // attempts begun so far
	NextAttempt        Stamp                  `json:"time_next_attempt" null:"true"` // of a PENDING one, else null
	Attempts           []Attempt              `json:"attempts,omitzero"`             // in order; there where one delivery, or those of one folder, are read
}

// Attempt is one attempt of a delivery.
type Attempt struct {
	Number     int     `json:"number"`       // from 1
	Started    Stamp   `json:"time_started"` // when it began
	TookMS     int64   `json:"took_ms"`      // milliseconds that it took
	HTTPStatus *int    `json:"http_status"`  // of the answer; null where there was none
	Failure    *string `json:"failure"`      // class of the failure; null where it was acknowledged
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
	TimeCreated Stamp        `json:"time_created"`     // when it was made
	SecretID    bonafide.ID  `json:"secret_id"`        // of the secret
	CompanyID   *bonafide.ID `json:"company_id"`       // whose deliveries it signs; null: those of no company
	Secret      *string      `json:"secret,omitempty"` // its text, whsec_ and base64; there in the answer that makes it
}

// ViewSecret renders a webhook secret. Its text is shown once, when it is made.
func ViewSecret(s *bonafide.WebhookSecret, shown bool) Secret {
	v := Secret{TimeCreated: Stamp(s.TimeCreated), SecretID: s.ID, CompanyID: nullable(s.CompanyID)}
	if shown {
		v.Secret = &s.Secret
	}
	return v
}
