package decision_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

func live(media bonafide.ID, score float64) bonafide.Finding {
	return bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: media, Score: &score}
}

func pair(a, b bonafide.ID, score float64) bonafide.Finding {
	return bonafide.Finding{Kind: bonafide.FindingSimilarity, MediaID: a, OtherID: b, Score: &score}
}

func hit(media bonafide.ID, score float64) bonafide.Finding {
	return bonafide.Finding{Kind: bonafide.FindingSearch, MediaID: media, Score: &score}
}

func failed(kind string, media bonafide.ID, codes ...string) bonafide.Finding {
	f := bonafide.Finding{Kind: kind, MediaID: media}
	for _, c := range codes {
		f.Failures = append(f.Failures, bonafide.Reason{Code: c})
	}
	return f
}

func ids(names ...bonafide.ID) []bonafide.ID { return names }

// hinted is a finding whose pictures scored passive before the hints took from it.
func hinted(media bonafide.ID, score, passive float64, hints ...bonafide.Hint) bonafide.Finding {
	f := live(media, score)
	f.Passive, f.Hints = &passive, hints
	return f
}

func at(v float64) *float64 { return &v }

func TestTheWorstFindingDecides(t *testing.T) {
	const ok, declined, unsure = bonafide.Success, bonafide.Declined, bonafide.OperatorRequired
	tests := map[string]struct {
		media    []bonafide.ID
		findings []bonafide.Finding
		params   bonafide.Params
		want     bonafide.Status
		reasons  []string
	}{
		"a live score passes":                  {ids("a"), []bonafide.Finding{live("a", 0.9)}, bonafide.Params{}, ok, nil},
		"a score at the threshold is declined": {ids("a"), []bonafide.Finding{live("a", 0.5)}, bonafide.Params{}, declined, []string{"presentation_attack"}},
		"a score just above it passes":         {ids("a"), []bonafide.Finding{live("a", math.Nextafter(0.5, 1))}, bonafide.Params{}, ok, nil},
		"the order's threshold holds":          {ids("a"), []bonafide.Finding{live("a", 0.9)}, bonafide.Params{ThresholdSpoofing: at(0.05)}, declined, []string{"presentation_attack"}},
		"threshold 0 lets nothing pass":        {ids("a"), []bonafide.Finding{live("a", 1)}, bonafide.Params{ThresholdSpoofing: at(0)}, declined, []string{"presentation_attack"}},
		"threshold 1 stops the certain attack": {ids("a"), []bonafide.Finding{live("a", 0)}, bonafide.Params{ThresholdSpoofing: at(1)}, declined, []string{"presentation_attack"}},
		"one attack among live media":          {ids("a", "b"), []bonafide.Finding{live("a", 0.9), live("b", 0.1)}, bonafide.Params{}, declined, []string{"presentation_attack"}},
		"a failed capture is never a success": {ids("a"), []bonafide.Finding{failed("capture", "a", "no_face"), failed("liveness", "a", "no_face")},
			bonafide.Params{}, declined, []string{"no_face"}},
		"a failed capture beside a live media": {ids("a", "b"), []bonafide.Finding{live("a", 0.9), failed("capture", "b", "blurred", "too_dark")},
			bonafide.Params{}, declined, []string{"blurred", "too_dark"}},
		"a capture finding without failures adds nothing": {ids("a"), []bonafide.Finding{{Kind: "capture", MediaID: "a"}, live("a", 0.9)}, bonafide.Params{}, ok, nil},

		"who is listed is declined":            {ids("a"), []bonafide.Finding{hit("a", 0.85)}, bonafide.Params{}, declined, []string{"listed"}},
		"who is not listed passes":             {ids("a"), []bonafide.Finding{hit("a", 0.849)}, bonafide.Params{}, ok, nil},
		"an empty list lists nobody":           {ids("a"), []bonafide.Finding{hit("a", 0)}, bonafide.Params{}, ok, nil},
		"the order's threshold lists more":     {ids("a"), []bonafide.Finding{hit("a", 0.7)}, bonafide.Params{DecisionThreshold: at(0.7)}, declined, []string{"listed"}},
		"the order's threshold lists fewer":    {ids("a"), []bonafide.Finding{hit("a", 0.9)}, bonafide.Params{DecisionThreshold: at(0.95)}, ok, nil},
		"who cannot be looked for is declined": {ids("a", "b"), []bonafide.Finding{hit("a", 0), failed("search", "b", "no_face")}, bonafide.Params{}, declined, []string{"no_face"}},
		"hints alone may decline": {ids("a"), []bonafide.Finding{hinted("a", 0.045, 0.9, bonafide.Hint{Code: "frozen_frames", Weight: 0.95})},
			bonafide.Params{}, declined, []string{"frozen_frames"}},
		"what does not count is no reason": {ids("a"), []bonafide.Finding{hinted("a", 0.1, 0.1, bonafide.Hint{Code: "edited_recording"})},
			bonafide.Params{}, declined, []string{"presentation_attack"}},
		"pictures and hints are both named": {ids("a"), []bonafide.Finding{hinted("a", 0.2, 0.4, bonafide.Hint{Code: "inconsistent", Weight: 0.5})},
			bonafide.Params{}, declined, []string{"presentation_attack", "inconsistent"}},
		"hints that leave enough pass": {ids("a"), []bonafide.Finding{hinted("a", 0.81, 0.9, bonafide.Hint{Code: "edited_recording", Weight: 0.1})},
			bonafide.Params{}, ok, nil},

		"similar faces match":                      {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.85)}, bonafide.Params{}, ok, nil},
		"other faces do not":                       {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.849)}, bonafide.Params{}, declined, []string{"no_match"}},
		"between the two, the operator":            {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.7)}, bonafide.Params{ThresholdMin: at(0.6)}, unsure, []string{"uncertain_match"}},
		"at the lower threshold too":               {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.6)}, bonafide.Params{ThresholdMin: at(0.6)}, unsure, []string{"uncertain_match"}},
		"a lower maximum takes the minimum along":  {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.7)}, bonafide.Params{ThresholdMax: at(0.7)}, ok, nil},
		"a higher minimum takes the maximum along": {ids("a", "b"), []bonafide.Finding{pair("a", "b", 0.9)}, bonafide.Params{ThresholdMin: at(0.95)}, declined, []string{"no_match"}},
		"the least similar pair decides": {ids("a", "b", "c"), []bonafide.Finding{pair("a", "b", 0.99), pair("c", "a", 0.2), pair("b", "c", 0.99)},
			bonafide.Params{}, declined, []string{"no_match"}},
		"a media without a face spoils the match": {ids("a", "b", "c"), []bonafide.Finding{pair("a", "b", 0.99), failed("similarity", "c", "no_face")},
			bonafide.Params{}, declined, []string{"no_face"}},
		"the only usable media has nothing to be compared with": {ids("a", "b"), []bonafide.Finding{failed("similarity", "b", "no_face")},
			bonafide.Params{}, declined, []string{"no_face"}},
		"the only usable one of three": {ids("a", "b", "c"), []bonafide.Finding{failed("similarity", "a", "no_face"), failed("similarity", "c", "several_faces")},
			bonafide.Params{}, declined, []string{"no_face", "several_faces"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := decision.Default().Resolve(tt.media, tt.findings, tt.params)
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, r := range v.Reasons {
				codes = append(codes, r.Code)
			}
			if v.Resolution != tt.want || !reflect.DeepEqual(codes, tt.reasons) {
				t.Errorf("got %s %v, want %s %v", v.Resolution, codes, tt.want, tt.reasons)
			}
		})
	}
}

