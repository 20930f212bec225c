package capture

import (
	"crypto/rand"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
)

// Actions, as media are tagged.
const (
	Left     = "video_selfie_left"
	Right    = "video_selfie_right"
	Up       = "video_selfie_high"
	Down     = "video_selfie_down"
	Smile    = "video_selfie_smile"
	Eyes     = "video_selfie_eyes"
	Scan     = "video_selfie_scan"
	Blank    = "video_selfie_blank"   // nothing but looking straight
	Best     = "video_selfie_best"    // one frame of it
	OneShot  = "video_selfie_oneshot" // the same under the name that media have
	Closer   = "video_selfie_zoom_in"
	Farther  = "video_selfie_zoom_out"
	MaxDraw  = 3 // gestures of one drawn challenge
	maxNamed = 8 // actions that a page may name
)

// gestures are what is drawn from, those that turn the head to a side first.
func gestures() []string { return []string{Left, Right, Up, Down, Smile, Eyes} }

// turns tells whether an action moves the head about the axis about which a photo that is
// bent can be moved, too.
func turns(action string) bool { return action == Left || action == Right }

// Actions lists all that a page may name.
func Actions() []string {
	return append(gestures(), Scan, Blank, Best, OneShot, Closer, Farther)
}

// passive tells whether an action asks nothing of the capture subject.
func passive(action string) bool { return action == Blank || action == Best || action == OneShot }

// Draw gives n different gestures in an order that cannot be foreseen, at least one of
// which is no turn to a side: of 23 photos that were bent and moved in 25 ways none passed
// a turn and any other gesture.
func Draw(n int) ([]string, error) {
	if n < 1 || n > MaxDraw {
		return nil, bonafide.Errorf(bonafide.CodeValue, "Invalid draw, from 1 to %d gestures can be drawn", MaxDraw)
	}
	all := gestures()
	for {
		for i := range n {
			j, err := below(len(all) - i)
			if err != nil {
				return nil, err
			}
			all[i], all[i+j] = all[i+j], all[i]
		}
		if !slices.ContainsFunc(all[:n], func(a string) bool { return !turns(a) }) {
			continue
		}
		return slices.Clone(all[:n]), nil
	}
}

// CheckActions refuses names that are none of Actions and none of a photo, and more of them
// than one capture has: CodeValue.
func CheckActions(actions []string) error {
	if len(actions) > maxNamed {
		return bonafide.Errorf(bonafide.CodeValue, "Invalid actions, at most %d can be asked for", maxNamed)
	}
	for _, a := range actions {
		if !slices.Contains(Actions(), a) && !photo.MatchString(a) {
			return bonafide.Errorf(bonafide.CodeValue, "Unknown action %s, known are %s and photos such as photo_id_front", bonafide.Quote(a), strings.Join(Actions(), ", "))
		}
	}
	return nil
}

// photo names a still that is asked for or sent.
var photo = regexp.MustCompile(`^photo_[a-z0-9_]{1,40}$`)

// Light is a sequence of colours that the screen shows.
type Light struct {
	Colors   []string `json:"colors"`    // in order, such as #30c060
	SymbolMS int      `json:"symbol_ms"` // for how long each is shown
}

// A sequence changes twice in a second at most, below what disturbs people who are
// sensitive to flashes, and no colour is a saturated red.
const (
	symbols  = 8
	symbolMS = 500
)

func colours() []string {
	return []string{"#ffffff", "#3060ff", "#30c060", "#ffe060", "#40e0ff", "#c080ff"}
}

// DrawLight gives a sequence in which no colour follows itself.
func DrawLight() (*Light, error) {
	all, last := colours(), -1
	l := &Light{SymbolMS: symbolMS}
	for len(l.Colors) < symbols {
		i, err := below(len(all))
		if err != nil {
			return nil, err
		}
		if i == last {
			continue
		}
		l.Colors, last = append(l.Colors, all[i]), i
	}
	return l, nil
}

// below gives a number from 0 to n-1, each with the same probability.
func below(n int) (int, error) {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0, err
	}
	return int(i.Int64()), nil
}
