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

func TestALaterOrderOfSomethingElseHidesNothing(t *testing.T) {
	const (
		quality, biometry, collection = bonafide.Quality, bonafide.Biometry, bonafide.Collection
		success, declined, unsure     = bonafide.Success, bonafide.Declined, bonafide.OperatorRequired
		running, failed               = bonafide.Processing, bonafide.Failed
	)
	type asked struct {
		group  bonafide.ID
		typ    bonafide.AnalysisType
		list   bonafide.ID
		result bonafide.Status
	}
	tests := map[string]struct {
		asked           []asked
		newest, overall bonafide.Status
	}{
		"nothing":                           {nil, bonafide.Initial, bonafide.Initial},
		"one group":                         {[]asked{{"1", quality, "", success}, {"1", biometry, "", unsure}}, unsure, unsure},
		"an attack, then a list":            {[]asked{{"1", quality, "", declined}, {"2", collection, "a", success}}, success, declined},
		"two groups that pass":              {[]asked{{"1", quality, "", success}, {"2", collection, "a", success}}, success, success},
		"the same asked again":              {[]asked{{"1", quality, "", declined}, {"2", quality, "", success}}, success, success},
		"the same asked again, then worse":  {[]asked{{"1", quality, "", success}, {"2", quality, "", declined}}, declined, declined},
		"one of two asked again":            {[]asked{{"1", quality, "", declined}, {"1", biometry, "", declined}, {"2", quality, "", success}}, success, declined},
		"listed, then another list":         {[]asked{{"1", collection, "a", declined}, {"2", collection, "b", success}}, success, declined},
		"listed, then the same list":        {[]asked{{"1", collection, "a", declined}, {"2", collection, "a", success}}, success, success},
		"two lists in one group":            {[]asked{{"1", collection, "a", declined}, {"1", collection, "b", success}}, declined, declined},
		"twice in the newest group":         {[]asked{{"1", quality, "", success}, {"2", quality, "", declined}, {"2", quality, "", success}}, declined, declined},
		"an old one runs":                   {[]asked{{"1", quality, "", running}, {"2", biometry, "", declined}}, declined, running},
		"an old one failed":                 {[]asked{{"1", quality, "", failed}, {"2", biometry, "", success}}, success, failed},
		"an old failure was asked again":    {[]asked{{"1", quality, "", failed}, {"2", quality, "", success}}, success, success},
		"an old one ended without a result": {[]asked{{"1", quality, "", ""}, {"2", biometry, "", success}}, success, failed},
	}
	for name, tt := range tests {
		var all []bonafide.Analysis
		for _, q := range tt.asked {
			a := bonafide.Analysis{GroupID: q.group, Type: q.typ, State: bonafide.Finished, Resolution: q.result}
			a.Params.CollectionID = q.list
			if q.result == running || q.result == failed {
				a.State = q.result
			}
			all = append(all, a)
		}
		if got := decision.Folder(all); got.SystemResolution != tt.newest || got.Overall != tt.overall {
			t.Errorf("%s: %+v, want %s and %s", name, got, tt.newest, tt.overall)
		}
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
