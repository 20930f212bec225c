package bonafide

import "context"

// OperatorDecision is what an operator decides; nil leaves as it is.
type OperatorDecision struct {
	Status  *Status // SUCCESS or DECLINED; empty takes the decision back, with its comment
	Comment *string
}

// Decisions is the part of Store that keeps what operators decide. Decisions
// stand beside what the system found, which stays as it is.
type Decisions interface {
	DecideFolder(ctx context.Context, scope Scope, id ID, d OperatorDecision) error
	// DecideAnalysis is CodeValue unless the analysis is FINISHED.
	DecideAnalysis(ctx context.Context, scope Scope, id ID, d OperatorDecision) error
}
