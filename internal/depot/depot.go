// Package depot brings models onto a machine and finds them there. A model is a
// folder named after it, with the graph (model.onnx), a copy of its card
// (model.json) and, where the graph was converted here from a pinned source, a
// record of that (installed.json). A graph counts only under a digest that its
// card or that record names. The room knows nothing of what models do.
package depot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/model"
)

// The files of a model's folder.
const (
	graphFile  = "model.onnx"
	cardFile   = "model.json"
	recordFile = "installed.json"
)

// MaxGraphBytes limits a graph.
const MaxGraphBytes = 1 << 30

// Depot knows the cards that the program carries and the folders where models
// are installed. Its methods may be called from several goroutines, but two
// calls of Build or Pull into one folder exclude each other.
type Depot struct {
	Cards []*model.Card
	Dirs  []string // searched in order; a missing one is empty
	Own   fs.FS    // the files of models whose origin is own, in a folder of the model's name
	// Advice is the command that brings a missing model onto this machine; nil:
	// `bonafide model pull` with its name.
	Advice func(*model.Card) string
}

// FromPackage tells whether a model comes out of a pinned package of the build.
func FromPackage(c *model.Card) bool { return c.Origin != nil && c.Origin.Route == routeNPM }

// Entry is one model as far as this machine has it.
type Entry struct {
	Card *model.Card
	Sets []string // cards that this one serves, directly or through another
	Dir  string   // its folder; empty when it is not installed
	Own  bool     // the card is the operator's, found beside the graph
	Err  error    // why it cannot be used, of CodeModel
}

// NeedsGraph tells whether the model has a graph of its own, unlike a card that
// only joins others.
func (e Entry) NeedsGraph() bool { return len(e.Card.Graphs) > 0 || e.Card.Origin != nil }

// ReadCards reads all */model.json of a file system, by name.
func ReadCards(fsys fs.FS) ([]*model.Card, error) {
	paths, err := fs.Glob(fsys, "*/"+cardFile)
	if err != nil {
		return nil, err
	}
	var cards []*model.Card
	for _, path := range paths {
		card, err := readCard(fsys, path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		cards = append(cards, card)
	}
	return cards, nil
}

func readCard(fsys fs.FS, path string) (*model.Card, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return model.ReadCard(f)
}

// All gives the program's cards and those that an operator has put into the
// folders under names of their own. A card that cannot be read becomes an Entry
// with an error and a card of nothing but its name.
func (d *Depot) All() []Entry {
	var all []Entry
	for _, card := range d.Cards {
		all = append(all, Entry{Card: card, Dir: d.find(card.Name)})
	}
	for _, dir := range d.Dirs {
		all = append(all, own(dir, all)...)
	}
	for k := range all {
		all[k].Sets = servedBy(all[k].Card.Name, all)
	}
	return all
}

// own gives the models of a folder that are not known yet.
func own(dir string, known []Entry) []Entry {
	paths, _ := filepath.Glob(filepath.Join(dir, "*", cardFile))
	var found []Entry
	for _, path := range paths {
		folder := filepath.Dir(path)
		name := filepath.Base(folder)
		isKnown := func(e Entry) bool { return e.Card.Name == name }
		if strings.HasPrefix(name, ".") || slices.ContainsFunc(known, isKnown) {
			continue
		}
		e := Entry{Card: &model.Card{Name: name}, Dir: folder, Own: true}
		card, err := readCard(os.DirFS(dir), name+"/"+cardFile)
		switch {
		case err != nil:
			e.Err = bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("the card of model %q cannot be used", name), err)
		case card.Name != name:
			e.Err = bonafide.Errorf(bonafide.CodeModel, "the folder %q holds the card of %q", name, card.Name)
		default:
			e.Card = card
		}
		found = append(found, e)
	}
	return found
}

// servedBy names the cards that refer to a model, and those that refer to them.
func servedBy(name string, all []Entry) []string {
	var sets []string
	for pending := []string{name}; len(pending) > 0; pending = pending[1:] {
		for _, e := range all {
			if slices.Contains(e.Card.Refers(), pending[0]) && !slices.Contains(sets, e.Card.Name) {
				sets = append(sets, e.Card.Name)
				pending = append(pending, e.Card.Name)
			}
		}
	}
	slices.Sort(sets)
	return sets
}

