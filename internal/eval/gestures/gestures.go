// Package gestures evaluates how well gestures are told: on windows of clips in which
// somebody has seen them, and on clips that are made of photos, as attackers do.
package gestures

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/eval"
)

// Window is a part of a clip and the gestures that somebody saw in it. Gestures are the
// last words of their tags.
type Window struct {
	File           string
	Subject        string
	FromMS, TillMS float64
	Shown          []string
	Unclear        []string // neither shown nor absent: these are not counted
	Mirror         bool     // the clip is looked at in a mirror
}

// mostWindow is the longest window, in seconds.
const mostWindow = 15

// ReadWindows reads a CSV with the columns file, subject, from, till (seconds), shown,
// unclear and mirror, in this order: shown and unclear hold gestures apart by spaces, mirror
// is yes where the clip is to be mirrored first. known lists the gestures. Errors are
// CodeValue.
func ReadWindows(r io.Reader, known []string) ([]Window, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = 7
	all, err := rows.ReadAll()
	if err != nil || len(all) < 2 {
		return nil, bonafide.Wrap(bonafide.CodeValue, "list of windows", err)
	}
	var windows []Window
	for i, row := range all[1:] {
		w, err := readWindow(row, known)
		if err != nil {
			return nil, bonafide.Wrap(bonafide.CodeValue, fmt.Sprintf("list of windows, row %d", i+1), err)
		}
		windows = append(windows, w)
	}
	return windows, nil
}

func readWindow(row, known []string) (Window, error) {
	w := Window{File: row[0], Subject: row[1], Shown: strings.Fields(row[4]), Unclear: strings.Fields(row[5]), Mirror: row[6] == "yes"}
	from, err1 := strconv.ParseFloat(row[2], 64)
	till, err2 := strconv.ParseFloat(row[3], 64)
	if err := errors.Join(err1, err2); err != nil {
		return w, err
	}
	if !fs.ValidPath(w.File) || w.Subject == "" || !(from >= 0 && till > from && till-from <= mostWindow) {
		return w, fmt.Errorf("%.80q: a path, a subject and up to %d seconds are needed", w.File, mostWindow)
	}
	for _, g := range slices.Concat(w.Shown, w.Unclear) {
		if !slices.Contains(known, g) {
			return w, fmt.Errorf("%.80q is no gesture", g)
		}
	}
	w.FromMS, w.TillMS = 1000*from, 1000*till
	return w, nil
}

// Answers says by gesture why it was not accepted, empty where it was.
type Answers map[string]string

// passed tells whether a gesture was accepted.
func (a Answers) passed(gesture string) bool {
	why, asked := a[gesture]
	return asked && why == ""
}

// Teller tells gestures.
type Teller interface {
	// Window asks for every gesture in a part of a clip.
	Window(ctx context.Context, w Window) (Answers, error)
	// Forge asks for every gesture in a clip that is made of a photo in one way; nil where
	// the photo shows no face.
	Forge(ctx context.Context, photo string, way int) (Answers, error)
}

// Gestures is what was found out about a system.
type Gestures struct {
	System  string
	Known   []string // gestures, in the order of the tables
	Windows []Window
	Answers []Answers // by window

	Photos []string
	Ways   []Way
	Forged [][]Answers // by way and photo
}

// Way is one way of making clips of photos.
type Way struct{ Name, Family string }

// Tell asks for every gesture in every window, and in clips made of photos, so many at
// once. The first error ends it.
func (g *Gestures) Tell(ctx context.Context, workers int, s Teller) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	g.Answers = make([]Answers, len(g.Windows))
	g.Forged = make([][]Answers, len(g.Ways))
	work := make(chan func() error)
	var all sync.WaitGroup
	for range max(workers, 1) {
		all.Go(func() {
			for task := range work {
				if err := task(); ctx.Err() == nil && err != nil {
					cancel(err)
				}
			}
		})
	}
	for i, w := range g.Windows {
		work <- func() (err error) { g.Answers[i], err = s.Window(ctx, w); return err }
	}
	for way := range g.Ways {
		g.Forged[way] = make([]Answers, len(g.Photos))
		for i, photo := range g.Photos {
			work <- func() (err error) { g.Forged[way][i], err = s.Forge(ctx, photo, way); return err }
		}
	}
	close(work)
	all.Wait()
	return context.Cause(ctx)
}

// Count adds up the answers about one gesture: how often one that was shown was refused,
// and one that was not shown accepted.
func (g *Gestures) Count(gesture string) (refused, accepted eval.Rate) {
	for i, w := range g.Windows {
		passed := g.Answers[i].passed(gesture)
		switch {
		case slices.Contains(w.Shown, gesture):
			refused.Trials++
			if !passed {
				refused.Errors++
			}
		case !slices.Contains(w.Unclear, gesture):
			accepted.Trials++
			if passed {
				accepted.Errors++
			}
		}
	}
	return refused, accepted
}

// forged counts the clips of one way in which any of some gestures is accepted.
func (g *Gestures) forged(way int, gestures ...string) eval.Rate {
	var r eval.Rate
	for _, a := range g.Forged[way] {
		if a == nil {
			continue
		}
		r.Trials++
		if slices.ContainsFunc(gestures, a.passed) {
			r.Errors++
		}
	}
	return r
}

// Pairs counts the photos of which clips, of whatever ways, are accepted for two gestures
// of a draw, one of which at least is no turn.
func (g *Gestures) Pairs(turns, others []string) eval.Rate {
	var r eval.Rate
	for p := range g.Photos {
		reached := map[string]bool{}
		asked := false
		for way := range g.Ways {
			a := g.Forged[way][p]
			asked = asked || a != nil
			for _, gesture := range slices.Concat(turns, others) {
				if a.passed(gesture) {
					reached[gesture] = true
				}
			}
		}
		if !asked {
			continue
		}
		r.Trials++
		n := 0
		for _, gesture := range others {
			if reached[gesture] {
				n++
			}
		}
		if n >= 2 || n == 1 && slices.ContainsFunc(turns, func(t string) bool { return reached[t] }) {
			r.Errors++
		}
	}
	return r
}

// Passes lists the clips of photos that are accepted, for those who look at them.
func (g *Gestures) Passes() []string {
	var out []string
	for way, w := range g.Ways {
		for p, a := range g.Forged[way] {
			for _, gesture := range g.Known {
				if a.passed(gesture) {
					out = append(out, fmt.Sprintf("%s, %s %s: %s", g.Photos[p], w.Family, w.Name, gesture))
				}
			}
		}
	}
	return out
}

// subjects counts the people in whom a gesture is shown.
func (g *Gestures) subjects(gesture string) int {
	var names []string
	for _, w := range g.Windows {
		if slices.Contains(w.Shown, gesture) {
			names = append(names, w.Subject)
		}
	}
	slices.Sort(names)
	return len(slices.Compact(names))
}

// Mistakes lists what was answered wrongly, for those who look at it.
func (g *Gestures) Mistakes() []string {
	var out []string
	for i, w := range g.Windows {
		for _, gesture := range g.Known {
			passed, shown := g.Answers[i].passed(gesture), slices.Contains(w.Shown, gesture)
			if passed == shown || slices.Contains(w.Unclear, gesture) || g.Answers[i][gesture] == bonafide.ReasonGestureUnverified {
				continue
			}
			out = append(out, fmt.Sprintf("%s, %.1f to %.1f s: %s shown %v, answered %q", w.File, w.FromMS/1000, w.TillMS/1000, gesture, shown, cmp.Or(g.Answers[i][gesture], "accepted")))
		}
	}
	return out
}
