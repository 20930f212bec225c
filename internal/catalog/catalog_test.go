package catalog

import (
	"slices"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/analysis"
)

// TestEveryParameterIsOfOneKind: those who read and describe orders ask which place is
// set.
func TestEveryParameterIsOfOneKind(t *testing.T) {
	taken := map[string]bool{}
	for _, s := range Specs() {
		if s.Title == "" || s.Doc == "" {
			t.Errorf("%s lacks a title or a sentence", s.Type)
		}
		for _, p := range s.Params {
			places := 0
			for _, set := range []bool{p.Number != nil, p.Integer != nil, p.Flag != nil} {
				if set {
					places++
				}
			}
			if places != 1 || p.Doc == "" || taken[p.Name] {
				t.Errorf("%s: %s has %d places, or lacks a sentence, or is there twice", s.Type, p.Name, places)
			}
			taken[p.Name] = true
		}
	}
}

func TestParametersHaveDifferentPlaces(t *testing.T) {
	var p bonafide.Params
	for _, s := range Specs() {
		for _, param := range s.Params {
			switch {
			case param.Flag != nil:
				fill(t, param.Name, param.Flag(&p))
			case param.Number != nil:
				fill(t, param.Name, param.Number(&p))
			default:
				fill(t, param.Name, param.Integer(&p))
			}
		}
	}
}

func fill[T any](t *testing.T, name string, place **T) {
	t.Helper()
	if *place != nil {
		t.Errorf("the place of %s is filled already", name)
	}
	*place = new(T)
}

func TestDocumentsAreKnownAndCannotBeRun(t *testing.T) {
	of := func(s analysis.Spec) bool { return s.Type == bonafide.Documents }
	if !slices.ContainsFunc(Specs(), of) || len(Specs()) != len(Analyses())+1 {
		t.Errorf("specs %v", Specs())
	}
}
