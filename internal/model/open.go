package model

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
)

// Auto asks Open for the best set that is installed.
const Auto = "auto"

// setPrefix starts the names of cards of sets.
const setPrefix = "set-"

// Open loads a set: "standard" for the card set-standard, Auto for the set of the
// highest rank whose members are all installed. The function graph gives the
// verified graph of a model; where none is installed, its error is fs.ErrNotExist
// underneath. Whatever is wrong with a card or a graph is a CodeModel error. The
// set must be closed before the runtime.
func Open(cards []*Card, graph func(name string) ([]byte, error), rt infer.Runtime, set string) (*Set, error) {
	if set != Auto {
		l := loader{cards: cards, graph: graph, runtime: rt}
		return l.set(setPrefix + set)
	}
	var sets []*Card
	for _, c := range cards {
		if c.Role == RoleSet {
			sets = append(sets, c)
		}
	}
	slices.SortFunc(sets, func(a, b *Card) int { return cmp.Compare(b.Members.Rank, a.Members.Rank) })
	var missing error
	for _, c := range sets {
		l := loader{cards: cards, graph: graph, runtime: rt}
		s, err := l.set(c.Name)
		if !errors.Is(err, fs.ErrNotExist) {
			return s, err
		}
		missing = err
	}
	return nil, bonafide.Wrap(bonafide.CodeModel, "no set of models is installed", missing)
}
