package postgres_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/store/storetest"
	"github.com/bonafide-id/bonafide/internal/store/storetest/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestPostgreSQLKeepsEverythingButBlobs(t *testing.T) {
	pgtest.Need(t)
	storetest.Run(t, pgtest.Open)
}
