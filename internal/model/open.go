package model

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/infer"
)

// Auto asks Open for the best set that is installed.
const Auto = "auto"

// setPrefix starts the names of cards of sets.
const setPrefix = "set-"

// Choice says which set Open takes.
type Choice struct {
	Set string // "standard" for the card set-standard, or Auto
	// Used is the set that this installation has worked with before, empty for none.
	// Auto takes none of a lower rank: a part that is lost must not make the verdicts
	// weaker in silence.
	Used string
	// Ran hears of each run of a network by the role of its model, and may be called from
	// many goroutines; nil for nobody.
	Ran func(role Role, took time.Duration)
}

// Open loads the set that is named or, with Auto, the one of the highest rank whose
// members are all installed. The function graph gives the verified graph of a model;
// where none is installed, its error is fs.ErrNotExist underneath. Whatever is wrong
// with a card or a graph is a CodeModel error. The set must be closed before the
// runtime.
func Open(cards []*Card, graph func(name string) ([]byte, error), rt infer.Runtime, c Choice) (*Set, error) {
	load := func(name string) (*Set, error) {
		l := loader{cards: cards, graph: graph, runtime: rt, ran: c.Ran}
		return l.set(name)
	}
	sets := Sets(cards)
	if c.Set != Auto {
		if !slices.ContainsFunc(cards, func(k *Card) bool { return k.Name == setPrefix+c.Set }) {
			return nil, bonafide.Errorf(bonafide.CodeModel, "--set %s: there is no such set of models, only %s", c.Set, strings.Join(names(sets), " and "))
		}
		return load(setPrefix + c.Set)
	}
	if c.Used != "" && !slices.ContainsFunc(sets, func(s *Card) bool { return s.SetName() == c.Used }) {
		return nil, bonafide.Errorf(bonafide.CodeModel, "this installation has worked with the %s set, whose card is not there any more; name another with --set", c.Used)
	}
	var missing error
	for _, card := range sets {
		s, err := load(card.Name)
		if !errors.Is(err, fs.ErrNotExist) {
			return s, err
		}
		if card.SetName() == c.Used {
			return nil, bonafide.Wrap(bonafide.CodeModel, fmt.Sprintf("this installation has worked with the %s set, which is not complete any more "+
				"(a lesser one is taken only where it is named, as in --set starter)", c.Used), err)
		}
		missing = err
	}
	return nil, bonafide.Wrap(bonafide.CodeModel, "no set of models is installed", missing)
}

// Sets gives the cards of sets, the highest rank first.
func Sets(cards []*Card) []*Card {
	var sets []*Card
	for _, c := range cards {
		if c.Role == RoleSet {
			sets = append(sets, c)
		}
	}
	slices.SortStableFunc(sets, func(a, b *Card) int { return cmp.Compare(b.Members.Rank, a.Members.Rank) })
	return sets
}

// names are what sets are chosen by.
func names(sets []*Card) []string {
	var out []string
	for _, c := range sets {
		out = append(out, c.SetName())
	}
	return out
}

// SetName is the name under which a set is chosen: "standard" of the card set-standard.
func (c *Card) SetName() string { return strings.TrimPrefix(c.Name, setPrefix) }

// Needs names the models without which this one cannot be loaded: its parts or, of a
// set, the members that are not loaded later, when they are first asked for.
func (c *Card) Needs() []string {
	if c.Members == nil {
		return c.Refers()
	}
	var names []string
	for _, role := range []Role{RoleLandmarker, RoleDetector, RoleEmbedder, RoleContinuity, RolePAD} {
		if name := c.Members.Roles[role]; name != "" {
			names = append(names, name)
		}
	}
	return names
}
