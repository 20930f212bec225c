package drill

import (
	"bytes"
	"errors"
	"image/png"
	"log"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestOneCompanyDoesNotStopAnother is the drill in small. It says nothing about times,
// which would be those of a busy machine.
func TestOneCompanyDoesNotStopAnother(t *testing.T) {
	path := built(t)
	var out bytes.Buffer
	err := Fair{Binary: path, Photo: filepath.Join(filepath.Dir(path), "samples", "selfie.jpg"), Folders: 1, Samples: 1, Divisor: 8,
		Ahead: 1500 * time.Millisecond, Longest: 5 * time.Minute, Memory: MemoryBound(4), Only: []string{"photos", "sign-ins"}, Untimed: true, Refused: "sign-ins",
		Startup: 5 * time.Minute, Log: log.New(&out, "", 0)}.Run(t.Context())
	if err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	if !regexp.MustCompile(`\| sign-ins \| \d+ \| \d+ \| [1-9]\d* \| 0 \|`).MatchString(out.String()) {
		t.Errorf("no guess of a password was refused:\n%s", out.String())
	}
}

func TestTheDrillOfFairnessNeedsFloodsThatItKnows(t *testing.T) {
	if err := (Fair{Only: []string{"lists", "rain"}}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), `"rain"`) {
		t.Error(err)
	}
}

func TestAFloodThatHarmsOthersIsFound(t *testing.T) {
	quiet := &round{photo: times{100 * time.Millisecond}}
	good := func() *round {
		return &round{name: "x", a: tally{made: 1}, photo: times{900 * time.Millisecond}, signIn: times{time.Second}, peak: 10}
	}
	for want, spoil := range map[string]func(*round){
		"":                                func(*round) {},
		"x: B's photo takes 1.1s":         func(r *round) { r.photo = times{1100 * time.Millisecond} },
		"x: B's sign-in takes 2s":         func(r *round) { r.signIn = times{2 * time.Second} },
		"x: B's webhook takes 3s":         func(r *round) { r.webhook = times{3 * time.Second} },
		"x: B failed: gone":               func(r *round) { r.failures = []error{errors.New("gone")} },
		"x: 2 refusals say not when":      func(r *round) { r.a.silent = 2 },
		"x: A was answered 500 by GET /a": func(r *round) { r.a.faults = map[string]int{"500 by GET /a": 1} },
		"x: 20 MB of memory are more":     func(r *round) { r.peak = 20 << 20 },
		"x: A sent nothing":               func(r *round) { r.a.made = 0 },
	} {
		r := good()
		spoil(r)
		got := errors.Join(Fair{Memory: 15 << 20}.judge(r, quiet)...)
		if (got == nil) != (want == "") || got != nil && !strings.HasPrefix(got.Error(), want) {
			t.Errorf("%v, want %q", got, want)
		}
	}
	slow := good()
	slow.photo = times{time.Hour}
	if err := errors.Join(Fair{Memory: 15 << 20, Untimed: true}.judge(slow, quiet)...); err != nil {
		t.Error("times count although they should not:", err)
	}
	if err := errors.Join(Fair{Memory: 15 << 20}.judge(slow, &round{photo: times{time.Hour}})...); err != nil {
		t.Error("three times as slow as before is too slow where it is more than a second:", err)
	}
}

func TestAnswersToAFloodAreCounted(t *testing.T) {
	var a tally
	for _, s := range []struct {
		got        answer
		err        error
		turnedAway bool
	}{
		{answer{status: http.StatusOK}, nil, false},
		{answer{status: http.StatusBadRequest}, nil, false},
		{answer{status: http.StatusTooManyRequests, told: true}, nil, true},
		{answer{status: http.StatusServiceUnavailable}, nil, true},
		{answer{status: http.StatusInsufficientStorage, told: true}, nil, true},
		{answer{status: http.StatusBadGateway, route: "GET /x"}, nil, false},
		{answer{}, errors.New("reset"), true},
	} {
		if got := a.count(s.got, s.err); got != s.turnedAway {
			t.Errorf("%+v, %v: turned away %v", s.got, s.err, got)
		}
	}
	if a.answered != 3 || a.refused != 3 || a.silent != 1 || a.cut != 1 || a.faults["502 by GET /x"] != 1 {
		t.Errorf("%d answered, %d refused, %d of them silently, %d cut, %v", a.answered, a.refused, a.silent, a.cut, a.faults)
	}
}

func TestQuantilesAreThoseOfTheSortedTimes(t *testing.T) {
	var all times
	for n := range 100 {
		all = append(all, time.Duration(99-n))
	}
	if all.at(0.5) != 50 || all.at(0.95) != 95 || all.at(1) != 99 || (times{}).at(0.5) != 0 {
		t.Errorf("%d, %d, %d", all.at(0.5), all.at(0.95), all.at(1))
	}
}

func TestBombsAreWhatTheyClaimToBe(t *testing.T) {
	picture, err := blankPNG(700, 300)
	if err != nil {
		t.Fatal(err)
	}
	im, err := png.Decode(bytes.NewReader(picture))
	if err != nil || im.Bounds().Dx() != 700 || im.Bounds().Dy() != 300 {
		t.Errorf("%v, %v", im.Bounds(), err)
	}
	archive, err := archiveOf(picture, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{picture, archive, append([]byte("\x00\x00\x00\x08ftyp"), picture...)} {
		if one, other := variant(file), variant(file); bytes.Equal(one, other) || len(one) < len(file) {
			t.Error("two variants are the same file")
		}
	}
}
