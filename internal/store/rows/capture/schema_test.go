package capture_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/capture"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, capture.Rows())
}
