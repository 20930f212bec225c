package quota

import "context"

type payerKey struct{}

// WithPayer gives a context in which what is scarce is taken on the account of a key.
func WithPayer(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, payerKey{}, key)
}

// PayerOf gives the key on whose account what is scarce is taken. The empty key is the
// server itself.
func PayerOf(ctx context.Context) string {
	key, _ := ctx.Value(payerKey{}).(string)
	return key
}
