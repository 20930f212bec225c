package media

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide/internal/media/mediatest"
	"github.com/bonafide-id/bonafide/internal/quota"
	"github.com/bonafide-id/bonafide/internal/vision"
)

// clipOf has as many bytes of pixels as said, a multiple of three.
func clipOf(bytes int) *Clip {
	return &Clip{Frames: []Frame{{Image: vision.NewImage(bytes/3, 1)}}}
}

func TestSharedWorkIsDoneOnce(t *testing.T) {
	c := newCache(1000)
	var decoded atomic.Int32
	begun, release := make(chan struct{}), make(chan struct{})
	decode := func(context.Context) (*Clip, error) {
		decoded.Add(1)
		close(begun)
		<-release
		return clipOf(30), nil
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := c.get(t.Context(), "a", decode); err != nil {
				t.Error(err)
			}
		})
	}
	<-begun
	close(release)
	all.Wait()
	if _, err := c.get(t.Context(), "a", nil); err != nil || decoded.Load() != 1 {
		t.Fatalf("decoded %d times, %v", decoded.Load(), err)
	}
}

func TestCallerThatGivesUpDoesNotDisturbTheOthers(t *testing.T) {
	c := newCache(1000)
	begun, release := make(chan struct{}), make(chan struct{})
	decode := func(ctx context.Context) (*Clip, error) {
		close(begun)
		<-release
		return clipOf(30), ctx.Err()
	}
	impatient, giveUp := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := c.get(impatient, "a", decode)
		left <- err
	}()
	<-begun
	stayed := make(chan error)
	go func() {
		_, err := c.get(t.Context(), "a", decode)
		stayed <- err
	}()
	for c.waiting("a") < 2 { // until the second has joined
	}
	giveUp()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the one that left got %v", err)
	}
	close(release)
	if err := <-stayed; err != nil {
		t.Errorf("the one that stayed got %v", err)
	}
}

func (c *cache) waiting(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.flights[key]; f != nil {
		return f.waiting
	}
	return 0
}

func TestDecodingNobodyWaitsForIsCancelled(t *testing.T) {
	c := newCache(1000)
	begun, ended := make(chan struct{}), make(chan struct{})
	ctx, giveUp := context.WithCancel(t.Context())
	go func() {
		<-begun
		giveUp()
	}()
	_, err := c.get(ctx, "a", func(ctx context.Context) (*Clip, error) {
		close(begun)
		<-ctx.Done()
		close(ended)
		return nil, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-ended
}

func TestWhatNobodyWaitsForIsNotKept(t *testing.T) {
	c := newCache(1000)
	left := &flight{done: make(chan struct{}), cancel: func() {}} // taken off the list when its last waiter left
	c.fly(t.Context(), "a", left, func(context.Context) (*Clip, error) { return clipOf(10), nil })
	if c.byKey["a"] != nil || c.size != 0 {
		t.Errorf("%d bytes are kept", c.size)
	}
}

func TestCacheKeepsWithinItsBytes(t *testing.T) {
	c := newCache(100)
	decoded := map[string]int{}
	get := func(key string, size int) {
		t.Helper()
		if _, err := c.get(t.Context(), key, func(context.Context) (*Clip, error) {
			decoded[key]++
			return clipOf(size), nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	get("a", 39)
	get("b", 39)
	get("a", 39) // now b is the oldest
	get("c", 39)
	get("a", 39)
	get("b", 39)
	get("huge", 300)
	get("huge", 300)
	if got := fmt.Sprint(decoded); got != "map[a:1 b:2 c:1 huge:2]" {
		t.Error(got)
	}
	if c.size > c.max || c.order.Len() != len(c.byKey) {
		t.Errorf("%d bytes, %d in order, %d by key", c.size, c.order.Len(), len(c.byKey))
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	c := newCache(100)
	fail := errors.New("fail")
	if _, err := c.get(t.Context(), "a", func(context.Context) (*Clip, error) { return nil, fail }); !errors.Is(err, fail) {
		t.Fatal(err)
	}
	if _, err := c.get(t.Context(), "a", func(context.Context) (*Clip, error) { return clipOf(3), nil }); err != nil {
		t.Fatal(err)
	}
}

func TestTheDecodersOfOnePayerLeaveOneToOthers(t *testing.T) {
	d := newDecoder(t, func(_ *Limits, o *Options) { o.Workers = 2 })
	path := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8))))
	a, b := quota.WithPayer(t.Context(), "a"), quota.WithPayer(t.Context(), "b")
	for range 2 { // files of a that take long
		if _, err := d.slots.Take(a, "a"); err != nil {
			t.Fatal(err)
		}
	}
	if n := d.threads(); n != 1 {
		t.Errorf("a video gets %d threads where no core is idle", n)
	}
	if _, err := d.Open(b, Source{Path: path, Digest: "d"}); err != nil {
		t.Error("b waits for a:", err)
	}
	late, cancel := context.WithTimeout(a, 50*time.Millisecond)
	defer cancel()
	if _, err := d.Open(late, Source{Path: path}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a has a third decoder: %v", err)
	}
}

func TestSameDigestIsDecodedOnce(t *testing.T) {
	d := newDecoder(t, nil)
	path := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8))))
	first, err := d.Open(t.Context(), Source{Path: path, Digest: "d"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.Open(t.Context(), Source{Path: "/gone", Digest: "d"})
	if err != nil || first != second {
		t.Fatalf("%p, %p, %v", first, second, err)
	}
}

func TestWhatIsAskedForTheLastTimeIsNotKept(t *testing.T) {
	d := newDecoder(t, nil)
	path := mediatest.File(t, mediatest.PNG(mediatest.RGBA(mediatest.Scene(8, 8))))
	examined, err := d.Open(t.Context(), Source{Path: path, Digest: "d"})
	if err != nil || d.cache.size != int64(len(examined.Frames[0].Image.Pix)) {
		t.Fatal(d.cache.size, err)
	}
	judged, err := d.Open(t.Context(), Source{Path: "/gone", Digest: "d", Last: true})
	if err != nil || judged != examined {
		t.Fatalf("%p, %p, %v", examined, judged, err)
	}
	again, err := d.Open(t.Context(), Source{Path: path, Digest: "d", Last: true})
	if err != nil || again == judged {
		t.Fatalf("%p is kept, %v", again, err)
	}
	if d.cache.size != 0 || len(d.cache.byKey) != 0 || d.cache.order.Len() != 0 {
		t.Errorf("%d bytes, %d by key, %d in order are kept", d.cache.size, len(d.cache.byKey), d.cache.order.Len())
	}
}
