package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/blob/disk"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/face"
	"github.com/bonafide-id/bonafide/internal/store/sqlite"
)

// collectionCmd looks after collections, with the server stopped.
type collectionCmd struct {
	Reenrol reenrolCmd `cmd:"" help:"Make the templates anew, from the stored photos, that another model made."`
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
	store, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer store.Close()
	blobs, err := openBlobs(cfg, store)
	if err != nil {
		return err
	}
	made, refused, err := reenrol(ctx, store, blobs, &face.Reader{Opener: p.opener, Evaluator: p.evaluator})
	fmt.Printf("%d templates made anew, %d photos refused\n", made, refused)
	if err == nil && refused > 0 {
		return exitCode(2)
	}
	return err
}

// reenrol reads the images page by page, so that it can be cut short and begun
// again.
func reenrol(ctx context.Context, store *sqlite.Store, blobs *disk.Blobs, reader *face.Reader) (made, refused int, err error) {
	q := bonafide.Query{Limit: 500, OmitTotal: true}
	for {
		page, err := store.PersonImages(ctx, bonafide.Scope{}, q)
		if err != nil {
			return made, refused, err
		}
		for _, im := range page.Items {
			if im.Template.Model == reader.Evaluator.Set.Embedder.Ref() {
				continue
			}
			switch err := reenrolOne(ctx, store, blobs, reader, im); {
			case bonafide.CodeOf(err) == bonafide.CodeValue:
				refused++
				fmt.Fprintf(os.Stderr, "image %s of person %s in collection %s: %v\n", im.ID, im.PersonID, im.CollectionID, err)
			case err != nil:
				return made, refused, fmt.Errorf("image %s: %w", im.ID, err)
			default:
				made++
			}
		}
		if len(page.Items) < q.Limit {
			return made, refused, nil
		}
		q.Offset += q.Limit
	}
}

func reenrolOne(ctx context.Context, store *sqlite.Store, blobs *disk.Blobs, reader *face.Reader, im bonafide.PersonImage) error {
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
