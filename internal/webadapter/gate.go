package webadapter

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// gate is what the API's gate lets through. Pages are told of it as it is, and ask for a
// little more, so that few captures are refused afterwards.
type gate struct {
	EyeDistance float64 `json:"min_eye_distance_px"`
	FaceShare   float64 `json:"max_face_share"` // of width and height of a frame
	FrameSide   int     `json:"min_frame_side_px"`
}

// ordinaryGate is that of our own sets, for an API that does not tell its own.
func ordinaryGate() gate { return gate{EyeDistance: 45, FaceShare: 0.60, FrameSide: 240} }

// sound tells whether a gate is one that a face can pass.
func (g gate) sound() bool {
	return g.EyeDistance >= 0 && g.EyeDistance < 1000 && g.FaceShare > 0 && g.FaceShare <= 1 && g.FrameSide >= 0 && g.FrameSide < 10_000
}

const (
	gateFresh  = time.Minute     // for which a gate is not asked for again
	gateWithin = 2 * time.Second // no page waits longer for it
)

// gates remembers the gate of each tenant.
type gates struct {
	mu    sync.Mutex
	known map[string]knownGate
}

type knownGate struct {
	gate
	asked time.Time
}

// gateOf gives the gate of the company that captures of a tenant belong to: GET
// /api/capture_limits, which has the bounds of the installation and of the company in it.
// Where it is not to be had the last one holds.
func (a *adapter) gateOf(ctx context.Context, s *appconfig.Settings, tenant string) gate {
	if s.Architecture == appconfig.Lite {
		return ordinaryGate() // Oz API Lite has no companies
	}
	a.gates.mu.Lock()
	defer a.gates.mu.Unlock()
	now := a.Now()
	last, known := a.gates.known[tenant]
	if known && now.Sub(last.asked) < gateFresh {
		return last.gate
	}
	if !known {
		last.gate = ordinaryGate()
	}
	last.asked = now
	g, err := a.askGate(ctx, s)
	var refusal *apiError
	switch {
	case err == nil && g.sound():
		last.gate = g
	case errors.As(err, &refusal) && refusal.status == http.StatusNotFound: // the vendor's
	default:
		a.Log.Warn("the API does not tell its limits of captures", "error", err)
	}
	a.gates.known[tenant] = last
	return last.gate
}

func (a *adapter) askGate(ctx context.Context, s *appconfig.Settings) (gate, error) {
	ctx, cancel := context.WithTimeout(ctx, gateWithin)
	defer cancel()
	u, err := a.api(ctx, s, &session{})
	if err != nil {
		return gate{}, err
	}
	var told struct {
		Gate gate `json:"gate"`
	}
	err = u.call(ctx, http.MethodGet, "/api/capture_limits", nil, &told)
	return told.Gate, err
}
