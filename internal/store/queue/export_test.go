package queue

import (
	"log/slog"
	"time"
)

// NextReindex tells when River builds its indices anew after t.
func NextReindex(t time.Time) time.Time {
	return (&worker{Queue: &Queue{log: slog.Default()}}).config(1, nil).ReindexerSchedule.Next(t)
}
