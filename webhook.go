package bonafide

import "time"

// DeliveryState says how far a webhook delivery is.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending   DeliveryState = "PENDING"   // not yet acknowledged, an attempt will follow
	DeliveryDelivered DeliveryState = "DELIVERED" // acknowledged by the receiver
	DeliveryGivenUp   DeliveryState = "GIVEN_UP"  // no further attempt unless replayed
)

// Delivery is one webhook call that is owed to a folder's endpoint because a
// group of its analyses has ended. It is written in the transaction that ends
// the group.
type Delivery struct {
	ID          ID // stays the same over all attempts
	FolderID    ID
	CompanyID   ID
	GroupID     ID
	Endpoint    string
	Target      string // host and port of the endpoint
	State       DeliveryState
	Attempts    int       // begun so far
	NextAttempt time.Time // of a PENDING one
	RetrySince  time.Time // from when on the patience with the receiver counts
	TimeCreated time.Time
	TimeUpdated time.Time
	History     []DeliveryAttempt // in order; only where it was asked for
}

// DeliveryAttempt is one try to reach a receiver. Nothing of what was sent or
// answered is kept.
type DeliveryAttempt struct {
	Number  int // counts from 1
	Started time.Time
	Took    time.Duration
	Status  int // HTTP status, 0 where none came back
	// Failure is the class of what went wrong, empty after success: status, redirect,
	// timeout, refused_target, name, connect, tls, protocol, internal, interrupted,
	// gone for a folder deleted meanwhile, or pending for an attempt that has not come
	// back.
	Failure string
}

// WebhookSecret signs the deliveries of one company.
type WebhookSecret struct {
	ID          ID
	CompanyID   ID     // empty for folders without a company
	Secret      string `json:"-"` // whsec_ and base64; shown once, when it is made
	TimeCreated time.Time
}
