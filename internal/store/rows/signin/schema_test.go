package signin_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/rows/signin"
	"github.com/bonafide-id/bonafide/internal/store/storetest"
)

func TestRowsHaveTheColumnsOfTheirTables(t *testing.T) {
	storetest.Columns(t, signin.Rows())
}
