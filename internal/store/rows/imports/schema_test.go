package imports_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/imports"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, imports.Rows())
}
