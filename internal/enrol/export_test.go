package enrol

import (
	"io"

	"github.com/bonafide-id/bonafide/internal/intake"
	"github.com/bonafide-id/bonafide/internal/store"
)

// ReadList gives tests the reading of lists.
func ReadList(r io.Reader) ([]store.ImportFile, error) { return readList(r, nil, intake.MetaLimit(0)) }
