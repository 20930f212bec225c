package decision

import (
	"slices"

	"github.com/bonafide-id/bonafide"
)

// ClassOf gives the class of what the system found, and nothing while it has not ended.
// The worst reason counts.
func ClassOf(resolution bonafide.Status, reasons []bonafide.Reason) bonafide.Class {
	switch resolution {
	case bonafide.Success:
		return bonafide.ClassAccepted
	case bonafide.Failed:
		return bonafide.ClassFailed
	case bonafide.Declined, bonafide.OperatorRequired:
	default:
		return ""
	}
	var found []bonafide.Class
	for _, r := range reasons {
		found = append(found, classOfReason(r.Code))
	}
	worst := WorstClass(found...)
	if resolution == bonafide.OperatorRequired && worst != bonafide.ClassTryAgain || worst == "" {
		return bonafide.ClassOperator
	}
	return worst
}

// ClassOfAnalysis gives the class of what the system found, whatever an operator decided.
func ClassOfAnalysis(a *bonafide.Analysis) bonafide.Class {
	var reasons []bonafide.Reason
	if a.Result != nil {
		reasons = a.Result.Reasons
	}
	return ClassOf(a.Resolution, reasons)
}

// ClassOfFolder gives the worst class of the newest result of each type, of analyses in
// the order in which they were ordered; nothing while one of these has not ended.
func ClassOfFolder(analyses []bonafide.Analysis) bonafide.Class {
	var all []bonafide.Class
	for _, a := range newestOf(analyses) {
		c := ClassOfAnalysis(&a)
		if c == "" {
			return ""
		}
		all = append(all, c)
	}
	return WorstClass(all...)
}

func classOfReason(code string) bonafide.Class {
	switch code {
	case bonafide.ReasonListed:
		return bonafide.ClassListed
	case bonafide.ReasonNoMatch:
		return bonafide.ClassOtherPerson
	case bonafide.ReasonUncertain, bonafide.ReasonNoLivenessSet:
		return bonafide.ClassOperator
	}
	if slices.Contains(bonafide.InjectionReasons(), code) {
		return bonafide.ClassInjection
	}
	if code == bonafide.ReasonAttack || code == bonafide.ReasonBorder || slices.Contains(bonafide.StreamReasons(), code) {
		return bonafide.ClassAttack
	}
	return bonafide.ClassTryAgain
}

// WorstClass gives the worst of some classes, and nothing of none.
func WorstClass(some ...bonafide.Class) bonafide.Class {
	var worst bonafide.Class
	for _, c := range bonafide.Classes() {
		if slices.Contains(some, c) {
			worst = c
		}
	}
	return worst
}
