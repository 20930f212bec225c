package decision

import "github.com/bonafide-id/bonafide"

// Folder adds up the analyses of one folder, in order of creation, to the
// folder's state. Resolutions of operators do not count here: they stand beside
// what the system found.
func Folder(analyses []bonafide.Analysis) bonafide.FolderState {
	if len(analyses) == 0 {
		return bonafide.FolderState{ResolutionStatus: bonafide.Initial, SystemResolution: bonafide.Initial, Overall: bonafide.Initial}
	}
	state := bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Success, Overall: bonafide.Success}
	newest := analyses[len(analyses)-1].GroupID
	for _, a := range analyses {
		state.ResolutionStatus = worse(state.ResolutionStatus, ended(a.State))
		if a.GroupID == newest {
			state.SystemResolution = worse(state.SystemResolution, resolution(a))
		}
	}
	for _, a := range newestOf(analyses) {
		state.Overall = worse(state.Overall, resolution(a))
	}
	return state
}

// newestOf gives those analyses, in order of creation, that answer a question last: of
// each type, and of each collection that was searched, those of the newest group that
// asked for it.
func newestOf(analyses []bonafide.Analysis) []bonafide.Analysis {
	type question struct {
		analysis   bonafide.AnalysisType
		collection bonafide.ID
	}
	newest := map[question]bonafide.ID{}
	for i := range analyses {
		a := &analyses[i]
		newest[question{a.Type, a.Params.CollectionID}] = a.GroupID
	}
	var last []bonafide.Analysis
	for i := range analyses {
		if a := &analyses[i]; newest[question{a.Type, a.Params.CollectionID}] == a.GroupID {
			last = append(last, *a)
		}
	}
	return last
}

// ended reads a state closed: what is neither running nor finished has failed.
func ended(s bonafide.Status) bonafide.Status {
	if s == bonafide.Processing || s == bonafide.Finished {
		return s
	}
	return bonafide.Failed
}

// resolution is what the system found, FAILED where that is not a verdict.
func resolution(a bonafide.Analysis) bonafide.Status {
	if s := ended(a.State); s != bonafide.Finished {
		return s
	}
	switch a.Resolution {
	case bonafide.Success, bonafide.OperatorRequired, bonafide.Declined:
		return a.Resolution
	}
	return bonafide.Failed
}

// worse gives the status that prevails over the other: work in progress over a
// failure, a failure over a verdict, and the less favourable verdict.
func worse(a, b bonafide.Status) bonafide.Status {
	if weight(b) > weight(a) {
		return b
	}
	return a
}

func weight(s bonafide.Status) int {
	switch s {
	case bonafide.Finished, bonafide.Success:
		return 0
	case bonafide.OperatorRequired:
		return 1
	case bonafide.Declined:
		return 2
	case bonafide.Failed:
		return 3
	case bonafide.Processing:
		return 4
	}
	return 3
}
