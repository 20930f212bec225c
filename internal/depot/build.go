package depot

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/convert"
	"github.com/bonafide-id/bonafide/internal/model"
)

// The ways in which a model reaches a machine, as cards name them.
const (
	routeNPM = "npm"
	routeURL = "url"
	routeOwn = "own"
)

// Build converts the models that come out of pinned packages, unpacked below
// npmDir as npm does it, or with the program itself, and installs them into
// outDir. What is already there is left alone. The conversion must give a graph
// that the card pins.
func (d *Depot) Build(ctx context.Context, npmDir, outDir string) error {
	unlock, err := lock(outDir)
	if err != nil {
		return err
	}
	defer unlock()
	packages := os.DirFS(npmDir)
	for _, card := range d.Cards {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case card.Origin == nil:
		case card.Origin.Route == routeNPM:
			at := strings.LastIndexByte(card.Origin.Package, '@') // of name@version, where the name may begin with one
			if at < 1 {
				return bonafide.Errorf(bonafide.CodeModel, "model %q names the package %q", card.Name, card.Origin.Package)
			}
			err = buildOne(card, packages, card.Origin.Package[:at], outDir)
		case card.Origin.Route == routeOwn:
			err = buildOne(card, d.Own, card.Name, outDir)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// buildOne makes a model out of files below a folder of a file system.
func buildOne(card *model.Card, from fs.FS, folder, outDir string) error {
	e := Entry{Card: card, Dir: filepath.Join(outDir, card.Name)}
	if _, err := e.graph(); err == nil {
		if copied, _ := os.ReadFile(filepath.Join(e.Dir, cardFile)); bytes.Equal(copied, indented(card)) {
			return nil
		}
	}
	files, err := sources(card, from, folder)
	if err != nil {
		return err
	}
	graph, err := graphFrom(card, files)
	if err != nil {
		return fmt.Errorf("model %s: %w", card.Name, err)
	}
	if digest := digestOf(graph); !e.pinned(digest) {
		return bonafide.Errorf(bonafide.CodeModel, "model %q: the conversion gives the digest %s, which the card does not name", card.Name, digest)
	}
	return install(outDir, card, graph)
}

// sources gives the files that a model is made of out of a folder of a file system,
// their digests checked.
func sources(card *model.Card, from fs.FS, folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, f := range card.Origin.Files {
		raw, err := readIn(from, path.Join(folder, f.Path))
		if err != nil {
			return nil, bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("model %q: source %s cannot be read", card.Name, f.Path), err)
		}
		if digest := digestOf(raw); digest != f.SHA256 {
			return nil, bonafide.Errorf(bonafide.CodeModel, "model %q: source %s has the digest %s, not %s", card.Name, f.Path, digest, f.SHA256)
		}
		files[path.Base(f.Path)] = raw
	}
	return files, nil
}

func readIn(fsys fs.FS, path string) ([]byte, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	return readOpen(f, convert.MaxSourceBytes)
}