// find gives the first folder that holds a graph of the model, or nothing.
func (d *Depot) find(name string) string {
	for _, dir := range d.Dirs {
		folder := filepath.Join(dir, name)
		if _, err := os.Stat(filepath.Join(folder, graphFile)); err == nil {
			return folder
		}
	}
	return ""
}

// Verify is All with every graph read and its digest checked.
func (d *Depot) Verify() []Entry {
	all := d.All()
	for k := range all {
		if e := &all[k]; e.Err == nil && e.Dir != "" && e.NeedsGraph() {
			_, e.Err = e.graph()
		}
	}
	return all
}

// Graph gives the graph of a model, its digest checked. A model that is not
// installed is a CodeModel error that says how to get it, with fs.ErrNotExist
// underneath.
func (d *Depot) Graph(name string) ([]byte, error) {
	for _, e := range d.All() {
		if e.Card.Name != name {
			continue
		}
		if e.Err != nil {
			return nil, e.Err
		}
		if e.Dir == "" {
			return nil, bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("model %q is not installed; try: %s", name, d.advice(e.Card)), fs.ErrNotExist)
		}
		return e.graph()
	}
	return nil, bonafide.Errorf(bonafide.CodeModel, "there is no model %q", name)
}

func (d *Depot) advice(card *model.Card) string {
	if d.Advice == nil {
		return "bonafide model pull " + card.Name
	}
	return d.Advice(card)
}

// Lacking tells what keeps a model or a set from being loaded: for each model that it
// needs, directly or through another, and that cannot be used, why. Graphs are not
// read unless Verify gave the entries.
func Lacking(all []Entry, name string) []string {
	at := slices.IndexFunc(all, func(e Entry) bool { return e.Card.Name == name })
	if at < 0 {
		return []string{name + " has no card"}
	}
	e := all[at]
	switch {
	case e.Err != nil:
		return []string{name + ": " + e.Err.Error()}
	case e.NeedsGraph() && e.Dir == "":
		return []string{name + " is not installed"}
	}
	var lacking []string
	for _, needed := range e.Card.Needs() {
		for _, l := range Lacking(all, needed) {
			if !slices.Contains(lacking, l) {
				lacking = append(lacking, l)
			}
		}
	}
	return lacking
}

func (e Entry) graph() ([]byte, error) {
	raw, err := readLimited(filepath.Join(e.Dir, graphFile), MaxGraphBytes)
	if err != nil {
		return nil, bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("the graph of model %q cannot be read", e.Card.Name), err)
	}
	digest := digestOf(raw)
	if e.pinned(digest) || e.recorded(digest) {
		return raw, nil
	}
	return nil, bonafide.Errorf(bonafide.CodeModel, "the graph of model %q has the digest %s, which its card does not accept", e.Card.Name, digest)
}

// pinned tells whether the card itself names the digest of a graph.
func (e Entry) pinned(digest string) bool {
	return slices.ContainsFunc(e.Card.Graphs, func(g model.Graph) bool { return g.SHA256 == digest })
}

// record says that a graph was converted on this machine, and from what.
type record struct {
	Graph   string   `json:"graph_sha256"`
	Sources []string `json:"sources_sha256"`
}

// recorded tells whether the graph was converted here from the very sources that
// the card pins.
func (e Entry) recorded(digest string) bool {
	raw, err := readLimited(filepath.Join(e.Dir, recordFile), 1<<16)
	if err != nil || e.Card.Origin == nil {
		return false
	}
	var r record
	if json.Unmarshal(raw, &r) != nil || len(r.Sources) == 0 {
		return false
	}
	return r.Graph == digest && slices.Equal(r.Sources, sourcesOf(e.Card))
}

func sourcesOf(c *model.Card) []string {
	var digests []string
	for _, f := range c.Origin.Files {
		digests = append(digests, f.SHA256)
	}
	return digests
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// readLimited reads a regular file of at most limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return readOpen(f, limit)
}

// readOpen is readLimited of an open file, which it closes.
func readOpen(f fs.File, limit int64) ([]byte, error) {
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, errors.New("not a regular file, or too large")
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead) // growing on the way takes several times the memory of a graph
	_, err = b.ReadFrom(io.LimitReader(f, limit))
	return b.Bytes(), err
}
