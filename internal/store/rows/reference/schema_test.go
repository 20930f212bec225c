package reference_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/reference"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, reference.Rows())
}