func TestWhatWasNotMeasuredIsAnError(t *testing.T) {
	tests := map[string]struct {
		media    []bonafide.ID
		findings []bonafide.Finding
	}{
		"no media":                          {nil, []bonafide.Finding{live("a", 1)}},
		"no findings":                       {ids("a"), nil},
		"a media without a finding":         {ids("a", "b"), []bonafide.Finding{live("a", 1)}},
		"a finding without score":           {ids("a"), []bonafide.Finding{{Kind: "liveness", MediaID: "a"}}},
		"only a capture finding":            {ids("a"), []bonafide.Finding{{Kind: "capture", MediaID: "a"}}},
		"a score on a capture finding":      {ids("a"), []bonafide.Finding{{Kind: "capture", MediaID: "a", Score: at(1)}}},
		"not a number":                      {ids("a"), []bonafide.Finding{live("a", math.NaN())}},
		"infinity":                          {ids("a"), []bonafide.Finding{live("a", math.Inf(1))}},
		"a score above one":                 {ids("a"), []bonafide.Finding{live("a", 1.01)}},
		"a score below zero":                {ids("a"), []bonafide.Finding{live("a", -0.01)}},
		"a similarity that is not a number": {ids("a", "b"), []bonafide.Finding{pair("a", "b", math.NaN())}},
		"a pair left out":                   {ids("a", "b", "c"), []bonafide.Finding{pair("a", "b", 1), pair("b", "c", 1)}},
		"two usable media not compared":     {ids("a", "b", "c"), []bonafide.Finding{failed("similarity", "a", "no_face")}},
		"a media compared with itself":      {ids("a"), []bonafide.Finding{pair("a", "a", 1)}},
		"a kind without a rule":             {ids("a"), []bonafide.Finding{{Kind: "mood", MediaID: "a", Score: at(1)}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if v, err := decision.Default().Resolve(tt.media, tt.findings, bonafide.Params{}); err == nil {
				t.Errorf("got %s, want an error", v.Resolution)
			}
		})
	}
}

