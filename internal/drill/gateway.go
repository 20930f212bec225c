package drill

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// gateway sends requests to one process after the other, as a load balancer does, and looks
// at each answer. A process that does not take the connection is passed over; a request that
// was cut off is the client's to repeat.
type gateway struct {
	addresses []string // of the processes
	inner     http.Transport

	mu       sync.Mutex
	turn     int
	statuses map[int]int    // answers
	passed   int            // connections that were not taken
	cut      int            // requests that were cut off
	faults   map[string]int // answers that must never be
}

// newGateway makes one before the processes at these addresses.
func newGateway(addresses []string) *gateway {
	return &gateway{addresses: addresses, statuses: map[int]int{}, faults: map[string]int{},
		inner: http.Transport{MaxIdleConnsPerHost: 64, DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext}}
}

// RoundTrip implements http.RoundTripper.
func (g *gateway) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		if err := errors.Join(err, req.Body.Close()); err != nil {
			return nil, err
		}
	}
	var resp *http.Response
	var err error
	for range g.addresses {
		there := req.Clone(req.Context())
		there.URL.Host = g.next()
		there.Host = there.URL.Host
		if req.Body != nil {
			there.Body, there.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
		resp, err = g.inner.RoundTrip(there)
		var network *net.OpError
		if !errors.As(err, &network) || network.Op != "dial" {
			break
		}
		g.count(&g.passed)
	}
	if err != nil {
		g.count(&g.cut)
		return nil, err
	}
	return resp, g.look(req, resp)
}

// next gives the address whose turn it is.
func (g *gateway) next() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn++
	return g.addresses[g.turn%len(g.addresses)]
}

func (g *gateway) count(n *int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	*n++
}

// look notes an answer. What is neither a success nor 429 or 503 with the time to come
// again is a fault, of which the beginning is kept.
func (g *gateway) look(req *http.Request, resp *http.Response) error {
	status := resp.StatusCode
	later := status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
	fault := ""
	switch {
	case later && resp.Header.Get("Retry-After") == "":
		fault = fmt.Sprintf("%s %s was answered %d without Retry-After", req.Method, req.URL.Path, status)
	case !later && status/100 != 2:
		const shown = 300
		head, err := io.ReadAll(io.LimitReader(resp.Body, shown))
		if err != nil {
			return err
		}
		fault = fmt.Sprintf("%s %s was answered %d: %s", req.Method, req.URL.Path, status, head)
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(head), resp.Body), resp.Body}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.statuses[status]++
	if fault != "" {
		g.faults[fault]++
	}
	return nil
}
