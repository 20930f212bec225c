package bonafide

// OperatorDecision is what an operator decides; nil leaves as it is.
type OperatorDecision struct {
	Status  *Status // SUCCESS or DECLINED; empty takes the decision back, with its comment
	Comment *string
}
