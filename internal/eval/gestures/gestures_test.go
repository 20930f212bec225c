package gestures

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/eval"
)

func TestWindowsAreRead(t *testing.T) {
	known := []string{"left", "smile"}
	got, err := ReadWindows(strings.NewReader("file,subject,from,till,shown,unclear,mirror\na/b.mp4,x,1.5,4,left,smile,yes\nc.mp4,y,0,2,,,\n"), known)
	if err != nil || len(got) != 2 || got[0].FromMS != 1500 || !got[0].Mirror || got[0].Shown[0] != "left" || got[0].Unclear[0] != "smile" || len(got[1].Shown) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	for name, row := range map[string]string{
		"an unknown gesture": "a,x,0,1,wink,", "backwards": "a,x,2,1,,", "too long": "a,x,0,99,,", "not a number": "a,x,NaN,1,,",
		"no person": "a,,0,1,,", "a path upwards": "../a,x,0,1,,",
	} {
		if _, err := ReadWindows(strings.NewReader("file,subject,from,till,shown,unclear,mirror\n"+row+",\n"), known); bonafide.CodeOf(err) != bonafide.CodeValue {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// scriptedGestures passes what it is told to.
type scriptedGestures struct {
	passes func(file string, way int) []string
}

func (s scriptedGestures) answers(file string, way int) Answers {
	a := Answers{"left": "gesture_missing", "high": "gesture_missing", "smile": "gesture_missing"}
	for _, g := range s.passes(file, way) {
		a[g] = ""
	}
	return a
}

func (s scriptedGestures) Window(_ context.Context, w Window) (Answers, error) {
	return s.answers(w.File, -1), nil
}

func (s scriptedGestures) Forge(_ context.Context, photo string, way int) (Answers, error) {
	if photo == "no face" {
		return nil, nil
	}
	return s.answers(photo, way), nil
}

func TestGesturesAreCounted(t *testing.T) {
	g := &Gestures{
		System: "scripted", Known: []string{"left", "high", "smile"},
		Windows: []Window{
			{File: "a", Subject: "x", Shown: []string{"left"}},
			{File: "b", Subject: "x", Shown: []string{"left"}, Unclear: []string{"smile"}},
			{File: "c", Subject: "y"},
		},
		Photos: []string{"p", "q", "no face"}, Ways: []Way{{Name: "bent", Family: "bent"}, {Name: "shifted", Family: "shifted"}},
	}
	s := scriptedGestures{func(file string, way int) []string {
		switch {
		case file == "a", file == "p" && way == 0:
			return []string{"left"}
		case file == "b":
			return []string{"smile"}
		case file == "c", file == "p" && way == 1:
			return []string{"high"}
		}
		return nil
	}}
	if err := g.Tell(t.Context(), 2, s); err != nil {
		t.Fatal(err)
	}
	if refused, accepted := g.Count("left"); refused != (eval.Rate{Errors: 1, Trials: 2}) || accepted != (eval.Rate{Errors: 0, Trials: 1}) {
		t.Errorf("left: %v, %v", refused, accepted)
	}
	if refused, accepted := g.Count("high"); refused != (eval.Rate{Errors: 0, Trials: 0}) || accepted != (eval.Rate{Errors: 1, Trials: 3}) {
		t.Errorf("high: %v, %v", refused, accepted)
	}
	if _, accepted := g.Count("smile"); accepted != (eval.Rate{Errors: 0, Trials: 2}) {
		t.Errorf("what is unclear counts: %v", accepted)
	}
	// p passes a turn in one way and a raised head in another: that is a pair of a draw.
	if pairs := g.Pairs([]string{"left"}, []string{"high", "smile"}); pairs != (eval.Rate{Errors: 1, Trials: 2}) {
		t.Errorf("pairs: %v", pairs)
	}
	if m := g.Mistakes(); len(m) != 2 || !slices.ContainsFunc(m, func(s string) bool { return strings.Contains(s, "c, 0.0 to 0.0 s: high shown false") }) {
		t.Errorf("mistakes: %q", m)
	}
	for _, table := range Tables([]*Gestures{g}, []string{"left"}, []string{"high", "smile"}) {
		var out strings.Builder
		if err := table.WriteText(&out); err != nil || strings.Contains(out.String(), "NaN") {
			t.Errorf("%s, %v", out.String(), err)
		}
	}
}
