package listing

import "github.com/bonafide-id/bonafide"

// JSONCondition gives tests the condition on a value inside a JSON column.
func JSONCondition(d Dialect, column string, f bonafide.Filter) (string, []any, error) {
	return jsonCondition(d, column, f)
}
