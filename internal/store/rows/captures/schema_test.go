package captures_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/captures"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, captures.Rows())
}
