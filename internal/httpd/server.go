package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of the server itself. They bound what a client can hold open without
// saying anything; bodies have a limit of their own, see LimitBody.
const (
	headerWait  = 10 * time.Second
	idleWait    = 2 * time.Minute
	answerWait  = 15 * time.Minute // above the time of a body and of the verdicts on it, or a slow download
	headerBytes = 64 << 10
	graceWait   = 15 * time.Second
)

// LastCall is how long a request may go on once the server is told to stop, so that its
// answer still leaves before the connections are closed.
const LastCall = graceWait - 5*time.Second

// Serve answers on l until ctx ends, then lets running requests come to their end
// for a while. It closes l.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerWait,
		IdleTimeout:       idleWait,
		WriteTimeout:      answerWait,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return withLife(ctx) },
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceWait)
	defer cancel()
	err := srv.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	<-served
	return err
}
