package store

import (
	"context"

	"github.com/bonafide-id/bonafide"
)

// Templates keeps the templates of images of persons. An image may have those of several
// models: galleries of each hold it.
type Templates interface {
	// ReplaceTemplate gives an image a template in place of all that it has.
	ReplaceTemplate(ctx context.Context, imageID bonafide.ID, t bonafide.Template) error
	// AddTemplate gives an image a template in place of that of the same model; those of
	// others stay.
	AddTemplate(ctx context.Context, imageID bonafide.ID, t bonafide.Template) error
	// WithoutTemplate gives images that have no template of the model, in order of their
	// ids, after one.
	WithoutTemplate(ctx context.Context, model bonafide.ModelRef, after bonafide.ID, limit int) ([]bonafide.ID, error)
	// KeepTemplates deletes, of as many images as limit says that have a template of the
	// model, those of other models, and tells of how many. 0: there are none left.
	KeepTemplates(ctx context.Context, model bonafide.ModelRef, limit int) (int, error)
}
