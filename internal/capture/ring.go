package capture

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// Keys change every rotation; the one before opens what was drawn with it.
const (
	rotation  = 30 * 24 * time.Hour
	keyPrefix = "container-key-"
)

// Secrets keeps keys that all processes share. It is part of store.Secrets.
type Secrets interface {
	Secret(ctx context.Context, name string, create func() ([]byte, error)) ([]byte, error)
	ForgetSecrets(ctx context.Context, prefix string, kept ...string) error
}

// ring holds the keys of containers, each under the number of its period.
type ring struct {
	secrets Secrets
	now     func() time.Time

	mu   sync.Mutex
	keys map[int64]*Key
}

func (r *ring) period() int64 { return r.now().Unix() / int64(rotation.Seconds()) }

func keyName(period int64) string { return keyPrefix + strconv.FormatInt(period, 10) }

var errNoKey = errors.New("no such key")

// current gives the key that new sessions get. The first call of a period makes it, and
// forgets those that nothing is opened with any more.
func (r *ring) current(ctx context.Context) (*Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.period()
	if k := r.keys[now]; k != nil {
		return k, nil
	}
	k, err := r.load(ctx, now, GenerateKey)
	if err != nil {
		return nil, err
	}
	for period := range r.keys {
		if period < now-1 {
			delete(r.keys, period)
		}
	}
	return k, r.secrets.ForgetSecrets(ctx, keyPrefix, keyName(now-1), keyName(now), keyName(now+1))
}

// named gives a key that may open containers. A process with a clock that is ahead may
// have begun the next period.
func (r *ring) named(ctx context.Context, id string) (*Key, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, period := range []int64{r.period(), r.period() - 1, r.period() + 1} {
		k := r.keys[period]
		if k == nil {
			var err error
			k, err = r.load(ctx, period, func() ([]byte, error) { return nil, errNoKey })
			if errors.Is(err, errNoKey) {
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		if k.ID == id {
			return k, nil
		}
	}
	return nil, errNoKey
}

func (r *ring) load(ctx context.Context, period int64, create func() ([]byte, error)) (*Key, error) {
	raw, err := r.secrets.Secret(ctx, keyName(period), create)
	if err != nil {
		return nil, fmt.Errorf("container key: %w", err)
	}
	k, err := ReadKey(raw)
	if err != nil {
		return nil, err
	}
	r.keys[period] = k
	return k, nil
}
