package request

import (
	"strings"
	"unicode/utf8"

	"github.com/bonafide-id/bonafide"
)

const maxComment = 4096 // characters of an operator

// ReadDecision reads an operator's decision, whose word stands under the given
// name; nil where there is none in the request.
func ReadDecision(f Fields, name string) (*bonafide.OperatorDecision, error) {
	var d bonafide.OperatorDecision
	if _, given := f[name]; given {
		word, err := f.Text(name)
		if err != nil {
			return nil, err
		}
		status := bonafide.Status(strings.ToUpper(word))
		if status != "" && status != bonafide.Success && status != bonafide.Declined {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field %s, SUCCESS, DECLINED or null is needed, not %s", name, bonafide.Quote(word))
		}
		d.Status = &status
	}
	if _, given := f["operator_comment"]; given {
		comment, err := f.Text("operator_comment")
		if err != nil {
			return nil, err
		}
		if utf8.RuneCountInString(comment) > maxComment {
			return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid value of field operator_comment, at most %d characters", maxComment)
		}
		d.Comment = &comment
	}
	if d.Status == nil && d.Comment == nil {
		return nil, nil
	}
	return &d, nil
}

// AnalysisDecisionIn decides on an analysis as operator.
type AnalysisDecisionIn struct {
	Resolution *string `json:"resolution_operator,omitempty" words:"Decision"`                             // null takes the decision back
	Comment    *string `json:"operator_comment,omitempty" maxLength:"4096" example:"Checked by telephone"` // why
}
