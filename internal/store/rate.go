package store

import "context"

// RequestRates counts requests by keys, such as a company. It is shared by all processes,
// and may lose some in a crash.
type RequestRates interface {
	// SpendOf takes n from what a key has left of so many a minute, also below zero, and
	// gives what is left.
	SpendOf(ctx context.Context, key string, n, aMinute int) (left float64, err error)
}