func TestThresholdsThatAreNotNumbersLetNothingPass(t *testing.T) {
	params := bonafide.Params{ThresholdSpoofing: at(math.NaN()), ThresholdMin: at(math.NaN()), ThresholdMax: at(math.NaN())}
	for _, f := range []bonafide.Finding{live("a", 1), pair("a", "b", 1)} {
		media := ids("a")
		if f.OtherID != "" {
			media = ids("a", "b")
		}
		v, err := decision.Default().Resolve(media, []bonafide.Finding{f}, params)
		if err != nil || v.Resolution != bonafide.Declined {
			t.Errorf("%s: got %s, %v", f.Kind, v.Resolution, err)
		}
	}
}

func TestThresholdsInForceAreTold(t *testing.T) {
	v, err := decision.Default().Resolve(ids("a"), []bonafide.Finding{failed("liveness", "a", "no_face")}, bonafide.Params{ThresholdSpoofing: at(0.3)})
	if err != nil {
		t.Fatal(err)
	}
	if want := map[bonafide.Threshold]float64{bonafide.ThresholdSpoofing: 0.3}; !reflect.DeepEqual(v.Thresholds, want) {
		t.Errorf("got %v, want %v", v.Thresholds, want)
	}
}

func TestAReasonNamesItsMediaOnce(t *testing.T) {
	findings := []bonafide.Finding{failed("capture", "a", "no_face"), failed("liveness", "a", "no_face"), failed("capture", "b", "no_face")}
	v, err := decision.Default().Resolve(ids("a", "b"), findings, bonafide.Params{})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Reasons) != 2 || v.Reasons[0].Media != "a" || v.Reasons[1].Media != "b" {
		t.Errorf("got %+v", v.Reasons)
	}
}

func TestCaptureFailuresFollowThePolicy(t *testing.T) {
	for status, want := range map[bonafide.Status]bonafide.Status{
		bonafide.OperatorRequired: bonafide.OperatorRequired,
		bonafide.Declined:         bonafide.Declined,
		bonafide.Success:          bonafide.Declined, // never
		"":                        bonafide.Declined,
	} {
		p := decision.Default()
		p.CaptureFailure = status
		v, err := p.Resolve(ids("a"), []bonafide.Finding{failed("capture", "a", "no_face")}, bonafide.Params{})
		if err != nil || v.Resolution != want {
			t.Errorf("policy %q: got %s, %v", status, v.Resolution, err)
		}
	}
	p := decision.Default()
	p.CaptureFailure = bonafide.OperatorRequired
	v, err := p.Resolve(ids("a", "b"), []bonafide.Finding{failed("capture", "a", "no_face"), live("b", 0)}, bonafide.Params{})
	if err != nil || v.Resolution != bonafide.Declined {
		t.Errorf("an attack beside it: got %s, %v", v.Resolution, err)
	}
}

