package drill

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/bonafide-id/bonafide"
)

// slowUploads begins to send a large file on each connection and then sends a byte now
// and then.
func slowUploads(_ context.Context, s *siege) (sender, func(), error) {
	head := fmt.Sprintf("POST /api/folders HTTP/1.1\r\nHost: drill\r\nX-Forensic-Access-Token: %s\r\nContent-Type: multipart/form-data; boundary=B\r\n"+
		"Content-Length: 30000000\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.jpg\"\r\n\r\n", s.a.token)
	begun := append([]byte(head), s.photo[:min(len(s.photo), 30_000)]...)
	return func(ctx context.Context, _ int) (answer, error) { return s.drip(ctx, begun) }, func() {}, nil
}

// idleConnections opens connections on which no request is ever sent as a whole.
func idleConnections(_ context.Context, s *siege) (sender, func(), error) {
	return func(ctx context.Context, n int) (answer, error) {
		if n%2 == 0 {
			return s.drip(ctx, nil)
		}
		return s.drip(ctx, []byte("GET /api/folders HTTP/1.1\r\nHost: drill\r\nX-Long: "))
	}, func() {}, nil
}

// drip opens a connection, sends what is given and a byte a second, and reads the
// answer.
func (s *siege) drip(ctx context.Context, begun []byte) (answer, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.server.address)
	if err != nil {
		return answer{}, err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	if _, err := c.Write(begun); err != nil {
		return answer{}, err
	}
	answered, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for answered.Err() == nil && begun != nil {
			pause(answered, time.Second)
			if _, err := c.Write([]byte("x")); err != nil {
				return
			}
		}
	}()
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return answer{status: resp.StatusCode, told: resp.Header.Get("Retry-After") != "", route: "a slow upload"}, err
}

// receivers is how many receivers of webhooks hang.
const receivers = 75

// hangingReceivers orders analyses whose results are to be told to receivers that never
// answer.
func hangingReceivers(ctx context.Context, s *siege) (sender, func(), error) {
	var all []net.Listener
	clean := func() {
		for _, l := range all {
			l.Close()
		}
	}
	for i := range receivers {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.1.%d:0", i+1))
		if err != nil {
			clean()
			return nil, nil, err
		}
		all = append(all, l)
		go hang(l)
	}
	return func(ctx context.Context, n int) (answer, error) {
		payload := bytes.Replace([]byte(quality), []byte("{"), fmt.Appendf(nil, `{"resolution_endpoint":"http://%s/%s",`,
			all[(n+n>>16)%receivers].Addr(), bonafide.NewID()), 1)
		return s.send(ctx, s.upload(folders, string(payload), s.unique(s.photo)))
	}, clean, nil
}

// hang takes connections and never answers.
func hang(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() { _, _ = io.Copy(io.Discard, c) }()
	}
}
