package drill

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/client"
)

// Blacklist enrols persons, looks for some of them by other photos and for
// strangers, deletes persons, kills the server, starts it again and looks once more. It
// proves that the right person is named, a deleted one never again, and few strangers.
type Blacklist struct {
	Binary  string        // the server's
	Photos  string        // folder of JPEG photos, named after their person, such as Ada_Lovelace_0002.jpg
	Persons int           // to enrol
	Probes  int           // enrolled persons to look for, and as many strangers
	Misses  float64       // share of enrolled persons that may be missed
	Alarms  float64       // share of strangers that may be declined
	Startup time.Duration // longest wait for the server to start
	Log     *log.Logger
}

// walk is a drill under way.
type walk struct {
	Blacklist
	api  *client.Client
	list bonafide.ID
}

// someone is a person with photos, and with an id once enrolled.
type someone struct {
	name   string
	photos []string
	id     bonafide.ID
}

// Run fails where the right person is not named, a deleted one is, or more strangers
// than Alarms are.
func (b Blacklist) Run(ctx context.Context) error {
	enrolled, strangers, err := b.people()
	if err != nil {
		return err
	}
	s, err := newServer(b.Binary, b.Startup)
	if err != nil {
		return err
	}
	defer s.close()
	w := &walk{Blacklist: b}
	if w.api, err = s.start(ctx); err != nil {
		return err
	}
	found, gone, err := w.fill(ctx, enrolled, strangers)
	if err != nil {
		return err
	}
	s.kill()
	if w.api, err = s.start(ctx); err != nil {
		return err
	}
	w.Log.Print("killed and started again")
	return w.again(ctx, found, gone)
}

// fill makes a collection of the enrolled persons, looks for some of them and for the
// strangers, and deletes half of those found. It gives both halves.
func (w *walk) fill(ctx context.Context, enrolled, strangers []*someone) (found, gone []*someone, err error) {
	made, err := w.api.CreateCollection(ctx, "", "walk")
	if err != nil {
		return nil, nil, err
	}
	w.list = made.ID
	if enrolled, err = w.enrol(ctx, enrolled); err != nil {
		return nil, nil, err
	}
	probes := slices.DeleteFunc(slices.Clone(enrolled), func(s *someone) bool { return len(s.photos) < 2 })
	if found, err = w.look(ctx, probes[:min(w.Probes, len(probes))], strangers); err != nil {
		return nil, nil, err
	}
	gone, found = found[:len(found)/2], found[len(found)/2:]
	for _, s := range gone {
		if err := w.api.DeletePerson(ctx, w.list, s.id); err != nil {
			return nil, nil, fmt.Errorf("delete: %w", err)
		}
	}
	return found, gone, w.neverAgain(ctx, gone)
}

// again looks once more for those who were found and those who were deleted.
func (w *walk) again(ctx context.Context, found, gone []*someone) error {
	if err := w.neverAgain(ctx, gone); err != nil {
		return err
	}
	for _, s := range found {
		id, verdict, err := w.search(ctx, s.photos[1])
		if err != nil {
			return err
		}
		if id != s.id {
			return fmt.Errorf("a person who was found before the restart is now %s", verdict)
		}
	}
	w.Log.Printf("%d persons who are still listed are found after the restart", len(found))
	return nil
}

// people deals out persons: those with several photos are enrolled first, so that
// there is another photo to look for them by.
func (b Blacklist) people() (enrolled, strangers []*someone, err error) {
	files, err := filepath.Glob(filepath.Join(b.Photos, "*_*.jpg"))
	if err != nil {
		return nil, nil, err
	}
	var all []*someone
	for _, path := range files { // sorted
		name := filepath.Base(path)
		name = name[:strings.LastIndex(name, "_")]
		if n := len(all); n == 0 || all[n-1].name != name {
			all = append(all, &someone{name: name})
		}
		last := all[len(all)-1]
		last.photos = append(last.photos, path)
	}
	if len(all) < b.Persons+b.Probes {
		return nil, nil, fmt.Errorf("%s shows %d persons, %d are needed", b.Photos, len(all), b.Persons+b.Probes)
	}
	slices.SortStableFunc(all, func(one, other *someone) int { return min(len(other.photos), 2) - min(len(one.photos), 2) })
	return all[:b.Persons], all[len(all)-b.Probes:], nil
}

