package merges

// Rows gives tests one row of each table.
func Rows() []any { return []any{&mergeRow{}, &personRow{}} }
