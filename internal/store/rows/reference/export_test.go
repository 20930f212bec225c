package reference

// Rows gives tests one row of each table.
func Rows() []any { return []any{&changeRow{}, &templateRow{}} }