// enrol adds the persons, but for those whose photo shows no single face.
func (w *walk) enrol(ctx context.Context, all []*someone) ([]*someone, error) {
	start := time.Now()
	var mu sync.Mutex
	var added []*someone
	refused := 0
	err := each(all, func(s *someone) error {
		raw, err := os.ReadFile(s.photos[0])
		if err != nil {
			return err
		}
		p, err := w.api.AddPerson(ctx, w.list, client.Payload{MediaTags: map[string][]string{"p1": {"photo_selfie"}}},
			client.File{Key: "p1", Name: "p1.jpg", Content: bytes.NewReader(raw)})
		mu.Lock()
		defer mu.Unlock()
		var e *client.Error
		if errors.As(err, &e) && e.Status == 400 && e.Code == 4 {
			refused++
			return nil
		}
		if err != nil {
			return fmt.Errorf("enrol: %w", err)
		}
		s.id = p.ID
		added = append(added, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	l, err := w.api.Persons(ctx, w.list, url.Values{"limit": {"1"}})
	if err != nil {
		return nil, err
	}
	if l.Total == nil || *l.Total != len(added) {
		return nil, fmt.Errorf("the list does not count %d persons", len(added))
	}
	w.Log.Printf("%d persons enrolled in %s, %d photos refused", len(added), time.Since(start).Round(time.Second), refused)
	return added, nil
}

// look searches for enrolled persons and strangers, and gives those who were
// found.
func (w *walk) look(ctx context.Context, listed, strangers []*someone) (found []*someone, err error) {
	var mu sync.Mutex
	var missed, mistaken, alarms, unusable int
	err = each(listed, func(s *someone) error {
		id, verdict, err := w.search(ctx, s.photos[1])
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
			return err
		case verdict == bonafide.Declined && id == s.id:
			found = append(found, s)
		case verdict == bonafide.Declined && id == "":
			unusable++
		case verdict == bonafide.Success:
			missed++
		default:
			mistaken++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	w.Log.Printf("of %d listed persons %d are declined by name, %d missed, %d mistaken for another, %d photos unusable",
		len(listed), len(found), missed, mistaken, unusable)
	err = each(strangers, func(s *someone) error {
		id, _, err := w.search(ctx, s.photos[0])
		mu.Lock()
		defer mu.Unlock()
		if id != "" {
			alarms++
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	w.Log.Printf("of %d strangers %d are declined as listed", len(strangers), alarms)
	return found, w.judge(result{listed: len(listed), found: len(found), wrong: missed + mistaken, strangers: len(strangers), alarms: alarms})
}

// result counts how searches went.
type result struct {
	listed, found, wrong int // persons who are listed; wrong are missed or taken for another
	strangers, alarms    int // alarms are declined
}

// judge refuses a result beyond the limits, and one that proves nothing.
func (b Blacklist) judge(r result) error {
	switch {
	case r.found == 0:
		return errors.New("no listed person is declined by name")
	case float64(r.wrong) > b.Misses*float64(r.listed):
		return errors.New("too many listed persons are missed")
	case float64(r.alarms) > b.Alarms*float64(r.strangers):
		return errors.New("too many strangers are declined")
	}
	return nil
}

// neverAgain proves that none of the deleted persons is named.
func (w *walk) neverAgain(ctx context.Context, gone []*someone) error {
	deleted := map[bonafide.ID]bool{}
	for _, s := range gone {
		deleted[s.id] = true
	}
	err := each(gone, func(s *someone) error {
		id, _, err := w.search(ctx, s.photos[1])
		if err == nil && deleted[id] {
			err = errors.New("a deleted person was found")
		}
		return err
	})
	if err == nil {
		w.Log.Printf("none of %d deleted persons is found", len(gone))
	}
	return err
}

// search makes a folder of a photo and gives the person whom the analysis names.
func (w *walk) search(ctx context.Context, photo string) (bonafide.ID, bonafide.Status, error) {
	raw, err := os.ReadFile(photo)
	if err != nil {
		return "", "", err
	}
	f, err := w.api.CreateFolder(ctx, client.Payload{Analyses: []client.Order{{Type: "collection", CollectionID: w.list}}},
		client.File{Key: "p", Name: "p.jpg", Content: bytes.NewReader(raw)})
	if err != nil {
		return "", "", err
	}
	a := f.Analyses[0]
	if a.State != bonafide.Finished || len(a.ResultsMedia) != 1 {
		return "", "", fmt.Errorf("the analysis is %s: %s", a.State, a.ErrorMessage)
	}
	if (a.ResultsMedia[0].PersonID != "") && a.Resolution != bonafide.Declined {
		return "", "", fmt.Errorf("a person is named and the analysis is %s", a.Resolution)
	}
	return a.ResultsMedia[0].PersonID, a.Resolution, nil
}

// each calls do for all, a few at a time.
func each(all []*someone, do func(*someone) error) error {
	errs := make([]error, len(all))
	slots := make(chan struct{}, 4)
	var running sync.WaitGroup
	for i, s := range all {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			errs[i] = do(s)
		})
	}
	running.Wait()
	return errors.Join(errs...)
}
