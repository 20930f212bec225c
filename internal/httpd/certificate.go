package httpd

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"
)

// lookEvery is how often files of a certificate are looked at, at most.
const lookEvery = 5 * time.Second

// Certificate is one that lies in files, and is read anew when these change: who renews it
// need not restart the server. It is safe for concurrent use.
type Certificate struct {
	cert, key string
	log       *slog.Logger

	mu     sync.Mutex
	loaded *tls.Certificate
	state  [2]fileState // of cert and key, when they were loaded
	looked time.Time
}

// fileState tells whether a file is another one than before.
type fileState struct {
	changed time.Time
	size    int64
}

// LoadCertificate reads a certificate with its chain, and its private key, both as PEM.
func LoadCertificate(cert, key string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{cert: cert, key: key, log: log}
	if err := c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Certificate) files() (s [2]fileState, err error) {
	for i, path := range []string{c.cert, c.key} {
		info, err := os.Stat(path)
		if err != nil {
			return s, err
		}
		s[i] = fileState{info.ModTime(), info.Size()}
	}
	return s, nil
}

// load is not called at the same time as itself.
func (c *Certificate) load() error {
	state, err := c.files()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return fmt.Errorf("certificate %s: %w", c.cert, err)
	}
	c.loaded, c.state = &pair, state
	return nil
}

// get gives the certificate for a handshake. What cannot be read, or is half written, is
// logged and leaves the one before in use.
func (c *Certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < lookEvery {
		return c.loaded, nil
	}
	c.looked = time.Now()
	if state, err := c.files(); err == nil && state == c.state {
		return c.loaded, nil
	}
	if err := c.load(); err != nil {
		c.log.Error("the new certificate cannot be read, the one before stays in use", "error", err)
	} else {
		c.log.Info("certificate read anew", "until", c.loaded.Leaf.NotAfter)
	}
	return c.loaded, nil
}

// Secure answers by TLS on a listener.
func (c *Certificate) Secure(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"http/1.1"}, // limits of bodies and of time are those of connections
		GetCertificate: c.get,
	})
}
