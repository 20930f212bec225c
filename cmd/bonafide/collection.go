package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/cmd/bonafide/galleries"
	"github.com/bonafide-id/bonafide/cmd/bonafide/storage"
	"github.com/bonafide-id/bonafide/internal/config"
	"github.com/bonafide-id/bonafide/internal/enrol"
	"github.com/bonafide-id/bonafide/internal/eval"
	"github.com/bonafide-id/bonafide/internal/face"
)

// collectionCmd looks after collections.
type collectionCmd struct {
	Reenrol reenrolCmd `cmd:"" help:"The same as 'gallery reindex --finish'."`
}

type reenrolCmd struct{}

// Run goes through all images.
func (reenrolCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
	return (&reindexCmd{Finish: true}).Run(ctx, cfg, log)
}

// galleryCmd looks after what is searched. Servers on the same data may go on running: they
// see each change with their next search.
type galleryCmd struct {
	Reindex   reindexCmd   `cmd:"" help:"Make templates of all stored photos with the model set in use here, beside those that are there: servers with the former set go on finding everybody, and those with this one do as soon as it is done."`
	Threshold thresholdCmd `cmd:"" help:"Tell the decision_threshold for a rate of false alarms, by the false match rates of the model set in use here."`
}

type thresholdCmd struct {
	References []int `help:"Photos of a collection." default:"10,50,200,1000,1000000"`
	OneIn      []int `help:"Searches for people who are not in the collection, of which one may name somebody." default:"10,50,100,1000,10000"`
}

// Run prints a table, a line for each size.
func (c *thresholdCmd) Run(ctx context.Context, cfg *config.Config) error {
	p, err := openPipeline(ctx, cfg)
	if err != nil {
		return err
	}
	defer p.close()
	return printTables(os.Stdout, []eval.Table{galleries.Thresholds(p.set, c.References, c.OneIn)})
}

type reindexCmd struct {
	Finish bool `help:"Afterwards delete the templates of other models: servers with another model set refuse searches from then on."`
}

// Run goes through all images. The exit code is 2 where some photos give no template with
// the model in use: until these images are deleted, servers with it refuse searches in
// their collections, and nothing is finished.
func (c *reindexCmd) Run(ctx context.Context, cfg *config.Config, log *slog.Logger) error {
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
	r := &enrol.Reindexer{Store: store, Blobs: blobs, Faces: &face.Reader{Opener: p.opener, Evaluator: p.evaluator}, Model: p.set.Embedder.Ref(),
		Workers: workers(cfg), Refused: func(im bonafide.PersonImage, err error) {
			fmt.Fprintf(os.Stderr, "image %s of person %s in collection %s: %v\n", im.ID, im.PersonID, im.CollectionID, err)
		}}
	made, refused, err := r.Run(ctx)
	fmt.Printf("%d templates made with the model set %s, %d photos refused\n", made, p.set.Name, refused)
	switch {
	case err != nil:
		return err
	case refused > 0:
		return exitCode(2)
	case !c.Finish:
		return nil
	}
	if err := r.Finish(ctx); err != nil {
		return err
	}
	return storage.KeepIndex(ctx, cfg, r.Model)
}
