package httpd

import (
	"net/http"
	"time"
)

const (
	// streamHeld is how much of an answer is held back before it is begun: what ends
	// within is answered as a whole, and what fails within as a failure.
	streamHeld = 256 << 10
	// streamStall is how long a client may take for streamHeld bytes of an answer, so
	// that one that does not read does not keep what the answer is made of.
	streamStall = 30 * time.Second
)

// Stream is an answer that is written while it is made and need not lie in memory as a
// whole. Make it with NewStream.
type Stream struct {
	w           http.ResponseWriter
	contentType string
	last        time.Time // by which all must have been written
	held        []byte
	begun       bool
}

// NewStream begins an answer with status 200.
func NewStream(w http.ResponseWriter, contentType string) *Stream {
	return &Stream{w: w, contentType: contentType, last: time.Now().Add(answerWait)}
}

// Begun tells whether a part of the answer has left. After that a failure can only be
// shown by breaking the connection: panic with http.ErrAbortHandler.
func (s *Stream) Begun() bool { return s.begun }

// Write implements io.Writer.
func (s *Stream) Write(p []byte) (int, error) {
	if s.held = append(s.held, p...); len(s.held) < streamHeld {
		return len(p), nil
	}
	if !s.begun {
		s.begun = true
		h := s.w.Header()
		h.Set("Content-Type", s.contentType)
		h.Set("Cache-Control", "no-store")
	}
	return len(p), s.flush()
}

// Close ends an answer that has become whole.
func (s *Stream) Close() error {
	if !s.begun {
		Write(s.w, http.StatusOK, s.contentType, s.held)
		return nil
	}
	return s.flush()
}

func (s *Stream) flush() error {
	at := time.Now().Add(streamStall)
	if at.After(s.last) {
		at = s.last
	}
	// Only a writer that is no connection, as in tests, has no deadline.
	_ = http.NewResponseController(s.w).SetWriteDeadline(at)
	_, err := s.w.Write(s.held)
	s.held = s.held[:0]
	return err
}
