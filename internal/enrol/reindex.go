package enrol

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/store"
)

// Templates is the part of store.Store that a reindexer needs.
type Templates interface {
	store.Templates
	PersonImages(ctx context.Context, scope bonafide.Scope, q bonafide.Query) (bonafide.Page[bonafide.PersonImage], error)
	PersonsOf(ctx context.Context, imageIDs ...bonafide.ID) (map[bonafide.ID]bonafide.ID, error)
}

// Reindexer makes templates of a model beside those that images have, from the stored
// photos. Servers go on meanwhile: those with the former model search its templates, all of
// which stay, and those with the new one refuse a collection until all of it has theirs.
type Reindexer struct {
	Store Templates
	Blobs interface {
		Path(ctx context.Context, digest string) (path string, done func(), err error)
	}
	Faces interface { // see Faces
		Template(ctx context.Context, path, digest string) (bonafide.Template, error)
	}
	Model   bonafide.ModelRef // that Faces makes templates with
	Workers int
	// Refused is told of each image that gives no template, from one goroutine at a time.
	Refused func(bonafide.PersonImage, error)
}

// reindexBatch is how many images are read, or changed, at a time.
const reindexBatch = 200

// Run goes through all images until nothing is left to do, since images may come and go
// meanwhile. It can be cut short and begun again.
func (r *Reindexer) Run(ctx context.Context) (made, refused int, err error) {
	bad := map[bonafide.ID]bool{}
	for {
		n, err := r.pass(ctx, bad)
		made += n
		if err != nil || n == 0 {
			return made, len(bad), err
		}
	}
}

// pass goes through the images once. Those that are refused go into bad and are not tried
// again.
func (r *Reindexer) pass(ctx context.Context, bad map[bonafide.ID]bool) (made int, err error) {
	after := bonafide.ID("")
	for {
		ids, err := r.Store.WithoutTemplate(ctx, r.Model, after, reindexBatch)
		if err != nil || len(ids) == 0 {
			return made, err
		}
		after = ids[len(ids)-1]
		values := make([]any, len(ids))
		for i, id := range ids {
			values[i] = string(id)
		}
		page, err := r.Store.PersonImages(ctx, bonafide.Scope{}, bonafide.Query{Limit: reindexBatch, OmitTotal: true,
			Filters: []bonafide.Filter{{Field: "person_image_id", Op: bonafide.OpIn, Values: values}}})
		if err != nil {
			return made, err
		}
		n, err := r.batch(ctx, page.Items, bad)
		if made += n; err != nil {
			return made, err
		}
	}
}

// batch makes the templates of some images, as many at once as there are workers.
func (r *Reindexer) batch(ctx context.Context, images []bonafide.PersonImage, bad map[bonafide.ID]bool) (made int, err error) {
	next := make(chan bonafide.PersonImage)
	var mu sync.Mutex
	var all sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range max(r.Workers, 1) {
		all.Go(func() {
			for im := range next {
				failed := r.one(ctx, im)
				mu.Lock()
				switch {
				case failed == nil:
					made++
				case bonafide.CodeOf(failed) == bonafide.CodeValue:
					bad[im.ID] = true
					r.Refused(im, failed)
				case !r.deleted(ctx, im.ID) && err == nil:
					err = fmt.Errorf("image %s: %w", im.ID, failed)
					stop()
				}
				mu.Unlock()
			}
		})
	}
	for _, im := range images {
		mu.Lock()
		known := bad[im.ID]
		mu.Unlock()
		if !known && ctx.Err() == nil {
			next <- im
		}
	}
	close(next)
	all.Wait()
	if err == nil {
		err = ctx.Err()
	}
	return made, err
}

func (r *Reindexer) one(ctx context.Context, im bonafide.PersonImage) error {
	path, done, err := r.Blobs.Path(ctx, im.Original.Digest)
	if err != nil {
		return err
	}
	defer done()
	t, err := r.Faces.Template(ctx, path, im.Original.Digest)
	if err != nil {
		return err
	}
	if t.Model != r.Model {
		return bonafide.Errorf(bonafide.CodeModel, "the template is of another model")
	}
	return r.Store.AddTemplate(ctx, im.ID, t)
}

// deleted says that an image is there no longer.
func (r *Reindexer) deleted(ctx context.Context, image bonafide.ID) bool {
	there, err := r.Store.PersonsOf(ctx, image)
	return err == nil && len(there) == 0
}

// Finish deletes the templates of other models. It refuses to while there is an image
// without one of this model.
func (r *Reindexer) Finish(ctx context.Context) error {
	lacking, err := r.Store.WithoutTemplate(ctx, r.Model, "", 1)
	if err != nil {
		return err
	}
	if len(lacking) > 0 {
		return errors.New("templates of other models are kept, since not all images have one of this model")
	}
	for {
		n, err := r.Store.KeepTemplates(ctx, r.Model, reindexBatch)
		if err != nil || n == 0 {
			return err
		}
	}
}
