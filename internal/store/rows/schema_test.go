package rows_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, rows.Rows())
}
