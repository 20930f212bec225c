package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/blob"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/face"
)

// collectionCmd looks after collections. Servers on the same data may go on running:
// they see each change with their next search.
type collectionCmd struct {
	Reenrol reenrolCmd `cmd:"" help:"Make the templates anew, from the stored photos, that another model made. Servers may go on running; those that run with another model set refuse searches in these collections from then on."`
}

type reenrolCmd struct{}

// Run goes through all images. The exit code is 2 where some photos give no
// template with the model in use: until these images are deleted, searches in
// their collections fail.
func (reenrolCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	p, err := openPipeline(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.close()
	store, err := storage.OpenStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	blobs, err := storage.OpenBlobs(ctx, cfg, store.ClaimBlobs)
	if err != nil {
		return err
	}
	made, refused, err := reenrol(ctx, store, blobs, &face.Reader{Opener: p.opener, Evaluator: p.evaluator})
	fmt.Printf("%d templates made anew with the model set %s, %d photos refused\n", made, p.set.Name, refused)
	if err == nil && refused > 0 {
		return exitCode(2)
	}
	return err
}

// reenrol goes through all images until nothing is left to do, since images may come
// and go meanwhile. It can be cut short and begun again.
func reenrol(ctx context.Context, store storage.Store, blobs blob.Store, reader *face.Reader) (made, refused int, err error) {
	bad := map[bonafide.ID]bool{}
	for {
		n, err := reenrolPass(ctx, store, bad, func(im bonafide.PersonImage) error {
			if im.Template.Model == reader.Evaluator.Set.Embedder.Ref() {
				return errUpToDate
			}
			return reenrolOne(ctx, store, blobs, reader, im)
		})
		made += n
		if err != nil || n == 0 {
			return made, len(bad), err
		}
	}
}

// errUpToDate says that nothing was to be done.
var errUpToDate = errors.New("the template is up to date")

// reenrolPass reads the images page by page and counts those that one made anew. Those
// that are refused go into bad, and are not tried again.
func reenrolPass(ctx context.Context, store storage.Store, bad map[bonafide.ID]bool, one func(bonafide.PersonImage) error) (made int, err error) {
	q := bonafide.Query{Limit: 500, OmitTotal: true}
	for {
		page, err := store.PersonImages(ctx, bonafide.Scope{}, q)
		if err != nil {
			return made, err
		}
		for _, im := range page.Items {
			if bad[im.ID] {
				continue
			}
			switch err := one(im); {
			case err == nil:
				made++
			case errors.Is(err, errUpToDate):
			case bonafide.CodeOf(err) == bonafide.CodeValue:
				bad[im.ID] = true
				fmt.Fprintf(os.Stderr, "image %s of person %s in collection %s: %v\n", im.ID, im.PersonID, im.CollectionID, err)
			case deleted(ctx, store, im.ID):
			default:
				return made, fmt.Errorf("image %s: %w", im.ID, err)
			}
		}
		if len(page.Items) < q.Limit {
			return made, nil
		}
		q.Offset += q.Limit
	}
}

// deleted says that an image is there no longer.
func deleted(ctx context.Context, store storage.Store, image bonafide.ID) bool {
	there, err := store.PersonsOf(ctx, image)
	return err == nil && len(there) == 0
}

func reenrolOne(ctx context.Context, store storage.Store, blobs blob.Store, reader *face.Reader, im bonafide.PersonImage) error {
	path, done, err := blobs.Path(ctx, im.Original.Digest)
	if err != nil {
		return err
	}
	defer done()
	t, err := reader.Template(ctx, path, im.Original.Digest)
	if err != nil {
		return err
	}
	return store.ReplaceTemplate(ctx, im.ID, t)
}
