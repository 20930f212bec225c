package ozapi

import (
	"cmp"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/bound"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
)

// Gates knows the capture gate within limits. *job.Evaluator satisfies it.
type Gates interface {
	// SetWithin gives the set whose gate judges media of somebody with limits.
	SetWithin(l bound.Limits) *model.Set
}

func (a *api) limitsResource() rest.Resource {
	return rest.Resource{Component: rest.ComponentAuth, Routes: []rest.Route{
		{Name: "readCaptureLimits", Method: get, Pattern: "/api/capture_limits", Permission: auth.CompanyRead,
			Summary: "What a capture must show to be judged, for the caller's company", Out: wire.CaptureLimits{}, Handle: a.captureLimits},
	}}
}

func (a *api) captureLimits(c *rest.Call) (*rest.Answer, error) {
	company := c.Caller.User.CompanyID
	limits, err := a.Bounds.Of(c.Context(), company)
	if err != nil {
		return nil, err
	}
	return rest.OK(viewLimits(company, a.Gates.SetWithin(limits)))
}

// viewLimits describes the gate of a set. The rates in force are those of the smallest
// share that was measured and is no smaller than the gate's: where the gate's own was not,
// the next larger one stands for it.
func viewLimits(company bonafide.ID, set *model.Set) wire.CaptureLimits {
	g := set.Gate
	out := wire.CaptureLimits{Set: set.Name, Rates: []wire.GateRates{}, Gate: wire.GateLimits{
		MinEyeDistancePx: g.MinEyeDistancePx, MinFaceWidthPx: g.MinFaceWidthPx, MinFrameSidePx: g.MinFrameSidePx,
		MaxFaceShare: g.MaxFaceShare, MaxClipFaceShare: g.MaxClipFaceShare,
		MaxYawDeg: g.MaxYawDeg, MaxPitchDeg: g.MaxPitchDeg, MaxRollDeg: g.MaxRollDeg,
		MinBrightness: g.MinBrightness, MaxBrightness: g.MaxBrightness, MinFrames: g.MinFrames,
	}}
	if company != "" {
		out.CompanyID = &company
	}
	for _, r := range set.GateRates {
		out.Rates = append(out.Rates, wire.GateRates{MaxFaceShare: r.MaxFaceShare, Rates: r.Rates, Data: r.Data})
	}
	slices.SortFunc(out.Rates, func(a, b wire.GateRates) int { return cmp.Compare(a.MaxFaceShare, b.MaxFaceShare) })
	if i := slices.IndexFunc(out.Rates, func(r wire.GateRates) bool { return r.MaxFaceShare >= g.MaxFaceShare }); i >= 0 {
		out.Rates[i].InForce = true
	}
	return out
}
