package depot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/convert"
	"github.com/bonafide-id/bonafide/internal/model"
)

// PullOptions say where models come from and where they go.
type PullOptions struct {
	Dest string // folder to install into, made if need be
	// From is a folder with the source files under their published names, or with
	// ready graphs under any name. Empty: from the publishers' addresses.
	From string
	// Client is used for the publishers; nil: one with the system's proxies and
	// certificates.
	Client *http.Client
	// Patience is the longest silence of a publisher that is borne, before the first
	// byte and between any two; 0: 30 seconds. The context bounds the whole.
	Patience time.Duration
	Progress func(Progress) // called often while bytes arrive; may be nil
}

// Progress tells how far a file has come.
type Progress struct {
	Model, File string
	Done, Total int64 // bytes; Total is 0 where the card does not say
}

// errUnreachable marks failures that would hit the next file, too.
var errUnreachable = errors.New("no answer")

// Pull installs the named models, or all that have a publisher's address when
// none is named. Those that the program carries need no network, those of packages
// a folder. What is already in Dest is left alone. One model's failure does
// not keep the others from being installed, unless the network is at fault.
func (d *Depot) Pull(ctx context.Context, names []string, o PullOptions) error {
	cards, err := d.pullable(names)
	if err != nil {
		return err
	}
	unlock, err := lock(o.Dest)
	if err != nil {
		return err
	}
	defer unlock()
	var failures []error
	for _, card := range cards {
		e := Entry{Card: card, Dir: filepath.Join(o.Dest, card.Name)}
		if _, err := e.graph(); err == nil {
			continue
		}
		graph, err := o.obtain(ctx, card, d.Own)
		if err == nil {
			err = install(o.Dest, card, graph)
		}
		if err == nil {
			o.forget(card)
			continue
		}
		failures = append(failures, fmt.Errorf("model %s: %w", card.Name, err))
		if errors.Is(err, errUnreachable) || ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failures...)
}

// pullable gives the cards of the names.
func (d *Depot) pullable(names []string) ([]*model.Card, error) {
	var cards []*model.Card
	for _, card := range d.Cards {
		if card.Origin != nil && (len(names) == 0 && card.Origin.Route == routeURL || slices.Contains(names, card.Name)) {
			cards = append(cards, card)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(cards, func(c *model.Card) bool { return c.Name == name }) {
			return nil, bonafide.Errorf(bonafide.CodeNotFound, "there is no model %q to be pulled", name)
		}
	}
	return cards, nil
}

// obtain gives the graph of a model; own has the files that the program carries.
func (o PullOptions) obtain(ctx context.Context, card *model.Card, own fs.FS) ([]byte, error) {
	if o.From == "" && card.Origin.Route == routeOwn {
		files, err := sources(card, own, card.Name)
		if err != nil {
			return nil, err
		}
		return graphFrom(card, files)
	}
	if o.From == "" && card.Origin.Route == routeNPM {
		return nil, bonafide.Errorf(bonafide.CodeValue, "comes out of the package %s, not from a publisher: --from FOLDER with its files, or with the model.onnx of another installation", card.Origin.Package)
	}
	files := map[string][]byte{}
	for _, f := range card.Origin.Files {
		name := filepath.Base(filepath.FromSlash(f.Path))
		raw, err := o.source(ctx, card, f, name)
		if o.From != "" && errors.Is(err, fs.ErrNotExist) {
			return o.ready(card)
		}
		if err != nil {
			return nil, err
		}
		files[name] = raw
	}
	return graphFrom(card, files)
}

// source gives one source file, its digest checked.
func (o PullOptions) source(ctx context.Context, card *model.Card, f model.OriginFile, name string) ([]byte, error) {
	if o.From == "" {
		return o.fetch(ctx, card, f, name)
	}
	raw, err := readLimited(filepath.Join(o.From, name), convert.MaxSourceBytes)
	if err != nil {
		return nil, err
	}
	if digest := digestOf(raw); digest != f.SHA256 {
		return nil, bonafide.Errorf(bonafide.CodeModel, "%s has the digest %s, not %s", name, digest, f.SHA256)
	}
	return raw, nil
}

// ready looks through From for a graph that the card accepts, whatever its name.
func (o PullOptions) ready(card *model.Card) ([]byte, error) {
	entries, err := os.ReadDir(o.From)
	if err != nil {
		return nil, err
	}
	for _, g := range card.Graphs {
		for _, entry := range entries {
			info, err := entry.Info()
			if err != nil || !info.Mode().IsRegular() || info.Size() != g.Bytes {
				continue
			}
			raw, err := readLimited(filepath.Join(o.From, entry.Name()), MaxGraphBytes)
			if err == nil && digestOf(raw) == g.SHA256 {
				return raw, nil
			}
		}
	}
	return nil, bonafide.Errorf(bonafide.CodeModel, "the folder holds neither the source files nor a graph that the card accepts")
}
