package decision

import "github.com/bonafide-id/bonafide"

// Folder adds up the analyses of one folder, in order of creation, to the
// folder's state. Resolutions of operators do not count here: they stand beside
// what the system found.
func Folder(analyses []bonafide.Analysis) bonafide.FolderState {
	if len(analyses) == 0 {
		return bonafide.FolderState{ResolutionStatus: bonafide.Initial, SystemResolution: bonafide.Initial}
	}
	state := bonafide.FolderState{ResolutionStatus: bonafide.Finished, SystemResolution: bonafide.Success}
	newest := analyses[len(analyses)-1].GroupID
	for _, a := range analyses {
		state.ResolutionStatus = worse(state.ResolutionStatus, ended(a.State))
		if a.GroupID == newest {
			state.SystemResolution = worse(state.SystemResolution, resolution(a))
		}
	}
	return state
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
