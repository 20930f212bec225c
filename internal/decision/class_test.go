package decision_test

import (
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/decision"
)

func TestAPictureToBeTakenAgainIsNoAttack(t *testing.T) {
	reasons := func(codes ...string) (all []bonafide.Reason) {
		for _, c := range codes {
			all = append(all, bonafide.Reason{Code: c})
		}
		return all
	}
	for _, tt := range []struct {
		resolution bonafide.Status
		reasons    []bonafide.Reason
		want       bonafide.Class
	}{
		{bonafide.Success, nil, bonafide.ClassAccepted},
		{bonafide.Failed, nil, bonafide.ClassFailed},
		{bonafide.Processing, nil, ""},
		{bonafide.Initial, nil, ""},
		{bonafide.Declined, reasons("face_too_close", "too_dark"), bonafide.ClassTryAgain},
		{bonafide.OperatorRequired, reasons("no_face"), bonafide.ClassTryAgain},
		{bonafide.Declined, reasons("presentation_attack"), bonafide.ClassAttack},
		{bonafide.Declined, reasons("reused_media"), bonafide.ClassAttack},
		{bonafide.Declined, reasons("blurred", "frozen_frames"), bonafide.ClassAttack},
		{bonafide.Declined, reasons("artificial_border"), bonafide.ClassAttack},
		{bonafide.Declined, reasons("injection_duplicate_frames", "too_dark"), bonafide.ClassInjection},
		{bonafide.Declined, reasons("action_missing"), bonafide.ClassInjection},
		{bonafide.Declined, reasons("injection_late", "presentation_attack"), bonafide.ClassAttack},
		{bonafide.Declined, reasons("burnt_out", "back_light"), bonafide.ClassTryAgain},
		{bonafide.Declined, reasons("crushed"), bonafide.ClassTryAgain},
		{bonafide.Declined, reasons("no_match"), bonafide.ClassOtherPerson},
		{bonafide.Declined, reasons("no_face", "listed"), bonafide.ClassListed},
		{bonafide.OperatorRequired, reasons("uncertain_match"), bonafide.ClassOperator},
		{bonafide.Declined, nil, bonafide.ClassOperator},
	} {
		if got := decision.ClassOf(tt.resolution, tt.reasons); got != tt.want {
			t.Errorf("%s %v is %q, want %q", tt.resolution, tt.reasons, got, tt.want)
		}
	}
}

func TestTheClassOfAFolderIsTheWorstOfTheNewestResultOfEachType(t *testing.T) {
	one := func(typ bonafide.AnalysisType, group bonafide.ID, resolution bonafide.Status, codes ...string) bonafide.Analysis {
		a := bonafide.Analysis{Type: typ, GroupID: group, Resolution: resolution, Result: &bonafide.Result{}}
		for _, c := range codes {
			a.Result.Reasons = append(a.Result.Reasons, bonafide.Reason{Code: c})
		}
		return a
	}
	attack := one(bonafide.Quality, "1", bonafide.Declined, "presentation_attack")
	clean := one(bonafide.Collection, "2", bonafide.Success)
	again := one(bonafide.Quality, "3", bonafide.Success)
	running := one(bonafide.Biometry, "4", bonafide.Processing)
	for want, all := range map[bonafide.Class][]bonafide.Analysis{
		bonafide.ClassAttack:   {attack, clean},
		bonafide.ClassAccepted: {attack, clean, again},
	} {
		if got := decision.ClassOfFolder(all); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := decision.ClassOfFolder([]bonafide.Analysis{attack, running}); got != "" {
		t.Errorf("before the end it is %q", got)
	}
	if got := decision.ClassOfFolder(nil); got != "" {
		t.Errorf("of nothing it is %q", got)
	}
}
