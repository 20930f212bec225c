package analysis

import (
	"fmt"
	"math"

	"github.com/bonafide-id/bonafide"
)

// Spec is what an analysis declares about itself. Orders are read, checked and
// described by it, users get their rights by its type, and reports name the analysis by
// its title, so that none of them lists the types.
type Spec struct {
	Type   bonafide.AnalysisType // upper case as on the wire
	Title  string                // for people, in English
	Doc    string                // a sentence for the description of the API
	Params []Param
	// Takes tells whether a media takes part when the order names none; nil takes all.
	Takes func(m *bonafide.Media) bool
	// Collection is set where an order must name a collection, in which is searched.
	// Such an analysis needs stored folders.
	Collection bool
	// Refuse tells for which reason an order could never be run on these media, beyond
	// the ranges of Params (CodeValue). It may be nil.
	Refuse func(media []bonafide.Media, p bonafide.Params) error
}

// Param is one parameter of an order. Exactly one of Number, Integer and Flag is set:
// it gives the place of the value, which holds nil where the order does not say.
type Param struct {
	Name     string // on the wire
	Doc      string
	Default  string  // what counts where the order does not say, in words
	Min, Max float64 // of numbers and integers, both allowed; no bound where both are 0
	Number   func(p *bonafide.Params) **float64
	Integer  func(p *bonafide.Params) **int64
	Flag     func(p *bonafide.Params) **bool
}

// Accepts tells whether a media takes part when the order names none.
func (s Spec) Accepts(m *bonafide.Media) bool { return s.Takes == nil || s.Takes(m) }

// Check refuses an order that could never be run on these media (CodeValue).
func (s Spec) Check(media []bonafide.Media, p bonafide.Params) error {
	for _, param := range s.Params {
		if err := param.check(&p); err != nil {
			return err
		}
	}
	if s.Refuse != nil {
		return s.Refuse(media, p)
	}
	return nil
}

// check is written so that what is not a number is refused.
func (p Param) check(of *bonafide.Params) error {
	var v float64
	switch {
	case p.Number != nil && *p.Number(of) != nil:
		v = **p.Number(of)
	case p.Integer != nil && *p.Integer(of) != nil:
		v = float64(**p.Integer(of))
	default:
		return nil
	}
	if p.Min == 0 && p.Max == 0 || v >= p.Min && v <= p.Max {
		return nil
	}
	return bonafide.Errorf(bonafide.CodeValue, "%s must %s, not %v", p.Name, p.Range(), v)
}

// Range says between which values the parameter lies, empty where there are no bounds.
func (p Param) Range() string {
	switch {
	case p.Min == 0 && p.Max == 0:
		return ""
	case math.IsInf(p.Max, 1):
		return fmt.Sprintf("be at least %v", p.Min)
	}
	return fmt.Sprintf("lie between %v and %v", p.Min, p.Max)
}
