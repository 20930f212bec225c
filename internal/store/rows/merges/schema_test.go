package merges_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/merges"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, merges.Rows())
}
