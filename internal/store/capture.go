package store

import (
	"context"
	"time"

	"github.com/bonafide-id/bonafide"
)

// CaptureSession is one drawn capture.
type CaptureSession struct {
	ID          bonafide.ID // jti of its token
	CompanyID   bonafide.ID // empty where an ADMIN drew it
	UserID      bonafide.ID // who drew it
	ChallengeID bonafide.ID
	KeyID       string   // of the key that its container is sealed for
	Actions     []string // that are demanded, in their order; none: anything
	Analyses    []string // that are ordered in any case, by type; nil where nothing was said
	Colors      []string // that the screen has to show, in their order
	SubjectHash string   // keyed hash of whom the capture is of; empty where nobody said
	TimeDrawn   time.Time
	ExpiresAt   time.Time
	UsedAt      time.Time   // zero until it is spent
	FolderID    bonafide.ID // that was made of it, empty for none
	Outcome     string      // a word of ours about how it was spent
}

// CaptureLimits are how many captures may be drawn in an hour, 0 for any number.
type CaptureLimits struct {
	Company int // by one company
	Subject int // of one person
}

// CaptureUse spends a session.
type CaptureUse struct {
	ID      bonafide.ID
	Outcome string // a word of ours
}

// CaptureSessions keeps drawn captures, and what tells their frames from those that were
// sent before. Both are forgotten after 90 days.
type CaptureSessions interface {
	// DrawCapture stores a session. It is CodeThrottled, with the time after which one
	// may be drawn, where the hour before has as many as the limits say.
	DrawCapture(ctx context.Context, s *CaptureSession, most CaptureLimits) error
	CaptureSession(ctx context.Context, id bonafide.ID) (*CaptureSession, error)
	// SpendCapture marks a session as used, of which no folder is made. CodeSession where
	// it was used before.
	SpendCapture(ctx context.Context, use CaptureUse) error
	// CreateCapturedFolder is CreateFolder, and spends the session in the same
	// transaction: of two at once one is CodeSession, and leaves nothing.
	CreateCapturedFolder(ctx context.Context, f *bonafide.Folder, media []bonafide.Media, order *Order, use CaptureUse) error
	// RefuseCapture notes in the audit log, in the name of the context's actor, that a
	// capture was refused. The session is empty where there is none; why is a word of ours.
	RefuseCapture(ctx context.Context, session bonafide.ID, why string) error
	// KnownFrames tells how many of the frames, by digest, an earlier capture of the
	// company had, other than the session, and keeps the marks for later ones, if any.
	KnownFrames(ctx context.Context, s *CaptureSession, frames, marks []uint64) (int, error)
}
