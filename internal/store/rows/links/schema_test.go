package links_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/links"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, links.Rows())
}
