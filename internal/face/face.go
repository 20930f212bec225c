// Package face asks one picture at a time, without folders, rows or queue: what
// template does its face give, and does it show a living person? Persons are
// enrolled by it, and the stateless service answers out of it.
package face

import (
	"context"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
	"github.com/bonafide-id/bonafide/internal/media"
	"github.com/bonafide-id/bonafide/internal/model"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// Reader reads faces. It may be used from many goroutines.
type Reader struct {
	Opener media.Opener
	Set    *model.Set
}

// Template makes a template of the only face in a file. A file that is no media,
// and one that does not show exactly one usable face, are CodeValue with advice for
// the capture subject.
func (r *Reader) Template(ctx context.Context, path, digest string) (bonafide.Template, error) {
	t, reason, err := analysis.Subject(ctx, sample.Open(bonafide.Media{}, media.Source{Path: path, Digest: digest}, r.Opener, r.Set))
	if err == nil && reason != "" {
		err = bonafide.Errorf(bonafide.CodeValue, "%s", bonafide.NewReason(reason).Advice)
	}
	return t, err
}
