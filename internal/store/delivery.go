package store

// DeliveryLimits says how many attempts may be under way at once.
type DeliveryLimits struct {
	Target  int // to one host and port, lest a slow receiver takes all places
	Company int // of one company, whose receivers may be many
	All     int // more that may begin now
}

// MaxWebhookSecrets is how many secrets a company may have at once: the old and the
// new one while they are exchanged, and some to spare.
const MaxWebhookSecrets = 5