// randomCase makes findings for n media: scores, failures, and now and then a
// hole or a value that is not a score.
func randomCase(r *rand.Rand) (media []bonafide.ID, findings []bonafide.Finding, sound bool) {
	sound = true
	score := func() *float64 {
		switch r.IntN(12) {
		case 0:
			sound = false
			return nil
		case 1:
			sound = false
			return at(math.NaN())
		}
		return at(r.Float64())
	}
	for i := range 1 + r.IntN(4) {
		id := bonafide.ID(rune('a' + i))
		media = append(media, id)
		switch r.IntN(6) {
		case 0:
			sound = false
			findings = append(findings, failed("capture", id, "no_face"))
		default:
			f := live(id, 0)
			f.Score = score()
			findings = append(findings, f)
		}
		for _, other := range media[:i] {
			f := pair(other, id, 0)
			f.Score = score()
			findings = append(findings, f)
		}
	}
	return media, findings, sound
}

func TestSuccessNeedsEveryScore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	successes := 0
	for range 20000 {
		media, findings, sound := randomCase(r)
		params := bonafide.Params{ThresholdSpoofing: at(r.Float64()), ThresholdMin: at(0.1), ThresholdMax: at(0.1 + 0.5*r.Float64())}
		v, err := decision.Default().Resolve(media, findings, params)
		if err != nil || v.Resolution != bonafide.Success {
			continue
		}
		successes++
		if !sound {
			t.Fatalf("success on %+v", findings)
		}
		for _, f := range findings {
			if f.Kind == bonafide.FindingLiveness && !(1-*f.Score < *params.ThresholdSpoofing) ||
				f.Kind == bonafide.FindingSimilarity && !(*f.Score >= *params.ThresholdMax) {
				t.Fatalf("success in spite of %s %v", f.Kind, *f.Score)
			}
		}
	}
	if successes < 100 {
		t.Fatalf("only %d successes: the test shows little", successes)
	}
}

func TestABetterScoreNeverHarms(t *testing.T) {
	rank := map[bonafide.Status]int{bonafide.Success: 2, bonafide.OperatorRequired: 1, bonafide.Declined: 0}
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		media, findings, _ := randomCase(r)
		params := bonafide.Params{ThresholdSpoofing: at(r.Float64()), ThresholdMin: at(0.2), ThresholdMax: at(0.7)}
		before, err := decision.Default().Resolve(media, findings, params)
		if err != nil {
			continue
		}
		i := r.IntN(len(findings))
		if findings[i].Score == nil {
			continue
		}
		findings[i].Score = at(*findings[i].Score + r.Float64()*(1-*findings[i].Score))
		after, err := decision.Default().Resolve(media, findings, params)
		if err != nil || rank[after.Resolution] < rank[before.Resolution] {
			t.Fatalf("from %s to %s, %v", before.Resolution, after.Resolution, err)
		}
	}
}

func TestGesturesAreDemandedUnlessSomebodySaysOtherwise(t *testing.T) {
	score, no, yes := 0.9, false, true
	live := bonafide.Finding{Kind: bonafide.FindingLiveness, MediaID: "a", Score: &score}
	gesture := bonafide.Finding{Kind: bonafide.FindingGesture, MediaID: "a", Gesture: "video_selfie_left", Failures: []bonafide.Reason{{Code: bonafide.ReasonGestureMissing}}}
	measured := decision.Default()
	measured.MeasureGestures = true
	for name, tt := range map[string]struct {
		policy decision.Policy
		order  bonafide.Params
		want   bonafide.Status
	}{
		"by default":                      {decision.Default(), bonafide.Params{}, bonafide.Declined},
		"an order that only measures":     {decision.Default(), bonafide.Params{VerifyGestures: &no}, bonafide.Success},
		"an installation that measures":   {measured, bonafide.Params{}, bonafide.Success},
		"an order that demands them here": {measured, bonafide.Params{VerifyGestures: &yes}, bonafide.Declined},
	} {
		v, err := tt.policy.Resolve([]bonafide.ID{"a"}, []bonafide.Finding{live, gesture}, tt.order)
		if err != nil || v.Resolution != tt.want || (tt.want == bonafide.Declined) != (len(v.Reasons) == 1) {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
	gesture.Failures = nil
	if _, err := decision.Default().Resolve([]bonafide.ID{"a"}, []bonafide.Finding{gesture}, bonafide.Params{}); err == nil {
		t.Error("a gesture stands for liveness")
	}
}
