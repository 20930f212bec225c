package decision_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

func TestAFolderIsTheSumOfItsAnalyses(t *testing.T) {
	in := func(group bonafide.ID, states ...bonafide.Status) []bonafide.Analysis {
		var out []bonafide.Analysis
		for _, s := range states {
			a := bonafide.Analysis{GroupID: group, State: bonafide.Finished, Resolution: s}
			if s == bonafide.Processing || s == bonafide.Failed {
				a.State = s
			}
			out = append(out, a)
		}
		return out
	}
	and := func(groups ...[]bonafide.Analysis) (all []bonafide.Analysis) {
		for _, g := range groups {
			all = append(all, g...)
		}
		return all
	}
	const (
		success, declined, unsure = bonafide.Success, bonafide.Declined, bonafide.OperatorRequired
		running, failed, finished = bonafide.Processing, bonafide.Failed, bonafide.Finished
	)
	tests := map[string]struct {
		analyses   []bonafide.Analysis
		resolution bonafide.Status
		system     bonafide.Status
	}{
		"no analyses":                     {nil, bonafide.Initial, bonafide.Initial},
		"all running":                     {in("1", running, running), running, running},
		"one running":                     {in("1", success, running), running, running},
		"one running, one failed":         {in("1", failed, running), running, running},
		"all successful":                  {in("1", success, success), finished, success},
		"one declined":                    {in("1", success, declined), finished, declined},
		"declined over operator required": {in("1", unsure, declined, success), finished, declined},
		"operator required over success":  {in("1", success, unsure), finished, unsure},
		"failed over declined":            {in("1", declined, failed), failed, failed},
		"the newest group decides":        {and(in("1", declined), in("2", success)), finished, success},
		"an old failure stays visible":    {and(in("1", failed), in("2", success)), failed, success},
		"an old group still running":      {and(in("1", running), in("2", declined)), running, declined},
		"the newest group running":        {and(in("1", success), in("2", running)), running, running},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := decision.Folder(tt.analyses)
			if got.ResolutionStatus != tt.resolution || got.SystemResolution != tt.system {
				t.Errorf("got %+v, want %s and %s", got, tt.resolution, tt.system)
			}
		})
	}
}

func TestAFinishedAnalysisWithoutVerdictCountsAsFailed(t *testing.T) {
	for _, r := range []bonafide.Status{"", bonafide.Finished, bonafide.Initial, "GRANTED"} {
		got := decision.Folder([]bonafide.Analysis{{State: bonafide.Finished, Resolution: r}})
		if got.SystemResolution != bonafide.Failed {
			t.Errorf("resolution %q: got %+v", r, got)
		}
	}
	if got := decision.Folder([]bonafide.Analysis{{State: "", Resolution: bonafide.Success}}); got.SystemResolution != bonafide.Failed {
		t.Errorf("no state: got %+v", got)
	}
}

func TestOperatorsLeaveWhatTheSystemFound(t *testing.T) {
	got := decision.Folder([]bonafide.Analysis{{State: bonafide.Finished, Resolution: bonafide.Declined, Operator: bonafide.Success}})
	if got.SystemResolution != bonafide.Declined {
		t.Errorf("got %+v", got)
	}
}
